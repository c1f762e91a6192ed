#pragma once

#include "domain/Identifier.h"
#include "store/ChannelGap.h"
#include "store/sql/Connection.h"

#include <QList>

namespace cumulet {

/// The gaps of a channel, newest first.
QList<ChannelGap> gapsOf(Connection &connection, ConversationId channel);
/// Adds a gap, or changes the one of that id. A new one is joined with those that it touches; beyond twenty also with
/// the newest one.
void writeGap(Connection &connection, ConversationId channel, ChannelGap gap);
void removeGap(Connection &connection, ConversationId channel, qint64 gap);
/// Keeps where reading from the newest posts has stopped, before these are kept: a gap where something older is stored
/// that was not reached, else the place where reading older ones begins.
void writeReadingEnd(Connection &connection, ConversationId channel, const ReadingEnd &end, bool isNews);

} // namespace cumulet
