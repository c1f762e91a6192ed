#pragma once

#include "domain/Channel.h"
#include "domain/Media.h"
#include "domain/Message.h"

#include <QMetaType>

namespace cumulet {

/// What readers think of a post or comment: each may rate it once, 1 to 5 (buddycloud.md 4.17).
struct Ratings
{
    int count = 0;
    int sum = 0;
    int own = 0; ///< ours, 1 to 5; 0: none

    bool operator==(const Ratings &) const = default;
};

/// What a thread of its own is told of, whatever was chosen for its channel.
enum class ThreadNotices {
    Usual = 0, ///< as the channel's choice says
    Followed = 1, ///< every comment
    Muted = 2, ///< nothing, and its comments are not counted as unread
};

/// A post, comment or rating in a node, as it is stored and shown (buddycloud.md 1.7). Texts are untrusted plain text.
struct Post
{
    PostRow row = 0;
    NodeId node;
    ItemId item; ///< empty while it waits to be sent
    ItemId inReplyTo; ///< the thread's first post; empty for a thread start
    ItemId target; ///< the comment that is answered, or the item that is rated; may be empty
    Jid targetAuthor; ///< bare; whose comment is answered, filled by the store in threads; may be empty
    Jid author; ///< bare
    QString title; ///< empty where the server's own "Post" or "Rating" stood
    QString body; ///< at most 256 Ki characters
    QString place; ///< where its author says to be (buddycloud.md 1.11): one line, at most 200 characters; may be empty
    QList<Attachment> attachments; ///< at most 10
    QDateTime published; ///< UTC
    QDateTime updated;
    OriginId originId; ///< ours, carried in the entry's <meta/>; empty for others' posts
    int rating = 0; ///< 1 to 5: this is a rating, not a comment
    Ratings ratings; ///< those of others and ours; filled by the store
    DeliveryState state = DeliveryState::Received;
    Error error;
    QDateTime heldUntil; ///< ours, not sent before that, so that it can be taken back; invalid: not held
    int revision = 0;

    bool isThreadStart() const { return inReplyTo.isEmpty(); }
    bool isRating() const { return rating > 0; }
};

/// A thread as one row of a channel: its start and its newest comments.
struct Thread
{
    Post start;
    QList<Post> comments; ///< oldest first; only the newest ones, see earlierComments
    int earlierComments = 0; ///< stored but not in comments
    QDateTime lastActivity;
    ThreadNotices notices = ThreadNotices::Usual;
};

/// A post or comment to be put on the wire.
struct OutgoingPost
{
    NodeId node;
    OriginId originId;
    QString body;
    ItemId inReplyTo;
    ItemId target;
    int rating = 0; ///< 1 to 5: rates the target (or the thread start) and has no text
    QList<Attachment> attachments = {};
};

/// Words for the wire and the log; not for the screen.
QString toWire(Affiliation affiliation);
QString toWire(NodeSubscription subscription);
QString toWire(AccessModel model);
/// Unknown words become None or Authorize, as the server treats them.
Affiliation affiliationFromWire(const QString &word);
NodeSubscription nodeSubscriptionFromWire(const QString &word);
AccessModel accessModelFromWire(const QString &word);

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Post)
Q_DECLARE_METATYPE(cumulet::Thread)
