#pragma once

#include "domain/Post.h"
#include "store/sql/Connection.h"

#include <QHash>

namespace cumulet {

// Ratings are rows of table post with a number; what they rate is their target. Of several by one author the newest
// counts. One whose retraction waits is as if it were gone.

/// Of one post or comment.
Ratings ratingsOf(Connection &connection, PostRow row, const Jid &self);
/// Of the comments of a thread since then, by row; those without ratings are left out.
QHash<PostRow, Ratings> ratingsOfComments(
    Connection &connection, PostRow thread, const QDateTime &since, const Jid &self);

} // namespace cumulet
