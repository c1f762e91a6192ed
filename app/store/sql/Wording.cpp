#include "store/sql/Wording.h"

#include "store/sql/ConversationRows.h"
#include "store/sql/Fingerprint.h"
#include "store/sql/MessageRows.h"
#include "store/sql/SearchIndex.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int waitingLimit = 1000; // for each conversation

qint64 keepWording(Connection &connection, const Correction &correction, MessageRow message)
{
    const auto identity = identityOf(fingerprint({correction.isOwn ? u"1" : u"0", correction.replaces.text()}),
        fingerprint({correction.messageId.text(), correction.body}));
    auto insert = connection.statement(
        u"INSERT INTO wording (conversation, message, identity, is_own, replaces, message_id, time, body) "
        "VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s);
    insert.run(correction.conversation, message, identity, correction.isOwn, correction.replaces, correction.messageId,
        correction.time, correction.body);
    return insert.changes() > 0 ? insert.insertedRow() : 0;
}

bool claimWordings(
    Connection &connection, ConversationId conversation, bool isOwn, const MessageId &messageId, MessageRow message)
{
    auto claim = connection.statement(u"UPDATE wording SET message = ? WHERE conversation = ? AND is_own = ? "
                                      "AND replaces = ? AND message IS NULL"_s);
    claim.run(message, conversation, isOwn, messageId);
    return claim.changes() > 0;
}

// the first correction of a message saves its first text, which is the oldest wording whatever the clocks say
static void keepFirstWording(Connection &connection, MessageRow message)
{
    auto insert = connection.statement(
        u"INSERT INTO wording (conversation, message, is_own, replaces, message_id, time, body) "
        "SELECT conversation, id, state > 0, coalesce(message_id, ''), message_id, 0, body FROM message "
        "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM wording WHERE message = ? AND identity IS NULL)"_s);
    insert.run(message, message);
}

bool showNewestWording(Connection &connection, MessageRow message)
{
    keepFirstWording(connection, message);
    auto newest = connection.statement(u"SELECT body, identity FROM wording WHERE message = ? "
                                       "ORDER BY time DESC, id DESC LIMIT 1"_s);
    if (!newest.run(message) || !newest.next()) {
        return false;
    }
    const auto body = newest.text(0);
    const auto flag = newest.isNull(1) ? 0 : int(Corrected);
    auto update =
        connection.statement(u"UPDATE message SET body = ?, flags = (flags & ~4) | ?, revision = revision + 1 "
                             "WHERE id = ? AND (body <> ? OR (flags & 4) <> ?)"_s);
    update.run(body, flag, message, body, flag);
    if (update.changes() == 0) {
        return false;
    }
    indexSoon(connection, message, false);
    return true;
}

void removeWording(Connection &connection, qint64 wording, MessageRow message)
{
    connection.statement(u"DELETE FROM wording WHERE id = ?"_s).run(wording);
    showNewestWording(connection, message);
}

MessageRow messageCorrectedBy(Connection &connection, ConversationId conversation, const MessageId &messageId)
{
    auto select =
        connection.statement(u"SELECT message FROM wording WHERE conversation = ? AND message_id = ? AND is_own = 1 "
                             "AND message IS NOT NULL LIMIT 1"_s);
    return select.run(conversation, messageId) && select.next() ? select.integer(0) : 0;
}

void limitWaitingWordings(Connection &connection, ConversationId conversation)
{
    auto count = connection.statement(u"SELECT count(*) FROM wording WHERE conversation = ? AND message IS NULL"_s);
    if (!count.run(conversation) || !count.next() || count.number(0) <= waitingLimit) {
        return;
    }
    auto remove = connection.statement(
        u"DELETE FROM wording WHERE conversation = ? AND message IS NULL AND id IN (SELECT id FROM wording "
        "WHERE conversation = ? AND message IS NULL ORDER BY id LIMIT ?)"_s);
    remove.run(conversation, conversation, count.number(0) - waitingLimit);
}

} // namespace cumulet
