#pragma once

#include "domain/Message.h"
#include "store/sql/Connection.h"
#include "store/sql/MessageRows.h"

namespace cumulet {

/// A receipt or marker, for a message that is known or still to come; never makes a conversation.
void keepNotice(Connection &connection, AccountId account, const DeliveryNotice &notice, MessageChangeList &changes);

/// Whether notices wait for their message there; and what waited for this one.
bool hasWaitingNotices(Connection &connection, ConversationId conversation);
void applyWaitingNotice(Connection &connection, ConversationId conversation, bool isOwnMessage, const MessageId &id,
                        MessageRow row, MessageChangeList &changes);

} // namespace cumulet
