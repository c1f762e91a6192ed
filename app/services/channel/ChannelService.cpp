#include "services/channel/ChannelService.h"

#include "services/channel/ChannelCatchUp.h"
#include "services/channel/ChannelDescriptions.h"
#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelLines.h"
#include "services/channel/ChannelMembers.h"
#include "services/channel/ChannelNodes.h"
#include "services/channel/ChannelOutbox.h"
#include "services/channel/ChannelReading.h"
#include "services/channel/ChannelSession.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/DeletedPosts.h"
#include "services/channel/GapReading.h"
#include "services/channel/HeldWriting.h"
#include "services/channel/ReadPositions.h"
#include "store/ConversationStore.h"
#include "wire/ChannelWire.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype longestPost = 256 * 1024; // characters, as everywhere

struct ChannelService::Private
{
    explicit Private(const Parts &given, ChannelService *service)
        : parts(given)
        , standings(parts)
        , intake(parts, standings)
        , catchUp(parts, intake, standings)
        , session(parts, standings, intake, catchUp)
        , outbox(parts, intake, standings)
        , held(parts, intake, outbox)
        , deleted(parts, intake, standings)
        , reading(parts, intake, standings, deleted)
        , gaps(parts, intake, standings)
        , positions(parts, standings)
        , members(parts, standings)
        , descriptions(parts)
        , lines(parts, standings)
        , allNodes(parts)
        , q(service)
    {
    }

    void tellStored(const PostChanges &changes);
    void becameReady(const QList<NodeId> &appeared);
    void standingsChanged(const QList<NodeId> &nodes);
    Future<Done> written(Future<PostChanges> enqueued);
    Future<Done> discarded(const Post &post);
    Future<Done> setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription);
    void noteReading(const NodeId &node, const Result<Done> &result);

    Parts parts;
    ChannelStandings standings;
    ChannelIntake intake;
    ChannelCatchUp catchUp;
    ChannelSession session;
    ChannelOutbox outbox;
    HeldWriting held;
    DeletedPosts deleted;
    ChannelReading reading;
    GapReading gaps;
    ReadPositions positions;
    ChannelMembers members;
    ChannelDescriptions descriptions;
    ChannelLines lines;
    ChannelNodes allNodes;
    QSet<NodeId> wanted; // asked for while the service was not there
    QList<std::pair<NodeId, std::shared_ptr<QPromise<Result<Done>>>>> delayed; // fetchNewest() that waits for it
    ChannelService *q;
};

ChannelService::ChannelService(const Parts &parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(parts, this))
{
    auto &wire = d->parts.wire;
    connect(&wire, &ChannelWire::postsReceived, &d->intake, &ChannelIntake::notePosts);
    connect(&wire, &ChannelWire::postsRetracted, &d->intake, &ChannelIntake::noteRetracted);
    connect(&wire, &ChannelWire::postsReceived, &d->lines, &ChannelLines::notePosts);
    connect(&wire, &ChannelWire::postsRetracted, &d->lines, &ChannelLines::noteRetracted);
    connect(&d->lines, &ChannelLines::failed, this, &ChannelService::failed);
    connect(&d->allNodes, &ChannelNodes::changed, &d->descriptions, &ChannelDescriptions::note);
    connect(&wire, &ChannelWire::settingsChanged, &d->descriptions, &ChannelDescriptions::note);
    connect(&wire, &ChannelWire::channelDeleted, &d->descriptions, &ChannelDescriptions::noteDeleted);
    connect(&wire, &ChannelWire::membershipChanged, this,
        [this](const NodeId &node, const Jid &jid, std::optional<Affiliation> affiliation,
            std::optional<NodeSubscription> subscription) {
            if (jid.bare() == d->parts.ownJid) {
                d->standings.note(node, affiliation, subscription);
            }
            d->members.note(node, jid, affiliation, subscription);
        });
    connect(&wire, &ChannelWire::followRequested, this, [this](const NodeId &node, const Jid &jid) {
        d->members.refresh(node, true);
        Q_EMIT followRequested(node, jid);
    });

    connect(&d->intake, &ChannelIntake::stored, this, [this](const PostChanges &changes) { d->tellStored(changes); });
    connect(&d->intake, &ChannelIntake::failed, this, &ChannelService::failed);
    connect(&d->outbox, &ChannelOutbox::failed, this, &ChannelService::failed);
    connect(&d->outbox, &ChannelOutbox::ratingRefused, this, &ChannelService::ratingRefused);
    connect(&d->outbox, &ChannelOutbox::waitingChanged, this, &ChannelService::waitingChanged);
    connect(&d->held, &HeldWriting::retractionHeld, this, &ChannelService::retractionHeld);
    connect(&d->held, &HeldWriting::takenBack, this, &ChannelService::takenBack);
    connect(&d->standings, &ChannelStandings::noted, this, &ChannelService::standingChanged);
    connect(&wire, &ChannelWire::channelDeleted, this, [this](const NodeId &node) {
        if (node.isPosts() && isFollowed(node)) {
            Q_EMIT channelDeleted(node);
        }
    });
    connect(&d->members, &ChannelMembers::membersChanged, this, &ChannelService::membersChanged);
    connect(&d->catchUp, &ChannelCatchUp::gapsChanged, this, &ChannelService::gapsChanged);
    connect(&d->reading, &ChannelReading::gapsChanged, this, &ChannelService::gapsChanged);
    connect(&d->positions, &ReadPositions::conversationsChanged, this, &ChannelService::conversationsChanged);
    connect(&d->gaps, &GapReading::gapsChanged, this, &ChannelService::gapsChanged);
    connect(&d->members, &ChannelMembers::channelChanged, this, &ChannelService::channelChanged);
    connect(&d->descriptions, &ChannelDescriptions::channelChanged, this, &ChannelService::channelChanged);
    connect(&d->descriptions, &ChannelDescriptions::conversationsChanged, this, &ChannelService::conversationsChanged);
    connect(&d->standings, &ChannelStandings::conversationsChanged, this, &ChannelService::conversationsChanged);
    connect(&d->standings, &ChannelStandings::changed, this,
        [this](const QList<NodeId> &nodes) { d->standingsChanged(nodes); });
    connect(&d->standings, &ChannelStandings::appeared, this, [this](const NodeId &node) {
        d->descriptions.want({node});
        whenDone(fetchNewest(node), this, [](const Result<Done> &) {});
    });
    connect(&d->session, &ChannelSession::caughtUp, this,
        [this](const QList<NodeId> &appeared) { d->becameReady(appeared); });
    connect(&d->session, &ChannelSession::statusChanged, this, [this](const ChannelServiceStatus &status) {
        if (status.state != ChannelServiceStatus::Ready) {
            d->outbox.close();
            d->lines.close();
        }
        if (status.state != ChannelServiceStatus::Ready && status.state != ChannelServiceStatus::Looking) {
            for (const auto &[node, promise] : std::exchange(d->delayed, {})) {
                promise->addResult(Error{ErrorKind::Offline, u"the channel service is not there"_s});
                promise->finish();
            }
        }
        Q_EMIT statusChanged(status);
    });
}

ChannelService::~ChannelService() = default;

void ChannelService::Private::tellStored(const PostChanges &changes)
{
    QList<ConversationId> conversations;
    for (const auto &channel : changes.channels) {
        conversations.append(channel.channel);
        Q_EMIT q->threadsChanged(
            channel.channel, channel.insertedThreads, channel.changedThreads, channel.removedThreads);
    }
    if (!conversations.isEmpty()) {
        Q_EMIT q->conversationsChanged(conversations);
    }
    if (!changes.fresh.isEmpty()) {
        Q_EMIT q->arrived(changes.fresh);
    }
}

void ChannelService::Private::becameReady(const QList<NodeId> &appeared)
{
    outbox.open();
    lines.open();
    positions.start();
    descriptions.want(appeared);
    for (const auto &[node, promise] : std::exchange(delayed, {})) {
        wanted.remove(node);
        whenDone(reading.newest(node), q, [promise](const Result<Done> &result) {
            promise->addResult(result);
            promise->finish();
        });
    }
    for (const auto &node : std::exchange(wanted, {})) {
        descriptions.want({node});
        whenDone(reading.newest(node), q, [](const Result<Done> &) {});
    }
}

void ChannelService::Private::standingsChanged(const QList<NodeId> &nodes)
{
    for (const auto &node : nodes) {
        Q_EMIT q->channelChanged(node);
    }
}

// Who is removed from a channel is not told (buddycloud.md 4.21), but may not read it any more.
void ChannelService::Private::noteReading(const NodeId &node, const Result<Done> &result)
{
    const bool isRefused = !result && result.error().kind == ErrorKind::NotAllowed;
    if (isRefused && standings.isFollowed(node) && !standings.isBanned(node)) {
        whenDone(standings.refresh(), q, [](const Result<QList<NodeId>> &) {});
    }
}

static Error notThere()
{
    return {ErrorKind::Offline, u"the channel service is not there"_s};
}

const ChannelServiceStatus &ChannelService::status() const
{
    return d->session.status();
}

Jid ChannelService::ownJid() const
{
    return d->parts.ownJid;
}

int ChannelService::waiting() const
{
    return d->outbox.waiting();
}

Future<Done> ChannelService::start(const Jid &rememberedService)
{
    return andThen(d->session.start(rememberedService), this, [this](Done) { return d->outbox.settled(); });
}

void ChannelService::resume()
{
    d->session.resume();
}

void ChannelService::stop()
{
    d->descriptions.stop();
    d->positions.stop();
    d->session.stop();
}

// Reading

Future<Channel> ChannelService::open(const NodeId &node)
{
    const bool isReady = d->session.isReady();
    if (!isReady) {
        d->wanted.insert(node);
    }
    return eitherWay(d->parts.store.channel(d->parts.account, node), this,
        [this, node, isReady](const Result<Channel> &stored) -> Future<Channel> {
            if (!isReady) {
                return stored ? ready(*stored) : cumulet::failed<Channel>(notThere());
            }
            if (!stored) {
                return d->descriptions.ask(node);
            }
            d->descriptions.want({node});
            return ready(*stored);
        });
}

Future<Channel> ChannelService::preview(const NodeId &node)
{
    if (!d->session.isReady()) {
        return eitherWay(d->parts.store.channel(d->parts.account, node), this,
            [](const Result<Channel> &stored) { return stored ? stored : Result<Channel>(notThere()); });
    }
    return andThen(d->parts.wire.describe(node), this, [this, node](const Channel &described) {
        return eitherWay(d->parts.store.channel(d->parts.account, node), this,
            [node, described](const Result<Channel> &stored) -> Result<Channel> {
                Channel shown = described;
                shown.node = node;
                if (stored) {
                    shown.ownAffiliation = stored->ownAffiliation;
                    shown.ownSubscription = stored->ownSubscription;
                }
                return shown;
            });
    });
}

ChannelStanding ChannelService::standingIn(const Channel &channel) const
{
    auto standing = cumulet::standingIn(channel, d->parts.ownJid);
    standing.isLastOwner = standing.affiliation == Affiliation::Owner && !d->members.hasOtherOwner(channel.node);
    return standing;
}

bool ChannelService::isFollowed(const NodeId &node) const
{
    const auto subscription = d->standings.of(node).subscription;
    return subscription == NodeSubscription::Subscribed || subscription == NodeSubscription::Pending;
}

Future<QList<Membership>> ChannelService::members(const NodeId &node)
{
    if (d->session.isReady()) {
        d->members.refresh(node);
    }
    return d->members.list(node);
}

Future<Page<Thread>> ChannelService::page(ConversationId channel, const PageRequest &request, ThreadOrder order)
{
    return d->parts.store.page(channel, request, order);
}

Future<QList<Thread>> ChannelService::threads(const QList<PostRow> &starts)
{
    return d->parts.store.threads(starts);
}

Future<Thread> ChannelService::thread(PostRow start)
{
    return andThen(d->parts.store.thread(start), this, [this](const Thread &thread) -> Result<Thread> {
        if (d->session.isReady() && !thread.start.item.isEmpty()) {
            whenDone(d->reading.thread(thread.start.node, thread.start.item), this, [](const Result<Done> &) {});
        }
        return thread;
    });
}

Future<PostRow> ChannelService::threadOf(const NodeId &node, const ItemId &item)
{
    return d->parts.store.threadOf(d->parts.account, node, item);
}

Future<PostRow> ChannelService::findThread(const NodeId &node, const ItemId &item)
{
    return eitherWay(threadOf(node, item), this, [this, node, item](const Result<PostRow> &row) -> Future<PostRow> {
        if (row) {
            return ready(*row);
        }
        if (!d->session.isReady()) {
            return cumulet::failed<PostRow>(notThere());
        }
        const auto read =
            eitherWay(d->reading.threadWith(node, item), this, [this, node](const Result<Done> &done) -> Future<Done> {
                // of a remote channel that it has not read yet, the service knows no item (buddycloud.md 4.11)
                const bool mayBeThere = !done && done.error().kind == ErrorKind::NotFound;
                return mayBeThere ? d->reading.newest(node)
                    : done        ? ready(Done{})
                                  : cumulet::failed<Done>(done.error());
            });
        return andThen(read, this, [this, node, item](Done) { return threadOf(node, item); });
    });
}

Future<QList<Channel>> ChannelService::channels()
{
    return d->parts.store.channels(d->parts.account);
}

Future<bool> ChannelService::isAnswerToUs(const Post &comment)
{
    if (comment.isThreadStart()) {
        return ready(false);
    }
    const auto row = d->parts.store.threadOf(d->parts.account, comment.node, comment.inReplyTo);
    const auto thread = andThen(row, this, [this](PostRow start) { return d->parts.store.thread(start); });
    return andThen(thread, this, [this, target = comment.target](const Thread &found) -> Result<bool> {
        const auto isOwnTarget = [&](const Post &post) {
            return post.item == target && post.author == d->parts.ownJid;
        };
        return found.start.author == d->parts.ownJid
            || (!target.isEmpty() && std::any_of(found.comments.cbegin(), found.comments.cend(), isOwnTarget));
    });
}

Future<Done> ChannelService::fetchNewest(const NodeId &node)
{
    if (d->session.isReady()) {
        return eitherWay(d->reading.newest(node), this, [this, node](const Result<Done> &result) {
            d->noteReading(node, result);
            return result;
        });
    }
    d->wanted.insert(node);
    if (d->session.status().state != ChannelServiceStatus::Looking) {
        return cumulet::failed<Done>(notThere());
    }
    auto promise = std::make_shared<QPromise<Result<Done>>>();
    promise->start();
    d->delayed.append({node, promise});
    return promise->future();
}

Future<Done> ChannelService::fetchOlder(const NodeId &node)
{
    return d->session.isReady() ? d->reading.older(node) : cumulet::failed<Done>(notThere());
}

Future<QList<ChannelGap>> ChannelService::gaps(const NodeId &node)
{
    return d->parts.store.gaps(d->parts.account, node);
}

Future<Done> ChannelService::fillGap(const NodeId &node, qint64 gap)
{
    return d->session.isReady() ? d->gaps.fill(node, gap) : cumulet::failed<Done>(notThere());
}

void ChannelService::noteRead(const NodeId &node, const QDateTime &upTo)
{
    d->positions.note(node, upTo);
}

// Following and roles

Future<Membership> ChannelService::follow(const NodeId &node)
{
    if (!d->session.isReady()) {
        return cumulet::failed<Membership>(notThere());
    }
    return andThen(d->parts.wire.subscribe(node), this, [this, node](const Membership &given) {
        auto membership = given;
        membership.node = node;
        membership.jid = d->parts.ownJid;
        d->descriptions.want({node});
        if (membership.subscription == NodeSubscription::Subscribed) {
            whenDone(fetchNewest(node), this, [](const Result<Done> &) {});
        }
        return andThen(
            d->standings.keep(membership), this, [membership](Done) -> Result<Membership> { return membership; });
    });
}

Future<Done> ChannelService::unfollow(const NodeId &node)
{
    if (!d->session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return eitherWay(d->parts.wire.unsubscribe(node), this, [this, node](const Result<Done> &answer) -> Future<Done> {
        // a channel that is gone is left as well
        if (!answer && answer.error().kind != ErrorKind::NotFound) {
            return cumulet::failed<Done>(answer.error());
        }
        d->lines.leave(node.channel());
        return d->standings.keep({node, d->parts.ownJid, Affiliation::None, NodeSubscription::None});
    });
}

Future<Done> ChannelService::answerRequest(const NodeId &node, const Jid &jid, bool allow)
{
    return d->setSubscription(node, jid, allow ? NodeSubscription::Subscribed : NodeSubscription::None);
}

Future<Done> ChannelService::invite(const NodeId &node, const Jid &jid)
{
    return d->setSubscription(node, jid.bare(), NodeSubscription::Invited);
}

Future<Done> ChannelService::Private::setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription)
{
    if (!session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return andThen(parts.wire.setSubscription(node, jid, subscription), q, [this, node](Done) -> Result<Done> {
        members.refresh(node, true);
        return Done{};
    });
}

Future<Done> ChannelService::setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation)
{
    if (!d->session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return andThen(d->parts.wire.setAffiliation(node, jid, affiliation), this, [this, node](Done) -> Result<Done> {
        d->members.refresh(node, true);
        return Done{};
    });
}

// Writing: the store first, the outbox sends

Future<Done> ChannelService::post(const NodeId &node, const QString &body, const ItemId &inReplyTo,
    const ItemId &target, const QList<Attachment> &attachments)
{
    if (body.trimmed().isEmpty() && attachments.isEmpty()) {
        return cumulet::failed<Done>({ErrorKind::Rejected, u"nothing was written"_s});
    }
    if (body.size() > longestPost) {
        return cumulet::failed<Done>({ErrorKind::TooLarge, u"longer than 256 Ki characters"_s});
    }
    const OutgoingPost post{node, makeOriginId(), body, inReplyTo, target, 0, attachments};
    return d->written(d->parts.store.enqueue(d->parts.account, d->parts.ownJid, post, d->held.postsUntil()));
}

Future<Done> ChannelService::rate(const Post &post, int rating)
{
    if (post.item.isEmpty() || rating < 1 || rating > 5) {
        return cumulet::failed<Done>({ErrorKind::Rejected, u"nothing that could be rated so"_s});
    }
    const auto start = post.isThreadStart() ? post.item : post.inReplyTo;
    const OutgoingPost outgoing{post.node, makeOriginId(), {}, start, post.item, rating};
    return d->written(d->parts.store.enqueueRating(d->parts.account, d->parts.ownJid, outgoing));
}

Future<Done> ChannelService::withdrawRating(const Post &post)
{
    return d->written(d->parts.store.withdrawRating(d->parts.account, d->parts.ownJid, post.node, post.item));
}

Future<Done> ChannelService::retract(const NodeId &node, const ItemId &item)
{
    return d->held.retract(node, item);
}

void ChannelService::setHolding(std::chrono::milliseconds posts, std::chrono::milliseconds deletions)
{
    d->held.setTimes(posts, deletions);
}

Future<Done> ChannelService::undo(PostRow row)
{
    return d->held.takeBack(row);
}

Future<Done> ChannelService::undoLatest()
{
    return d->held.takeBackLatest();
}

Future<Done> ChannelService::releaseHeld()
{
    return d->held.release();
}

QDateTime ChannelService::now() const
{
    return d->parts.timing.now();
}

Future<Done> ChannelService::setThreadNotices(PostRow start, ThreadNotices notices)
{
    return andThen(
        d->parts.store.setThreadNotices(start, notices), this, [this](const PostChanges &changes) -> Result<Done> {
            d->intake.tell(changes);
            return Done{};
        });
}

Future<ThreadNotices> ChannelService::threadNotices(const Post &post)
{
    const auto start = post.isThreadStart() ? ready(post.row) : threadOf(post.node, post.inReplyTo);
    return andThen(start, this, [this](PostRow row) { return d->parts.store.threadNotices(row); });
}

Future<Done> ChannelService::retry(PostRow row)
{
    return d->written(d->parts.store.retry(row));
}

Future<Done> ChannelService::Private::written(Future<PostChanges> enqueued)
{
    return andThen(enqueued, q, [this](const PostChanges &changes) -> Result<Done> {
        intake.tell(changes);
        outbox.noteEnqueued();
        return Done{};
    });
}

Future<QString> ChannelService::discard(PostRow row, bool keepsFiles)
{
    return andThen(d->parts.store.post(row), this, [this, row, keepsFiles](const Post &post) {
        return andThen(d->parts.store.discard(row, keepsFiles), this, [this, post](const QString &text) {
            d->outbox.noteDiscarded(post);
            return andThen(d->discarded(post), this, [text](Done) -> Result<QString> { return text; });
        });
    });
}

Future<Done> ChannelService::Private::discarded(const Post &post)
{
    const auto entry = parts.conversations.ensure(parts.account, Conversation::Kind::Channel, post.node.channel());
    const auto thread =
        post.isThreadStart() ? ready(post.row) : parts.store.threadOf(parts.account, post.node, post.inReplyTo);
    return andThen(entry, q, [this, post, thread](const Conversation &conversation) {
        return andThen(thread, q, [this, post, id = conversation.id](PostRow start) -> Result<Done> {
            outbox.flush(); // counts again
            PostChanges changes;
            auto &rows = changes.channels.emplace_back();
            rows.channel = id;
            rows.node = post.node;
            (post.isThreadStart() ? rows.removedThreads : rows.changedThreads).append(start);
            intake.tell(changes);
            return Done{};
        });
    });
}

// Making and changing channels

static QString wireText(const QString &text)
{
    // an empty value would be stored as a word (buddycloud.md 0, rule 10)
    return text.trimmed().isEmpty() ? u" "_s : text;
}

Future<NodeId> ChannelService::createTopicChannel(const Jid &channel, const QString &title, const QString &description,
    AccessModel accessModel, Affiliation defaultAffiliation, const ChannelSettings &further)
{
    if (!d->session.isReady()) {
        return cumulet::failed<NodeId>(notThere());
    }
    const auto node = NodeId::of(channel);
    ChannelSettings settings{
        {u"buddycloud#channel_type"_s, u"topic"_s},
        {u"pubsub#title"_s, wireText(title)},
        {u"pubsub#description"_s, wireText(description)},
        {u"pubsub#access_model"_s, toWire(accessModel)},
        {u"buddycloud#default_affiliation"_s, toWire(defaultAffiliation)},
    };
    settings.insert(further);
    return andThen(d->parts.wire.createChannel(node, settings), this, [this, node, settings](Done) {
        Channel made;
        made.node = node;
        made = withSettings(made, settings);
        made.owner = d->parts.ownJid;
        const Membership owner{node, d->parts.ownJid, Affiliation::Owner, NodeSubscription::Subscribed};
        return andThen(d->parts.store.keepChannel(d->parts.account, made), this, [this, node, owner](ConversationId) {
            return andThen(d->standings.keep(owner), this, [this, node](Done) -> Result<NodeId> {
                d->descriptions.want({node});
                return node;
            });
        });
    });
}

Future<Done> ChannelService::configure(const NodeId &node, const QString &title, const QString &description,
    AccessModel accessModel, Affiliation defaultAffiliation)
{
    if (!d->session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return andThen(
        d->parts.store.channel(d->parts.account, node), this, [=, this](const Channel &stored) -> Future<Done> {
            ChannelSettings changed;
            if (title != stored.title) {
                changed[u"pubsub#title"_s] = wireText(title);
            }
            if (description != stored.description) {
                changed[u"pubsub#description"_s] = wireText(description);
            }
            if (accessModel != stored.accessModel) {
                changed[u"pubsub#access_model"_s] = toWire(accessModel);
            }
            if (defaultAffiliation != stored.defaultAffiliation) {
                changed[u"buddycloud#default_affiliation"_s] = toWire(defaultAffiliation);
            }
            if (changed.isEmpty()) {
                return ready(Done{});
            }
            return andThen(
                d->parts.wire.configureChannel(node, changed), this, [this, node, changed](Done) -> Result<Done> {
                    d->descriptions.note(node, changed);
                    return Done{};
                });
        });
}

ChannelLines &ChannelService::lines()
{
    return d->lines;
}

ChannelNodes &ChannelService::nodes()
{
    return d->allNodes;
}

Future<QList<Channel>> ChannelService::sharedWith(const Jid &person)
{
    return d->parts.store.sharedWith(d->parts.account, person);
}

void ChannelService::setChosenService(const Jid &service)
{
    d->session.setChosen(service.bare());
}

Future<ChannelServiceAddress> ChannelService::lookForService()
{
    if (!d->session.chosen().isEmpty()) {
        return d->session.find();
    }
    // anew, and where it was last time only if that fails
    return eitherWay(d->parts.wire.findService(), this,
        [this](const Result<ChannelServiceAddress> &found) -> Future<ChannelServiceAddress> {
            return found ? ready(*found) : d->session.find();
        });
}

Future<QList<DiscoveredService>> ChannelService::domainServices()
{
    return d->parts.wire.services();
}

Future<Done> ChannelService::registerAgain()
{
    return d->session.isReady() ? d->parts.wire.registerAccount() : cumulet::failed<Done>(notThere());
}

Future<Done> ChannelService::askForMissed()
{
    if (!d->session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return andThen(d->parts.wire.recentPosts(QDateTime::currentDateTimeUtc(), 1), this,
        [](const QList<PostPage> &) -> Result<Done> { return Done{}; });
}

Future<Done> ChannelService::askForTemporary()
{
    return andThen(domainServices(), this, [this](const QList<DiscoveredService> &services) -> Result<Done> {
        for (const auto &service : services) {
            if (service.jid == status().service && service.features.contains(u"buddycloud#ephemeral"_s)) {
                return Done{};
            }
        }
        return Error{ErrorKind::NotFound, u"not announced"_s};
    });
}

Future<Done> ChannelService::deleteChannel(const NodeId &node)
{
    if (!d->session.isReady()) {
        return cumulet::failed<Done>(notThere());
    }
    return andThen(d->parts.wire.deleteChannel(node), this, [this, node](Done) {
        d->descriptions.noteDeleted(node);
        return d->standings.keep({node, d->parts.ownJid, Affiliation::None, NodeSubscription::None});
    });
}

} // namespace cumulet
