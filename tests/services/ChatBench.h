#pragma once

#include "kit/fakes/FakeArchiveWire.h"
#include "kit/fakes/FakeChatWire.h"
#include "kit/fakes/FakeRosterWire.h"
#include "services/StoreBench.h"
#include "services/chat/ChatService.h"
#include "services/roster/RosterService.h"

#include <algorithm>

namespace cumulet::tests {

/// The chat of one account on fakes and a real database. Juliet and the nurse are contacts and available; mallory is
/// a stranger. Not connected yet: see start().
class ChatBench : public StoreBench
{
public:
    ChatBench() { make(); }

    /// Destroys the services and the wires as the end of the process does, and makes new ones on the same database;
    /// the archive is the server's and stays.
    void killAndRestart()
    {
        chat.reset();
        roster.reset();
        chatWire.reset();
        rosterWire.reset();
        reopen();
        make();
    }

    Result<Done> start(bool resumed = false) { return await(chat->start(resumed)); }
    ConversationId chatWith(const Jid &peer)
    {
        return await(conversations->ensure(account.id, Conversation::Kind::Chat, peer)).value().id;
    }
    QList<Message> storedWith(const Jid &peer)
    {
        return await(messages->page(chatWith(peer), {std::nullopt, PageRequest::Before, 5000})).value().rows;
    }
    QStringList bodiesWith(const Jid &peer)
    {
        QStringList bodies;
        const QList<Message> rows = storedWith(peer);
        for (const Message &message : rows) {
            bodies.append(message.body);
        }
        return bodies;
    }
    ArchiveId storedProgress() { return await(messages->archiveProgress(account.id)).value().newest; }

    /// A live message from a peer as the wire reports it.
    IncomingMessage from(const Jid &peer, const QString &body, const QString &id = {})
    {
        IncomingMessage message;
        message.peer = peer;
        message.from = peer.withResource(QStringLiteral("balcony"));
        message.messageId = MessageId(id.isEmpty() ? QStringLiteral("m-") + body : id);
        message.body = body;
        message.time = QDateTime::currentDateTimeUtc();
        message.wantsReceipt = true;
        message.isMarkable = true;
        return message;
    }
    /// One of ours, sent from another device.
    IncomingMessage ownTo(const Jid &peer, const QString &body, const OriginId &originId = OriginId())
    {
        IncomingMessage message = from(peer, body, originId.text());
        message.from = romeo.withResource(QStringLiteral("phone"));
        message.isOwn = true;
        message.originId = originId;
        return message;
    }
    /// The server keeps what we send in its archive.
    void archiveSent()
    {
        chatWire->onSend = [this](const OutgoingMessage &message) {
            IncomingMessage archived = ownTo(message.to, message.body, message.originId);
            archived.replaces = message.replaces;
            archive.add(archived);
        };
    }

    FakeArchiveWire archive;
    std::unique_ptr<FakeChatWire> chatWire;
    std::unique_ptr<FakeRosterWire> rosterWire;
    std::unique_ptr<RosterService> roster;
    std::unique_ptr<ChatService> chat;

private:
    void make()
    {
        chatWire = std::make_unique<FakeChatWire>();
        rosterWire = std::make_unique<FakeRosterWire>();
        roster = std::make_unique<RosterService>(account.id, romeo, *rosterWire, *rosters);
        QList<RosterItem> contacts;
        for (const Jid &jid : {juliet, nurse}) {
            RosterItem item;
            item.jid = jid;
            item.subscription = PresenceSubscription::Both;
            contacts.append(item);
        }
        Q_EMIT rosterWire->rosterReceived(contacts);
        Presence available;
        available.show = Presence::Show::Available;
        for (const RosterItem &item : contacts) {
            Q_EMIT rosterWire->presenceReceived(item.jid.withResource(QStringLiteral("balcony")), available);
        }
        chat = std::make_unique<ChatService>(
            ChatService::Parts{account.id, romeo, *chatWire, archive, *messages, *conversations, *roster});
        settle();
    }
};

} // namespace cumulet::tests
