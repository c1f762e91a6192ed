#pragma once

#include "store/MessageChanges.h"
#include "store/sql/Connection.h"
#include "store/sql/MessageRows.h"

namespace cumulet {

// Table outbox holds what the server has not taken yet; an entry goes when it was sent. A message shows the state of
// its newest entry, so that a corrected message waits again until the correction has been sent.

/// What the user wrote. NotFound: no such chat, or no own message to correct.
Result<Done> enqueueMessage(Connection &connection, AccountId account, ConversationId chat, const OriginId &originId,
    const QString &body, MessageRow corrects, MessageChangeList &changes);
QList<WaitingMessage> waitingMessages(Connection &connection, AccountId account);
void setMessageState(Connection &connection, AccountId account, const OriginId &originId, DeliveryState state,
    const Error &error, MessageChangeList &changes);
/// The server has it: a message, or a correction.
void settleMessage(Connection &connection, AccountId account, const OriginId &originId, const ArchiveId &archiveId,
    MessageChangeList &changes);
void settleCorrection(Connection &connection, AccountId account, const OriginId &originId, MessageChangeList &changes);
/// What failed of a message, oldest first.
QList<OriginId> failedMessages(Connection &connection, MessageRow row);
/// Gives the text back; NotFound: nothing of that message waits.
Result<QString> discardMessage(Connection &connection, MessageRow row);
/// A message of ours has come at least so far, if nothing of it waits in the outbox.
void reachState(Connection &connection, MessageRow row, DeliveryState state, MessageChangeList &changes);

} // namespace cumulet
