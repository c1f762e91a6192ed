#pragma once

#include "domain/Post.h"

#include <QList>

namespace cumulet {

/// What one write has changed in channels.
struct PostChanges
{
    /// Threads of one channel. A thread is named by the row of its first post.
    struct OfChannel
    {
        ConversationId channel = 0; ///< the channel's entry in the list
        NodeId node;
        QList<PostRow> insertedThreads;
        QList<PostRow> changedThreads; ///< the start or a comment came, changed or went
        QList<PostRow> removedThreads;
    };
    QList<OfChannel> channels;
    QList<Post> fresh; ///< others' posts that are new and unread, for notices
    QList<ItemId> missingStarts; ///< comments came whose thread start is not stored: ask for it

    bool isEmpty() const { return channels.isEmpty(); }
};

enum class ThreadOrder { NewestPost, LatestActivity };

/// One post, comment or deletion that waits in the outbox.
struct WaitingPost
{
    qint64 id = 0; ///< of the outbox entry
    PostRow row = 0; ///< the post; for a retraction the hidden post
    bool isRetraction = false;
    DeliveryState state = DeliveryState::Queued; ///< Queued or Sending
    OutgoingPost post;
    ItemId item; ///< what to retract
    QDateTime time;
    QDateTime notBefore; ///< it can be taken back until then; invalid: it goes at once
};

/// What was taken back before it was sent.
struct TakenBack
{
    NodeId node;
    PostRow thread = 0; ///< of a comment
    ItemId inReplyTo; ///< the thread's first post; empty for a post
    ItemId target; ///< the comment that it answered
    bool isDeletion = false; ///< the post is shown again
    QString text; ///< empty also where a post had nothing but files
    PostChanges changes;
};

} // namespace cumulet
