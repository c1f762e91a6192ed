#pragma once

#include "domain/Feed.h"
#include "domain/Paging.h"
#include "store/sql/PostRows.h"

namespace cumulet {

/// Reads threads of many channels, each with the channel it is in.
class FeedReader
{
public:
    /// account 0: all of them. comments: how many of the newest come with each thread.
    FeedReader(Connection &connection, Feed feed, AccountId account, int comments);

    Page<FeedThread> page(const PageRequest &request);
    QList<FeedThread> threads(const QList<PostRow> &starts);

private:
    QList<FeedThread> read(const Cursor &from, bool isBefore, int limit);
    std::optional<FeedThread> thread(PostRow start, ConversationId channel, AccountId account);

    Connection &m_connection;
    PostReader m_posts;
    Feed m_feed;
    AccountId m_account;
    int m_comments;
    QHash<ConversationId, Channel> m_channels;
};

/// Each thread with its comments; the conversations whose counters changed.
QList<ConversationId> markThreadsRead(Connection &connection, const QList<PostRow> &starts);

} // namespace cumulet
