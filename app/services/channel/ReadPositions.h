#pragma once

#include "services/channel/ChannelParts.h"
#include "wire/ReadPositionWire.h"

#include <QHash>
#include <QTimer>

namespace cumulet {

class ChannelStandings;

/// Shares with our other devices up to where channels were read, by way of our own account. Positions only move forward,
/// here and there. What was read is told some seconds later, one channel after the other. Where the server keeps
/// nothing of that kind, nothing is shared.
class ReadPositions : public QObject
{
    Q_OBJECT

public:
    ReadPositions(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent = nullptr);

    /// On a new stream, once the standings are known: reads what other devices kept, and tells what they do not know.
    void start();
    void stop();
    /// The reader has read up to there, on this device.
    void note(const NodeId &node, const QDateTime &upTo);

Q_SIGNALS:
    void conversationsChanged(const QList<cumulet::ConversationId> &conversations);

private:
    void take(const ReadPosition &position);
    void publishNext();

    ChannelParts m_parts;
    const ChannelStandings &m_standings;
    bool m_isShared = false; // on this stream
    bool m_isPublishing = false;
    int m_stream = 0; // answers of an older one count no more
    QHash<NodeId, QDateTime> m_known; // what our account has
    QHash<NodeId, QDateTime> m_waiting; // what it is to be told
    QTimer m_delay;
};

} // namespace cumulet
