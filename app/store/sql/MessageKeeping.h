#pragma once

#include "domain/Message.h"
#include "store/MessageChanges.h"
#include "store/sql/Connection.h"
#include "store/sql/MessageRows.h"

#include <QHash>

namespace cumulet {

/// Keeps messages from the network within one transaction. Every repeat ends at a unique key of table message.
class MessageKeeping
{
public:
    MessageKeeping(Connection &connection, AccountId account);

    void keep(const IncomingMessage &message);
    MessageChanges finish();

private:
    // what is known of a conversation while the messages of one transaction are kept
    struct Chat
    {
        ConversationId id = 0;
        Jid peer;
        Cursor readUpTo;
        Cursor displayedUpTo; // by the other side
        bool hasUnread = false;
        bool awaitsCorrected = false; // corrections wait for their message
        bool awaitsNoticed = false; // receipts or markers do
        qint64 oldestArchivedTime = 0;
        qint64 newestTime = 0;
        bool isReadingMoved = false;
    };
    Chat &chatOf(const Jid &peer);
    void readPlaces(Chat &chat);

    bool isKnownArchiveId(const ArchiveId &archiveId);
    /// Our own message that this program wrote came back.
    bool adoptWrittenHere(Chat &chat, const IncomingMessage &message);
    /// A row without stanza id and archive id of that text and about that time takes the archive id.
    bool adoptWithoutId(Chat &chat, const IncomingMessage &message);
    /// True: the row with that identity is this message.
    bool adoptRepeat(Chat &chat, const IncomingMessage &message, qint64 identity);
    void keepCorrection(Chat &chat, const IncomingMessage &message);
    void insert(Chat &chat, IncomingMessage message);
    MessageRow insertRow(const Chat &chat, const IncomingMessage &message, qint64 identity, bool isUnread);
    void afterInsert(Chat &chat, const IncomingMessage &message, MessageRow row, bool isUnread);
    void noteArchived(Chat &chat, const IncomingMessage &message);
    bool countsAsUnread(const Chat &chat, const IncomingMessage &message) const;

    Connection &m_connection;
    AccountId m_account;
    Jid m_self;
    qint64 m_added = 0; // when the account was added; see countsAsUnread()
    QHash<Jid, Chat> m_chats;
    MessageChangeList m_changes;
};

} // namespace cumulet
