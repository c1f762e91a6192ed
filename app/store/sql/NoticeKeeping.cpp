#include "store/sql/NoticeKeeping.h"

#include "store/sql/ConversationRows.h"
#include "store/sql/MessageOutbox.h"
#include "store/sql/Wording.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int waitingLimit = 1000; // the newest ones are kept
static constexpr int markerReach = 500; // rows: a marker counts for so many before it

// XEP-0333: who has seen a message has seen those before it, also those that we get to know later (MessageKeeping).
static void reachEarlier(Connection &connection, ConversationId chat, MessageRow row, MessageChangeList &changes)
{
    const auto place = placeOfMessage(connection, row);
    auto move = connection.statement(u"UPDATE conversation SET displayed_time = ?, displayed_row = ? "
                                     "WHERE id = ? AND (displayed_time, displayed_row) < (?, ?)"_s);
    if (!place || !move.run(place->time, place->row, chat, place->time, place->row) || move.changes() == 0) {
        return;
    }
    auto earlier = connection.statement(u"SELECT id, state FROM message WHERE conversation = ? AND (time, id) < (?, ?) "
                                        "ORDER BY time DESC, id DESC LIMIT ?"_s);
    QList<MessageRow> rows;
    earlier.run(chat, place->time, place->row, markerReach);
    while (earlier.next()) {
        const auto state = earlier.choice<DeliveryState>(1);
        if (state == DeliveryState::Sent || state == DeliveryState::Delivered) {
            rows += earlier.integer(0);
        }
    }
    for (const auto mine : std::as_const(rows)) {
        reachState(connection, mine, DeliveryState::Displayed, changes);
    }
}

static void applyToOwn(Connection &connection, AccountId account, ConversationId chat, MessageRow row,
    const MessageId &id, DeliveryState state, MessageChangeList &changes)
{
    // whoever tells us that it arrived proves that the server took it
    settleMessage(connection, account, OriginId(id.text()), {}, changes);
    reachState(connection, row, state, changes);
    if (state == DeliveryState::Displayed) {
        reachEarlier(connection, chat, row, changes);
    }
}

static void markReadUpTo(Connection &connection, ConversationId chat, MessageRow row, MessageChangeList &changes)
{
    if (const auto place = placeOfMessage(connection, row); place && advanceReading(connection, chat, *place)) {
        changes.touch(chat);
    }
}

static void remember(Connection &connection, ConversationId chat, bool isOwn, const MessageId &id, DeliveryState state)
{
    auto insert =
        connection.statement(u"INSERT INTO notice (conversation, is_own, message_id, state) VALUES (?, ?, ?, ?) "
                             "ON CONFLICT DO UPDATE SET state = max(state, excluded.state)"_s);
    insert.run(chat, isOwn, id, state);
    // anybody can send receipts for ids that do not exist
    auto limit =
        connection.statement(u"DELETE FROM notice WHERE conversation = ? AND id <= (SELECT max(id) FROM notice) - ?"_s);
    limit.run(chat, waitingLimit);
}

void keepNotice(Connection &connection, AccountId account, const DeliveryNotice &notice, MessageChangeList &changes)
{
    const auto chat = findConversation(connection, account, Conversation::Kind::Chat, notice.peer);
    const bool isMarker = notice.state == DeliveryState::Displayed;
    const bool isReceipt = notice.state == DeliveryState::Delivered;
    if (chat == 0 || notice.messageId.isEmpty() || (notice.isOwn ? !isMarker : !isMarker && !isReceipt)) {
        return;
    }
    // ours speaks of a message of theirs, theirs of one of ours
    const auto row = findByStanzaId(connection, account, chat, !notice.isOwn, notice.messageId);
    if (notice.isOwn && row > 0) {
        markReadUpTo(connection, chat, row, changes);
        return;
    }
    const auto corrected = notice.isOwn || row > 0 ? 0 : messageCorrectedBy(connection, chat, notice.messageId);
    if (const auto own = row > 0 ? row : corrected; own > 0) {
        applyToOwn(connection, account, chat, own, notice.messageId, notice.state, changes);
    } else {
        remember(connection, chat, notice.isOwn, notice.messageId, notice.state);
    }
}

void applyWaitingNotice(Connection &connection, ConversationId conversation, bool isOwnMessage, const MessageId &id,
    MessageRow row, MessageChangeList &changes)
{
    auto select = connection.statement(
        u"SELECT id, state FROM notice WHERE conversation = ? AND is_own = ? AND message_id = ?"_s);
    if (!select.run(conversation, !isOwnMessage, id) || !select.next()) {
        return;
    }
    const auto state = select.choice<DeliveryState>(1);
    connection.statement(u"DELETE FROM notice WHERE id = ?"_s).run(select.integer(0));
    if (!isOwnMessage) {
        markReadUpTo(connection, conversation, row, changes);
        return;
    }
    reachState(connection, row, state, changes);
    if (state == DeliveryState::Displayed) {
        reachEarlier(connection, conversation, row, changes);
    }
}

} // namespace cumulet
