#include "store/sql/PostComparison.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int mostRows = 1000;

QList<ItemId> threadsWithout(
    Connection &connection, ConversationId channel, const QSet<ItemId> &present, const QDateTime &from, qsizetype most)
{
    QList<ItemId> threads;
    const auto suspect = [&](const ItemId &item, const ItemId &thread) {
        if (!present.contains(item) && !thread.isEmpty() && !threads.contains(thread) && threads.size() < most) {
            threads += thread;
        }
    };
    const auto time = from.isValid() ? from.toMSecsSinceEpoch() : 0;
    auto starts = connection.statement(
        u"SELECT item FROM post WHERE channel = ? AND in_reply_to IS NULL AND is_shown = 1 AND last_activity > ? "
        "AND item IS NOT NULL ORDER BY last_activity DESC LIMIT ?"_s);
    starts.run(channel, time, mostRows);
    while (starts.next()) {
        const auto item = ItemId::fromWire(starts.text(0));
        suspect(item, item);
    }
    auto comments =
        connection.statement(u"SELECT c.item, s.item FROM post c JOIN post s ON s.id = c.thread "
                             "WHERE c.channel = ? AND c.in_reply_to IS NOT NULL AND c.published > ? AND c.is_shown = 1 "
                             "AND c.item IS NOT NULL ORDER BY c.published DESC LIMIT ?"_s);
    comments.run(channel, time, mostRows);
    while (comments.next()) {
        suspect(ItemId::fromWire(comments.text(0)), ItemId::fromWire(comments.text(1)));
    }
    return threads;
}

QList<ItemId> itemsOfThread(Connection &connection, ConversationId channel, const ItemId &start)
{
    QList<ItemId> items;
    auto first =
        connection.statement(u"SELECT id, NOT EXISTS (SELECT 1 FROM post_outbox WHERE post = post.id) FROM post "
                             "WHERE channel = ? AND item = ? AND in_reply_to IS NULL"_s);
    if (start.isEmpty() || !first.run(channel, start) || !first.next()) {
        return items;
    }
    if (first.flag(1)) {
        items += start;
    }
    auto comments =
        connection.statement(u"SELECT item FROM post WHERE thread = ? AND in_reply_to = ? AND item IS NOT NULL "
                             "AND NOT EXISTS (SELECT 1 FROM post_outbox WHERE post = post.id)"_s);
    comments.run(first.integer(0), start);
    while (comments.next()) {
        items += ItemId::fromWire(comments.text(0));
    }
    return items;
}

} // namespace cumulet
