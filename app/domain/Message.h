#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "domain/Result.h"

#include <QDateTime>
#include <QMetaType>

#include <optional>

namespace cumulet {

/// How far one of our own messages or posts has come, or that it is somebody else's.
enum class DeliveryState {
    Received = 0, ///< not ours
    Queued = 1, ///< written, not sent: waits for the connection
    Sending = 2, ///< given to the connection, not acknowledged: its outcome is unknown until settled
    Sent = 3, ///< acknowledged by the server (or found in its archive)
    Delivered = 4, ///< XEP-0184 receipt came
    Displayed = 5, ///< XEP-0333 marker came
    Failed = 6, ///< refused; waits for the user: retry, edit or discard
};

/// Typing notifications (XEP-0085).
enum class ChatState { None, Active, Composing, Paused, Inactive, Gone };

/// A message as it is stored and shown.
struct Message
{
    MessageRow row = 0;
    ConversationId conversation = 0;
    Jid sender; ///< full where known
    bool isOwn = false;
    MessageId messageId; ///< stanza id, what receipts, markers and corrections refer to
    OriginId originId;
    ArchiveId archiveId;
    QString body; ///< plain text, at most 256 Ki characters
    QDateTime time; ///< UTC
    DeliveryState state = DeliveryState::Received;
    Error error; ///< in state Failed
    bool isCorrected = false;
    bool wantsReceipt = false;
    bool isMarkable = false;
    int revision = 0; ///< grows with each change of the row
};

/// A chat message that came from the network, live, as a carbon or from the archive.
struct IncomingMessage
{
    Jid peer; ///< bare JID of the other side of the conversation
    Jid from; ///< full sender
    bool isOwn = false; ///< sent by another device of ours (carbon, archive)
    bool isFromArchive = false;
    bool isCarbon = false;
    MessageId messageId;
    OriginId originId;
    ArchiveId archiveId; ///< only as given by our own server
    QString body;
    QDateTime time; ///< UTC; live messages without a delay: now
    MessageId replaces; ///< XEP-0308, empty when it is not a correction
    bool wantsReceipt = false;
    bool isMarkable = false;
};

/// A receipt or marker for messages that we sent (or, isOwn: that another device of ours has read).
struct DeliveryNotice
{
    Jid peer; ///< bare JID of the other side
    bool isOwn = false;
    MessageId messageId; ///< of the message it speaks of
    DeliveryState state = DeliveryState::Delivered; ///< Delivered or Displayed
    QDateTime time;
};

/// A message to be put on the wire.
struct OutgoingMessage
{
    Jid to;
    OriginId originId; ///< becomes id and origin-id
    QString body;
    MessageId replaces; ///< correction of that message
    bool requestReceipt = true;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Message)
Q_DECLARE_METATYPE(cumulet::IncomingMessage)
Q_DECLARE_METATYPE(cumulet::DeliveryNotice)
