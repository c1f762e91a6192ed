// The full-text index is brought up to date in batches, since one commit with one new word costs more than all
// the rest of a message. What waits for it is in table search_waiting; who searches indexes it first.
#pragma once

#include "store/sql/Connection.h"

namespace cumulet {

/// A message or post is new or has another text.
void indexSoon(Connection &connection, qint64 row, bool isPost);
/// Indexes what waits, if it is enough to be worth it.
void indexIfMany(Connection &connection);
/// Indexes all that waits.
void indexWaiting(Connection &connection);

} // namespace cumulet
