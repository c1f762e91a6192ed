#include "store/FeedStore.h"

#include "store/Database.h"
#include "store/sql/FeedRows.h"

namespace cumulet {

Future<Page<FeedThread>> FeedStore::page(Feed feed, AccountId account, const PageRequest &request, int comments)
{
    return m_database.run<Page<FeedThread>>([=](Connection &connection) -> Result<Page<FeedThread>> {
        return FeedReader(connection, feed, account, comments).page(request);
    });
}

Future<QList<FeedThread>> FeedStore::threads(Feed feed, AccountId account, const QList<PostRow> &starts, int comments)
{
    return m_database.run<QList<FeedThread>>([=](Connection &connection) -> Result<QList<FeedThread>> {
        return FeedReader(connection, feed, account, comments).threads(starts);
    });
}

Future<QList<ConversationId>> FeedStore::markRead(const QList<PostRow> &starts)
{
    return m_database.run<QList<ConversationId>>(
        [=](Connection &connection) -> Result<QList<ConversationId>> { return markThreadsRead(connection, starts); });
}

} // namespace cumulet
