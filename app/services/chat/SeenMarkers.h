#pragma once

#include "domain/Message.h"

#include <QHash>
#include <QObject>

namespace cumulet {

class ChatWire;
class ConversationStore;
class MessageStore;
class RosterService;

/// What was seen: moves the read position forward and tells contacts (XEP-0333, once per message). Without a connection
/// the newest marker of each chat waits.
class SeenMarkers : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        ChatWire &wire;
        MessageStore &messages;
        ConversationStore &conversations;
        RosterService &roster;
    };
    explicit SeenMarkers(const Parts &parts, QObject *parent = nullptr);

    void start();
    void stop() { m_isRunning = false; }
    void markSeen(ConversationId conversation, const Jid &peer, const Message &newest);

Q_SIGNALS:
    void markedRead(cumulet::ConversationId conversation);
    void failed(const cumulet::Error &error);

private:
    void moveForward(ConversationId conversation, const Jid &peer, const Message &newest);
    void findMarkable(ConversationId conversation, const Jid &peer, const Message &newest);
    void send(const Jid &peer, const MessageId &message);

    Parts m_parts;
    QHash<Jid, MessageId> m_waiting; ///< one a chat: a marker speaks for everything before it
    bool m_isRunning = false;
};

} // namespace cumulet
