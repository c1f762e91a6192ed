#include "store/sql/MessageRows.h"

#include "store/sql/ConversationRows.h"
#include "store/sql/Fingerprint.h"
#include "store/sql/RowPages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

QString senderText(const Jid &sender, const Jid &expected)
{
    if (sender.bare() != expected) {
        return sender.text();
    }
    return sender.isBare() ? QString() : u'/' + sender.resource();
}

Jid senderFrom(const QString &text, const Jid &expected)
{
    if (text.isEmpty()) {
        return expected;
    }
    return text.startsWith(u'/') ? expected.withResource(text.sliced(1)) : Jid::fromTrusted(text);
}

static Cursor placeOf(const Message &message)
{
    return {message.time.toMSecsSinceEpoch(), message.row};
}

static const QString columns = u"id, conversation, time, state, flags, revision, sender, message_id, origin_id, "
                               "archive_id, body"_s;

const MessageReader::Parties &MessageReader::partiesOf(ConversationId conversation)
{
    const auto known = m_parties.constFind(conversation);
    if (known != m_parties.cend()) {
        return *known;
    }
    auto select = m_connection.statement(
        u"SELECT c.jid, a.jid FROM conversation c JOIN account a ON a.id = c.account WHERE c.id = ?"_s);
    Parties parties;
    if (select.run(conversation) && select.next()) {
        parties = {Jid::fromTrusted(select.text(0)), Jid::fromTrusted(select.text(1))};
    }
    return *m_parties.insert(conversation, parties);
}

Message MessageReader::read(const Statement &row)
{
    Message message;
    message.row = row.integer(0);
    message.conversation = row.integer(1);
    message.time = row.time(2);
    message.state = row.choice<DeliveryState>(3);
    message.isOwn = message.state != DeliveryState::Received;
    const auto flags = row.integer(4);
    message.wantsReceipt = flags & WantsReceipt;
    message.isMarkable = flags & Markable;
    message.isCorrected = flags & Corrected;
    message.revision = row.number(5);
    const auto &parties = partiesOf(message.conversation);
    message.sender = senderFrom(row.text(6), message.isOwn ? parties.self : parties.peer);
    message.messageId = row.id<MessageId>(7);
    message.originId = row.id<OriginId>(flags & OriginIsMessageId ? 7 : 8);
    message.archiveId = row.id<ArchiveId>(9);
    message.body = row.text(10);
    if (message.state == DeliveryState::Failed) {
        message.error = errorOf(message.row);
    }
    return message;
}

Error MessageReader::errorOf(MessageRow row)
{
    auto select = m_connection.statement(
        u"SELECT error_kind, error_detail FROM outbox WHERE message = ? ORDER BY id DESC LIMIT 1"_s);
    return select.run(row) && select.next() ? Error{select.choice<ErrorKind>(0), select.text(1)} : Error{};
}

std::optional<Message> MessageReader::message(MessageRow row)
{
    auto select = m_connection.statement(u"SELECT "_s + columns + u" FROM message WHERE id = ?"_s);
    return select.run(row) && select.next() ? std::optional(read(select)) : std::nullopt;
}

QList<Message> MessageReader::messages(const QList<MessageRow> &rows)
{
    QList<Message> found;
    found.reserve(rows.size());
    for (const auto row : rows) {
        if (auto known = message(row)) {
            found += std::move(*known);
        }
    }
    return found;
}

QList<Message> MessageReader::readBefore(ConversationId conversation, const Cursor &place, int limit)
{
    auto select = m_connection.statement(u"SELECT "_s + columns
        + u" FROM message WHERE conversation = ? AND (time, id) < (?, ?) "
          "ORDER BY time DESC, id DESC LIMIT ?"_s);
    QList<Message> rows;
    select.run(conversation, place.time, place.row, limit);
    while (select.next()) {
        rows += read(select);
    }
    std::reverse(rows.begin(), rows.end());
    return rows;
}

QList<Message> MessageReader::readAfter(ConversationId conversation, const Cursor &place, int limit)
{
    auto select = m_connection.statement(u"SELECT "_s + columns
        + u" FROM message WHERE conversation = ? AND (time, id) > (?, ?) "
          "ORDER BY time, id LIMIT ?"_s);
    QList<Message> rows;
    select.run(conversation, place.time, place.row, limit);
    while (select.next()) {
        rows += read(select);
    }
    return rows;
}

Page<Message> MessageReader::page(ConversationId conversation, const PageRequest &request)
{
    return pageOf<Message>(
        request, [&](const Cursor &from, int limit) { return readBefore(conversation, from, limit); },
        [&](const Cursor &from, int limit) { return readAfter(conversation, from, limit); }, placeOf);
}

Page<Message> MessageReader::pageAround(ConversationId conversation, const Cursor &place, int limit)
{
    return pageAroundOf<Message>(
        place, limit, [&](const Cursor &from, int count) { return readBefore(conversation, from, count); },
        [&](const Cursor &from, int count) { return readAfter(conversation, from, count); });
}

std::optional<Cursor> placeOfMessage(Connection &connection, MessageRow row)
{
    auto select = connection.statement(u"SELECT time, id FROM message WHERE id = ?"_s);
    return select.run(row) && select.next() ? std::optional(Cursor{select.integer(0), select.integer(1)})
                                            : std::nullopt;
}

MessageRow findByStanzaId(
    Connection &connection, AccountId account, ConversationId conversation, bool isOwn, const MessageId &id)
{
    // a peer who uses one id for everything gets no more than this many rows looked at
    auto select = connection.statement(
        u"SELECT id, max(time) FROM (SELECT id, time FROM message WHERE account = ? AND identity BETWEEN ? AND ? "
        "AND conversation = ? AND message_id = ? AND (state > 0) = ? LIMIT 64)"_s);
    const IdentityRange range(stanzaKey(isOwn, conversation, id.text()));
    const bool isThere =
        !id.isEmpty() && select.run(account, range.first, range.last, conversation, id, isOwn) && select.next();
    return isThere ? select.integer(0) : 0;
}

WrittenHereRow findWrittenHere(Connection &connection, AccountId account, const OriginId &originId)
{
    auto select = connection.statement(
        u"SELECT id, conversation, state FROM message WHERE account = ? AND identity BETWEEN ? AND ? "
        "AND message_id = ? AND (flags & 16) <> 0 LIMIT 1"_s);
    const IdentityRange range(stanzaKey(true, 0, originId.text()));
    const bool isThere = !originId.isEmpty() && select.run(account, range.first, range.last, originId) && select.next();
    return isThere ? WrittenHereRow{select.integer(0), select.integer(1), select.choice<DeliveryState>(2)}
                   : WrittenHereRow{};
}

void MessageChangeList::insert(ConversationId conversation, const Cursor &place)
{
    auto &changes = m_conversations[conversation];
    changes.inserted += place;
    changes.known += place.row;
}

void MessageChangeList::change(ConversationId conversation, MessageRow row)
{
    auto &changes = m_conversations[conversation];
    if (!changes.known.contains(row)) {
        changes.changed += row;
        changes.known += row;
    }
}

void MessageChangeList::touch(ConversationId conversation)
{
    m_conversations[conversation];
}

static QList<MessageRow> freshRows(Connection &connection, const QList<std::pair<MessageRow, bool>> &candidates)
{
    QList<MessageRow> fresh;
    auto select = connection.statement(u"SELECT is_unread FROM message WHERE id = ?"_s);
    for (const auto &[row, isUnread] : candidates) {
        if (!isUnread || (select.run(row) && select.next() && select.flag(0))) {
            fresh += row;
        }
    }
    return fresh;
}

MessageChanges MessageChangeList::finish(Connection &connection) const
{
    MessageChanges changes;
    for (auto it = m_conversations.cbegin(); it != m_conversations.cend(); ++it) {
        refreshChatEntry(connection, it.key());
        MessageChanges::OfConversation of{it.key(), {}, it->changed};
        auto inserted = it->inserted;
        std::sort(inserted.begin(), inserted.end());
        of.inserted.reserve(inserted.size());
        for (const auto &place : std::as_const(inserted)) {
            of.inserted += place.row;
        }
        changes.conversations += of;
    }
    changes.fresh = MessageReader(connection).messages(freshRows(connection, m_fresh));
    return changes;
}

} // namespace cumulet
