#pragma once

#include "domain/Post.h"
#include "store/sql/Connection.h"
#include "store/sql/PostRows.h"

namespace cumulet {

/// What a thread is told of; Usual where it is not known.
ThreadNotices threadNoticesOf(Connection &connection, PostRow start);
/// Muted: what is unread in it counts no more. NotFound: there is no such thread.
Result<Done> writeThreadNotices(Connection &connection, PostRow start, ThreadNotices notices, PostChangeList &changes);

} // namespace cumulet
