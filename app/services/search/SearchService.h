#pragma once

#include "store/SearchStore.h"

namespace cumulet {

/// Finds words in all stored messages and posts.
class SearchService
{
public:
    explicit SearchService(SearchStore &store)
        : m_store(store)
    {
    }

    Future<QList<SearchHit>> search(const QString &words, ConversationId conversation = 0, int limit = 50)
    {
        return m_store.search(words, conversation, limit);
    }

private:
    SearchStore &m_store;
};

} // namespace cumulet
