#pragma once

#include "domain/Async.h"
#include "domain/Identifier.h"
#include "domain/Jid.h"

#include <QDateTime>
#include <QList>

namespace cumulet {

class Database;

/// One message or post in which all words occur.
struct SearchHit
{
    ConversationId conversation = 0;
    qint64 row = 0; ///< message row in a chat, thread start in a channel
    bool isPost = false;
    Jid author;
    QString excerpt; ///< plain text around the first match, at most 200 characters
    QDateTime time;
};

/// Full-text search over messages and posts together (FTS5).
class SearchStore
{
public:
    explicit SearchStore(Database &database)
        : m_database(database)
    {
    }

    /// Every word must occur, the last one as a prefix; newest first. conversation 0: everywhere.
    Future<QList<SearchHit>> search(const QString &words, ConversationId conversation = 0, int limit = 50);

private:
    Database &m_database;
};

} // namespace cumulet
