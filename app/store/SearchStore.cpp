#include "store/SearchStore.h"

#include "store/Database.h"
#include "store/sql/Connection.h"
#include "store/sql/SearchIndex.h"
#include "store/sql/SearchText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

// Rows are found in the order they were stored, hits are shown in the order of their times, which differs where
// history was read backwards: so many of the last stored ones are looked at.
static constexpr int candidateLimit = 5000;

static const QString candidates = u"(SELECT rowid AS r FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"_s;

// the texts are read of those only that are shown
static void addMessages(Connection &connection, const QString &expression, int limit, QList<SearchHit> &hits)
{
    auto select = connection.statement(
        u"SELECT m.conversation, m.id, m.body, m.time, CASE WHEN m.state > 0 THEN a.jid ELSE c.jid END "
        "FROM (SELECT n.id AS i FROM "_s
        + candidates
        + u" CROSS JOIN message n ON n.id = r >> 1 WHERE r & 1 = 0 ORDER BY n.time DESC LIMIT ?) "
          "CROSS JOIN message m ON m.id = i JOIN conversation c ON c.id = m.conversation "
          "JOIN account a ON a.id = m.account"_s);
    select.run(expression, candidateLimit, limit);
    while (select.next()) {
        hits += SearchHit{select.integer(0), select.integer(1), false, Jid::fromTrusted(select.text(4)), select.text(2),
            select.time(3)};
    }
}

// not: comments without a thread, and what is hidden or hangs on something hidden
static void addPosts(Connection &connection, const QString &expression, int limit, QList<SearchHit> &hits)
{
    auto select = connection.statement(
        u"SELECT p.channel, coalesce(p.thread, p.id), p.title, p.body, p.published, p.author FROM (SELECT n.id AS i FROM "_s
        + candidates
        + u" CROSS JOIN post n ON n.id = r >> 1 WHERE r & 1 = 1 AND n.is_shown = 1 AND (n.in_reply_to IS NULL "
          "OR EXISTS (SELECT 1 FROM post s WHERE s.id = n.thread AND s.is_shown = 1)) "
          "ORDER BY n.published DESC LIMIT ?) CROSS JOIN post p ON p.id = i"_s);
    select.run(expression, candidateLimit, limit);
    while (select.next()) {
        const auto text = select.text(2).isEmpty() ? select.text(3) : select.text(2) + u' ' + select.text(3);
        hits += SearchHit{
            select.integer(0), select.integer(1), true, Jid::fromTrusted(select.text(5)), text, select.time(4)};
    }
}

Future<QList<SearchHit>> SearchStore::search(const QString &words, ConversationId conversation, int limit)
{
    return m_database.run<QList<SearchHit>>([=](Connection &connection) -> Result<QList<SearchHit>> {
        QList<SearchHit> hits;
        const auto expression = matchExpression(words, conversation);
        if (expression.isEmpty()) {
            return hits;
        }
        indexWaiting(connection);
        addMessages(connection, expression, limit, hits);
        addPosts(connection, expression, limit, hits);
        std::stable_sort(hits.begin(), hits.end(), [](const auto &a, const auto &b) { return a.time > b.time; });
        hits.resize(std::min<qsizetype>(hits.size(), limit));
        for (auto &hit : hits) {
            hit.excerpt = excerptOf(hit.excerpt, words);
        }
        return hits;
    });
}

} // namespace cumulet
