#pragma once

#include "domain/Async.h"
#include "domain/NodeLine.h"
#include "domain/Paging.h"
#include "domain/Post.h"
#include "store/ChannelGap.h"
#include "store/PostChanges.h"

#include <QList>
#include <QSet>

namespace cumulet {

class Database;

/// Channels, standings in them, and posts. Identity of a post: (account, node, item id); our own waiting posts have
/// their origin id and take the item id when the service tells it, whoever is first: result, event or items.
class ChannelStore
{
public:
    explicit ChannelStore(Database &database)
        : m_database(database)
    {
    }

    Future<QList<Channel>> channels(AccountId account); ///< followed, asked for, invited, or own
    Future<Channel> channel(AccountId account, const NodeId &node);
    /// Keeps title, description, access model ...; not our standing.
    Future<ConversationId> keepChannel(AccountId account, const Channel &channel);
    /// One of our own memberships changed; an unfollowed channel leaves the list, what was read stays.
    Future<ConversationId> keepMembership(AccountId account, const Membership &membership);
    /// All our memberships as the service lists them: those not in it are no longer followed.
    Future<QList<ConversationId>> replaceMemberships(AccountId account, const QList<Membership> &memberships);
    Future<ConversationId> markGone(AccountId account, const NodeId &node);
    /// The members of a channel as they were listed last.
    Future<Done> replaceMembers(AccountId account, const NodeId &node, const QList<Membership> &members);
    Future<QList<Membership>> members(AccountId account, const NodeId &node);

    /// Channels that we follow and that the stored lists of members show somebody to follow, too.
    Future<QList<Channel>> sharedWith(AccountId account, const Jid &person);

    /// What a node that says one thing says now; what we wrote there counts before the service has it.
    Future<NodeLine> line(AccountId account, const NodeId &node);
    /// Keeps what the service has; true: it says something else now.
    Future<bool> keepLine(AccountId account, const NodeLine &line);
    /// Writes what we want to say there; it waits until settleLine().
    Future<Done> writeLine(AccountId account, const NodeId &node, const QString &text);
    Future<Done> settleLine(AccountId account, const NodeLine &taken);

    /// Keeps posts from the service, live or paged; repeats are harmless; ours find their waiting row by origin id.
    /// live: others' posts count as unread.
    Future<PostChanges> keepPosts(AccountId account, const NodeId &node, const QList<Post> &posts, bool live);
    /// Removes posts; a thread start takes its comments along.
    Future<PostChanges> removePosts(AccountId account, const NodeId &node, const QList<ItemId> &items);

    /// Starts of threads with activity after from that have, themselves or in a comment, something that is not among
    /// present: at most so many, the newest first.
    Future<QList<ItemId>> threadsWithout(
        AccountId account, const NodeId &node, const QSet<ItemId> &present, const QDateTime &from, int most);
    /// A start and all that answers it, as far as the service has it.
    Future<QList<ItemId>> itemsOfThread(AccountId account, const NodeId &node, const ItemId &start);

    /// A page of threads, oldest first in the given order, each with its newest comments.
    Future<Page<Thread>> page(ConversationId channel, const PageRequest &request, ThreadOrder order, int comments = 3);
    Future<QList<Thread>> threads(const QList<PostRow> &starts, int comments = 3);
    /// A thread with all its comments, at most 2,000.
    Future<Thread> thread(PostRow start);
    /// The row of a thread by an item in it (start or comment); NotFound.
    Future<PostRow> threadOf(AccountId account, const NodeId &node, const ItemId &item);
    Future<Post> post(PostRow row);
    /// The place of a thread in that order.
    Future<Cursor> cursorOf(PostRow start, ThreadOrder order);

    /// Newest stored time of a post from the service over all channels: where catching up begins. Invalid: none.
    Future<QDateTime> newestPublished(AccountId account);
    /// How far back a channel was read from its service: what to ask for next (RSM after), and whether that is all.
    struct History
    {
        QString after;
        bool isComplete = false;
    };
    Future<History> history(AccountId account, const NodeId &node);
    Future<Done> setHistory(AccountId account, const NodeId &node, const History &history);
    /// Stretches that were skipped, newest first.
    Future<QList<ChannelGap>> gaps(AccountId account, const NodeId &node);
    /// Keeps a gap; to be called before the posts above it are kept, so that the progress never hides it.
    Future<Done> keepGap(AccountId account, const NodeId &node, const ChannelGap &gap);
    /// Keeps posts that lie in a gap, together with what is left of it; isClosed: nothing is.
    Future<PostChanges> fillGap(
        AccountId account, const NodeId &node, const QList<Post> &posts, const ChannelGap &rest, bool isClosed);
    /// Keeps where reading from the newest posts has stopped: a gap, or where older ones begin. Also before the posts.
    Future<Done> keepReadingEnd(AccountId account, const NodeId &node, const ReadingEnd &end, bool isNews);

    /// Writes a post or comment of ours to the outbox (state Queued); the row is there at once.
    /// notBefore: it is held until then.
    Future<PostChanges> enqueue(
        AccountId account, const Jid &author, const OutgoingPost &post, const QDateTime &notBefore = {});
    /// A deletion that waits: the item disappears at once and comes back if it is refused.
    Future<PostChanges> enqueueRetraction(
        AccountId account, const NodeId &node, const ItemId &item, const QDateTime &notBefore = {});
    /// Rates post.target, 1 to 5; an earlier rating of ours is taken back first. It counts at once.
    Future<PostChanges> enqueueRating(AccountId account, const Jid &author, const OutgoingPost &post);
    /// Takes our rating of an item back; one that was not sent yet is forgotten. Conflict: it is on its way.
    Future<PostChanges> withdrawRating(AccountId account, const Jid &author, const NodeId &node, const ItemId &target);
    using Waiting = WaitingPost;
    Future<QList<Waiting>> outbox(AccountId account);
    /// Queued, Sending or Failed (with why); for a retraction that Failed the item is shown again, a
    /// rating that Failed is gone. NotFound: it does not wait any more.
    Future<PostChanges> setState(AccountId account, qint64 waiting, DeliveryState state, const Error &error = {});
    /// The service took the post under that id (or the retraction is done: item empty).
    Future<PostChanges> settle(AccountId account, qint64 waiting, const ItemId &item);
    /// Takes a failed or waiting post out of the outbox; its text is given back. keepsFiles: its files belong to the
    /// draft of its place again, otherwise they go.
    Future<QString> discard(PostRow row, bool keepsFiles = false);
    /// The same, but the text and files of a post become its draft in the same moment, below what is unsent there; what
    /// was to be deleted is shown again. Conflict: it is being sent. NotFound: it does not wait.
    Future<TakenBack> takeBack(PostRow row);
    /// Nothing is held any more: all of it may be sent.
    Future<PostChanges> release(AccountId account);
    /// What that thread is told of. Muted: what is unread in it counts no more.
    Future<PostChanges> setThreadNotices(PostRow start, ThreadNotices notices);
    Future<ThreadNotices> threadNotices(PostRow start);
    /// Puts a failed post back to Queued.
    Future<PostChanges> retry(PostRow row);

    /// Adds a file to a draft (thread: empty for a new post); enqueue() takes it along. TooLarge: there are ten.
    Future<Attachment> attach(ConversationId conversation, const ItemId &thread, const Attachment &attachment);
    Future<QList<Attachment>> draftAttachments(ConversationId conversation, const ItemId &thread);
    Future<Done> describeAttachment(qint64 attachment, const QString &text);
    /// Takes a file out of its draft.
    Future<Done> detach(qint64 attachment);
    /// The copies that are still needed, of all accounts.
    Future<QSet<QString>> attachmentFiles();
    /// A file of a waiting post lies on the media server.
    Future<PostChanges> noteUploaded(qint64 attachment, const MediaAddress &media);
    /// It lies elsewhere on the web: its address goes into the text of the post.
    Future<PostChanges> noteLinked(qint64 attachment, const QString &url);
    /// What was uploaded for a waiting post is gone from the server.
    Future<Done> forgetUploads(PostRow post);

private:
    Database &m_database;
};

} // namespace cumulet
