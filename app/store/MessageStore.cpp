#include "store/MessageStore.h"

#include "store/Database.h"
#include "store/sql/ConversationRows.h"
#include "store/sql/MessageKeeping.h"
#include "store/sql/MessageOutbox.h"
#include "store/sql/MessageRows.h"
#include "store/sql/NoticeKeeping.h"

using namespace Qt::StringLiterals;

namespace cumulet {

Future<MessageChanges> MessageStore::keep(
    AccountId account, const QList<IncomingMessage> &messages, const ArchiveProgress &progress)
{
    return m_database.run<MessageChanges>([=](Connection &connection) -> Result<MessageChanges> {
        MessageKeeping keeping(connection, account);
        for (const auto &message : messages) {
            keeping.keep(message);
        }
        if (progress.isKnown()) {
            connection.statement(u"UPDATE account SET archive_newest = ? WHERE id = ?"_s).run(progress.newest, account);
        }
        return keeping.finish();
    });
}

Future<MessageChanges> MessageStore::keepNotices(AccountId account, const QList<DeliveryNotice> &notices)
{
    return m_database.run<MessageChanges>([=](Connection &connection) -> Result<MessageChanges> {
        MessageChangeList changes;
        for (const auto &notice : notices) {
            keepNotice(connection, account, notice, changes);
        }
        return changes.finish(connection);
    });
}

Future<Page<Message>> MessageStore::page(ConversationId conversation, const PageRequest &request)
{
    return m_database.run<Page<Message>>([=](Connection &connection) -> Result<Page<Message>> {
        return MessageReader(connection).page(conversation, request);
    });
}

Future<Page<Message>> MessageStore::pageAround(ConversationId conversation, const Cursor &place, int limit)
{
    return m_database.run<Page<Message>>([=](Connection &connection) -> Result<Page<Message>> {
        return MessageReader(connection).pageAround(conversation, place, limit);
    });
}

Future<QList<Message>> MessageStore::messages(const QList<MessageRow> &rows)
{
    return m_database.run<QList<Message>>(
        [=](Connection &connection) -> Result<QList<Message>> { return MessageReader(connection).messages(rows); });
}

Future<Cursor> MessageStore::cursorOf(MessageRow row)
{
    return m_database.run<Cursor>([=](Connection &connection) -> Result<Cursor> {
        if (const auto place = placeOfMessage(connection, row)) {
            return *place;
        }
        return Error{ErrorKind::NotFound, u"no such message"_s};
    });
}

Future<MessageChanges> MessageStore::enqueue(
    AccountId account, ConversationId conversation, const OriginId &originId, const QString &body, MessageRow corrects)
{
    return m_database.run<MessageChanges>(
        [=](Connection &connection) -> Result<MessageChanges> {
            MessageChangeList changes;
            const auto done = enqueueMessage(connection, account, conversation, originId, body, corrects, changes);
            if (!done) {
                return done.error();
            }
            return changes.finish(connection);
        },
        Database::Safety::Power);
}

Future<QList<MessageStore::Waiting>> MessageStore::outbox(AccountId account)
{
    return m_database.run<QList<Waiting>>(
        [=](Connection &connection) -> Result<QList<Waiting>> { return waitingMessages(connection, account); });
}

Future<MessageChanges> MessageStore::setState(
    AccountId account, const OriginId &originId, DeliveryState state, const Error &error)
{
    return m_database.run<MessageChanges>([=](Connection &connection) -> Result<MessageChanges> {
        MessageChangeList changes;
        setMessageState(connection, account, originId, state, error, changes);
        return changes.finish(connection);
    });
}

Future<MessageChanges> MessageStore::settle(AccountId account, const OriginId &originId, const ArchiveId &archiveId)
{
    return m_database.run<MessageChanges>([=](Connection &connection) -> Result<MessageChanges> {
        MessageChangeList changes;
        settleMessage(connection, account, originId, archiveId, changes);
        return changes.finish(connection);
    });
}

Future<QList<OriginId>> MessageStore::failed(MessageRow row)
{
    return m_database.run<QList<OriginId>>(
        [=](Connection &connection) -> Result<QList<OriginId>> { return failedMessages(connection, row); });
}

Future<QString> MessageStore::discard(MessageRow row)
{
    return m_database.run<QString>([=](Connection &connection) { return discardMessage(connection, row); });
}

Future<ArchiveProgress> MessageStore::archiveProgress(AccountId account)
{
    return m_database.run<ArchiveProgress>([=](Connection &connection) -> Result<ArchiveProgress> {
        auto select = connection.statement(u"SELECT archive_newest FROM account WHERE id = ?"_s);
        return select.run(account) && select.next() ? ArchiveProgress{select.id<ArchiveId>(0)} : ArchiveProgress{};
    });
}

Future<QList<ArchiveGap>> MessageStore::gaps(AccountId account)
{
    return m_database.run<QList<ArchiveGap>>([=](Connection &connection) -> Result<QList<ArchiveGap>> {
        auto select =
            connection.statement(u"SELECT id, after, before, until FROM archive_gap WHERE account = ? ORDER BY id"_s);
        QList<ArchiveGap> gaps;
        select.run(account);
        while (select.next()) {
            gaps += ArchiveGap{select.integer(0), select.id<ArchiveId>(1), select.id<ArchiveId>(2), select.time(3)};
        }
        return gaps;
    });
}

Future<Done> MessageStore::keepGap(AccountId account, const ArchiveGap &gap)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        auto keep = connection.statement(
            u"INSERT INTO archive_gap (id, account, after, before, until) VALUES (nullif(?, 0), ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET after = excluded.after, before = excluded.before, until = excluded.until "
            "WHERE account = excluded.account"_s);
        keep.run(gap.id, account, gap.after, gap.before, gap.until);
        return Done{};
    });
}

Future<Done> MessageStore::removeGap(qint64 gap)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM archive_gap WHERE id = ?"_s).run(gap);
        return Done{};
    });
}

Future<ConversationHistory> MessageStore::history(ConversationId conversation)
{
    return m_database.run<ConversationHistory>([=](Connection &connection) -> Result<ConversationHistory> {
        auto select = connection.statement(u"SELECT oldest_archived, oldest_archived_time, is_history_complete "
                                           "FROM conversation WHERE id = ?"_s);
        return select.run(conversation) && select.next()
            ? ConversationHistory{select.id<ArchiveId>(0), select.time(1), select.flag(2)}
            : ConversationHistory{};
    });
}

Future<Done> MessageStore::setHistoryComplete(ConversationId conversation)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"UPDATE conversation SET is_history_complete = 1 WHERE id = ?"_s).run(conversation);
        return Done{};
    });
}

} // namespace cumulet
