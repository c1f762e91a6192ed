#include "store/sql/PostOutbox.h"

#include "store/sql/AttachmentRows.h"
#include "store/sql/ChannelRows.h"
#include "store/sql/PostKeeping.h"
#include "store/sql/SearchIndex.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

// where a post stands
struct Place
{
    PostRow row = 0;
    ConversationId channel = 0;
    PostRow thread = 0; // of its start, also for the start itself
    bool isStart = false;
};

struct Entry
{
    qint64 id = 0;
    bool isRetraction = false;
    bool isRating = false;
    DeliveryState state = DeliveryState::Queued;
    Place post;
};

} // namespace

static Place readPlace(const Statement &row, int column)
{
    const bool isStart = row.flag(column + 3);
    return {row.integer(column), row.integer(column + 1), row.integer(isStart ? column : column + 2), isStart};
}

static Entry findEntry(Connection &connection, const QString &condition, qint64 id, AccountId account)
{
    auto select = connection.statement(
        u"SELECT o.id, o.is_retraction, o.state, p.id, p.channel, coalesce(p.thread, 0), p.in_reply_to IS NULL, "
        "p.rating > 0 FROM post_outbox o JOIN post p ON p.id = o.post WHERE "_s
        + condition);
    const bool isThere = (account > 0 ? select.run(id, account) : select.run(id)) && select.next();
    return isThere ? Entry{select.integer(0), select.flag(1), select.flag(7), select.choice<DeliveryState>(2),
                         readPlace(select, 3)}
                   : Entry{};
}

static Entry entryById(Connection &connection, qint64 id, AccountId account)
{
    return findEntry(connection, u"o.id = ? AND o.account = ?"_s, id, account);
}

static Entry entryOfPost(Connection &connection, PostRow row)
{
    return findEntry(connection, u"o.post = ?"_s, row, 0);
}

static Place placeOfItem(Connection &connection, ConversationId channel, const ItemId &item)
{
    auto select = connection.statement(u"SELECT id, channel, coalesce(thread, 0), in_reply_to IS NULL FROM post "
                                       "WHERE channel = ? AND item = ?"_s);
    return !item.isEmpty() && select.run(channel, item) && select.next() ? readPlace(select, 0) : Place{};
}

// what is written now stands after what is there, though the service's clock may be ahead
static qint64 timeToWrite(Connection &connection, ConversationId channel, PostRow thread)
{
    auto newest = connection.statement(thread > 0
            ? u"SELECT last_activity FROM post WHERE id = ?"_s
            : u"SELECT published FROM post WHERE channel = ? AND in_reply_to IS NULL AND is_shown = 1 "
              "ORDER BY published DESC LIMIT 1"_s);
    const auto now = QDateTime::currentMSecsSinceEpoch();
    return newest.run(thread > 0 ? thread : channel) && newest.next() ? std::max(now, newest.integer(0)) : now;
}

static PostRow insertWritten(
    Connection &connection, ConversationId channel, PostRow thread, const Jid &author, const OutgoingPost &post)
{
    const auto time = timeToWrite(connection, channel, thread);
    auto insert = connection.statement(
        u"INSERT INTO post (channel, thread, in_reply_to, target, author, title, body, published, origin_id, rating, "
        "state, is_shown, last_activity) VALUES (?, nullif(?, 0), ?, ?, ?, '', ?, ?, ?, ?, 1, ?, ?)"_s);
    const bool isRating = post.rating > 0;
    insert.run(channel, thread, post.inReplyTo, post.target, author.bare(), post.body, time, post.originId, post.rating,
        !isRating, time);
    const auto row = insert.insertedRow();
    if (!isRating) {
        indexSoon(connection, row, true);
    }
    return row;
}

static void insertEntry(
    Connection &connection, AccountId account, PostRow row, bool isRetraction, const QDateTime &notBefore)
{
    auto insert =
        connection.statement(u"INSERT INTO post_outbox (account, post, is_retraction, time, state, not_before) "
                             "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT DO NOTHING"_s);
    insert.run(account, row, isRetraction, QDateTime::currentMSecsSinceEpoch(),
        notBefore.isValid() ? notBefore.toMSecsSinceEpoch() : 0);
}

Result<Done> enqueuePost(Connection &connection, AccountId account, const Jid &author, const OutgoingPost &post,
    const QDateTime &notBefore, PostChangeList &changes)
{
    const auto channel = ensureChannel(connection, account, post.node);
    const auto answered = placeOfItem(connection, channel, post.inReplyTo);
    if (channel == 0 || (!post.inReplyTo.isEmpty() && answered.thread == 0)) {
        return Error{ErrorKind::NotFound, u"no such channel or thread"_s};
    }
    auto same = connection.statement(u"SELECT 1 FROM post WHERE channel = ? AND origin_id = ? AND item IS NULL"_s);
    if (same.run(channel, post.originId) && same.next()) {
        return Done{};
    }
    const auto row = insertWritten(connection, channel, answered.thread, author, post);
    giveAttachments(connection, post.attachments, row);
    insertEntry(connection, account, row, false, notBefore);
    if (answered.thread > 0) {
        changes.changeThread(channel, answered.thread);
    } else {
        changes.insertThread(channel, row);
    }
    return Done{};
}

// a hidden item is as if it were gone, but comes back when the service refuses to delete it
static void setShown(Connection &connection, const Place &post, bool isShown, PostChangeList &changes)
{
    auto show = connection.statement(u"UPDATE post SET is_shown = ? AND rating = 0, is_unread = 0, "
                                     "revision = revision + 1 WHERE id = ?"_s);
    show.run(isShown, post.row);
    if (!post.isStart) {
        changes.changeThread(post.channel, post.thread);
        return;
    }
    connection.statement(u"UPDATE post SET is_unread = 0 WHERE thread = ? AND is_unread = 1"_s).run(post.row);
    if (isShown) {
        changes.insertThread(post.channel, post.row);
    } else {
        changes.removeThread(post.channel, post.row);
    }
}

Result<Done> enqueueRetraction(Connection &connection, AccountId account, const NodeId &node, const ItemId &item,
    const QDateTime &notBefore, PostChangeList &changes)
{
    const auto post = placeOfItem(connection, findChannel(connection, account, node), item);
    if (post.row == 0) {
        return Error{ErrorKind::NotFound, u"no such post"_s};
    }
    insertEntry(connection, account, post.row, true, notBefore);
    setShown(connection, post, false, changes);
    return Done{};
}

QList<WaitingPost> waitingPosts(Connection &connection, AccountId account)
{
    auto select = connection.statement(
        u"SELECT o.id, o.post, o.is_retraction, o.state, o.time, p.channel, p.origin_id, p.body, p.in_reply_to, "
        "p.target, p.item, p.rating, nullif(o.not_before, 0) FROM post_outbox o JOIN post p ON p.id = o.post "
        "WHERE o.account = ? AND o.state IN (1, 2) ORDER BY o.id"_s);
    QList<WaitingPost> entries;
    select.run(account);
    while (select.next()) {
        WaitingPost waiting;
        waiting.id = select.integer(0);
        waiting.row = select.integer(1);
        waiting.isRetraction = select.flag(2);
        waiting.state = select.choice<DeliveryState>(3);
        waiting.time = select.time(4);
        waiting.post.node = nodeOf(connection, select.integer(5));
        if (!waiting.isRetraction) {
            waiting.post.originId = select.id<OriginId>(6);
            waiting.post.body = select.text(7);
            waiting.post.inReplyTo = ItemId::fromWire(select.text(8));
            waiting.post.target = ItemId::fromWire(select.text(9));
            waiting.post.rating = select.number(11);
            waiting.post.attachments = attachmentsOfPost(connection, waiting.row);
        }
        waiting.item = ItemId::fromWire(select.text(10));
        if (!select.isNull(12)) {
            waiting.notBefore = select.time(12);
        }
        entries += waiting;
    }
    return entries;
}

static void removeEntry(Connection &connection, const Entry &entry)
{
    connection.statement(u"DELETE FROM post_outbox WHERE id = ?"_s).run(entry.id);
}

static void removeRating(Connection &connection, const Entry &entry, PostChangeList &changes)
{
    changes.changeThread(entry.post.channel, entry.post.thread);
    connection.statement(u"DELETE FROM post WHERE id = ?"_s).run(entry.post.row);
}

static void writeState(
    Connection &connection, const Entry &entry, DeliveryState state, const Error &error, PostChangeList &changes)
{
    const bool hasFailed = state == DeliveryState::Failed;
    auto update =
        connection.statement(u"UPDATE post_outbox SET state = ?, error_kind = ?, error_detail = ? WHERE id = ?"_s);
    update.run(state, hasFailed ? int(error.kind) : 0, hasFailed ? error.detail : QString(), entry.id);
    if (!entry.isRetraction) {
        connection.statement(u"UPDATE post SET state = ?, revision = revision + 1 WHERE id = ?"_s)
            .run(state, entry.post.row);
        changes.changeThread(entry.post.channel, entry.post.thread);
    }
}

Result<Done> setPostState(Connection &connection, AccountId account, qint64 waiting, DeliveryState state,
    const Error &error, PostChangeList &changes)
{
    const auto entry = entryById(connection, waiting, account);
    const bool canWait =
        state == DeliveryState::Queued || state == DeliveryState::Sending || state == DeliveryState::Failed;
    if (entry.id == 0) {
        return Error{ErrorKind::NotFound, u"it does not wait any more"_s};
    }
    if (!canWait) {
        return Done{};
    }
    if (entry.isRetraction && state == DeliveryState::Failed) {
        removeEntry(connection, entry);
        setShown(connection, entry.post, true, changes);
    } else if (entry.isRating && state == DeliveryState::Failed) {
        removeRating(connection, entry, changes); // there is no place where it could wait for a decision
    } else {
        writeState(connection, entry, state, error, changes);
    }
    return Done{};
}

Result<PostChanges> settlePost(Connection &connection, AccountId account, qint64 waiting, const ItemId &item)
{
    const auto entry = entryById(connection, waiting, account);
    PostKeeping keeping(connection, account, entry.post.channel, false);
    if (entry.id == 0) {
        return PostChanges{};
    }
    if (entry.isRetraction) {
        auto select = connection.statement(u"SELECT item FROM post WHERE id = ?"_s);
        if (select.run(entry.post.row) && select.next()) {
            keeping.remove(ItemId::fromWire(select.text(0)));
        }
    } else if (!item.isEmpty()) {
        // it may have waited for hours; until the service's own time is known, now is the better guess
        connection.statement(u"UPDATE post SET published = max(published, ?) WHERE id = ? AND updated IS NULL"_s)
            .run(QDateTime::currentMSecsSinceEpoch(), entry.post.row);
        keeping.giveItem(entry.post.row, item);
    }
    return keeping.finish();
}

Result<QString> discardPost(Connection &connection, PostRow row, bool keepsFiles, PostChangeList &changes)
{
    const auto entry = entryOfPost(connection, row);
    if (entry.id == 0) {
        return Error{ErrorKind::NotFound, u"nothing of that post waits"_s};
    }
    if (entry.state == DeliveryState::Sending) {
        return Error{ErrorKind::Conflict, u"it may have arrived"_s}; // with its text in hand it would be sent twice
    }
    QString text;
    if (entry.isRetraction) {
        removeEntry(connection, entry);
        setShown(connection, entry.post, true, changes);
    } else {
        auto select = connection.statement(u"SELECT body, in_reply_to FROM post WHERE id = ?"_s);
        if (select.run(row) && select.next()) {
            text = select.text(0);
            if (keepsFiles) {
                takeAttachmentsBack(connection, row, entry.post.channel, ItemId::fromWire(select.text(1)));
            }
        }
        connection.statement(u"DELETE FROM post WHERE id = ?"_s).run(row);
        if (entry.post.isStart) {
            changes.removeThread(entry.post.channel, row);
        } else {
            changes.changeThread(entry.post.channel, entry.post.thread);
        }
    }
    return text;
}

Result<Done> retryPost(Connection &connection, PostRow row, PostChangeList &changes)
{
    const auto entry = entryOfPost(connection, row);
    if (entry.id == 0) {
        return Error{ErrorKind::NotFound, u"nothing of that post waits"_s};
    }
    writeState(connection, entry, DeliveryState::Queued, {}, changes);
    return Done{};
}

namespace {

struct OwnRating
{
    PostRow row = 0;
    ItemId item;
    int rating = 0;
    Entry entry; // id 0: it is on the service, and nothing waits
};

} // namespace

static QList<OwnRating> ownRatings(
    Connection &connection, ConversationId channel, const Jid &author, const ItemId &target)
{
    auto select = connection.statement(
        u"SELECT id, item, rating FROM post WHERE channel = ? AND target = ? AND rating > 0 AND author = ?"_s);
    QList<OwnRating> ratings;
    select.run(channel, target, author.bare());
    while (select.next()) {
        ratings += OwnRating{select.integer(0), ItemId::fromWire(select.text(1)), select.number(2), {}};
    }
    for (auto &rating : ratings) {
        rating.entry = entryOfPost(connection, rating.row);
    }
    return ratings;
}

static Result<Done> withdraw(
    Connection &connection, AccountId account, const NodeId &node, const OwnRating &rating, PostChangeList &changes)
{
    if (!rating.item.isEmpty()) {
        return enqueueRetraction(connection, account, node, rating.item, {}, changes);
    }
    if (rating.entry.state == DeliveryState::Sending) {
        return Error{ErrorKind::Conflict, u"it may have arrived"_s};
    }
    removeRating(connection, rating.entry, changes);
    return Done{};
}

Result<Done> enqueueRating(
    Connection &connection, AccountId account, const Jid &author, const OutgoingPost &post, PostChangeList &changes)
{
    const auto channel = findChannel(connection, account, post.node);
    for (const auto &rating : ownRatings(connection, channel, author, post.target)) {
        const bool goes = rating.entry.id > 0 && rating.entry.isRetraction;
        if (rating.rating == post.rating && !goes) {
            return Done{};
        }
        if (rating.rating == post.rating && rating.entry.state == DeliveryState::Queued) {
            removeEntry(connection, rating.entry);
            changes.changeThread(channel, rating.entry.post.thread);
            return Done{};
        }
        if (goes) {
            continue;
        }
        if (const auto done = withdraw(connection, account, post.node, rating, changes); !done) {
            return done;
        }
    }
    return enqueuePost(connection, account, author, post, {}, changes);
}

Result<Done> withdrawRating(Connection &connection, AccountId account, const Jid &author, const NodeId &node,
    const ItemId &target, PostChangeList &changes)
{
    const auto channel = findChannel(connection, account, node);
    for (const auto &rating : ownRatings(connection, channel, author, target)) {
        if (const auto done = withdraw(connection, account, node, rating, changes); !done) {
            return done;
        }
    }
    return Done{};
}

} // namespace cumulet
