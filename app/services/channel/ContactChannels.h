#pragma once

#include "domain/Async.h"
#include "domain/Channel.h"

#include <QObject>
#include <QSet>

#include <chrono>

namespace cumulet {

class ChannelService;

/// Looks which people have a channel, on request only: ten at a time, each at most ten seconds. Nothing is stored.
class ContactChannels : public QObject
{
    Q_OBJECT

public:
    explicit ContactChannels(ChannelService &channels, std::chrono::milliseconds limit = std::chrono::seconds(10),
        QObject *parent = nullptr);

    /// Begins with these, bare; what was under way is forgotten.
    void start(const QList<Jid> &people);
    /// What is found after this is not told.
    void stop();
    bool isRunning() const { return !m_waiting.isEmpty() || !m_open.isEmpty(); }
    int total() const { return m_total; }
    /// How many were answered, or have been given up.
    int asked() const { return m_total - int(m_waiting.size()) - int(m_open.size()); }

Q_SIGNALS:
    /// Somebody has one.
    void found(const cumulet::Channel &channel);
    /// One more was asked; the last time isRunning() is false.
    void progressed();

private:
    void next();
    void ask(const Jid &person);
    void close(int run, const Jid &person);

    ChannelService &m_channels;
    std::chrono::milliseconds m_limit;
    QList<Jid> m_waiting;
    QSet<Jid> m_open;
    int m_total = 0;
    int m_run = 0; ///< answers to older questions do not count
};

} // namespace cumulet
