#pragma once

#include "kit/fakes/FakeChannelServer.h"

#include <QHash>
#include <QStringList>

namespace cumulet::tests {

/// A client's way to a FakeChannelServer. Answers come in a later turn of the event loop. A test can let the next
/// questions of a kind get lost on the way there or back, refuse them, or keep them; kinds are the function names.
class FakeChannelWire : public ChannelWire
{
    Q_OBJECT

public:
    FakeChannelWire(FakeChannelServer &server, const Jid &ownJid, QObject *parent = nullptr);

    enum class Fate {
        Answered,
        LostGoing, ///< never arrives; Timeout
        LostComing, ///< is done; Timeout
        Refused, ///< answered with refusal
        Kept, ///< is done; the answer comes with letGo()
    };
    /// What becomes of the next questions of that kind, one after another; then all are answered.
    void script(const QString &kind, const QList<Fate> &fates) { m_fates[kind] += fates; }
    /// What becomes of all questions without a script.
    Fate always = Fate::Answered;
    Error refusal{ErrorKind::NotAllowed, QStringLiteral("forbidden")};
    bool isOnline = true; ///< false: every question fails as Offline, and nothing is done
    bool echoesFirst = true; ///< the event of what we publish comes before its answer; false: there is none
    bool givesWholeThreads = true; ///< false: the service had to leave out something
    void letGo();

    /// Another person publishes or deletes; we are told as the service would tell us.
    Post live(const NodeId &node, const Jid &author, const QString &body, const ItemId &inReplyTo = {});
    /// Another person rates an item of a thread.
    Post liveRate(const NodeId &node, const Jid &author, int rating, const ItemId &inReplyTo, const ItemId &target);
    void liveRetract(const NodeId &node, const ItemId &item);
    /// Somebody's standing changes on the service; tells says whether we hear of it.
    void liveMembership(
        const NodeId &node, const Jid &jid, Affiliation affiliation, NodeSubscription subscription, bool tells = true);

    int count(const QString &kind) const { return int(asked.filter(kind + u' ').size()); }
    QStringList asked; ///< "kind details", in order
    int presences = 0;

    Future<ChannelServiceAddress> findService(const Jid &remembered = {}) override;
    Future<ChannelServiceAddress> checkService(const Jid &chosen) override;
    Future<QList<DiscoveredService>> services() override;
    void setService(const Jid &service) override { m_service = service; }
    Jid service() const override { return m_service; }
    void announcePresence() override;
    Future<Done> registerAccount() override;
    Future<Channel> describe(const NodeId &node) override;
    Future<ChannelSettings> settings(const NodeId &node) override;
    Future<QList<Membership>> ownMemberships() override;
    Future<QList<Membership>> members(const NodeId &node) override;
    Future<Membership> subscribe(const NodeId &node) override;
    Future<Done> unsubscribe(const NodeId &node) override;
    Future<Done> setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription) override;
    Future<Done> setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation) override;
    Future<PostPage> posts(const NodeId &node, const QString &after = {}, int limit = 50) override;
    Future<PostPage> thread(const NodeId &node, const ItemId &start) override;
    Future<QList<PostPage>> recentPosts(const QDateTime &since, int perNode) override;
    Future<ItemId> publish(const OutgoingPost &post) override;
    Future<Done> retract(const NodeId &node, const ItemId &item) override;
    Future<Done> createChannel(const NodeId &node, const ChannelSettings &settings) override;
    Future<Done> configureChannel(const NodeId &node, const ChannelSettings &settings) override;
    Future<Done> deleteChannel(const NodeId &node) override;

private:
    template <typename T, typename Act> Future<T> question(const QString &kind, const QString &details, Act act);
    template <typename T, typename Act> Future<T> ofNode(const QString &kind, const NodeId &node, Act act);
    bool hears(const NodeId &node) const;

    FakeChannelServer &m_server;
    Jid m_ownJid;
    Jid m_service;
    bool m_isAnnounced = false;
    QHash<QString, QList<Fate>> m_fates;
    QList<std::function<void()>> m_kept;
};

} // namespace cumulet::tests
