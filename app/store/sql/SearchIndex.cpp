#include "store/sql/SearchIndex.h"

#include "store/sql/SearchText.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int batchSize = 256;

void indexSoon(Connection &connection, qint64 row, bool isPost)
{
    connection.statement(u"INSERT OR IGNORE INTO search_waiting (id) VALUES (?)"_s).run(searchRow(row, isPost));
}

void indexIfMany(Connection &connection)
{
    auto many = connection.statement(u"SELECT 1 FROM search_waiting LIMIT 1 OFFSET ?"_s);
    if (many.run(batchSize) && many.next()) {
        indexWaiting(connection);
    }
}

void indexWaiting(Connection &connection)
{
    auto waiting = connection.statement(
        u"SELECT w.id, coalesce(m.conversation, p.channel), coalesce(m.body, p.title || ' ' || p.body) "
        "FROM search_waiting w LEFT JOIN message m ON w.id & 1 = 0 AND m.id = w.id >> 1 "
        "LEFT JOIN post p ON w.id & 1 = 1 AND p.id = w.id >> 1"_s);
    auto index = connection.statement(u"INSERT OR REPLACE INTO search (rowid, words) VALUES (?, ?)"_s);
    bool isAny = false;
    waiting.run();
    while (waiting.next()) {
        isAny = true;
        if (!waiting.isNull(1)) {
            index.run(waiting.integer(0), indexText(waiting.text(2), waiting.integer(1)));
        }
    }
    if (isAny) {
        connection.statement(u"DELETE FROM search_waiting"_s).run();
    }
}

} // namespace cumulet
