// The newest lines of nodes that say one thing, and what we want to say there.
#pragma once

#include "domain/Identifier.h"
#include "domain/NodeLine.h"
#include "store/sql/Connection.h"

namespace cumulet {

/// What waits counts before what was seen. An empty line where nothing is known.
NodeLine readNodeLine(Connection &connection, AccountId account, const NodeId &node);
/// Keeps what the service has, unless a newer one is known; true: it says something else now.
bool writeNodeLine(Connection &connection, AccountId account, const NodeLine &line);
/// Writes what shall be said.
void writeWaitingLine(Connection &connection, AccountId account, const NodeId &node, const QString &text);
/// The service took that text: unless something else was written meanwhile, nothing waits any more.
void settleWaitingLine(Connection &connection, AccountId account, const NodeLine &taken);

} // namespace cumulet
