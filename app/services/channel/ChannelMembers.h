#pragma once

#include "services/channel/ChannelParts.h"

#include <QElapsedTimer>
#include <QHash>

namespace cumulet {

class ChannelStandings;

/// Who is in a channel: listed from the store, asked for again from the service, changed by events.
class ChannelMembers : public QObject
{
    Q_OBJECT

public:
    ChannelMembers(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent = nullptr);

    /// As stored. Those who are banned are shown to owners and moderators only (buddycloud.md 4.9).
    Future<QList<Membership>> list(const NodeId &node);
    /// Asks the service, at most once in ten seconds.
    void refresh(const NodeId &node, bool atOnce = false);
    /// An event spoke of somebody.
    void note(const NodeId &node, const Jid &jid, std::optional<Affiliation> affiliation,
        std::optional<NodeSubscription> subscription);
    /// Whether there is an owner beside us, as far as is known.
    bool hasOtherOwner(const NodeId &node) const { return m_otherOwners.value(node, false); }

Q_SIGNALS:
    void membersChanged(const cumulet::NodeId &node);
    void channelChanged(const cumulet::NodeId &node);

private:
    void keep(const NodeId &node, QList<Membership> members);
    void keepFollowers(const NodeId &node, const QList<Membership> &members);

    ChannelParts m_parts;
    const ChannelStandings &m_standings;
    QHash<NodeId, QElapsedTimer> m_asked;
    QHash<NodeId, bool> m_otherOwners;
};

} // namespace cumulet
