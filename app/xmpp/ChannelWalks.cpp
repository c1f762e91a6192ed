// The parts of XmppChannelWire that ask page after page: catching up, and a thread where the service cannot give one.
#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubErrors.h"
#include "xmpp/PubsubPayloads.h"
#include "xmpp/XmppChannelWire.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr int recentPageSize = 50;
constexpr int mostRecentPages = 100;
constexpr int threadPageSize = 50;
constexpr int mostThreadPages = 20;
constexpr int wholeThread = 1000; // items: an answer with more may have been cut

// the service cannot do it for this channel: a remote one, for example (buddycloud.md 4.11)
bool canBeCollected(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
        return !hasCondition(error, u"parent-item-not-found");
    case ErrorKind::NotAllowed:
    case ErrorKind::Rejected:
    case ErrorKind::Malformed:
    case ErrorKind::Unsupported:
        return true;
    default:
        return false;
    }
}

bool belongsTo(const Post &post, const ItemId &start)
{
    return post.item == start || post.inReplyTo == start;
}

} // namespace

struct XmppChannelWire::RecentWalk
{
    QDateTime since;
    int perNode = 0;
    QString after;
    int pages = 0;
    QList<PostPage> groups;

    // a node can come again, on the same page and on later ones
    void add(const PostPage &group)
    {
        auto place = std::find_if(
            groups.begin(), groups.end(), [&group](const PostPage &other) { return other.node == group.node; });
        if (place == groups.end()) {
            groups.append(group);
            return;
        }
        for (const auto &post : group.posts) {
            const bool isKnown = std::any_of(place->posts.cbegin(), place->posts.cend(),
                [&post](const Post &other) { return other.item == post.item; });
            if (!isKnown) {
                place->posts.append(post);
            }
        }
        place->last = group.last;
    }
};

struct XmppChannelWire::ThreadWalk
{
    NodeId node;
    ItemId start;
    QString after;
    int pages = 0;
    QList<Post> found;

    // An answer is never older than what it answers: where items are older than the start, nothing of it follows.
    bool isPast(const PostPage &page) const
    {
        const auto start_ =
            std::find_if(found.cbegin(), found.cend(), [this](const Post &post) { return post.item == start; });
        return start_ != found.cend() && std::any_of(page.posts.cbegin(), page.posts.cend(), [&](const Post &post) {
            return !post.isThreadStart() && post.published < start_->published;
        });
    }
};

Future<QList<PostPage>> XmppChannelWire::recentPosts(const QDateTime &since, int perNode)
{
    const auto walk = std::make_shared<RecentWalk>();
    walk->since = since;
    walk->perNode = std::max(1, perNode);
    return walkRecent(walk);
}

Future<QList<PostPage>> XmppChannelWire::walkRecent(const std::shared_ptr<RecentWalk> &walk)
{
    const auto request = payload::recentItems(walk->since, walk->perNode, walk->after, recentPageSize);
    return andThen(get(request), this, [this, walk](const QDomElement &iq) -> Future<QList<PostPage>> {
        const auto page = readRecentPage(iq, m_surroundings.now());
        for (auto group : page.groups) {
            if (!m_banned.contains(group.node)) {
                group.posts = withOwnIdsOnly(group.posts);
                walk->add(group);
            }
        }
        const bool isLast = page.last.isEmpty() || page.last == walk->after || ++walk->pages >= mostRecentPages;
        if (!isLast) {
            walk->after = page.last; // exactly as it came
            return walkRecent(walk);
        }
        for (auto &group : walk->groups) {
            group.isComplete = group.posts.size() < walk->perNode;
        }
        return ready(walk->groups);
    });
}

Future<PostPage> XmppChannelWire::thread(const NodeId &node, const ItemId &start)
{
    if (m_banned.contains(node)) {
        return failed<PostPage>({ErrorKind::NotAllowed, u"you are banned there"_s});
    }
    return eitherWay(get(payload::thread(node, start)), this,
        [this, node, start](const Result<QDomElement> &answer) -> Future<PostPage> {
            if (answer) {
                auto page = readPostPage(*answer, node, 1, false, m_surroundings.now());
                page.isComplete = page.posts.size() < wholeThread;
                page.posts.removeIf([&start](const Post &post) { return !belongsTo(post, start); });
                page.posts = withOwnIdsOnly(page.posts);
                return ready(page);
            }
            if (!canBeCollected(answer.error())) {
                return failed<PostPage>(answer.error());
            }
            const auto walk = std::make_shared<ThreadWalk>();
            walk->node = node;
            walk->start = start;
            return collectThread(walk);
        });
}

Future<PostPage> XmppChannelWire::collectThread(const std::shared_ptr<ThreadWalk> &walk)
{
    return andThen(
        posts(walk->node, walk->after, threadPageSize), this, [this, walk](const PostPage &page) -> Future<PostPage> {
            for (const auto &post : page.posts) {
                if (belongsTo(post, walk->start)) {
                    walk->found.append(post);
                }
            }
            const bool isEnd = page.isComplete || page.last.isEmpty() || page.last == walk->after || walk->isPast(page);
            const bool isTooFar = !isEnd && ++walk->pages >= mostThreadPages;
            if (!isEnd && !isTooFar) {
                walk->after = page.last;
                return collectThread(walk);
            }
            if (walk->found.isEmpty()) {
                return failed<PostPage>(isTooFar ? Error{ErrorKind::Unsupported, u"too far back to be collected"_s}
                                                 : Error{ErrorKind::NotFound, u"no such thread"_s});
            }
            return ready(PostPage{walk->node, walk->found, {}, int(walk->found.size()), isEnd});
        });
}

} // namespace cumulet
