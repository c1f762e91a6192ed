#include "store/sql/PostKeeping.h"

#include "store/sql/AttachmentRows.h"
#include "store/sql/ConversationRows.h"
#include "store/sql/SearchIndex.h"
#include "store/sql/ThreadNoticeRows.h"
#include "text/MentionText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype bodyLimit = 256 * 1024; // characters
static constexpr qsizetype titleLimit = 1024;
static constexpr qsizetype placeLimit = 200;
static constexpr qint64 clockDifference = 5 * 60 * 1000; // ms, between our clock and the service's

PostKeeping::PostKeeping(Connection &connection, AccountId account, ConversationId channel, bool isLive)
    : m_connection(connection)
    , m_channel(channel)
    , m_isLive(isLive)
    , m_self(ownJidOf(connection, account))
{
}

void PostKeeping::countUnread()
{
    auto select = m_connection.statement(u"SELECT read_time FROM conversation WHERE id = ?"_s);
    m_unreadAfter = select.run(m_channel) && select.next() ? select.integer(0) : 0;
}

void PostKeeping::keep(const Post &received)
{
    if (m_channel == 0 || received.item.isEmpty() || received.author.isEmpty()) {
        return;
    }
    Post post = received;
    post.author = post.author.bare();
    post.published = plausibleTime(post.published);
    post.updated = post.updated.isValid() ? plausibleTime(post.updated) : post.published;
    post.body.truncate(bodyLimit);
    post.title.truncate(titleLimit);
    post.place.truncate(placeLimit);
    if (post.isRating() && post.target.isEmpty()) {
        post.target = post.inReplyTo; // the thread's first post is meant
    }
    m_newestPublished = std::max(m_newestPublished, post.published.toMSecsSinceEpoch());
    if (const auto stored = find(post.item)) {
        update(*stored, post);
    } else if (const auto waiting = findWaiting(post); waiting > 0) {
        adopt(waiting, post);
    } else {
        insert(post);
    }
}

std::optional<PostKeeping::Stored> PostKeeping::find(const ItemId &item)
{
    auto select =
        m_connection.statement(u"SELECT id, author, title, body, published, updated, in_reply_to, coalesce(thread, 0), "
                               "CASE WHEN rating > 0 THEN target END, media FROM post "
                               "WHERE channel = ? AND item = ?"_s);
    if (item.isEmpty() || !select.run(m_channel, item) || !select.next()) {
        return std::nullopt;
    }
    const bool isStart = select.isNull(6);
    return Stored{select.integer(0), Jid::fromTrusted(select.text(1)), select.text(2), select.text(3),
        select.integer(4), select.isNull(5) ? std::nullopt : std::optional(select.integer(5)),
        isStart ? select.integer(0) : select.integer(7), isStart, ItemId::fromWire(select.text(8)), select.text(9)};
}

PostRow PostKeeping::findWaiting(const Post &post)
{
    if (post.author != m_self) {
        return 0;
    }
    if (!post.originId.isEmpty()) {
        auto byOrigin = m_connection.statement(u"SELECT min(id) FROM post WHERE channel = ? AND origin_id = ? "
                                               "AND item IS NULL AND (rating > 0) = ?"_s);
        return byOrigin.run(m_channel, post.originId, post.isRating()) && byOrigin.next() ? byOrigin.integer(0) : 0;
    }
    // a service that drops our id: what was given to it, has the same text and came out afterwards is the same
    auto byText = m_connection.statement(
        u"SELECT min(id) FROM post WHERE channel = ? AND item IS NULL AND state = 2 AND body = ? "
        "AND in_reply_to IS ? AND rating = ? AND (rating = 0 OR target IS ?) AND published - ? <= ?"_s);
    return byText.run(m_channel, post.body, post.inReplyTo, post.rating, post.target, clockDifference, post.published)
            && byText.next()
        ? byText.integer(0)
        : 0;
}

void PostKeeping::insert(const Post &post)
{
    const auto start = find(post.inReplyTo);
    const auto thread = start ? start->thread : 0;
    const bool isOther = post.author != m_self;
    const bool isCounted = isOther && !post.isRating() && threadNoticesOf(m_connection, thread) != ThreadNotices::Muted;
    const bool isFresh = m_isLive && isCounted;
    const bool isPlaced = post.isThreadStart() || thread > 0;
    const bool isMissed = m_unreadAfter && post.published.toMSecsSinceEpoch() > *m_unreadAfter;
    const bool isUnread = isFresh || (isMissed && isCounted);
    auto insert = m_connection.statement(
        u"INSERT INTO post (channel, item, thread, in_reply_to, target, author, title, body, published, updated, "
        "origin_id, rating, state, is_shown, is_unread, is_mention, last_activity, place) "
        "VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    insert.run(m_channel, post.item, thread, post.inReplyTo, post.target, post.author, post.title, post.body,
        post.published, post.updated, post.originId, post.rating,
        isOther ? DeliveryState::Received : DeliveryState::Sent, !post.isRating(), isUnread ? (isPlaced ? 1 : 2) : 0,
        isOther && isMentioned(post.body, m_self), post.published, post.place);
    const auto row = insert.insertedRow();
    keepMedia(row, post);
    if (!post.isRating()) {
        indexSoon(m_connection, row, true);
    }
    if (isFresh && isPlaced) {
        m_changes.addFresh(row);
    }
    if (post.isThreadStart()) {
        m_changes.insertThread(m_channel, row);
        claimOrphans(post.item, row);
    } else if (thread > 0) {
        m_changes.changeThread(m_channel, thread);
        claimOrphans(post.item, thread);
    } else {
        m_changes.addMissing(post.inReplyTo);
    }
    if (post.isRating()) {
        noteRated(post.target);
    }
}

// what is rated looks different, in whatever thread it stands
void PostKeeping::noteRated(const ItemId &target)
{
    if (const auto rated = find(target); rated && rated->thread > 0) {
        m_changes.changeThread(m_channel, rated->thread);
    }
}

// Comments that came before what they answer. A comment on a comment belongs to the thread of that comment.
void PostKeeping::claimOrphans(const ItemId &item, PostRow thread)
{
    const bool isMuted = threadNoticesOf(m_connection, thread) == ThreadNotices::Muted;
    QList<ItemId> known{item};
    while (!known.isEmpty()) {
        const auto answered = known.takeFirst();
        QList<std::pair<PostRow, bool>> orphans;
        auto select = m_connection.statement(
            u"SELECT id, is_unread = 2, item FROM post WHERE channel = ? AND in_reply_to = ? AND thread IS NULL"_s);
        select.run(m_channel, answered);
        while (select.next()) {
            orphans.append({select.integer(0), select.flag(1)});
            known += ItemId::fromWire(select.text(2));
        }
        for (const auto &[row, isFresh] : std::as_const(orphans)) {
            auto claim = m_connection.statement(
                u"UPDATE post SET thread = ?, is_unread = CASE is_unread WHEN 2 THEN ? ELSE is_unread END "
                "WHERE id = ?"_s);
            claim.run(thread, !isMuted, row);
            m_changes.changeThread(m_channel, thread);
            if (isFresh && !isMuted) {
                m_changes.addFresh(row);
            }
        }
    }
}

void PostKeeping::update(const Stored &stored, const Post &post)
{
    if (stored.thread == 0) {
        m_changes.addMissing(post.inReplyTo);
    }
    const auto updated = post.updated.toMSecsSinceEpoch();
    const bool isSame =
        stored.updated && stored.title == post.title && stored.body == post.body && stored.updated >= updated;
    const bool isOlder = stored.updated && updated < *stored.updated;
    if (stored.author != post.author || isOlder) {
        return;
    }
    const bool isNewMedia = stored.media != mediaLines(post.attachments);
    if (isSame && !isNewMedia) {
        return;
    }
    if (isNewMedia) { // also what came before files were known
        keepMedia(stored.row, post);
    }
    write(stored, post);
    if (stored.thread > 0) {
        m_changes.changeThread(m_channel, stored.thread);
    }
}

void PostKeeping::keepMedia(PostRow row, const Post &post)
{
    if (!post.attachments.isEmpty()) {
        auto update = m_connection.statement(u"UPDATE post SET media = ? WHERE id = ?"_s);
        update.run(mediaLines(post.attachments), row);
    }
}

// where our own clock gave the time (updated is NULL), the service's takes its place
void PostKeeping::write(const Stored &stored, const Post &post)
{
    auto update = m_connection.statement(
        u"UPDATE post SET title = ?, body = ?, published = ?, updated = ?, revision = revision + 1 WHERE id = ?"_s);
    update.run(post.title, post.body, stored.updated ? stored.published : post.published.toMSecsSinceEpoch(),
        post.updated, stored.row);
    if (!post.isRating()) {
        indexSoon(m_connection, stored.row, true);
    }
}

void PostKeeping::adopt(PostRow waiting, const Post &post)
{
    giveItem(waiting, post.item);
    if (const auto stored = find(post.item)) {
        update(*stored, post);
    }
}

void PostKeeping::giveItem(PostRow waiting, const ItemId &item)
{
    // the event may have come before, and without our id could not be told to be ours
    const auto twin = find(item);
    const bool hasTwin = twin && twin->row != waiting;
    if (hasTwin) {
        m_connection.statement(u"UPDATE post SET thread = ? WHERE thread = ?"_s).run(waiting, twin->row);
        m_connection.statement(u"DELETE FROM post WHERE id = ?"_s).run(twin->row);
        if (twin->isStart) {
            m_changes.removeThread(m_channel, twin->row);
        }
    }
    auto give = m_connection.statement(u"UPDATE post SET item = ?, state = 3, revision = revision + 1 WHERE id = ?"_s);
    give.run(item, waiting);
    settleAttachments(m_connection, waiting);
    m_connection.statement(u"DELETE FROM post_outbox WHERE post = ?"_s).run(waiting);
    if (hasTwin) {
        auto copy =
            m_connection.statement(u"UPDATE post SET title = ?, body = ?, published = ?, updated = ? WHERE id = ?"_s);
        copy.run(twin->title, twin->body, twin->published, twin->updated.value_or(twin->published), waiting);
    }
    if (const auto stored = find(item); stored && stored->thread > 0) {
        m_changes.changeThread(m_channel, stored->thread);
        claimOrphans(item, stored->thread);
    }
}

// Our own comments that still wait go with their thread, but what was written is not lost: it becomes a draft.
void PostKeeping::rememberWaitingTexts(PostRow thread)
{
    auto select =
        m_connection.statement(u"SELECT body, id FROM post WHERE thread = ? AND item IS NULL AND rating = 0"_s);
    auto keep = m_connection.statement(u"INSERT INTO draft (conversation, thread, text) VALUES (?, '', ?) "
                                       "ON CONFLICT DO UPDATE SET text = text || char(10) || excluded.text"_s);
    select.run(thread);
    while (select.next()) {
        keep.run(m_channel, select.text(0));
        takeAttachmentsBack(m_connection, select.integer(1), m_channel, {});
    }
}

void PostKeeping::remove(const ItemId &item)
{
    const auto stored = find(item);
    if (!stored) {
        // comments on it may be here all the same
        auto orphans =
            m_connection.statement(u"DELETE FROM post WHERE channel = ? AND in_reply_to = ? AND thread IS NULL"_s);
        orphans.run(m_channel, item);
        return;
    }
    if (stored->isStart) {
        rememberWaitingTexts(stored->row);
        m_changes.removeThread(m_channel, stored->row);
    } else if (stored->thread > 0) {
        m_changes.changeThread(m_channel, stored->thread);
    }
    noteRated(stored->rated);
    m_connection.statement(u"DELETE FROM post WHERE id = ?"_s).run(stored->row); // its comments go along
}

PostChanges PostKeeping::finish()
{
    if (m_newestPublished > 0) {
        auto update = m_connection.statement(
            u"UPDATE channel SET newest_published = max(coalesce(newest_published, 0), ?) WHERE conversation = ?"_s);
        update.run(std::min(m_newestPublished, QDateTime::currentMSecsSinceEpoch()), m_channel);
    }
    indexIfMany(m_connection);
    return m_changes.finish(m_connection);
}

} // namespace cumulet
