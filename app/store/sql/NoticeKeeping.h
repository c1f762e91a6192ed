#pragma once

#include "domain/Message.h"
#include "store/sql/Connection.h"
#include "store/sql/MessageRows.h"

namespace cumulet {

/// A receipt or marker, for a message that is known or still to come; never makes a conversation.
void keepNotice(Connection &connection, AccountId account, const DeliveryNotice &notice, MessageChangeList &changes);

/// What waited for this message.
void applyWaitingNotice(Connection &connection, ConversationId conversation, bool isOwnMessage, const MessageId &id,
    MessageRow row, MessageChangeList &changes);

} // namespace cumulet
