#include "services/channel/ChannelReading.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int pageSize = 50;
static constexpr int mostKnownPages = 5; // pages of one call that bring nothing new

static Error banned()
{
    return {ErrorKind::NotAllowed, u"outcast: the node must not be read"_s};
}

ChannelReading::ChannelReading(
    const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
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

// Where the page does not reach what is stored there is a gap below it, and reading older begins here again.
Future<Done> ChannelReading::keepNewest(const NodeId &node, const PostPage &page)
{
    if (page.posts.isEmpty()) {
        return m_parts.store.setHistory(m_parts.account, node, {{}, true});
    }
    auto joins = m_parts.store.threadOf(m_parts.account, node, page.posts.last().item);
    return eitherWay(joins, this, [this, node, page](const Result<PostRow> &row) {
        return andThen(m_intake.keep(node, page.posts, false), this,
            [this, node, page, isKnown = row.has_value()](Done) -> Future<Done> {
                return isKnown ? ready(Done{})
                               : m_parts.store.setHistory(m_parts.account, node, {page.last, page.isComplete});
            });
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
    if (m_standings.isBanned(node)) {
        return failed<Done>(banned());
    }
    return m_underWay.once(u"thread %1 %2"_s.arg(node.text(), start.text()), this, [this, node, start] {
        return andThen(m_parts.wire.thread(node, start), this,
            [this, node](const PostPage &page) { return m_intake.keep(node, page.posts, false); });
    });
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
