#include "store/sql/ConversationRows.h"

#include "domain/Channel.h"
#include "domain/Message.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype previewLimit = 200;

QDateTime plausibleTime(const QDateTime &time)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const bool isUsable = time.isValid() && time.toMSecsSinceEpoch() > 0;
    // clocks differ, but a hostile time must not keep its message at the newest end for ever
    return isUsable && time <= now.addDays(1) ? time : now;
}

Jid ownJidOf(Connection &connection, AccountId account)
{
    auto select = connection.statement(u"SELECT jid FROM account WHERE id = ?"_s);
    return select.run(account) && select.next() ? Jid::fromTrusted(select.text(0)) : Jid();
}

ConversationId findConversation(Connection &connection, AccountId account, Conversation::Kind kind, const Jid &jid)
{
    auto select = connection.statement(u"SELECT id FROM conversation WHERE account = ? AND kind = ? AND jid = ?"_s);
    return select.run(account, kind, jid.bare()) && select.next() ? select.integer(0) : 0;
}

ConversationId ensureConversation(Connection &connection, AccountId account, Conversation::Kind kind, const Jid &jid)
{
    if (const auto id = findConversation(connection, account, kind, jid); id > 0) {
        return id;
    }
    const bool isListed = kind == Conversation::Kind::Chat || jid.bare() == ownJidOf(connection, account);
    auto insert =
        connection.statement(u"INSERT INTO conversation (account, kind, jid, is_followed) VALUES (?, ?, ?, ?)"_s);
    insert.run(account, kind, jid.bare(), isListed);
    const auto id = insert.insertedRow();
    if (kind == Conversation::Kind::Channel) {
        connection.statement(u"INSERT INTO channel (conversation) VALUES (?)"_s).run(id);
    }
    return id;
}

static QString previewOf(const QString &body)
{
    auto preview = body.left(4 * previewLimit).simplified();
    if (preview.size() > previewLimit) {
        preview.truncate(preview.at(previewLimit - 1).isHighSurrogate() ? previewLimit - 1 : previewLimit);
    }
    return preview;
}

static void writeEntry(Connection &connection, ConversationId id, const Cursor &newest, const QString &body,
    const Jid &author, DeliveryState state)
{
    auto update = connection.statement(
        u"UPDATE conversation SET is_hidden = CASE WHEN ? > last_activity THEN 0 ELSE is_hidden END, "
        "last_activity = ?, newest = ?, preview = ?, preview_author = ?, preview_state = ?, preview_is_own = ? "
        "WHERE id = ?"_s);
    update.run(
        newest.time, newest.time, newest.row, previewOf(body), author, state, state != DeliveryState::Received, id);
}

// nothing is stored (any more); what is known of the last activity stays
static void clearEntry(Connection &connection, ConversationId id)
{
    auto update = connection.statement(u"UPDATE conversation SET newest = 0, preview = '', preview_author = NULL, "
                                       "preview_state = 0, preview_is_own = 0 WHERE id = ?"_s);
    update.run(id);
}

void refreshChatEntry(Connection &connection, ConversationId chat)
{
    auto newest = connection.statement(u"SELECT time, id, body, state FROM message WHERE conversation = ? "
                                       "ORDER BY time DESC, id DESC LIMIT 1"_s);
    if (newest.run(chat) && newest.next()) {
        writeEntry(connection, chat, {newest.integer(0), newest.integer(1)}, newest.text(2), {},
            newest.choice<DeliveryState>(3));
    } else {
        clearEntry(connection, chat);
    }
}

void refreshChannelEntry(Connection &connection, ConversationId channel)
{
    auto thread = connection.statement(
        u"SELECT id, published, author, body, state FROM post WHERE channel = ? AND in_reply_to IS NULL "
        "AND is_shown = 1 ORDER BY last_activity DESC, id DESC LIMIT 1"_s);
    if (!thread.run(channel) || !thread.next()) {
        clearEntry(connection, channel);
        return;
    }
    auto comment =
        connection.statement(u"SELECT id, published, author, body, state FROM post WHERE thread = ? AND is_shown = 1 "
                             "ORDER BY published DESC, id DESC LIMIT 1"_s);
    const bool hasComment = comment.run(thread.integer(0)) && comment.next();
    const auto &newest = hasComment && comment.integer(1) >= thread.integer(1) ? comment : thread;
    writeEntry(connection, channel, {newest.integer(1), newest.integer(0)}, newest.text(3),
        Jid::fromTrusted(newest.text(2)), newest.choice<DeliveryState>(4));
}

bool advanceReading(Connection &connection, ConversationId conversation, const Cursor &upTo)
{
    auto move = connection.statement(u"UPDATE conversation SET read_time = ?, read_row = ? "
                                     "WHERE id = ? AND (read_time, read_row) < (?, ?)"_s);
    move.run(upTo.time, upTo.row, conversation, upTo.time, upTo.row);
    bool isChanged = move.changes() > 0;
    auto messages = connection.statement(u"UPDATE message SET is_unread = 0 "
                                         "WHERE conversation = ? AND is_unread = 1 AND (time, id) <= (?, ?)"_s);
    messages.run(conversation, upTo.time, upTo.row);
    // a thread's place is the time of its newest comment and the row of its start: times alone decide
    auto posts = connection.statement(u"UPDATE post SET is_unread = 0 "
                                      "WHERE channel = ? AND is_unread = 1 AND published <= ?"_s);
    posts.run(conversation, upTo.time);
    isChanged = isChanged || messages.changes() > 0 || posts.changes() > 0;
    return isChanged;
}

// one select for lists and single entries; the ends differ
static QString selectEntries(const QString &end)
{
    return u"SELECT c.id, c.account, c.kind, c.jid, c.last_activity, c.preview, c.preview_author, c.preview_is_own, "
           "c.preview_state, c.unread, c.mentions, c.is_hidden, a.jid = c.jid AND c.kind = 1, "
           "r.name, ch.title, d.text, c.notices, c.is_in_home, "
           "coalesce(ch.own_subscription, 0), coalesce(ch.own_affiliation, 0), coalesce(ch.is_gone, 0) "
           "FROM conversation c JOIN account a ON a.id = c.account "
           "LEFT JOIN roster_item r ON r.account = c.account AND r.jid = c.jid AND c.kind = 0 "
           "LEFT JOIN channel ch ON ch.conversation = c.id "
           "LEFT JOIN draft d ON d.conversation = c.id AND d.thread = '' "_s
        + end;
}

static Conversation::Standing standingOf(NodeSubscription subscription, Affiliation affiliation, bool isGone)
{
    if (isGone) {
        return Conversation::Standing::Gone;
    }
    if (affiliation == Affiliation::Outcast) {
        return Conversation::Standing::Banned;
    }
    return subscription == NodeSubscription::Pending ? Conversation::Standing::Pending
        : subscription == NodeSubscription::Invited  ? Conversation::Standing::Invited
                                                     : Conversation::Standing::Usual;
}

static Conversation readEntry(const Statement &row)
{
    Conversation entry;
    entry.id = row.integer(0);
    entry.account = row.integer(1);
    entry.kind = row.choice<Conversation::Kind>(2);
    entry.jid = Jid::fromTrusted(row.text(3));
    entry.lastActivity = row.time(4);
    entry.preview = row.text(5);
    entry.previewIsOwn = row.flag(7);
    entry.previewState = row.number(8);
    entry.unread = row.number(9);
    entry.mentions = row.number(10);
    entry.isHidden = row.flag(11);
    entry.isOwnChannel = row.flag(12);
    entry.title = entry.kind == Conversation::Kind::Chat ? row.text(13) : row.text(14);
    entry.draft = row.text(15);
    entry.previewAuthor = row.text(6);
    entry.notices = row.choice<Conversation::Notices>(16);
    entry.isInHome = row.flag(17);
    entry.standing = standingOf(row.choice<NodeSubscription>(18), row.choice<Affiliation>(19), row.flag(20));
    return entry;
}

QList<Conversation> listedConversations(Connection &connection, int limit)
{
    QList<Conversation> entries;
    auto select = connection.statement(selectEntries(u"WHERE c.is_hidden = 0 AND c.is_followed = 1 "
                                                     "ORDER BY c.last_activity DESC, c.id DESC LIMIT ?"_s));
    select.run(limit);
    while (select.next()) {
        entries += readEntry(select);
    }
    return entries;
}

std::optional<Conversation> conversationEntry(Connection &connection, ConversationId id)
{
    auto select = connection.statement(selectEntries(u"WHERE c.id = ?"_s));
    return select.run(id) && select.next() ? std::optional(readEntry(select)) : std::nullopt;
}

bool isListed(Connection &connection, ConversationId id)
{
    auto select =
        connection.statement(u"SELECT 1 FROM conversation WHERE id = ? AND is_hidden = 0 AND is_followed = 1"_s);
    return select.run(id) && select.next();
}

} // namespace cumulet
