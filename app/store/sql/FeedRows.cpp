#include "store/sql/FeedRows.h"

#include "store/sql/ChannelRows.h"
#include "store/sql/RowPages.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static QString conditionOf(Feed feed)
{
    switch (feed) {
    case Feed::Mine:
        return u"(p.state > 0 OR EXISTS (SELECT 1 FROM post m WHERE m.thread = p.id AND m.state > 0 "
               "AND m.is_shown = 1))"_s;
    case Feed::Mentions:
        return u"(p.is_mention = 1 OR EXISTS (SELECT 1 FROM post m WHERE m.thread = p.id AND m.is_mention = 1 "
               "AND m.is_shown = 1))"_s;
    case Feed::Home:
        break;
    }
    return u"c.is_followed = 1 AND c.is_in_home = 1"_s;
}

// the threads are walked in their order and their channels looked up, not the other way round
static QString selectThreads(Feed feed)
{
    return u"SELECT p.id, p.channel, c.account FROM post p CROSS JOIN conversation c ON c.id = p.channel "
           "WHERE p.in_reply_to IS NULL AND p.is_shown = 1 AND (? = 0 OR c.account = ?) AND "_s
        + conditionOf(feed);
}

FeedReader::FeedReader(Connection &connection, Feed feed, AccountId account, int comments)
    : m_connection(connection)
    , m_posts(connection)
    , m_feed(feed)
    , m_account(account)
    , m_comments(comments)
{
}

std::optional<FeedThread> FeedReader::thread(PostRow start, ConversationId channel, AccountId account)
{
    if (!m_channels.contains(channel)) {
        m_channels.insert(channel, channelOf(m_connection, channel).value_or(Channel()));
    }
    auto thread = m_posts.thread(start, m_comments);
    return thread ? std::optional(FeedThread{account, channel, m_channels.value(channel), std::move(*thread)})
                  : std::nullopt;
}

QList<FeedThread> FeedReader::read(const Cursor &from, bool isBefore, int limit)
{
    const auto rest = isBefore
        ? u" AND (p.last_activity, p.id) < (?, ?) ORDER BY p.last_activity DESC, p.id DESC LIMIT ?"_s
        : u" AND (p.last_activity, p.id) > (?, ?) ORDER BY p.last_activity, p.id LIMIT ?"_s;
    auto select = m_connection.statement(selectThreads(m_feed) + rest);
    QList<FeedThread> threads;
    select.run(m_account, m_account, from.time, from.row, limit);
    while (select.next()) {
        if (auto found = thread(select.integer(0), select.integer(1), select.integer(2))) {
            threads += std::move(*found);
        }
    }
    if (isBefore) {
        std::reverse(threads.begin(), threads.end());
    }
    return threads;
}

Page<FeedThread> FeedReader::page(const PageRequest &request)
{
    return pageOf<FeedThread>(
        request, [this](const Cursor &from, int limit) { return read(from, true, limit); },
        [this](const Cursor &from, int limit) { return read(from, false, limit); },
        [](const FeedThread &row) {
            return Cursor{row.thread.lastActivity.toMSecsSinceEpoch(), row.thread.start.row};
        });
}

QList<FeedThread> FeedReader::threads(const QList<PostRow> &starts)
{
    QList<FeedThread> threads;
    auto select = m_connection.statement(selectThreads(m_feed) + u" AND p.id = ?"_s);
    for (const auto start : starts) {
        if (select.run(m_account, m_account, start) && select.next()) {
            if (auto found = thread(select.integer(0), select.integer(1), select.integer(2))) {
                threads += std::move(*found);
            }
        }
    }
    return threads;
}

QList<ConversationId> markThreadsRead(Connection &connection, const QList<PostRow> &starts)
{
    QList<ConversationId> changed;
    for (const auto start : starts) {
        auto posts = connection.statement(u"UPDATE post SET is_unread = 0 WHERE is_unread = 1 AND id = ?"_s);
        posts.run(start);
        auto comments = connection.statement(u"UPDATE post SET is_unread = 0 WHERE is_unread = 1 AND thread = ?"_s);
        comments.run(start);
        if (posts.changes() + comments.changes() > 0) {
            auto select = connection.statement(u"SELECT channel FROM post WHERE id = ?"_s);
            if (select.run(start) && select.next() && !changed.contains(select.integer(0))) {
                changed += select.integer(0);
            }
        }
    }
    return changed;
}

} // namespace cumulet
