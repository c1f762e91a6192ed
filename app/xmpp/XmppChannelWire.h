#pragma once

#include "wire/ChannelWire.h"
#include "xmpp/ChannelEvents.h"
#include "xmpp/DiscoSearch.h"
#include "xmpp/PubsubRequests.h"

#include <QSet>

class QXmppClient;

namespace cumulet {

/// What a channel wire takes from around it; tests put something else in its place.
struct ChannelSurroundings
{
    PubsubRequests::Send send; ///< none: the client's stream
    std::function<QDateTime()> now = [] { return QDateTime::currentDateTimeUtc(); };
    TextRecordLookup lookUpTextRecords = cumulet::lookUpTextRecords;
    std::chrono::milliseconds requestLimit = cumulet::requestLimit;
    DiscoLimits discoLimits;
};

/// A Buddycloud service (reference buddycloud.md) through QXmpp. Takes the service's stanzas before QXmpp does, so that
/// none of them is mistaken for a chat. Lives in the client's thread; the client must outlive it.
class XmppChannelWire : public ChannelWire
{
    Q_OBJECT

public:
    explicit XmppChannelWire(QXmppClient *client, QObject *parent = nullptr, ChannelSurroundings surroundings = {});
    ~XmppChannelWire() override;

    Future<ChannelServiceAddress> findService(const Jid &remembered = {}) override;
    Future<ChannelServiceAddress> checkService(const Jid &chosen) override;
    Future<QList<DiscoveredService>> services() override;
    void setService(const Jid &service) override;
    Jid service() const override { return m_service; }
    void announcePresence() override;
    Future<Done> registerAccount() override;

    Future<Channel> describe(const NodeId &node) override;
    Future<ChannelSettings> settings(const NodeId &node) override;
    Future<QList<Membership>> ownMemberships() override;
    /// The banned are shown to the owner and to moderators only, whatever the service shows (buddycloud.md 8, no. 20).
    Future<QList<Membership>> members(const NodeId &node) override;

    Future<Membership> subscribe(const NodeId &node) override;
    Future<Done> unsubscribe(const NodeId &node) override;
    Future<Done> setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription) override;
    Future<Done> setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation) override;

    /// ErrorKind::NotAllowed without asking where we are banned: a read would stop the service (section 0, rule 8).
    Future<PostPage> posts(const NodeId &node, const QString &after = {}, int limit = 50) override;
    Future<PostPage> thread(const NodeId &node, const ItemId &start) override;
    /// One PostPage for each node. isComplete: it gave less than perNode, so nothing else came since then.
    Future<QList<PostPage>> recentPosts(const QDateTime &since, int perNode) override;

    /// ErrorKind::TooLarge: longer than a server takes in one stanza; it is not sent.
    Future<ItemId> publish(const OutgoingPost &post) override;
    Future<Done> retract(const NodeId &node, const ItemId &item) override;

    Future<Done> createChannel(const NodeId &node, const ChannelSettings &settings) override;
    Future<Done> configureChannel(const NodeId &node, const ChannelSettings &settings) override;
    Future<Done> deleteChannel(const NodeId &node) override;

private:
    struct RecentWalk;
    struct ThreadWalk;

    bool take(const QDomElement &stanza);
    void takePresence(const QDomElement &presence);
    void tell(const ChannelNews &news);
    void tell(const PostNews &news);
    void tell(const MembershipNews &news);

    Jid ownJid() const;
    Future<QDomElement> get(XmlIq::Writer payload);
    Future<QDomElement> set(XmlIq::Writer payload);
    Future<Done> setDone(XmlIq::Writer payload);
    Future<QList<Membership>> joined(XmlIq::Writer subscriptions, XmlIq::Writer affiliations);
    Future<QList<PostPage>> walkRecent(const std::shared_ptr<RecentWalk> &walk);
    Future<PostPage> collectThread(const std::shared_ptr<ThreadWalk> &walk);
    QList<Post> withOwnIdsOnly(QList<Post> posts) const;
    void rememberRole(const NodeId &node, Affiliation affiliation);

    QXmppClient *m_client;
    ChannelSurroundings m_surroundings;
    PubsubRequests m_requests;
    Jid m_service;
    QSet<NodeId> m_banned; ///< nodes in which we are outcast
};

} // namespace cumulet
