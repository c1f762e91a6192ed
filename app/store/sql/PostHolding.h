#pragma once

#include "store/PostChanges.h"
#include "store/sql/Connection.h"
#include "store/sql/PostRows.h"

namespace cumulet {

// What table post_outbox holds back for a moment, so that it can be undone.

/// Forgets what was to be sent, or shows again what was to be deleted. The text of a post becomes its draft, below what
/// is unsent there. Conflict: it is being sent. NotFound: it does not wait.
Result<TakenBack> takeBackPost(Connection &connection, PostRow row, PostChangeList &changes);
/// Nothing is held any more.
void releasePosts(Connection &connection, AccountId account, PostChangeList &changes);

} // namespace cumulet
