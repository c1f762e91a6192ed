#pragma once

#include "Stage.h"

#include <QJsonObject>

namespace cumulet::tests {

/// What reading channels costs in the real window: history put above the reader, another width, a long thread, Home.
class ChannelBench
{
public:
    /// about: what cumulet-bench-data printed.
    ChannelBench(Stage &stage, const QJsonObject &about);

    /// Adds its figures, in seconds, and the pixels that what was read has moved by.
    void measure(QJsonObject &figures);

private:
    void openChannel(qint64 row);
    void openChat();
    void historyAbove(QJsonObject &figures);
    void otherWidths(QJsonObject &figures);
    void longThread(QJsonObject &figures);
    void home(QJsonObject &figures);

    Stage &m_stage;
    AccountId m_account;
    Jid m_channel;
    qint64 m_thread;
    qint64 m_earlier;
};

} // namespace cumulet::tests
