#include "services/channel/ChannelIntake.h"

#include "services/channel/ChannelStandings.h"
#include "wire/ChannelWire.h"

namespace cumulet {

static constexpr qsizetype mostWaiting = 2000;
static constexpr qsizetype mostAskedStarts = 5000;

ChannelIntake::ChannelIntake(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_standings(standings)
{
}

Future<Done> ChannelIntake::keep(const NodeId &node, const QList<Post> &posts, bool countsAsNews)
{
    if (posts.isEmpty()) {
        return ready(Done{});
    }
    auto changes = m_parts.store.keepPosts(m_parts.account, node, posts, countsAsNews);
    return eitherWay(changes, this, [this, node](const Result<PostChanges> &result) -> Result<Done> {
        if (!result) {
            Q_EMIT failed(result.error());
            return result.error();
        }
        noteKept(node, *result);
        return Done{};
    });
}

Future<bool> ChannelIntake::fill(const NodeId &node, const QList<Post> &posts, const ChannelGap &rest, bool isClosed)
{
    auto changes = m_parts.store.fillGap(m_parts.account, node, posts, rest, isClosed);
    return eitherWay(changes, this, [this, node](const Result<PostChanges> &result) -> Result<bool> {
        if (!result) {
            Q_EMIT failed(result.error());
            return result.error();
        }
        noteKept(node, *result);
        return !result->isEmpty();
    });
}

Future<Done> ChannelIntake::remove(const NodeId &node, const QList<ItemId> &items)
{
    return eitherWay(m_parts.store.removePosts(m_parts.account, node, items), this,
        [this](const Result<PostChanges> &changes) -> Result<Done> {
            if (!changes) {
                Q_EMIT failed(changes.error());
                return changes.error();
            }
            tell(*changes);
            return Done{};
        });
}

void ChannelIntake::noteKept(const NodeId &node, const PostChanges &changes)
{
    tell(changes);
    fetchStarts(node, changes.missingStarts);
}

void ChannelIntake::tell(const PostChanges &changes)
{
    if (!changes.isEmpty() || !changes.fresh.isEmpty()) {
        Q_EMIT stored(changes);
    }
}

// A comment came before its start: the thread is asked for, once.
void ChannelIntake::fetchStarts(const NodeId &node, const QList<ItemId> &starts)
{
    for (const auto &start : starts) {
        const auto key = std::pair(node, start);
        if (m_standings.isBanned(node) || m_askedStarts.contains(key) || m_askedStarts.size() >= mostAskedStarts) {
            continue;
        }
        m_askedStarts.insert(key);
        whenDone(m_parts.wire.thread(node, start), this, [this, node, key](const Result<PostPage> &thread) {
            if (thread) {
                whenDone(keep(node, thread->posts, false), this, [](const Result<Done> &) {});
            } else if (thread.error().kind == ErrorKind::Offline || thread.error().kind == ErrorKind::Timeout) {
                m_askedStarts.remove(key); // no answer: a later comment may ask again
            }
        });
    }
}

void ChannelIntake::hold()
{
    m_isHeld = true;
}

bool ChannelIntake::release()
{
    m_isHeld = false;
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &news : waiting) {
        take(news);
    }
    return std::exchange(m_isComplete, true);
}

void ChannelIntake::drop()
{
    m_waiting.clear();
    m_isComplete = true;
    m_askedStarts.clear();
}

void ChannelIntake::notePosts(const NodeId &node, const QList<Post> &posts)
{
    take({node, posts, {}});
}

void ChannelIntake::noteRetracted(const NodeId &node, const QList<ItemId> &items)
{
    take({node, {}, items});
}

void ChannelIntake::take(const News &news)
{
    if (m_isHeld) {
        if (m_waiting.size() < mostWaiting) {
            m_waiting.append(news);
        } else {
            m_isComplete = false;
        }
        return;
    }
    // The service goes on sending to people it has banned, and sends everything to its administrators
    // (buddycloud.md 4.13, 4.21).
    if (!news.node.isPosts() || !m_standings.isFollowed(news.node) || m_standings.isBanned(news.node)) {
        return;
    }
    if (!news.posts.isEmpty()) {
        whenDone(keep(news.node, news.posts, true), this, [](const Result<Done> &) {});
        return;
    }
    whenDone(remove(news.node, news.retracted), this, [](const Result<Done> &) {});
}

} // namespace cumulet
