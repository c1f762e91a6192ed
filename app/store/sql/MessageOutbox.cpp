#include "store/sql/MessageOutbox.h"

#include "store/sql/ConversationRows.h"
#include "store/sql/Fingerprint.h"
#include "store/sql/SearchIndex.h"
#include "store/sql/Wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

struct Entry
{
    qint64 id = 0;
    MessageRow message = 0;
    qint64 wording = 0;
    ConversationId conversation = 0;
    bool isBounced = false;
};

} // namespace

static Entry entryOf(Connection &connection, AccountId account, const OriginId &originId)
{
    auto select = connection.statement(u"SELECT o.id, o.message, o.wording, m.conversation, o.is_bounced "
                                       "FROM outbox o JOIN message m ON m.id = o.message "
                                       "WHERE o.account = ? AND o.origin_id = ?"_s);
    const bool isThere = select.run(account, originId) && select.next();
    return isThere ? Entry{select.integer(0), select.integer(1), select.integer(2), select.integer(3), select.flag(4)}
                   : Entry{};
}

static ConversationId conversationOf(Connection &connection, MessageRow row)
{
    auto select = connection.statement(u"SELECT conversation FROM message WHERE id = ?"_s);
    return select.run(row) && select.next() ? select.integer(0) : 0;
}

// what is written now stands below everything that is there, though the other side's clock may be ahead
static qint64 timeToWrite(Connection &connection, ConversationId chat)
{
    auto newest = connection.statement(u"SELECT time FROM message WHERE conversation = ? ORDER BY time DESC LIMIT 1"_s);
    const auto now = QDateTime::currentMSecsSinceEpoch();
    return newest.run(chat) && newest.next() ? std::max(now, newest.integer(0)) : now;
}

static MessageRow insertWritten(Connection &connection, AccountId account, ConversationId chat,
    const OriginId &originId, const QString &body, qint64 time)
{
    auto insert = connection.statement(
        u"INSERT INTO message (account, conversation, time, identity, state, flags, message_id, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s);
    const auto identity = identityOf(stanzaKey(true, chat, originId.text()), contentKey(chat, body, 0, 0));
    insert.run(
        account, chat, time, identity, DeliveryState::Queued, int(OriginIsMessageId | WrittenHere), originId, body);
    const auto row = insert.changes() > 0 ? insert.insertedRow() : 0;
    if (row > 0) {
        indexSoon(connection, row, false);
    }
    return row;
}

static void insertEntry(Connection &connection, AccountId account, const OriginId &originId, MessageRow row,
    qint64 wording, const MessageId &replaces, const QString &body, qint64 time)
{
    auto insert = connection.statement(u"INSERT INTO outbox (account, origin_id, message, wording, replaces, body, "
                                       "time, state) VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?)"_s);
    insert.run(account, originId, row, wording, replaces, body, time, DeliveryState::Queued);
}

static Result<Done> enqueueCorrection(Connection &connection, AccountId account, ConversationId chat,
    const OriginId &originId, const QString &body, MessageRow corrects, MessageChangeList &changes)
{
    const auto message = MessageReader(connection).message(corrects);
    if (!message || !message->isOwn || message->conversation != chat || message->messageId.isEmpty()) {
        return Error{ErrorKind::NotFound, u"no own message to correct"_s};
    }
    auto newest = connection.statement(u"SELECT max(time) FROM wording WHERE message = ?"_s);
    const bool wasCorrected = newest.run(corrects) && newest.next() && newest.time(0).isValid();
    const auto now = std::max(QDateTime::currentDateTimeUtc(), wasCorrected ? newest.time(0) : QDateTime());
    const auto wording =
        keepWording(connection, {chat, true, message->messageId, MessageId(originId.text()), body, now}, corrects);
    if (wording > 0) {
        insertEntry(
            connection, account, originId, corrects, wording, message->messageId, body, now.toMSecsSinceEpoch());
        showNewestWording(connection, corrects);
        auto update = connection.statement(u"UPDATE message SET state = ? WHERE id = ?"_s);
        update.run(DeliveryState::Queued, corrects);
        changes.change(chat, corrects);
    }
    return Done{};
}

Result<Done> enqueueMessage(Connection &connection, AccountId account, ConversationId chat, const OriginId &originId,
    const QString &body, MessageRow corrects, MessageChangeList &changes)
{
    const auto entry = conversationEntry(connection, chat);
    if (!entry || entry->account != account || entry->kind != Conversation::Kind::Chat) {
        return Error{ErrorKind::NotFound, u"no such chat"_s};
    }
    if (corrects > 0) {
        return enqueueCorrection(connection, account, chat, originId, body, corrects, changes);
    }
    const auto time = timeToWrite(connection, chat);
    if (const auto row = insertWritten(connection, account, chat, originId, body, time); row > 0) {
        insertEntry(connection, account, originId, row, 0, {}, body, time);
        changes.insert(chat, {time, row});
    }
    return Done{};
}

QList<WaitingMessage> waitingMessages(Connection &connection, AccountId account)
{
    auto select = connection.statement(
        u"SELECT o.message, m.conversation, o.state, c.jid, o.origin_id, o.body, o.replaces, o.time "
        "FROM outbox o JOIN message m ON m.id = o.message JOIN conversation c ON c.id = m.conversation "
        "WHERE o.account = ? AND o.state IN (1, 2) ORDER BY o.id"_s);
    QList<WaitingMessage> entries;
    select.run(account);
    while (select.next()) {
        WaitingMessage waiting;
        waiting.row = select.integer(0);
        waiting.conversation = select.integer(1);
        waiting.state = select.choice<DeliveryState>(2);
        waiting.message.to = Jid::fromTrusted(select.text(3));
        waiting.message.originId = select.id<OriginId>(4);
        waiting.message.body = select.text(5);
        waiting.message.replaces = select.id<MessageId>(6);
        waiting.time = select.time(7);
        entries += waiting;
    }
    return entries;
}

// its newest entry decides; without one it has come as far as given, or as it had already
static void showState(Connection &connection, MessageRow row, DeliveryState reached, MessageChangeList &changes)
{
    auto newest = connection.statement(u"SELECT state FROM outbox WHERE message = ? ORDER BY id DESC LIMIT 1"_s);
    const bool isWaiting = newest.run(row) && newest.next();
    const auto state = isWaiting ? newest.choice<DeliveryState>(0) : reached;
    auto update = connection.statement(isWaiting
            ? u"UPDATE message SET state = ?, revision = revision + 1 WHERE id = ? AND state <> ?"_s
            : u"UPDATE message SET state = ?, revision = revision + 1 "
              "WHERE id = ? AND (state NOT IN (3, 4, 5) OR state < ?)"_s);
    update.run(state, row, state);
    if (update.changes() > 0) {
        changes.change(conversationOf(connection, row), row);
    }
}

void reachState(Connection &connection, MessageRow row, DeliveryState state, MessageChangeList &changes)
{
    showState(connection, row, state, changes);
}

static void removeEntry(Connection &connection, const Entry &entry)
{
    connection.statement(u"DELETE FROM outbox WHERE id = ?"_s).run(entry.id);
}

// The other side's server refused what ours had taken: it waits for the user again.
static void bounce(
    Connection &connection, AccountId account, const OriginId &originId, const Error &error, MessageChangeList &changes)
{
    const auto own = findWrittenHere(connection, account, originId);
    const auto message = MessageReader(connection).message(own.row);
    if (own.state != DeliveryState::Sent || !message) {
        return;
    }
    insertEntry(connection, account, originId, own.row, 0, {}, message->body, message->time.toMSecsSinceEpoch());
    connection.statement(u"UPDATE outbox SET is_bounced = 1 WHERE account = ? AND origin_id = ?"_s)
        .run(account, originId);
    setMessageState(connection, account, originId, DeliveryState::Failed, error, changes);
}

void setMessageState(Connection &connection, AccountId account, const OriginId &originId, DeliveryState state,
    const Error &error, MessageChangeList &changes)
{
    const auto entry = entryOf(connection, account, originId);
    if (entry.id == 0) {
        if (state == DeliveryState::Failed) {
            bounce(connection, account, originId, error, changes);
        }
        return;
    }
    switch (state) {
    case DeliveryState::Queued:
    case DeliveryState::Sending:
    case DeliveryState::Failed: {
        auto update =
            connection.statement(u"UPDATE outbox SET state = ?, error_kind = ?, error_detail = ? WHERE id = ?"_s);
        const bool hasFailed = state == DeliveryState::Failed;
        update.run(state, hasFailed ? int(error.kind) : 0, hasFailed ? error.detail : QString(), entry.id);
        showState(connection, entry.message, state, changes);
        changes.change(entry.conversation, entry.message); // the reason may be another one
        break;
    }
    case DeliveryState::Sent:
    case DeliveryState::Delivered:
    case DeliveryState::Displayed:
        removeEntry(connection, entry);
        showState(connection, entry.message, state, changes);
        break;
    case DeliveryState::Received:
        break;
    }
}

void settleMessage(Connection &connection, AccountId account, const OriginId &originId, const ArchiveId &archiveId,
    MessageChangeList &changes)
{
    const auto own = findWrittenHere(connection, account, originId);
    if (own.row == 0) {
        settleCorrection(connection, account, originId, changes);
        return;
    }
    if (!archiveId.isEmpty()) {
        auto update =
            connection.statement(u"UPDATE OR IGNORE message SET archive_id = ? WHERE id = ? AND archive_id IS NULL"_s);
        update.run(archiveId, own.row);
    }
    if (const auto entry = entryOf(connection, account, originId); entry.id > 0 && !entry.isBounced) {
        removeEntry(connection, entry);
        showState(connection, own.row, DeliveryState::Sent, changes);
    }
}

void settleCorrection(Connection &connection, AccountId account, const OriginId &originId, MessageChangeList &changes)
{
    if (const auto entry = entryOf(connection, account, originId); entry.wording > 0) {
        removeEntry(connection, entry);
        showState(connection, entry.message, DeliveryState::Sent, changes);
    }
}

QList<OriginId> failedMessages(Connection &connection, MessageRow row)
{
    auto select = connection.statement(u"SELECT origin_id FROM outbox WHERE message = ? AND state = ? ORDER BY id"_s);
    QList<OriginId> failed;
    select.run(row, DeliveryState::Failed);
    while (select.next()) {
        failed += select.id<OriginId>(0);
    }
    return failed;
}

Result<QString> discardMessage(Connection &connection, MessageRow row)
{
    auto newest = connection.statement(
        u"SELECT id, coalesce(wording, 0), body FROM outbox WHERE message = ? ORDER BY id DESC LIMIT 1"_s);
    if (!newest.run(row) || !newest.next()) {
        return Error{ErrorKind::NotFound, u"nothing of that message waits"_s};
    }
    const auto text = newest.text(2);
    const auto chat = conversationOf(connection, row);
    MessageChangeList changes;
    if (const auto wording = newest.integer(1); wording > 0) {
        removeWording(connection, wording, row); // takes its entry along
        showState(connection, row, DeliveryState::Sent, changes);
    } else {
        connection.statement(u"DELETE FROM message WHERE id = ?"_s).run(row);
    }
    refreshChatEntry(connection, chat);
    return text;
}

} // namespace cumulet
