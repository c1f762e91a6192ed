#pragma once

#include "domain/Message.h"
#include "domain/Paging.h"
#include "store/MessageChanges.h"
#include "store/sql/Connection.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace cumulet {

/// Bits of message.flags. Stored: never renumber.
enum MessageFlag {
    WantsReceipt = 1,
    Markable = 2,
    Corrected = 4,
    OriginIsMessageId = 8, ///< origin_id is NULL, and the same as message_id
    WrittenHere = 16, ///< by this program: only such rows are settled by their origin id
};

/// The texts that message.sender and back: only what differs from whom one expects is stored.
QString senderText(const Jid &sender, const Jid &expected);
Jid senderFrom(const QString &text, const Jid &expected);

/// Reads rows of table message.
class MessageReader
{
public:
    explicit MessageReader(Connection &connection)
        : m_connection(connection)
    {
    }

    std::optional<Message> message(MessageRow row);
    /// In the order of rows; those that are gone are left out.
    QList<Message> messages(const QList<MessageRow> &rows);
    Page<Message> page(ConversationId conversation, const PageRequest &request);
    Page<Message> pageAround(ConversationId conversation, const Cursor &place, int limit);

private:
    struct Parties
    {
        Jid peer;
        Jid self;
    };
    const Parties &partiesOf(ConversationId conversation);
    Message read(const Statement &row);
    Error errorOf(MessageRow row);
    QList<Message> readBefore(ConversationId conversation, const Cursor &place, int limit);
    QList<Message> readAfter(ConversationId conversation, const Cursor &place, int limit);

    Connection &m_connection;
    QHash<ConversationId, Parties> m_parties;
};

std::optional<Cursor> placeOfMessage(Connection &connection, MessageRow row);

/// The newest message of that stanza id from us or from the peer of that conversation; 0: none.
MessageRow findByStanzaId(
    Connection &connection, AccountId account, ConversationId conversation, bool isOwn, const MessageId &id);
/// The message that this program wrote under that id.
struct WrittenHereRow
{
    MessageRow row = 0;
    ConversationId conversation = 0;
    DeliveryState state = DeliveryState::Received;
};
WrittenHereRow findWrittenHere(Connection &connection, AccountId account, const OriginId &originId);

/// Collects what one transaction changed, and tells it once, in order.
class MessageChangeList
{
public:
    void insert(ConversationId conversation, const Cursor &place);
    void change(ConversationId conversation, MessageRow row);
    void touch(ConversationId conversation); ///< only its entry in the list
    /// isUnread: only if it still is in the end, since a marker may have waited for it.
    void addFresh(MessageRow row, bool isUnread) { m_fresh.append({row, isUnread}); }

    /// Brings the entries of the list up to date and gives the changes.
    MessageChanges finish(Connection &connection) const;

private:
    struct OfConversation
    {
        QList<Cursor> inserted;
        QList<MessageRow> changed;
        QSet<MessageRow> known; ///< all of the above
    };
    QMap<ConversationId, OfConversation> m_conversations;
    QList<std::pair<MessageRow, bool>> m_fresh;
};

} // namespace cumulet
