#pragma once

#include "domain/Async.h"
#include "domain/Message.h"

namespace cumulet {

/// One-to-one chat messages (RFC 6121), with carbons (XEP-0280), receipts (0184), markers (0333),
/// chat states (0085), corrections (0308) and stable ids (0359). Forged senders never come out of here.
class ChatWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Sends; done when the server has acknowledged it (XEP-0198), or, on a server without stream management,
    /// when a ping sent after it was answered. ErrorKind::Offline or Timeout: the outcome is unknown.
    virtual Future<Done> send(const OutgoingMessage &message) = 0;
    /// Tells peer that we got (Delivered) or have read (Displayed) the message of that id. Not queued.
    virtual void sendNotice(const Jid &peer, const MessageId &message, DeliveryState state) = 0;
    /// Tells peer what we do. Not queued.
    virtual void sendChatState(const Jid &peer, ChatState state) = 0;

Q_SIGNALS:
    /// A message with a body, live or as a carbon.
    void messageReceived(const cumulet::IncomingMessage &message);
    void noticeReceived(const cumulet::DeliveryNotice &notice);
    void chatStateReceived(const cumulet::Jid &peer, cumulet::ChatState state);
    /// The other side's server refused a message that our server had accepted.
    void messageRefused(const cumulet::OriginId &originId, const cumulet::Error &error);
};

} // namespace cumulet
