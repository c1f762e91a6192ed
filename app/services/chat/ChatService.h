#pragma once

#include "domain/Async.h"
#include "domain/Conversation.h"
#include "domain/Message.h"
#include "domain/Paging.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace cumulet {

class ArchiveWire;
class ChatWire;
class ConversationStore;
class MessageStore;
class RosterService;

/// One-to-one chats of an account. What is on the screen is what is in the database: everything that comes or is written
/// is stored first, then told.
class ChatService : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        AccountId account = 0;
        Jid ownJid;
        ChatWire &wire;
        ArchiveWire &archive;
        MessageStore &messages;
        ConversationStore &conversations;
        RosterService &roster; ///< receipts and typing go to contacts only
    };
    explicit ChatService(const Parts &parts, QObject *parent = nullptr);
    ~ChatService() override;

    /// Rows of a conversation, from the database.
    Future<Page<Message>> page(ConversationId conversation, const PageRequest &request);
    Future<Page<Message>> pageAround(ConversationId conversation, MessageRow row, int limit);
    Future<QList<Message>> messages(const QList<MessageRow> &rows);
    /// Asks the archive for what is older than the oldest stored row, when the stored rows are used up.
    /// Done when stored; the rows arrive as messagesChanged(). NotFound: there is nothing older.
    Future<Done> fetchOlder(ConversationId conversation);

    /// Writes it to the outbox and sends it as soon as possible. corrects: the row it replaces (XEP-0308), or 0.
    Future<Done> send(ConversationId conversation, const QString &body, MessageRow corrects = 0);
    Future<Done> retry(MessageRow row);
    /// Takes it out of the outbox; gives its text back, for editing.
    Future<QString> discard(MessageRow row);
    /// The newest message of ours in a conversation, if it may be corrected (sent or waiting, not older than a day).
    Future<Message> lastCorrectable(ConversationId conversation);

    /// The user typed in a composer; chat states follow by themselves (XEP-0085, paused after 5 s).
    void noteTyping(ConversationId conversation, bool isEmpty);
    ChatState chatStateOf(const Jid &peer) const { return m_chatStates.value(peer.bare(), ChatState::None); }
    /// These messages were seen: read position forward, marker to contacts (XEP-0333).
    void markSeen(ConversationId conversation, const Message &newest);

    /// After each login that did not resume: catch up by the archive, settle what has an unknown outcome, then send what
    /// waits. Also called with resumed = true: only sends what waits.
    Future<Done> start(bool resumed);
    /// The stream is gone: typing states are void; handed-over messages stay of unknown outcome.
    void stop();
    /// How many messages wait to be sent.
    int waiting() const;

Q_SIGNALS:
    void messagesChanged(cumulet::ConversationId conversation, const QList<cumulet::MessageRow> &inserted,
        const QList<cumulet::MessageRow> &changed);
    /// Entries of the list that changed: preview, counters, draft.
    void conversationsChanged(const QList<cumulet::ConversationId> &conversations);
    /// Others' messages that are new and unread, live or caught up.
    void arrived(const QList<cumulet::Message> &messages);
    void chatStateChanged(const cumulet::Jid &peer, cumulet::ChatState state);
    void waitingChanged();
    void failed(const cumulet::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
    QHash<Jid, ChatState> m_chatStates;
};

} // namespace cumulet
