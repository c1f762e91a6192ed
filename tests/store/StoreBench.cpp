#include "StoreBench.h"

using namespace Qt::StringLiterals;

namespace cumulet::tests {

StoreBench::StoreBench()
{
    reopen();
    Account own;
    own.jid = self;
    account = valueOf(accounts->save(own)).id;
    m_start = QDateTime::currentDateTimeUtc();
}

StoreBench::~StoreBench() = default;

void StoreBench::reopen()
{
    database.reset(); // finishes its jobs and closes the file
    database = std::make_unique<Database>();
    const auto opened = answerOf(database->open(file()));
    QVERIFY(opened && opened->obstacle == Database::Obstacle::None);
    accounts = std::make_unique<AccountStore>(*database);
    rosters = std::make_unique<RosterStore>(*database);
    conversations = std::make_unique<ConversationStore>(*database);
    chats = std::make_unique<MessageStore>(*database);
    channels = std::make_unique<ChannelStore>(*database);
    feeds = std::make_unique<FeedStore>(*database);
    search = std::make_unique<SearchStore>(*database);
    preferences = std::make_unique<PreferenceStore>(*database);
}

qint64 StoreBench::ask(const QString &sql)
{
    return valueOf(
        database->run<qint64>([sql](Connection &connection) -> Result<qint64> { return connection.ask(sql); }));
}

static QStringList rowsOf(Connection &connection, const QString &sql, int columns)
{
    QStringList rows;
    auto select = connection.statement(sql);
    select.run();
    while (select.next()) {
        QStringList cells;
        for (int i = 0; i < columns; ++i) {
            cells += select.isNull(i) ? u"NULL"_s : select.text(i);
        }
        rows += cells.join(u'|');
    }
    return rows;
}

QStringList StoreBench::content(bool withRowIds)
{
    return valueOf(database->run<QStringList>([withRowIds](Connection &connection) -> Result<QStringList> {
        QStringList rows;
        const auto id = withRowIds ? u"id"_s : u"0"_s;
        rows += rowsOf(connection,
            u"SELECT %1, conversation, time, state, flags, is_unread, sender, hex(message_id), "
            "hex(archive_id), body FROM message ORDER BY time, message_id, archive_id"_s.arg(id),
            10);
        rows += rowsOf(connection,
            u"SELECT %1, jid, is_followed, is_hidden, last_activity, preview, preview_state, "
            "unread, mentions, read_time FROM conversation ORDER BY jid"_s.arg(id),
            10);
        rows += rowsOf(connection,
            u"SELECT hex(replaces), hex(message_id), body, message IS NULL FROM wording "
            "ORDER BY replaces, time, message_id"_s,
            4);
        rows += rowsOf(connection, u"SELECT hex(origin_id), state, body FROM outbox ORDER BY id"_s, 3);
        rows += rowsOf(connection,
            u"SELECT %1, channel, item, in_reply_to, author, body, published, updated, state, "
            "is_shown, is_unread, is_mention, last_activity, comments FROM post "
            "ORDER BY published, item"_s.arg(id),
            14);
        rows += rowsOf(connection, u"SELECT post, is_retraction, state FROM post_outbox ORDER BY id"_s, 3);
        return rows;
    }));
}

ConversationId StoreBench::chatWith(const Jid &peer)
{
    return valueOf(conversations->ensure(account, Conversation::Kind::Chat, peer)).id;
}

IncomingMessage StoreBench::message(const QString &id, const QString &body, int seconds) const
{
    IncomingMessage message;
    message.peer = juliet;
    message.from = juliet.withResource(u"balcony"_s);
    message.messageId = MessageId(id);
    message.body = body;
    message.time = at(seconds);
    return message;
}

IncomingMessage StoreBench::archived(IncomingMessage message, const QString &archiveId)
{
    message.isFromArchive = true;
    message.archiveId = ArchiveId(archiveId);
    return message;
}

IncomingMessage StoreBench::own(const QString &id, const QString &body, int seconds) const
{
    auto own = message(id, body, seconds);
    own.from = self.withResource(u"phone"_s);
    own.isOwn = true;
    return own;
}

IncomingMessage StoreBench::correction(
    const QString &id, const QString &replaces, const QString &body, int seconds) const
{
    auto correction = message(id, body, seconds);
    correction.replaces = MessageId(replaces);
    return correction;
}

Post StoreBench::post(const QString &item, const QString &body, int seconds, const QString &inReplyTo) const
{
    Post post;
    post.node = node;
    post.item = ItemId::fromWire(item);
    post.inReplyTo = ItemId::fromWire(inReplyTo);
    post.author = juliet;
    post.body = body;
    post.published = at(seconds);
    post.updated = at(seconds);
    return post;
}

QList<Message> StoreBench::messages(ConversationId chat)
{
    return valueOf(chats->page(chat, {{}, PageRequest::Before, 1000})).rows;
}

} // namespace cumulet::tests
