#pragma once

#include "domain/Post.h"
#include "store/sql/Connection.h"

#include <QList>
#include <QSet>

namespace cumulet {

/// Starts of threads newer than from that have, themselves or in a comment, something that is not among present: at most
/// so many, the newest first. Only what the service has, as far as we know.
QList<ItemId> threadsWithout(
    Connection &connection, ConversationId channel, const QSet<ItemId> &present, const QDateTime &from, qsizetype most);
/// The start and all that answers it, without what waits in the outbox.
QList<ItemId> itemsOfThread(Connection &connection, ConversationId channel, const ItemId &start);

} // namespace cumulet
