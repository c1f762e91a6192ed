#include "store/sql/NodeLines.h"

using namespace Qt::StringLiterals;

namespace cumulet {

NodeLine readNodeLine(Connection &connection, AccountId account, const NodeId &node)
{
    NodeLine line;
    line.node = node;
    auto select = connection.statement(u"SELECT coalesce(waiting, text), published, waiting IS NOT NULL FROM node_line "
                                       "WHERE account = ? AND node = ?"_s);
    if (select.run(account, node.text()) && select.next()) {
        line.text = select.text(0);
        line.published = select.time(1);
        line.isWaiting = select.flag(2);
    }
    return line;
}

bool writeNodeLine(Connection &connection, AccountId account, const NodeLine &line)
{
    auto write = connection.statement(
        u"INSERT INTO node_line (account, node, text, published) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET text = excluded.text, published = excluded.published "
        "WHERE (published IS NULL OR published <= excluded.published) AND text <> excluded.text"_s);
    write.run(account, line.node.text(), line.text, line.published);
    return write.changes() > 0;
}

void writeWaitingLine(Connection &connection, AccountId account, const NodeId &node, const QString &text)
{
    auto write = connection.statement(u"INSERT INTO node_line (account, node, text, waiting) VALUES (?, ?, '', ?) "
                                      "ON CONFLICT DO UPDATE SET waiting = excluded.waiting"_s);
    write.run(account, node.text(), text);
}

void settleWaitingLine(Connection &connection, AccountId account, const NodeLine &taken)
{
    auto settle = connection.statement(
        u"UPDATE node_line SET text = ?, published = ?, waiting = nullif(waiting, ?) WHERE account = ? AND node = ?"_s);
    settle.run(taken.text, taken.published, taken.text, account, taken.node.text());
}

} // namespace cumulet
