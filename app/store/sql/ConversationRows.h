#pragma once

#include "domain/Conversation.h"
#include "domain/Paging.h"
#include "store/sql/Connection.h"

namespace cumulet {

/// Times that came from the network, brought into the range that can be sorted: missing ones are now, and the
/// future ends a day from now.
QDateTime plausibleTime(const QDateTime &time);

/// Bare address of the account itself; empty: there is no such account.
Jid ownJidOf(Connection &connection, AccountId account);

/// The chat or channel of that address, 0 where there is none.
ConversationId findConversation(Connection &connection, AccountId account, Conversation::Kind kind, const Jid &jid);
/// The same, made where there is none; a channel gets its row in table channel, and is listed only if it is our own.
ConversationId ensureConversation(Connection &connection, AccountId account, Conversation::Kind kind, const Jid &jid);

/// Brings preview and last activity of a chat up to its newest message; something newer un-hides it.
void refreshChatEntry(Connection &connection, ConversationId chat);
/// The same for a channel and its newest post.
void refreshChannelEntry(Connection &connection, ConversationId channel);

/// Marks as read what lies up to that place; the read position only moves forward. True: anything changed.
bool advanceReading(Connection &connection, ConversationId conversation, const Cursor &upTo);

/// Entries of the list, in the order of their last activity, newest first.
QList<Conversation> listedConversations(Connection &connection, int limit);
/// One entry, also when it is hidden or not followed.
std::optional<Conversation> conversationEntry(Connection &connection, ConversationId id);
/// Whether it belongs in the list.
bool isListed(Connection &connection, ConversationId id);

} // namespace cumulet
