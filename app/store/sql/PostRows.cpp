#include "store/sql/PostRows.h"

#include "store/sql/AttachmentRows.h"
#include "store/sql/ChannelRows.h"
#include "store/sql/ConversationRows.h"
#include "store/sql/RatingRows.h"
#include "store/sql/RowPages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static const QString columns =
    u"id, channel, item, in_reply_to, target, author, title, body, published, updated, origin_id, rating, state, "
    "revision, last_activity, comments, thread_notices, place, media"_s;

Post PostReader::read(const Statement &row)
{
    Post post;
    post.row = row.integer(0);
    auto node = m_nodes.constFind(row.integer(1));
    if (node == m_nodes.cend()) {
        m_nodes.insert(row.integer(1), nodeOf(m_connection, row.integer(1)));
        node = m_nodes.constFind(row.integer(1));
    }
    post.node = *node;
    post.item = ItemId::fromWire(row.text(2));
    post.inReplyTo = ItemId::fromWire(row.text(3));
    post.target = ItemId::fromWire(row.text(4));
    post.author = Jid::fromTrusted(row.text(5));
    post.title = row.text(6);
    post.body = row.text(7);
    post.published = row.time(8);
    post.updated = row.isNull(9) ? post.published : row.time(9);
    post.originId = row.id<OriginId>(10);
    post.rating = row.number(11);
    post.state = row.choice<DeliveryState>(12);
    post.revision = row.number(13);
    post.place = row.text(17);
    if (!row.isNull(18)) {
        post.attachments = attachmentsIn(row.text(18));
    } else if (post.item.isEmpty() && post.rating == 0) {
        post.attachments = attachmentsOfPost(m_connection, post.row);
    }
    if (post.state == DeliveryState::Failed) {
        post.error = errorOf(post.row);
    } else if (post.state == DeliveryState::Queued) {
        post.heldUntil = heldUntil(post.row);
    }
    return post;
}

Error PostReader::errorOf(PostRow row)
{
    auto select = m_connection.statement(u"SELECT error_kind, error_detail FROM post_outbox WHERE post = ?"_s);
    return select.run(row) && select.next() ? Error{select.choice<ErrorKind>(0), select.text(1)} : Error{};
}

QDateTime PostReader::heldUntil(PostRow row)
{
    auto select = m_connection.statement(u"SELECT not_before FROM post_outbox WHERE post = ? AND not_before > 0"_s);
    return select.run(row) && select.next() ? select.time(0) : QDateTime();
}

std::optional<Post> PostReader::post(PostRow row)
{
    auto select = m_connection.statement(u"SELECT "_s + columns + u" FROM post WHERE id = ?"_s);
    if (!select.run(row) || !select.next()) {
        return std::nullopt;
    }
    Post post = read(select);
    post.ratings = ratingsOf(m_connection, row, selfIn(select.integer(1)));
    return post;
}

QList<Post> PostReader::posts(const QList<PostRow> &rows)
{
    QList<Post> found;
    for (const auto row : rows) {
        if (auto known = post(row)) {
            found += std::move(*known);
        }
    }
    return found;
}

const Jid &PostReader::selfIn(ConversationId channel)
{
    const bool isKnown = m_selves.contains(channel);
    Jid &self = m_selves[channel];
    if (!isKnown) {
        auto select = m_connection.statement(
            u"SELECT a.jid FROM conversation c JOIN account a ON a.id = c.account WHERE c.id = ?"_s);
        if (select.run(channel) && select.next()) {
            self = Jid::fromTrusted(select.text(0));
        }
    }
    return self;
}

void PostReader::addRatings(ConversationId channel, Thread &thread)
{
    thread.start.ratings = ratingsOf(m_connection, thread.start.row, selfIn(channel));
    if (thread.comments.isEmpty()) {
        return;
    }
    const auto ratings =
        ratingsOfComments(m_connection, thread.start.row, thread.comments.first().published, selfIn(channel));
    for (auto &comment : thread.comments) {
        comment.ratings = ratings.value(comment.row);
    }
}

// "to Juliet", also where her comment is not among the newest
void PostReader::addAnswered(ConversationId channel, Thread &thread)
{
    auto select = m_connection.statement(u"SELECT author FROM post WHERE channel = ? AND item = ? AND is_shown = 1"_s);
    for (auto &comment : thread.comments) {
        const bool answersComment = !comment.target.isEmpty() && comment.target != comment.inReplyTo;
        if (answersComment && select.run(channel, comment.target) && select.next()) {
            comment.targetAuthor = Jid::fromTrusted(select.text(0));
        }
    }
}

Thread PostReader::readThread(const Statement &row, int comments)
{
    Thread thread;
    thread.start = read(row);
    thread.lastActivity = row.time(14);
    thread.notices = row.choice<ThreadNotices>(16);
    const auto stored = row.number(15);
    if (stored > 0 && comments > 0) {
        auto select = m_connection.statement(u"SELECT "_s + columns
            + u" FROM post WHERE thread = ? AND is_shown = 1 "
              "ORDER BY published DESC, id DESC LIMIT ?"_s);
        select.run(thread.start.row, comments);
        while (select.next()) {
            thread.comments += read(select);
        }
        std::reverse(thread.comments.begin(), thread.comments.end());
    }
    addRatings(row.integer(1), thread);
    addAnswered(row.integer(1), thread);
    thread.earlierComments = std::max(0, stored - int(thread.comments.size()));
    return thread;
}

std::optional<Thread> PostReader::thread(PostRow start, int comments)
{
    auto select = m_connection.statement(
        u"SELECT "_s + columns + u" FROM post WHERE id = ? AND in_reply_to IS NULL AND is_shown = 1"_s);
    return select.run(start) && select.next() ? std::optional(readThread(select, comments)) : std::nullopt;
}

QList<Thread> PostReader::readThreads(
    ConversationId channel, const Cursor &from, bool isBefore, int limit, ThreadOrder order, int comments)
{
    const auto key = order == ThreadOrder::NewestPost ? u"published"_s : u"last_activity"_s;
    const auto rest = isBefore ? u"(%1, id) < (?, ?) ORDER BY %1 DESC, id DESC LIMIT ?"_s
                               : u"(%1, id) > (?, ?) ORDER BY %1, id LIMIT ?"_s;
    auto select = m_connection.statement(u"SELECT "_s + columns
        + u" FROM post WHERE channel = ? AND in_reply_to IS NULL AND is_shown = 1 AND "_s + rest.arg(key));
    QList<Thread> threads;
    select.run(channel, from.time, from.row, limit);
    while (select.next()) {
        threads += readThread(select, comments);
    }
    if (isBefore) {
        std::reverse(threads.begin(), threads.end());
    }
    return threads;
}

Page<Thread> PostReader::page(ConversationId channel, const PageRequest &request, ThreadOrder order, int comments)
{
    const auto placeOf = [order](const Thread &thread) {
        const auto &time = order == ThreadOrder::NewestPost ? thread.start.published : thread.lastActivity;
        return Cursor{time.toMSecsSinceEpoch(), thread.start.row};
    };
    return pageOf<Thread>(
        request,
        [&](const Cursor &from, int limit) { return readThreads(channel, from, true, limit, order, comments); },
        [&](const Cursor &from, int limit) { return readThreads(channel, from, false, limit, order, comments); },
        placeOf);
}

std::optional<Cursor> placeOfThread(Connection &connection, PostRow start, ThreadOrder order)
{
    auto select = connection.statement(
        u"SELECT published, last_activity FROM post WHERE id = ? AND in_reply_to IS NULL AND is_shown = 1"_s);
    return select.run(start) && select.next()
        ? std::optional(Cursor{select.integer(order == ThreadOrder::NewestPost ? 0 : 1), start})
        : std::nullopt;
}

void PostChangeList::addMissing(const ItemId &start)
{
    if (!m_missing.contains(start)) {
        m_missing += start;
    }
}

static void refreshThread(Connection &connection, PostRow start)
{
    auto update = connection.statement(
        u"UPDATE post SET comments = (SELECT count(*) FROM post c WHERE c.thread = ? AND c.is_shown = 1), "
        "last_activity = max(published, coalesce((SELECT c.published FROM post c WHERE c.thread = ? "
        "AND c.is_shown = 1 ORDER BY c.published DESC LIMIT 1), 0)) WHERE id = ?"_s);
    update.run(start, start, start);
}

// in the order of their first post
static QList<PostRow> sortedThreads(Connection &connection, const QSet<PostRow> &threads)
{
    QList<Cursor> places;
    for (const auto thread : threads) {
        if (const auto place = placeOfThread(connection, thread, ThreadOrder::NewestPost)) {
            places += *place;
        }
    }
    std::sort(places.begin(), places.end());
    QList<PostRow> rows;
    rows.reserve(places.size());
    for (const auto &place : std::as_const(places)) {
        rows += place.row;
    }
    return rows;
}

PostChanges PostChangeList::finish(Connection &connection)
{
    PostChanges changes;
    for (auto it = m_channels.begin(); it != m_channels.end(); ++it) {
        it->inserted -= it->removed;
        it->changed -= it->removed;
        it->changed -= it->inserted;
        for (const auto thread : it->inserted + it->changed) {
            refreshThread(connection, thread);
        }
        refreshChannelEntry(connection, it.key());
        PostChanges::OfChannel of{it.key(), nodeOf(connection, it.key()), {}, {}, {}};
        of.insertedThreads = sortedThreads(connection, it->inserted);
        of.changedThreads = sortedThreads(connection, it->changed);
        of.removedThreads = it->removed.values();
        std::sort(of.removedThreads.begin(), of.removedThreads.end());
        changes.channels += of;
    }
    changes.fresh = PostReader(connection).posts(m_fresh);
    changes.missingStarts = m_missing;
    return changes;
}

} // namespace cumulet
