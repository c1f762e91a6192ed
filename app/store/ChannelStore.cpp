#include "store/ChannelStore.h"

#include "store/Database.h"
#include "store/sql/ChannelGaps.h"
#include "store/sql/ChannelRows.h"
#include "store/sql/ConversationRows.h"
#include "store/sql/PostComparison.h"
#include "store/sql/PostHolding.h"
#include "store/sql/PostKeeping.h"
#include "store/sql/PostOutbox.h"
#include "store/sql/PostRows.h"
#include "store/sql/ThreadNoticeRows.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int commentLimit = 2000;

Future<QList<Channel>> ChannelStore::channels(AccountId account)
{
    return m_database.run<QList<Channel>>(
        [=](Connection &connection) -> Result<QList<Channel>> { return listedChannels(connection, account); });
}

Future<Channel> ChannelStore::channel(AccountId account, const NodeId &node)
{
    return m_database.run<Channel>([=](Connection &connection) -> Result<Channel> {
        if (auto channel = channelOf(connection, findChannel(connection, account, node))) {
            return *channel;
        }
        return Error{ErrorKind::NotFound, u"no such channel"_s};
    });
}

Future<ConversationId> ChannelStore::keepChannel(AccountId account, const Channel &channel)
{
    return m_database.run<ConversationId>([=](Connection &connection) -> Result<ConversationId> {
        const auto id = ensureChannel(connection, account, channel.node);
        writeChannel(connection, id, channel);
        return id;
    });
}

Future<ConversationId> ChannelStore::keepMembership(AccountId account, const Membership &membership)
{
    return m_database.run<ConversationId>([=](Connection &connection) -> Result<ConversationId> {
        if (!membership.jid.isEmpty() && membership.jid.bare() != ownJidOf(connection, account)) {
            return 0;
        }
        const auto id = ensureChannel(connection, account, membership.node);
        writeStanding(connection, id, membership.affiliation, membership.subscription);
        return id;
    });
}

Future<QList<ConversationId>> ChannelStore::replaceMemberships(AccountId account, const QList<Membership> &memberships)
{
    using Ids = QList<ConversationId>;
    return m_database.run<Ids>([=](Connection &connection) -> Result<Ids> {
        Ids changed;
        QSet<ConversationId> named;
        for (const auto &membership : memberships) {
            const auto id = ensureChannel(connection, account, membership.node);
            if (id > 0 && writeStanding(connection, id, membership.affiliation, membership.subscription)) {
                changed += id;
            }
            named += id;
        }
        const auto before = channelsWithStanding(connection, account);
        for (const auto id : before) {
            if (!named.contains(id) && writeStanding(connection, id, Affiliation::None, NodeSubscription::None)) {
                changed += id;
            }
        }
        return changed;
    });
}

Future<ConversationId> ChannelStore::markGone(AccountId account, const NodeId &node)
{
    return m_database.run<ConversationId>([=](Connection &connection) -> Result<ConversationId> {
        const auto id = findChannel(connection, account, node);
        connection.statement(u"UPDATE channel SET is_gone = 1 WHERE conversation = ?"_s).run(id);
        return id;
    });
}

Future<Done> ChannelStore::replaceMembers(AccountId account, const NodeId &node, const QList<Membership> &members)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        const auto channel = ensureChannel(connection, account, node);
        connection.statement(u"DELETE FROM channel_member WHERE channel = ?"_s).run(channel);
        for (const auto &member : members) {
            if (channel > 0 && !member.jid.isEmpty()) {
                connection
                    .statement(u"INSERT OR REPLACE INTO channel_member (channel, jid, affiliation, subscription) "
                               "VALUES (?, ?, ?, ?)"_s)
                    .run(channel, member.jid.bare(), member.affiliation, member.subscription);
            }
        }
        return Done{};
    });
}

Future<QList<Membership>> ChannelStore::members(AccountId account, const NodeId &node)
{
    return m_database.run<QList<Membership>>([=](Connection &connection) -> Result<QList<Membership>> {
        QList<Membership> members;
        auto select = connection.statement(
            u"SELECT jid, affiliation, subscription FROM channel_member WHERE channel = ? ORDER BY jid"_s);
        select.run(findChannel(connection, account, node));
        while (select.next()) {
            members += Membership{node, Jid::fromTrusted(select.text(0)), select.choice<Affiliation>(1),
                select.choice<NodeSubscription>(2)};
        }
        return members;
    });
}

Future<PostChanges> ChannelStore::keepPosts(AccountId account, const NodeId &node, const QList<Post> &posts, bool live)
{
    return m_database.run<PostChanges>([=](Connection &connection) -> Result<PostChanges> {
        PostKeeping keeping(connection, account, ensureChannel(connection, account, node), live);
        for (const auto &post : posts) {
            keeping.keep(post);
        }
        return keeping.finish();
    });
}

Future<PostChanges> ChannelStore::removePosts(AccountId account, const NodeId &node, const QList<ItemId> &items)
{
    return m_database.run<PostChanges>([=](Connection &connection) -> Result<PostChanges> {
        PostKeeping keeping(connection, account, findChannel(connection, account, node), false);
        for (const auto &item : items) {
            keeping.remove(item);
        }
        return keeping.finish();
    });
}

Future<QList<ItemId>> ChannelStore::threadsWithout(
    AccountId account, const NodeId &node, const QSet<ItemId> &present, const QDateTime &from, int most)
{
    return m_database.run<QList<ItemId>>([=](Connection &connection) -> Result<QList<ItemId>> {
        return cumulet::threadsWithout(connection, findChannel(connection, account, node), present, from, most);
    });
}

Future<QList<ItemId>> ChannelStore::itemsOfThread(AccountId account, const NodeId &node, const ItemId &start)
{
    return m_database.run<QList<ItemId>>([=](Connection &connection) -> Result<QList<ItemId>> {
        return cumulet::itemsOfThread(connection, findChannel(connection, account, node), start);
    });
}

Future<Page<Thread>> ChannelStore::page(
    ConversationId channel, const PageRequest &request, ThreadOrder order, int comments)
{
    return m_database.run<Page<Thread>>([=](Connection &connection) -> Result<Page<Thread>> {
        return PostReader(connection).page(channel, request, order, comments);
    });
}

Future<QList<Thread>> ChannelStore::threads(const QList<PostRow> &starts, int comments)
{
    return m_database.run<QList<Thread>>([=](Connection &connection) -> Result<QList<Thread>> {
        QList<Thread> threads;
        PostReader reader(connection);
        for (const auto start : starts) {
            if (auto thread = reader.thread(start, comments)) {
                threads += std::move(*thread);
            }
        }
        return threads;
    });
}

Future<Thread> ChannelStore::thread(PostRow start)
{
    return m_database.run<Thread>([=](Connection &connection) -> Result<Thread> {
        if (auto thread = PostReader(connection).thread(start, commentLimit)) {
            return *thread;
        }
        return Error{ErrorKind::NotFound, u"no such thread"_s};
    });
}

Future<PostRow> ChannelStore::threadOf(AccountId account, const NodeId &node, const ItemId &item)
{
    return m_database.run<PostRow>([=](Connection &connection) -> Result<PostRow> {
        auto select =
            connection.statement(u"SELECT coalesce(thread, CASE WHEN in_reply_to IS NULL THEN id ELSE 0 END) FROM post "
                                 "WHERE channel = ? AND item = ?"_s);
        const bool isThere =
            !item.isEmpty() && select.run(findChannel(connection, account, node), item) && select.next();
        if (isThere && select.integer(0) > 0) {
            return select.integer(0);
        }
        return Error{ErrorKind::NotFound, u"no such post"_s};
    });
}

Future<Post> ChannelStore::post(PostRow row)
{
    return m_database.run<Post>([=](Connection &connection) -> Result<Post> {
        if (auto post = PostReader(connection).post(row)) {
            return *post;
        }
        return Error{ErrorKind::NotFound, u"no such post"_s};
    });
}

Future<Cursor> ChannelStore::cursorOf(PostRow start, ThreadOrder order)
{
    return m_database.run<Cursor>([=](Connection &connection) -> Result<Cursor> {
        if (const auto place = placeOfThread(connection, start, order)) {
            return *place;
        }
        return Error{ErrorKind::NotFound, u"no such thread"_s};
    });
}

Future<QDateTime> ChannelStore::newestPublished(AccountId account)
{
    return m_database.run<QDateTime>([=](Connection &connection) -> Result<QDateTime> {
        auto select = connection.statement(
            u"SELECT max(ch.newest_published) FROM conversation c JOIN channel ch ON ch.conversation = c.id "
            "WHERE c.account = ? AND c.kind = 1"_s);
        return select.run(account) && select.next() ? select.time(0) : QDateTime();
    });
}

Future<ChannelStore::History> ChannelStore::history(AccountId account, const NodeId &node)
{
    return m_database.run<History>([=](Connection &connection) -> Result<History> {
        auto select =
            connection.statement(u"SELECT history_after, is_history_complete FROM channel WHERE conversation = ?"_s);
        return select.run(findChannel(connection, account, node)) && select.next()
            ? History{select.text(0), select.flag(1)}
            : History{};
    });
}

Future<Done> ChannelStore::setHistory(AccountId account, const NodeId &node, const History &history)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        auto update = connection.statement(
            u"UPDATE channel SET history_after = ?, is_history_complete = ? WHERE conversation = ?"_s);
        update.run(history.after, history.isComplete, ensureChannel(connection, account, node));
        return Done{};
    });
}

Future<QList<ChannelGap>> ChannelStore::gaps(AccountId account, const NodeId &node)
{
    return m_database.run<QList<ChannelGap>>([=](Connection &connection) -> Result<QList<ChannelGap>> {
        return gapsOf(connection, findChannel(connection, account, node));
    });
}

Future<Done> ChannelStore::keepGap(AccountId account, const NodeId &node, const ChannelGap &gap)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        writeGap(connection, ensureChannel(connection, account, node), gap);
        return Done{};
    });
}

Future<PostChanges> ChannelStore::fillGap(
    AccountId account, const NodeId &node, const QList<Post> &posts, const ChannelGap &rest, bool isClosed)
{
    return m_database.run<PostChanges>([=](Connection &connection) -> Result<PostChanges> {
        const auto channel = ensureChannel(connection, account, node);
        isClosed ? removeGap(connection, channel, rest.id) : writeGap(connection, channel, rest);
        PostKeeping keeping(connection, account, channel, false);
        if (rest.isNews) {
            keeping.countUnread();
        }
        for (const auto &post : posts) {
            keeping.keep(post);
        }
        return keeping.finish();
    });
}

Future<Done> ChannelStore::keepReadingEnd(AccountId account, const NodeId &node, const ReadingEnd &end, bool isNews)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        writeReadingEnd(connection, ensureChannel(connection, account, node), end, isNews);
        return Done{};
    });
}

// jobs of the outbox have one shape
template <typename Step>
static Future<PostChanges> changePosts(
    Database &database, Step step, Database::Safety safety = Database::Safety::Process)
{
    return database.run<PostChanges>(
        [step](Connection &connection) -> Result<PostChanges> {
            PostChangeList changes;
            if (const Result<Done> done = step(connection, changes); !done) {
                return done.error();
            }
            return changes.finish(connection);
        },
        safety);
}

Future<PostChanges> ChannelStore::enqueue(
    AccountId account, const Jid &author, const OutgoingPost &post, const QDateTime &notBefore)
{
    return changePosts(
        m_database,
        [=](Connection &connection, PostChangeList &changes) {
            return enqueuePost(connection, account, author, post, notBefore, changes);
        },
        Database::Safety::Power);
}

Future<PostChanges> ChannelStore::enqueueRetraction(
    AccountId account, const NodeId &node, const ItemId &item, const QDateTime &notBefore)
{
    return changePosts(
        m_database,
        [=](Connection &connection, PostChangeList &changes) {
            return cumulet::enqueueRetraction(connection, account, node, item, notBefore, changes);
        },
        Database::Safety::Power);
}

Future<PostChanges> ChannelStore::enqueueRating(AccountId account, const Jid &author, const OutgoingPost &post)
{
    return changePosts(
        m_database,
        [=](Connection &connection, PostChangeList &changes) {
            return cumulet::enqueueRating(connection, account, author, post, changes);
        },
        Database::Safety::Power);
}

Future<PostChanges> ChannelStore::withdrawRating(
    AccountId account, const Jid &author, const NodeId &node, const ItemId &target)
{
    return changePosts(
        m_database,
        [=](Connection &connection, PostChangeList &changes) {
            return cumulet::withdrawRating(connection, account, author, node, target, changes);
        },
        Database::Safety::Power);
}

Future<QList<ChannelStore::Waiting>> ChannelStore::outbox(AccountId account)
{
    return m_database.run<QList<Waiting>>(
        [=](Connection &connection) -> Result<QList<Waiting>> { return waitingPosts(connection, account); });
}

Future<PostChanges> ChannelStore::setState(AccountId account, qint64 waiting, DeliveryState state, const Error &error)
{
    return changePosts(m_database, [=](Connection &connection, PostChangeList &changes) {
        return setPostState(connection, account, waiting, state, error, changes);
    });
}

Future<PostChanges> ChannelStore::settle(AccountId account, qint64 waiting, const ItemId &item)
{
    return m_database.run<PostChanges>(
        [=](Connection &connection) { return settlePost(connection, account, waiting, item); });
}

Future<QString> ChannelStore::discard(PostRow row, bool keepsFiles)
{
    return m_database.run<QString>([=](Connection &connection) -> Result<QString> {
        PostChangeList changes;
        auto text = discardPost(connection, row, keepsFiles, changes);
        if (text) {
            changes.finish(connection);
        }
        return text;
    });
}

Future<TakenBack> ChannelStore::takeBack(PostRow row)
{
    return m_database.run<TakenBack>(
        [=](Connection &connection) -> Result<TakenBack> {
            PostChangeList changes;
            auto taken = takeBackPost(connection, row, changes);
            if (taken) {
                taken->changes = changes.finish(connection);
            }
            return taken;
        },
        Database::Safety::Power);
}

Future<PostChanges> ChannelStore::release(AccountId account)
{
    return changePosts(m_database, [=](Connection &connection, PostChangeList &changes) -> Result<Done> {
        releasePosts(connection, account, changes);
        return Done{};
    });
}

Future<PostChanges> ChannelStore::setThreadNotices(PostRow start, ThreadNotices notices)
{
    return changePosts(m_database, [=](Connection &connection, PostChangeList &changes) {
        return writeThreadNotices(connection, start, notices, changes);
    });
}

Future<ThreadNotices> ChannelStore::threadNotices(PostRow start)
{
    return m_database.run<ThreadNotices>(
        [=](Connection &connection) -> Result<ThreadNotices> { return threadNoticesOf(connection, start); });
}

Future<PostChanges> ChannelStore::retry(PostRow row)
{
    return changePosts(m_database,
        [=](Connection &connection, PostChangeList &changes) { return retryPost(connection, row, changes); });
}

} // namespace cumulet
