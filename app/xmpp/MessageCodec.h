// Message stanzas (RFC 6121 section 5) to and from our values: bodies, receipts, markers, chat states, corrections.
#pragma once

#include "domain/Message.h"

#include <QList>
#include <QXmppMessage.h>

#include <optional>

class QDomElement;

namespace cumulet {

/// The road on which a message came; it decides which addresses it may bear.
enum class MessageRoad { Live, Carbon, Archive };

/// Everything of interest in one message stanza.
struct MessageContent
{
    Jid peer; ///< bare JID of the other side
    Jid from;
    std::optional<IncomingMessage> message;
    QList<DeliveryNotice> notices;
    ChatState chatState = ChatState::None; ///< live messages of others only

    bool isEmpty() const { return !message && notices.isEmpty() && chatState == ChatState::None; }
};

namespace MessageCodec {

inline constexpr qsizetype longestBody = 256 * 1024; ///< UTF-16 units; what is longer is cut
inline constexpr qsizetype longestId = 1024; ///< a longer id is no id

/// Reads a one-to-one message. Empty for what is none: other types, group chat, pubsub events, foreign addresses.
/// ownBare: our bare JID. stamp: when the archive got it.
MessageContent read(const QDomElement &stanza, const Jid &ownBare, MessageRoad road, const QDateTime &stamp = {});

/// The forwarded message in a carbon or archive result (XEP-0297); its time stamp goes to stamp. Null where it is not
/// exactly one.
QDomElement forwarded(const QDomElement &wrapper, QDateTime *stamp = nullptr);

/// A time stamp (XEP-0082) in UTC; invalid where it is none, or not between 1970 and tomorrow.
QDateTime readStamp(const QString &text);

QXmppMessage write(const OutgoingMessage &message);
/// Delivered: XEP-0184 receipt. Displayed: XEP-0333 marker.
QXmppMessage writeNotice(const Jid &peer, const MessageId &message, DeliveryState state);
QXmppMessage writeChatState(const Jid &peer, ChatState state);

} // namespace MessageCodec

} // namespace cumulet
