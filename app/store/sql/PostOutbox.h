#pragma once

#include "store/PostChanges.h"
#include "store/sql/Connection.h"
#include "store/sql/PostRows.h"

namespace cumulet {

// Table post_outbox holds posts and retractions of ours that the service has not taken yet.

/// What the user wrote; held until notBefore. NotFound: no such channel, or the thread is not stored.
Result<Done> enqueuePost(Connection &connection, AccountId account, const Jid &author, const OutgoingPost &post,
    const QDateTime &notBefore, PostChangeList &changes);
/// Hides an item until its deletion is settled or refused. NotFound: it is not stored.
Result<Done> enqueueRetraction(Connection &connection, AccountId account, const NodeId &node, const ItemId &item,
    const QDateTime &notBefore, PostChangeList &changes);
/// The same for a rating of post.target, which replaces an earlier one of ours; nothing is done where that is the same.
/// Conflict: the earlier one is on its way.
Result<Done> enqueueRating(
    Connection &connection, AccountId account, const Jid &author, const OutgoingPost &post, PostChangeList &changes);
/// Takes our rating of an item back; one that was not sent yet is forgotten. Conflict: it is on its way.
Result<Done> withdrawRating(Connection &connection, AccountId account, const Jid &author, const NodeId &node,
    const ItemId &target, PostChangeList &changes);
QList<WaitingPost> waitingPosts(Connection &connection, AccountId account);
/// NotFound: it does not wait any more.
Result<Done> setPostState(Connection &connection, AccountId account, qint64 waiting, DeliveryState state,
    const Error &error, PostChangeList &changes);
/// The service took it. Harmless when that was known already from its event.
Result<PostChanges> settlePost(Connection &connection, AccountId account, qint64 waiting, const ItemId &item);
/// Gives the text back; NotFound: it does not wait. Conflict: it is being sent. keepsFiles: its files belong to the draft
/// of its place again.
Result<QString> discardPost(Connection &connection, PostRow row, bool keepsFiles, PostChangeList &changes);
Result<Done> retryPost(Connection &connection, PostRow row, PostChangeList &changes);

} // namespace cumulet
