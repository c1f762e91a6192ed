#include "services/channel/ChannelReading.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/DeletedPosts.h"
#include "services/channel/PageReach.h"

#include <algorithm>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int pageSize = 50;
static constexpr int mostKnownPages = 5; // pages of one call that bring nothing new

static Error banned()
{
    return {ErrorKind::NotAllowed, u"outcast: the node must not be read"_s};
}

ChannelReading::ChannelReading(const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings,
    DeletedPosts &deleted, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
    , m_deleted(deleted)
{
}

Future<Done> ChannelReading::newest(const NodeId &node)
{
    if (m_standings.isBanned(node)) {
        return failed<Done>(banned());
    }
    return m_underWay.once(u"newest "_s + node.text(), this, [this, node] {
        return andThen(m_parts.wire.posts(node, {}, pageSize), this,
            [this, node](const PostPage &page) { return keepNewest(node, page); });
    });
}

// Where the page does not reach what is stored, a gap remains below it.
Future<Done> ChannelReading::keepNewest(const NodeId &node, const PostPage &page)
{
    if (page.posts.isEmpty()) {
        whenDone(m_deleted.compare(node, page), this, [](const Result<Done> &) {});
        return m_parts.store.setHistory(m_parts.account, node, {{}, true});
    }
    const bool isNews = m_standings.isFollowed(node);
    auto history = andThen(m_parts.store.keepReadingEnd(m_parts.account, node, endOf(page), isNews), this,
        [this, node](Done) { return m_parts.store.history(m_parts.account, node); });
    auto moved = andThen(history, this, [this, node, page](const ChannelStore::History &known) {
        // the page may go further back than was ever read
        const bool isWithin = std::any_of(page.posts.cbegin(), page.posts.cend(),
            [&known](const Post &post) { return post.item == ItemId::fromWire(known.after); });
        return isWithin ? m_parts.store.setHistory(m_parts.account, node, {page.last, page.isComplete}) : ready(Done{});
    });
    auto kept = andThen(moved, this, [this, node, page](Done) { return m_intake.keep(node, page.posts, false); });
    return andThen(kept, this, [this, node, page](Done) -> Result<Done> {
        Q_EMIT gapsChanged(node);
        whenDone(m_deleted.compare(node, page), this, [](const Result<Done> &) {}); // nobody need wait for that
        return Done{};
    });
}

Future<Done> ChannelReading::older(const NodeId &node)
{
    if (m_standings.isBanned(node)) {
        return failed<Done>(banned());
    }
    return m_underWay.once(u"older "_s + node.text(), this, [this, node] { return readOlder(node, 0); });
}

Future<Done> ChannelReading::readOlder(const NodeId &node, int pages)
{
    return andThen(m_parts.store.history(m_parts.account, node), this,
        [this, node, pages](const ChannelStore::History &history) -> Future<Done> {
            if (history.isComplete) {
                return failed<Done>({ErrorKind::NotFound, u"nothing older"_s});
            }
            return andThen(m_parts.wire.posts(node, history.after, pageSize), this,
                [this, node, pages](const PostPage &page) -> Future<Done> {
                    const ChannelStore::History next{
                        page.last, page.isComplete || page.posts.isEmpty() || page.last.isEmpty()};
                    const auto known = page.posts.isEmpty()
                        ? ready(PostRow(0))
                        : m_parts.store.threadOf(m_parts.account, node, page.posts.last().item);
                    auto kept = andThen(m_intake.keep(node, page.posts, false), this,
                        [this, node, next](Done) { return m_parts.store.setHistory(m_parts.account, node, next); });
                    return andThen(kept, this, [this, node, pages, known](Done) -> Future<Done> {
                        // known was asked before keeping and is answered by now: jobs of the store stay in order
                        const bool isNew = known.isFinished() && !known.result();
                        return isNew || pages + 1 >= mostKnownPages ? ready(Done{}) : readOlder(node, pages + 1);
                    });
                });
        });
}

Future<Done> ChannelReading::thread(const NodeId &node, const ItemId &start)
{
    return m_deleted.readThread(node, start);
}

// asked for a comment, the service gives that alone (buddycloud.md 4.11)
Future<Done> ChannelReading::threadWith(const NodeId &node, const ItemId &item)
{
    if (m_standings.isBanned(node)) {
        return failed<Done>(banned());
    }
    return andThen(m_parts.wire.thread(node, item), this, [this, node, item](const PostPage &page) {
        const auto asked = std::find_if(
            page.posts.cbegin(), page.posts.cend(), [&item](const Post &post) { return post.item == item; });
        const auto start = asked == page.posts.cend() ? ItemId() : asked->inReplyTo;
        return andThen(m_intake.keep(node, page.posts, false), this, [this, node, start](Done) -> Future<Done> {
            return start.isEmpty() ? ready(Done{}) : thread(node, start);
        });
    });
}

} // namespace cumulet
