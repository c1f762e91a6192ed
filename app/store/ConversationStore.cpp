#include "store/ConversationStore.h"

#include "store/Database.h"
#include "store/sql/ConversationRows.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static Result<Conversation> entryOrError(Connection &connection, ConversationId id)
{
    if (auto entry = conversationEntry(connection, id)) {
        return *entry;
    }
    return Error{ErrorKind::NotFound, u"no such conversation"_s};
}

Future<QList<Conversation>> ConversationStore::list(int limit)
{
    return m_database.run<QList<Conversation>>([limit](Connection &connection) -> Result<QList<Conversation>> {
        return listedConversations(connection, limit);
    });
}

Future<QList<Conversation>> ConversationStore::entries(const QList<ConversationId> &ids)
{
    return m_database.run<QList<Conversation>>([ids](Connection &connection) -> Result<QList<Conversation>> {
        QList<Conversation> entries;
        for (const auto id : ids) {
            if (isListed(connection, id)) {
                entries += conversationEntry(connection, id).value_or(Conversation());
            }
        }
        return entries;
    });
}

Future<Conversation> ConversationStore::entry(ConversationId id)
{
    return m_database.run<Conversation>([id](Connection &connection) { return entryOrError(connection, id); });
}

Future<Conversation> ConversationStore::ensure(AccountId account, Conversation::Kind kind, const Jid &jid)
{
    return m_database.run<Conversation>([=](Connection &connection) -> Result<Conversation> {
        if (jid.isEmpty() || ownJidOf(connection, account).isEmpty()) {
            return Error{ErrorKind::NotFound, u"no such account, or no address"_s};
        }
        const auto id = ensureConversation(connection, account, kind, jid);
        // a chat that was just opened stands at the top, until something older is found in it
        auto show = connection.statement(u"UPDATE conversation SET is_hidden = 0, last_activity = CASE "
                                         "WHEN kind = 0 AND last_activity = 0 THEN ? ELSE last_activity END "
                                         "WHERE id = ?"_s);
        show.run(QDateTime::currentMSecsSinceEpoch(), id);
        return entryOrError(connection, id);
    });
}

Future<Done> ConversationStore::setHidden(ConversationId id, bool hidden)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE conversation SET is_hidden = ? WHERE id = ?"_s).run(hidden, id);
        return Done{};
    });
}

Future<Done> ConversationStore::setNotices(ConversationId id, Conversation::Notices notices)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE conversation SET notices = ? WHERE id = ?"_s).run(notices, id);
        return Done{};
    });
}

Future<Done> ConversationStore::setInHome(ConversationId id, bool isInHome)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE conversation SET is_in_home = ? WHERE id = ?"_s).run(isInHome, id);
        return Done{};
    });
}

Future<Conversation> ConversationStore::markRead(ConversationId id, const Cursor &upTo)
{
    return m_database.run<Conversation>([=](Connection &connection) {
        advanceReading(connection, id, upTo);
        return entryOrError(connection, id);
    });
}

Future<Cursor> ConversationStore::newestUnread(ConversationId id)
{
    return m_database.run<Cursor>([id](Connection &connection) -> Result<Cursor> {
        for (const auto &newest :
            {u"SELECT time, id FROM message WHERE conversation = ? AND is_unread = 1 ORDER BY time DESC, id DESC LIMIT 1"_s,
                u"SELECT published, id FROM post WHERE channel = ? AND is_unread = 1 ORDER BY published DESC LIMIT 1"_s}) {
            auto select = connection.statement(newest);
            if (select.run(id) && select.next()) {
                return Cursor{select.integer(0), select.integer(1)};
            }
        }
        return Cursor{};
    });
}

Future<Cursor> ConversationStore::readPosition(ConversationId id)
{
    return m_database.run<Cursor>([id](Connection &connection) -> Result<Cursor> {
        auto select = connection.statement(u"SELECT read_time, read_row FROM conversation WHERE id = ?"_s);
        return select.run(id) && select.next() ? Cursor{select.integer(0), select.integer(1)} : Cursor{};
    });
}

Future<Done> ConversationStore::setDraft(ConversationId id, const ItemId &thread, const QString &text)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        if (text.isEmpty()) {
            connection.statement(u"DELETE FROM draft WHERE conversation = ? AND thread = ?"_s).run(id, thread.text());
        } else {
            connection
                .statement(u"INSERT INTO draft (conversation, thread, text) VALUES (?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET text = excluded.text"_s)
                .run(id, thread.text(), text);
        }
        return Done{};
    });
}

Future<QString> ConversationStore::draft(ConversationId id, const ItemId &thread)
{
    return m_database.run<QString>([=](Connection &connection) -> Result<QString> {
        auto select = connection.statement(u"SELECT text FROM draft WHERE conversation = ? AND thread = ?"_s);
        return select.run(id, thread.text()) && select.next() ? select.text(0) : QString();
    });
}

Future<QHash<ItemId, QString>> ConversationStore::commentDrafts(ConversationId id)
{
    using Drafts = QHash<ItemId, QString>;
    return m_database.run<Drafts>([=](Connection &connection) -> Result<Drafts> {
        Drafts drafts;
        auto select = connection.statement(u"SELECT thread, text FROM draft WHERE conversation = ? AND thread > ''"_s);
        select.run(id);
        while (select.next()) {
            drafts.insert(ItemId::fromWire(select.text(0)), select.text(1));
        }
        return drafts;
    });
}

Future<Done> ConversationStore::appendDraft(ConversationId id, const QString &text)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        auto append = connection.statement(u"INSERT INTO draft (conversation, thread, text) VALUES (?, '', ?) "
                                           "ON CONFLICT DO UPDATE SET text = text || char(10) || excluded.text"_s);
        append.run(id, text);
        return Done{};
    });
}

Future<Done> ConversationStore::setAnchor(ConversationId id, const QString &anchor)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE conversation SET anchor = ? WHERE id = ?"_s).run(anchor, id);
        return Done{};
    });
}

Future<QString> ConversationStore::anchor(ConversationId id)
{
    return m_database.run<QString>([id](Connection &connection) -> Result<QString> {
        auto select = connection.statement(u"SELECT anchor FROM conversation WHERE id = ?"_s);
        return select.run(id) && select.next() ? select.text(0) : QString();
    });
}

} // namespace cumulet
