#pragma once

#include "domain/Async.h"
#include "domain/Feed.h"
#include "domain/Paging.h"

namespace cumulet {

class Database;

/// Threads of all channels and accounts in one list, by their latest activity.
class FeedStore
{
public:
    explicit FeedStore(Database &database)
        : m_database(database)
    {
    }

    /// A page of threads, oldest first, each with its newest comments. account 0: of all accounts.
    Future<Page<FeedThread>> page(Feed feed, AccountId account, const PageRequest &request, int comments = 3);
    /// Those of these threads that belong in the feed.
    Future<QList<FeedThread>> threads(Feed feed, AccountId account, const QList<PostRow> &starts, int comments = 3);
    /// Marks the threads and their comments as read, each for itself: the read positions of their channels stay.
    /// Gives the entries of the list that changed.
    Future<QList<ConversationId>> markRead(const QList<PostRow> &starts);

private:
    Database &m_database;
};

} // namespace cumulet
