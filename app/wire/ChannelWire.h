#pragma once

#include "domain/Async.h"
#include "domain/Channel.h"
#include "domain/Post.h"

#include <QList>
#include <QMap>
#include <QStringList>

namespace cumulet {

/// The channel service found for an account.
struct ChannelServiceAddress
{
    enum class Way {
        Listed, ///< among the services of our domain
        Remembered, ///< the one of last time said that it is one
        NameService, ///< named in the DNS
        Chosen, ///< named by the user
    };
    Jid service; ///< for example channels.example.org
    Jid topicsDomain; ///< where new topic channels go by default; may be empty
    Way way = Way::Listed;
};

/// What a service of our domain says of itself (XEP-0030).
struct DiscoveredService
{
    Jid jid;
    QStringList features; ///< at most 200
    QString mediaEndpoint; ///< address of a media server (buddycloud.md 2.5); empty: it is none
};

/// Items of one node, in the order the service gave them.
struct PostPage
{
    NodeId node;
    QList<Post> posts;
    QString last; ///< what to send back as RSM after, exactly as it came
    int total = -1; ///< RSM count; -1: not told
    bool isComplete = false; ///< nothing older
};

/// Changes to the settings of a node; only what is given is sent (buddycloud.md 4.3, 0.10: never an empty value).
using ChannelSettings = QMap<QString, QString>;

/// One channel service, in our own words. Buddycloud today, plain pubsub later: what differs is hidden here.
/// All requests go to the home service (buddycloud.md 0.1), each has a time limit of 30 s, and news are taken from
/// it alone.
class ChannelWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Finds the home channel service of our domain: disco items and info, then DNS TXT (buddycloud.md 2.2).
    /// ErrorKind::NotFound: the server has no channels. Checks remembered first, if given.
    virtual Future<ChannelServiceAddress> findService(const Jid &remembered = {}) = 0;
    /// Asks one service, chosen by the user, whether it is one, wherever it is. Rejected: it says that it is none.
    virtual Future<ChannelServiceAddress> checkService(const Jid &chosen) = 0;
    /// All services of our domain that say what they are in time, at most 50.
    virtual Future<QList<DiscoveredService>> services() = 0;
    /// All further calls speak to this service.
    virtual void setService(const Jid &service) = 0;
    virtual Jid service() const = 0;

    /// Directed presence to the service: without it no news come (0.2).
    virtual void announcePresence() = 0;
    /// Makes our personal channel if there is none (3.1); harmless to repeat.
    virtual Future<Done> registerAccount() = 0;

    /// Title, description, access model ... of any channel (4.3). ErrorKind::NotFound, Timeout.
    virtual Future<Channel> describe(const NodeId &node) = 0;
    /// All fields of a node's configuration as they are (4.3), at most 100; without its FORM_TYPE.
    virtual Future<ChannelSettings> settings(const NodeId &node) = 0;
    /// Our own subscriptions and roles, joined (4.8, 4.9).
    virtual Future<QList<Membership>> ownMemberships() = 0;
    /// Everybody in a node (4.8, 4.9); pending rows only where we may see them.
    virtual Future<QList<Membership>> members(const NodeId &node) = 0;

    /// Follows; the answer tells whether at once or pending (4.6).
    virtual Future<Membership> subscribe(const NodeId &node) = 0;
    virtual Future<Done> unsubscribe(const NodeId &node) = 0;
    /// Approve (Subscribed), deny or remove (None) somebody (4.12).
    virtual Future<Done> setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription) = 0;
    virtual Future<Done> setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation) = 0;

    /// The newest posts with their comments, or those older than after (a PostPage::last, or an item id) (4.10).
    virtual Future<PostPage> posts(const NodeId &node, const QString &after = {}, int limit = 50) = 0;
    /// One thread with all its comments (4.11; falls back to posts where the service cannot). isComplete: nothing of it
    /// was left out. NotFound: surely not there, as long as the node is.
    virtual Future<PostPage> thread(const NodeId &node, const ItemId &start) = 0;
    /// What came in all followed channels since that time, at most perNode from each (4.14), all pages.
    virtual Future<QList<PostPage>> recentPosts(const QDateTime &since, int perNode) = 0;

    /// Publishes; the answer is the id the service gave. Timeout or Offline: outcome unknown, see settle in Outbox.
    virtual Future<ItemId> publish(const OutgoingPost &post) = 0;
    virtual Future<Done> retract(const NodeId &node, const ItemId &item) = 0;

    /// Creates a channel with its settings (4.2). Conflict where it exists.
    virtual Future<Done> createChannel(const NodeId &node, const ChannelSettings &settings) = 0;
    virtual Future<Done> configureChannel(const NodeId &node, const ChannelSettings &settings) = 0;
    virtual Future<Done> deleteChannel(const NodeId &node) = 0;

Q_SIGNALS:
    void postsReceived(const cumulet::NodeId &node, const QList<cumulet::Post> &posts);
    void postsRetracted(const cumulet::NodeId &node, const QList<cumulet::ItemId> &items);
    /// Somebody's (maybe our own) standing changed. Only the given half is known: the other one is nullopt.
    void membershipChanged(const cumulet::NodeId &node, const cumulet::Jid &jid,
        std::optional<cumulet::Affiliation> affiliation, std::optional<cumulet::NodeSubscription> subscription);
    /// Some settings changed: field name to value, to be merged into what is known (4.3).
    void settingsChanged(const cumulet::NodeId &node, const cumulet::ChannelSettings &settings);
    void channelDeleted(const cumulet::NodeId &node);
    /// Somebody waits for an answer in a channel that we moderate (4.12); a hint only.
    void followRequested(const cumulet::NodeId &node, const cumulet::Jid &jid);
    /// The service went away or told us an error presence: announce ourselves again later (4.1).
    void serviceLost();
    /// Any stanza of the service: it lives.
    void serviceAlive();
};

/// Merges changed settings into what is known of a channel (4.3); unknown fields are ignored.
Channel withSettings(Channel channel, const ChannelSettings &settings);

} // namespace cumulet
