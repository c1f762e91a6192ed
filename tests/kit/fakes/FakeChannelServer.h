#pragma once

#include "wire/ChannelWire.h"

#include <QMap>

namespace cumulet::tests {

/// A channel service in memory, as far as clients can see one: nodes, their items and members. It outlives wires and
/// programs. Order and paging are those of buddycloud.md 4.10 and 4.14.
class FakeChannelServer
{
public:
    struct Node
    {
        Channel face;
        ChannelSettings fields; ///< what was configured, as it was sent
        QList<Post> items; ///< in the order in which they came
        QMap<Jid, Membership> members;
    };

    /// Makes a node with an owner who follows it.
    Node &add(const NodeId &node, const Jid &owner, AccessModel access = AccessModel::Open);
    void join(const NodeId &node, const Jid &jid, Affiliation affiliation = Affiliation::Publisher,
        NodeSubscription subscription = NodeSubscription::Subscribed);
    /// Somebody publishes. An invalid time is now; times go up by themselves, a millisecond at least.
    Post put(const NodeId &node, const Jid &author, const QString &body, const ItemId &inReplyTo = {},
        const QDateTime &time = {}, const OriginId &originId = {});
    /// Somebody rates an item; nothing where they have rated it already.
    std::optional<Post> rate(const NodeId &node, const Jid &author, int rating, const ItemId &inReplyTo,
        const ItemId &target, const OriginId &originId = {});
    /// Takes an item and, if it is a start, its comments away; gives all their ids.
    QList<ItemId> take(const NodeId &node, const ItemId &item);

    /// Newest sort key first: a comment lifts its start above itself. after: items behind that one.
    PostPage page(const NodeId &node, const QString &after, int limit) const;
    QList<PostPage> recent(const Jid &jid, const QDateTime &since, int perNode) const;
    QStringList bodies(const NodeId &node) const; ///< in the order in which they came

    const Jid address = Jid::fromTrusted(QStringLiteral("channels.example.org"));
    const Jid topicsDomain = Jid::fromTrusted(QStringLiteral("topics.example.org"));
    QMap<NodeId, Node> nodes;
    QList<DiscoveredService> services{{address, {}, {}}, {topicsDomain, {}, {}}}; ///< what the domain lists
    bool keepsOriginIds = true; ///< false: what clients put into <meta/> is lost

private:
    QList<Post> sorted(const NodeId &node) const;

    int m_counter = 0;
    QDateTime m_clock;
};

} // namespace cumulet::tests
