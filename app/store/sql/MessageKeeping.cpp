#include "store/sql/MessageKeeping.h"

#include "store/sql/ConversationRows.h"
#include "store/sql/Fingerprint.h"
#include "store/sql/MessageOutbox.h"
#include "store/sql/NoticeKeeping.h"
#include "store/sql/SearchIndex.h"
#include "store/sql/Wording.h"

#include <QRandomGenerator>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int probes = 16;
static constexpr qint64 bodyLimit = 256 * 1024; // characters
static constexpr qint64 day = 24 * 60 * 60 * 1000; // ms
static constexpr qint64 justNow = 5000; // ms, from the wire to here
static constexpr qint64 clockDifference = 5 * 60 * 1000; // ms, between our clock and the archive's

MessageKeeping::MessageKeeping(Connection &connection, AccountId account)
    : m_connection(connection)
    , m_account(account)
{
    auto select = connection.statement(u"SELECT jid, added FROM account WHERE id = ?"_s);
    if (select.run(account) && select.next()) {
        m_self = Jid::fromTrusted(select.text(0));
        m_added = select.integer(1);
    }
}

void MessageKeeping::keep(const IncomingMessage &received)
{
    if (received.peer.isEmpty() || received.body.isEmpty() || m_self.isEmpty()) {
        return;
    }
    IncomingMessage message = received;
    message.time = plausibleTime(received.time);
    message.body.truncate(bodyLimit);
    auto &chat = chatOf(message.peer);
    if (!message.replaces.isEmpty()) {
        keepCorrection(chat, message);
    } else if (!(message.isOwn && adoptWrittenHere(chat, message)) && !adoptWithoutId(chat, message)) {
        insert(chat, message);
    }
}

MessageKeeping::Chat &MessageKeeping::chatOf(const Jid &peer)
{
    const auto known = m_chats.find(peer);
    if (known != m_chats.end()) {
        return *known;
    }
    Chat chat;
    chat.peer = peer.bare();
    chat.id = ensureConversation(m_connection, m_account, Conversation::Kind::Chat, peer);
    readPlaces(chat);
    return *m_chats.insert(peer, chat);
}

void MessageKeeping::readPlaces(Chat &chat)
{
    auto select = m_connection.statement(
        u"SELECT read_time, read_row, displayed_time, displayed_row, unread > 0, oldest_archived_time, "
        "EXISTS (SELECT 1 FROM wording WHERE conversation = c.id AND message IS NULL), "
        "EXISTS (SELECT 1 FROM notice WHERE conversation = c.id), "
        "(SELECT time FROM message WHERE conversation = c.id ORDER BY time DESC LIMIT 1) FROM conversation c WHERE id = ?"_s);
    if (select.run(chat.id) && select.next()) {
        chat.readUpTo = std::max(chat.readUpTo, Cursor{select.integer(0), select.integer(1)});
        chat.displayedUpTo = {select.integer(2), select.integer(3)};
        chat.hasUnread = select.flag(4);
        chat.oldestArchivedTime = select.integer(5);
        chat.awaitsCorrected = select.flag(6);
        chat.awaitsNoticed = select.flag(7);
        chat.newestTime = select.integer(8);
    }
}

bool MessageKeeping::isKnownArchiveId(const ArchiveId &archiveId)
{
    auto select = m_connection.statement(u"SELECT 1 FROM message WHERE account = ? AND archive_id = ?"_s);
    return !archiveId.isEmpty() && select.run(m_account, archiveId) && select.next();
}

bool MessageKeeping::adoptWrittenHere(Chat &chat, const IncomingMessage &message)
{
    QList<OriginId> ids{OriginId(message.messageId.text())};
    if (!message.originId.isEmpty() && message.originId != ids.first()) {
        ids += message.originId;
    }
    for (const auto &id : std::as_const(ids)) {
        const auto own = findWrittenHere(m_connection, m_account, id);
        if (own.row > 0 && own.conversation == chat.id) {
            if (isKnownArchiveId(message.archiveId)) {
                return true; // a repeat tells nothing new, also where the other side has refused it since
            }
            settleMessage(m_connection, m_account, id, message.archiveId, m_changes);
            if (!message.archiveId.isEmpty()) {
                noteArchived(chat, message);
            }
            return true;
        }
    }
    return false;
}

bool MessageKeeping::adoptWithoutId(Chat &chat, const IncomingMessage &message)
{
    if (!message.messageId.isEmpty() || message.archiveId.isEmpty() || isKnownArchiveId(message.archiveId)) {
        return false;
    }
    auto select = m_connection.statement(
        u"SELECT id FROM message WHERE conversation = ? AND time BETWEEN ? AND ? AND archive_id IS NULL "
        "AND message_id IS NULL AND (state > 0) = ? AND body = ? LIMIT 1"_s);
    const auto time = message.time.toMSecsSinceEpoch();
    if (!select.run(chat.id, time - clockDifference, time + clockDifference, message.isOwn, message.body)
        || !select.next()) {
        return false;
    }
    auto update = m_connection.statement(u"UPDATE message SET archive_id = ? WHERE id = ?"_s);
    update.run(message.archiveId, select.integer(0));
    noteArchived(chat, message);
    return true;
}

bool MessageKeeping::adoptRepeat(Chat &chat, const IncomingMessage &message, qint64 identity)
{
    auto select = m_connection.statement(
        u"SELECT id, conversation, message_id, body, archive_id, time, state > 0, (flags & 4) <> 0 FROM message "
        "WHERE account = ? AND identity = ?"_s);
    if (!select.run(m_account, identity) || !select.next()) {
        return false;
    }
    const bool isSame = select.integer(1) == chat.id && select.id<MessageId>(2) == message.messageId
        && select.flag(6) == message.isOwn && (select.flag(7) || select.text(3) == message.body);
    if (!isSame) {
        return false;
    }
    if (message.archiveId.isEmpty()) {
        // some clients begin to count their ids anew: the same id and text on another day is another message
        return qAbs(select.integer(5) - message.time.toMSecsSinceEpoch()) <= day;
    }
    if (!select.isNull(4)) {
        return select.id<ArchiveId>(4) == message.archiveId;
    }
    auto update = m_connection.statement(u"UPDATE message SET archive_id = ? WHERE id = ?"_s);
    update.run(message.archiveId, select.integer(0));
    noteArchived(chat, message);
    return true;
}

// What comes live stands below what is there, and after what was read, though the archive's clock may be ahead of ours.
static bool isJustNow(const IncomingMessage &message)
{
    return !message.isFromArchive
        && qAbs(message.time.toMSecsSinceEpoch() - QDateTime::currentMSecsSinceEpoch()) <= justNow;
}

void MessageKeeping::insert(Chat &chat, IncomingMessage message)
{
    if (isJustNow(message) && message.time.toMSecsSinceEpoch() < chat.newestTime) {
        message.time = QDateTime::fromMSecsSinceEpoch(chat.newestTime, QTimeZone::UTC);
    }
    const bool isUnread = countsAsUnread(chat, message);
    const auto stanza = stanzaKey(message.isOwn, chat.id, message.messageId.text());
    const auto time = message.messageId.isEmpty() ? message.time.toMSecsSinceEpoch() : 0;
    for (int probe = 0; probe <= probes; ++probe) {
        const auto content =
            probe < probes ? contentKey(chat.id, message.body, time, probe) : QRandomGenerator::global()->generate();
        const auto identity = identityOf(stanza, content);
        if (const auto row = insertRow(chat, message, identity, isUnread); row > 0) {
            afterInsert(chat, message, row, isUnread);
            return;
        }
        if ((probe == 0 && isKnownArchiveId(message.archiveId)) || adoptRepeat(chat, message, identity)) {
            return;
        }
    }
}

MessageRow MessageKeeping::insertRow(const Chat &chat, const IncomingMessage &message, qint64 identity, bool isUnread)
{
    const bool isSameOrigin = !message.originId.isEmpty() && message.originId.text() == message.messageId.text();
    const int flags = (message.wantsReceipt ? WantsReceipt : 0) | (message.isMarkable ? Markable : 0)
        | (isSameOrigin ? OriginIsMessageId : 0);
    // a row that is inserted later has the greater number: only an earlier time lies before the place
    const auto ownState =
        message.time.toMSecsSinceEpoch() < chat.displayedUpTo.time ? DeliveryState::Displayed : DeliveryState::Sent;
    auto insert = m_connection.statement(
        u"INSERT INTO message (account, conversation, time, identity, state, flags, is_unread, sender, message_id, "
        "origin_id, archive_id, body) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING"_s);
    insert.run(m_account, chat.id, message.time, identity, message.isOwn ? ownState : DeliveryState::Received, flags,
        isUnread, senderText(message.from, message.isOwn ? m_self : chat.peer), message.messageId,
        isSameOrigin ? OriginId() : message.originId, message.archiveId, message.body);
    return insert.changes() > 0 ? insert.insertedRow() : 0;
}

void MessageKeeping::afterInsert(Chat &chat, const IncomingMessage &message, MessageRow row, bool isUnread)
{
    const Cursor place{message.time.toMSecsSinceEpoch(), row};
    indexSoon(m_connection, row, false);
    m_changes.insert(chat.id, place);
    chat.newestTime = std::max(chat.newestTime, place.time);
    if (!message.archiveId.isEmpty()) {
        noteArchived(chat, message);
    }
    if (isUnread || (!message.isOwn && !message.isFromArchive)) {
        chat.hasUnread = chat.hasUnread || isUnread;
        m_changes.addFresh(row, isUnread); // not unread: came late, in the middle of what was read
    } else if (message.isFromArchive && !chat.hasUnread && place.time <= m_added && place > chat.readUpTo) {
        chat.readUpTo = place;
        chat.isReadingMoved = true;
    }
    if (chat.awaitsCorrected && !message.messageId.isEmpty()
        && claimWordings(m_connection, chat.id, message.isOwn, message.messageId, row)) {
        showNewestWording(m_connection, row);
    }
    if (chat.awaitsNoticed && !message.messageId.isEmpty()) {
        applyWaitingNotice(m_connection, chat.id, message.isOwn, message.messageId, row, m_changes);
        readPlaces(chat);
    }
}

// What was in the archive before the account came to this profile was read elsewhere; without this rule
// the first login would show years of unread messages.
bool MessageKeeping::countsAsUnread(const Chat &chat, const IncomingMessage &message) const
{
    if (message.isOwn) {
        return false;
    }
    const auto time = message.time.toMSecsSinceEpoch();
    return time >= chat.readUpTo.time && (!message.isFromArchive || time > m_added);
}

void MessageKeeping::noteArchived(Chat &chat, const IncomingMessage &message)
{
    const auto time = message.time.toMSecsSinceEpoch();
    if (chat.oldestArchivedTime > 0 && chat.oldestArchivedTime <= time) {
        return;
    }
    chat.oldestArchivedTime = time;
    auto update =
        m_connection.statement(u"UPDATE conversation SET oldest_archived = ?, oldest_archived_time = ? WHERE id = ?"_s);
    update.run(message.archiveId, time, chat.id);
}

void MessageKeeping::keepCorrection(Chat &chat, const IncomingMessage &message)
{
    const Correction correction{
        chat.id, message.isOwn, message.replaces, message.messageId, message.body, message.time};
    // XEP-0308 section 3: only what the same sender wrote
    const auto target = findByStanzaId(m_connection, m_account, chat.id, message.isOwn, message.replaces);
    const bool isNew = keepWording(m_connection, correction, target) > 0;
    if (message.isOwn) {
        settleCorrection(m_connection, m_account, OriginId(message.messageId.text()), m_changes);
    }
    if (!isNew) {
        return;
    }
    if (target == 0) {
        chat.awaitsCorrected = true;
    } else if (showNewestWording(m_connection, target)) {
        m_changes.change(chat.id, target);
    }
}

MessageChanges MessageKeeping::finish()
{
    for (const auto &chat : std::as_const(m_chats)) {
        if (chat.isReadingMoved) {
            advanceReading(m_connection, chat.id, chat.readUpTo);
        }
        if (chat.awaitsCorrected) {
            limitWaitingWordings(m_connection, chat.id);
        }
    }
    indexIfMany(m_connection);
    return m_changes.finish(m_connection);
}

} // namespace cumulet
