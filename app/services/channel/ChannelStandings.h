#pragma once

#include "services/channel/ChannelParts.h"

#include <QHash>

namespace cumulet {

/// Our own standing in every channel: stored, read from the service, changed by events. Also the guard of reading:
/// a node in which we are outcast is never read (buddycloud.md 0, rule 8).
class ChannelStandings : public QObject
{
    Q_OBJECT

public:
    explicit ChannelStandings(const ChannelParts &parts, QObject *parent = nullptr);

    /// What is stored; read once.
    Future<Done> load();
    /// What the service says; gives the channels that are followed now and were not known to be.
    Future<QList<NodeId>> refresh();
    Future<Done> keep(const Membership &membership);
    /// An event spoke of us; only the given half is known.
    void note(const NodeId &node, std::optional<Affiliation> affiliation, std::optional<NodeSubscription> subscription);

    Membership of(const NodeId &node) const;
    bool isBanned(const NodeId &node) const { return of(node).affiliation == Affiliation::Outcast; }
    bool isFollowed(const NodeId &node) const { return of(node).subscription == NodeSubscription::Subscribed; }
    /// Whether we have any standing there.
    bool isKnown(const NodeId &node) const;
    QList<NodeId> followed() const;

Q_SIGNALS:
    void changed(const QList<cumulet::NodeId> &nodes);
    void conversationsChanged(const QList<cumulet::ConversationId> &conversations);
    /// An event changed that standing of ours.
    void noted(const cumulet::Membership &before, const cumulet::Membership &now);
    /// An event said that we follow this now.
    void appeared(const cumulet::NodeId &node);

private:
    Future<QList<NodeId>> replace(const QList<Membership> &memberships);

    ChannelParts m_parts;
    QHash<NodeId, Membership> m_memberships;
    bool m_isLoaded = false;
    int m_changes = 0; // counts our own changes: an older list must not undo them
};

} // namespace cumulet
