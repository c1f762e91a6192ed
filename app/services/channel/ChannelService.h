#pragma once

#include "domain/Async.h"
#include "domain/Channel.h"
#include "domain/ChannelRules.h"
#include "domain/Paging.h"
#include "domain/Post.h"
#include "services/channel/ChannelParts.h"
#include "store/ChannelStore.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace cumulet {

class ChannelLines;
class ChannelNodes;

/// Channels of an account: finding the service, following, reading, posting. Stored first, then told.
class ChannelService : public QObject
{
    Q_OBJECT

public:
    using Parts = ChannelParts;
    explicit ChannelService(const Parts &parts, QObject *parent = nullptr);
    ~ChannelService() override;

    const ChannelServiceStatus &status() const;
    Jid ownJid() const;

    /// A channel as it is stored; then, when connected, asked again from the service (channelChanged() follows).
    Future<Channel> open(const NodeId &node);
    /// What the service says of a channel, without keeping it: for a look before following. NotFound, Offline, Timeout.
    Future<Channel> preview(const NodeId &node);
    ChannelStanding standingIn(const Channel &channel) const;
    /// Whether we follow it, or have asked to.
    bool isFollowed(const NodeId &node) const;
    /// Everybody in it, stored list first; membersChanged() follows when the service has answered.
    Future<QList<Membership>> members(const NodeId &node);

    Future<Page<Thread>> page(
        ConversationId channel, const PageRequest &request, ThreadOrder order = ThreadOrder::LatestActivity);
    Future<QList<Thread>> threads(const QList<PostRow> &starts);
    /// All comments of a thread that are stored; the service is asked too, threadsChanged() follows if it knows more.
    Future<Thread> thread(PostRow start);
    Future<PostRow> threadOf(const NodeId &node, const ItemId &item);
    /// The same, asked of the service where it is not stored. NotFound: it does not exist (any more); Offline.
    Future<PostRow> findThread(const NodeId &node, const ItemId &item);
    /// Channels as they are stored: followed, asked for, or our own.
    Future<QList<Channel>> channels();
    /// Whether a comment answers us: it is in a thread that we began, or names a comment of ours as its target.
    Future<bool> isAnswerToUs(const Post &comment);
    /// Reads the newest posts from the service again, or what is older than stored. NotFound: nothing older.
    /// While the service is being looked for, the answer waits for it. Offline: asked again by itself once it is there.
    Future<Done> fetchNewest(const NodeId &node);
    Future<Done> fetchOlder(const NodeId &node);
    /// Stretches that are missing between stored posts, newest first; gapsChanged() tells when they change.
    Future<QList<ChannelGap>> gaps(const NodeId &node);
    /// Reads a page of what is missing there; its posts are told as usual.
    Future<Done> fillGap(const NodeId &node, qint64 gap);

    /// The reader has read up to there: our other devices are told. Keeping it is ConversationService's.
    void noteRead(const NodeId &node, const QDateTime &upTo);

    /// Follows: the channel is in the list at once; Pending where somebody has to agree.
    Future<Membership> follow(const NodeId &node);
    Future<Done> unfollow(const NodeId &node);
    /// Approve, deny or remove somebody; change a role.
    Future<Done> answerRequest(const NodeId &node, const Jid &jid, bool allow);
    /// Invites somebody who does not follow; every follower may.
    Future<Done> invite(const NodeId &node, const Jid &jid);
    Future<Done> setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation);

    /// Writes it to the outbox and sends it as soon as possible. inReplyTo: the thread's first post, or empty.
    Future<Done> post(const NodeId &node, const QString &body, const ItemId &inReplyTo = {}, const ItemId &target = {},
        const QList<Attachment> &attachments = {});
    /// Rates a post or comment of the service, 1 to 5, in place of an earlier rating of ours. It counts at once and is
    /// sent like a post; ratingRefused() when the service does not take it.
    Future<Done> rate(const Post &post, int rating);
    /// Takes our rating back; one that was not sent yet is forgotten. Conflict: it is on its way.
    Future<Done> withdrawRating(const Post &post);
    /// Gone at once, and held like a post; retractionHeld() follows.
    Future<Done> retract(const NodeId &node, const ItemId &item);
    /// For how long what is written and deleted from now on can be taken back; both are 0 at first.
    void setHolding(std::chrono::milliseconds posts, std::chrono::milliseconds deletions);
    /// Takes back what is held, and tells takenBack(). NotFound: it is not there any more; Conflict: it is being sent.
    Future<Done> undo(PostRow row);
    /// The same with what was written or deleted last. NotFound: nothing is held.
    Future<Done> undoLatest();
    /// Nothing is held any more: the window closes. Done when it was sent, as far as that is possible now.
    Future<Done> releaseHeld();
    QDateTime now() const;
    /// What that thread is told of; threadsChanged() follows.
    Future<Done> setThreadNotices(PostRow start, ThreadNotices notices);
    /// That of a post or comment.
    Future<ThreadNotices> threadNotices(const Post &post);
    Future<Done> retry(PostRow row);
    /// Gives its text back. keepsFiles: its files belong to the draft of its place again.
    Future<QString> discard(PostRow row, bool keepsFiles = false);

    /// Makes a topic channel that we own. further: more fields of its configuration (4.3). Conflict: the name is taken.
    Future<NodeId> createTopicChannel(const Jid &channel, const QString &title, const QString &description,
        AccessModel accessModel, Affiliation defaultAffiliation, const ChannelSettings &further = {});
    Future<Done> configure(const NodeId &node, const QString &title, const QString &description,
        AccessModel accessModel, Affiliation defaultAffiliation);
    Future<Done> deleteChannel(const NodeId &node);

    /// Status lines and places.
    ChannelLines &lines();
    /// The settings of all nodes of our channels.
    ChannelNodes &nodes();
    /// Channels that we and somebody else follow, as far as lists of members are stored.
    Future<QList<Channel>> sharedWith(const Jid &person);

    // for the server check; nothing of it is kept
    /// Looks for the service again, in the way that was chosen.
    Future<ChannelServiceAddress> lookForService();
    /// What the services of our domain say of themselves.
    Future<QList<DiscoveredService>> domainServices();
    /// Registers once more, which changes nothing.
    Future<Done> registerAgain();
    /// Whether the service tells what we missed.
    Future<Done> askForMissed();
    /// Whether the service announces temporary channels; NotFound: no.
    Future<Done> askForTemporary();

    /// A service named by the user, asked instead of looking for one; empty: it is looked for. When connected, it is
    /// gone to at once.
    void setChosenService(const Jid &service);

    /// After each login: find the service, announce presence, register, read memberships, catch up, settle, send.
    /// Answers when all that is done; after a failure it is tried again by itself. Nothing else should wait for it.
    Future<Done> start(const Jid &rememberedService);
    /// The stream was resumed: announce presence, send what waits.
    void resume();
    void stop();
    int waiting() const;

Q_SIGNALS:
    void statusChanged(const cumulet::ChannelServiceStatus &status);
    void channelChanged(const cumulet::NodeId &node);
    void membersChanged(const cumulet::NodeId &node);
    void gapsChanged(const cumulet::NodeId &node);
    void threadsChanged(cumulet::ConversationId channel, const QList<cumulet::PostRow> &inserted,
        const QList<cumulet::PostRow> &changed, const QList<cumulet::PostRow> &removed);
    void conversationsChanged(const QList<cumulet::ConversationId> &conversations);
    /// Others' posts and comments that are new and unread.
    void arrived(const QList<cumulet::Post> &posts);
    void followRequested(const cumulet::NodeId &node, const cumulet::Jid &jid);
    void waitingChanged();
    /// That post is hidden, and is deleted after milliseconds unless it is undone.
    void retractionHeld(cumulet::PostRow row, bool isThreadStart, std::chrono::milliseconds time);
    /// Undone before it was sent. The text is in its draft already.
    void takenBack(const cumulet::TakenBack &taken);
    /// Our role in a channel was changed by somebody else, or we were invited, or a channel we follow was deleted.
    void standingChanged(const cumulet::Membership &before, const cumulet::Membership &now);
    void channelDeleted(const cumulet::NodeId &node);
    void ratingRefused(const cumulet::NodeId &node, const cumulet::Error &error);
    void failed(const cumulet::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace cumulet
