#include "store/sql/PostHolding.h"

#include "store/sql/ChannelRows.h"
#include "store/sql/PostOutbox.h"

using namespace Qt::StringLiterals;

namespace cumulet {

Result<TakenBack> takeBackPost(Connection &connection, PostRow row, PostChangeList &changes)
{
    auto select = connection.statement(
        u"SELECT p.channel, coalesce(p.thread, 0), p.in_reply_to, p.target, coalesce(o.is_retraction, 0) "
        "FROM post p LEFT JOIN post_outbox o ON o.post = p.id WHERE p.id = ?"_s);
    if (!select.run(row) || !select.next()) {
        return Error{ErrorKind::NotFound, u"no such post"_s};
    }
    const auto channel = select.integer(0);
    TakenBack taken;
    taken.node = nodeOf(connection, channel);
    taken.thread = select.integer(1);
    taken.inReplyTo = ItemId::fromWire(select.text(2));
    taken.target = ItemId::fromWire(select.text(3));
    taken.isDeletion = select.flag(4);
    const auto text = discardPost(connection, row, true, changes);
    if (!text) {
        return text.error();
    }
    taken.text = *text;
    if (!taken.text.isEmpty()) {
        connection
            .statement(u"INSERT INTO draft (conversation, thread, text) VALUES (?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET text = text || char(10) || excluded.text"_s)
            .run(channel, taken.inReplyTo.text(), taken.text);
    }
    return taken;
}

void releasePosts(Connection &connection, AccountId account, PostChangeList &changes)
{
    auto select = connection.statement(
        u"SELECT p.id, p.channel, coalesce(p.thread, p.id) FROM post_outbox o JOIN post p ON p.id = o.post "
        "WHERE o.account = ? AND o.not_before > 0 AND o.is_retraction = 0"_s);
    auto touch = connection.statement(u"UPDATE post SET revision = revision + 1 WHERE id = ?"_s);
    select.run(account);
    while (select.next()) {
        touch.run(select.integer(0));
        changes.changeThread(select.integer(1), select.integer(2));
    }
    connection.statement(u"UPDATE post_outbox SET not_before = 0 WHERE account = ? AND not_before > 0"_s).run(account);
}

} // namespace cumulet
