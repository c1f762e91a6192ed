#pragma once

#include "services/channel/ChannelParts.h"

namespace cumulet {

/// The faces of channels: title, description, access. Asked for a few at a time, changed by events, and merged into what
/// is stored (buddycloud.md 4.3).
class ChannelDescriptions : public QObject
{
    Q_OBJECT

public:
    explicit ChannelDescriptions(const ChannelParts &parts, QObject *parent = nullptr);

    /// Asks the service for these, in the background.
    void want(const QList<NodeId> &nodes);
    /// Asks at once. NotFound: there is no such channel (any more); a stored one is marked as gone.
    Future<Channel> ask(const NodeId &node);
    /// Some settings changed.
    void note(const NodeId &node, const QMap<QString, QString> &settings);
    /// The channel was deleted on the service; what was read stays readable.
    void noteDeleted(const NodeId &node);
    /// The stream is gone.
    void stop() { m_wanted.clear(); }

Q_SIGNALS:
    void channelChanged(const cumulet::NodeId &node);
    void conversationsChanged(const QList<cumulet::ConversationId> &conversations);

private:
    void next();
    Future<Channel> keep(const NodeId &node, const Channel &channel);

    ChannelParts m_parts;
    QList<NodeId> m_wanted;
    int m_underWay = 0;
};

} // namespace cumulet
