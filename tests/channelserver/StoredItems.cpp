// The part of the store that holds items.
#include "Store.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static const QString columns =
    u"SELECT i.node, n.name, i.id, i.entry, i.author, i.content, i.reply_to, i.target, i.rating, i.created, "
    "i.updated, i.rank FROM item i JOIN node n ON n.key = i.node "_s;

static Item itemOf(const QSqlQuery &query)
{
    Item item;
    item.nodeKey = query.value(0).toLongLong();
    item.node = query.value(1).toString();
    item.id = query.value(2).toString();
    item.entry = query.value(3).toString();
    item.author = query.value(4).toString();
    item.content = query.value(5).toString();
    item.replyTo = query.value(6).toString();
    item.target = query.value(7).toString();
    item.rating = query.value(8).toDouble();
    item.created = query.value(9).toLongLong();
    item.updated = query.value(10).toLongLong();
    item.rank = query.value(11).toLongLong();
    return item;
}

static QList<Item> itemsOf(QSqlQuery &query)
{
    QList<Item> items;
    while (query.next())
        items.append(itemOf(query));
    return items;
}

static qint64 top(const Page &page)
{
    return page.below > 0 ? page.below : std::numeric_limits<qint64>::max();
}

std::optional<Item> Store::item(const Node &node, const QString &id)
{
    static const QString statement = columns + u"WHERE i.node = ? AND i.id = ?"_s;
    const auto found = itemsOf(m_database.run(statement, {node.key, id}));
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<Item> Store::items(const Node &node, const Page &page)
{
    static const QString where = columns + u"WHERE i.node = ? AND i.rank < ? AND i.rank > ? "_s;
    static const QString all = where + u"ORDER BY i.rank DESC LIMIT ?"_s;
    static const QString starts = where + u"AND i.reply_to IS NULL ORDER BY i.rank DESC LIMIT ?"_s;
    static const QString oldest = where + u"ORDER BY i.rank LIMIT ?"_s;
    static const QString oldestStarts = where + u"AND i.reply_to IS NULL ORDER BY i.rank LIMIT ?"_s;
    const auto &statement =
        page.oldestFirst ? (page.startsOnly ? oldestStarts : oldest) : (page.startsOnly ? starts : all);
    return itemsOf(m_database.run(statement, {node.key, top(page), page.above, page.max}));
}

int Store::countItems(const Node &node, bool startsOnly, qint64 since)
{
    const auto statement = startsOnly
        ? u"SELECT count(*) FROM item WHERE node = ? AND updated >= ? AND reply_to IS NULL"_s
        : u"SELECT count(*) FROM item WHERE node = ? AND updated >= ?"_s;
    return m_database.value(statement, {node.key, since}).toInt();
}

QList<Item> Store::replies(const Node &node, const QString &start, const Page &page)
{
    static const QString newest =
        columns + u"WHERE i.node = ? AND i.reply_to = ? AND i.rank < ? AND i.rank > ? ORDER BY i.rank DESC LIMIT ?"_s;
    auto replies = itemsOf(m_database.run(newest, {node.key, start, top(page), page.above, page.max}));
    if (page.oldestFirst)
        std::ranges::reverse(replies);
    return replies;
}

int Store::countReplies(const Node &node, const QString &start)
{
    return m_database.value(u"SELECT count(*) FROM item WHERE node = ? AND reply_to = ?"_s, {node.key, start}).toInt();
}

static QVariant orNull(const QString &text)
{
    return text.isNull() ? QVariant() : QVariant(text);
}

void Store::addItem(const Node &node, const Item &item, qint64 bumpTime)
{
    m_database.run(
        u"INSERT INTO item(node, id, entry, author, content, reply_to, target, rating, created, updated, rank) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {node.key, item.id, item.entry, item.author, item.content.isNull() ? u""_s : item.content, orNull(item.replyTo),
            orNull(item.target), item.rating, item.created, item.updated, nextRank()});
    if (!item.replyTo.isNull()) {
        m_database.run(u"UPDATE item SET updated = ?, rank = ? WHERE node = ? AND id = ?"_s,
            {bumpTime, nextRank(), node.key, item.replyTo});
    }
}

QStringList Store::removeItem(const Node &node, const Item &item)
{
    QStringList gone;
    auto &query =
        m_database.run(u"SELECT id FROM item WHERE node = ? AND reply_to = ? ORDER BY rank"_s, {node.key, item.id});
    while (query.next())
        gone.append(query.value(0).toString());
    gone.append(item.id);
    m_database.run(u"DELETE FROM item WHERE node = ? AND (id = ? OR reply_to = ?)"_s, {node.key, item.id, item.id});
    return gone;
}

void Store::removeItemsOf(const QString &author)
{
    m_database.run(u"DELETE FROM item WHERE author = ?"_s, {author});
}

bool Store::hasRated(const Node &node, const QString &target, const QString &author)
{
    return m_database
        .value(u"SELECT 1 FROM item WHERE node = ? AND target = ? AND author = ? AND rating > 0"_s,
            {node.key, target, author})
        .isValid();
}

QList<Item> Store::newest(const QList<Node> &nodes, qint64 since, int perNode, bool startsOnly)
{
    const auto statement = startsOnly
        ? u"SELECT id, rank FROM item WHERE node = ? AND updated >= ? AND reply_to IS NULL ORDER BY rank DESC LIMIT ?"_s
        : u"SELECT id, rank FROM item WHERE node = ? AND updated >= ? ORDER BY rank DESC LIMIT ?"_s;
    QList<Item> items;
    for (const auto &node : nodes) {
        auto &query = m_database.run(statement, {node.key, since, perNode});
        while (query.next()) {
            Item item;
            item.nodeKey = node.key;
            item.node = node.name;
            item.id = query.value(0).toString();
            item.rank = query.value(1).toLongLong();
            items.append(item);
        }
    }
    std::ranges::sort(items, std::ranges::greater{}, &Item::rank);
    return items;
}

void Store::loadEntry(Item &item)
{
    const Node node{item.nodeKey, item.node, {}};
    item = this->item(node, item.id).value_or(item);
}

} // namespace cumulet::channelserver
