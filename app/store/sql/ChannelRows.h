#pragma once

#include "domain/Channel.h"
#include "domain/Identifier.h"
#include "store/sql/Connection.h"

#include <optional>

namespace cumulet {

/// The entry of a channel in the list, made where there is none; 0 for a node that holds no posts.
ConversationId ensureChannel(Connection &connection, AccountId account, const NodeId &node);
ConversationId findChannel(Connection &connection, AccountId account, const NodeId &node);
/// The posts node of a channel.
NodeId nodeOf(Connection &connection, ConversationId channel);

std::optional<Channel> channelOf(Connection &connection, ConversationId channel);
/// Followed, asked for, invited, or own.
QList<Channel> listedChannels(Connection &connection, AccountId account);
/// Those of them that somebody follows, too, as far as members were listed.
QList<Channel> channelsSharedWith(Connection &connection, AccountId account, const Jid &person);
void writeChannel(Connection &connection, ConversationId id, const Channel &channel);

/// Our own standing; a channel is listed while it is followed, asked for or invited to. True: it changed.
bool writeStanding(
    Connection &connection, ConversationId channel, Affiliation affiliation, NodeSubscription subscription);
/// Channels of that account in which we have any standing.
QList<ConversationId> channelsWithStanding(Connection &connection, AccountId account);

} // namespace cumulet
