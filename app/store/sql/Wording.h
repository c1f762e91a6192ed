// Corrections (XEP-0308). Table wording holds the first text of a corrected message, its corrections, and corrections
// of messages that are not known yet; the message itself always shows the newest. Nothing is written for messages
// that are never corrected.
#pragma once

#include "domain/Message.h"
#include "store/sql/Connection.h"

namespace cumulet {

/// A correction, of ours or of the peer.
struct Correction
{
    ConversationId conversation = 0;
    bool isOwn = false;
    MessageId replaces;
    MessageId messageId;
    QString body;
    QDateTime time;
};

/// Keeps a correction for that message, or for later (row 0). Gives its row, 0: it was known already.
qint64 keepWording(Connection &connection, const Correction &correction, MessageRow message);
/// Corrections that waited for that message are its own now. True: there were some.
bool claimWordings(
    Connection &connection, ConversationId conversation, bool isOwn, const MessageId &messageId, MessageRow message);
/// Lets the message show its newest wording. True: it shows another text than before.
bool showNewestWording(Connection &connection, MessageRow message);
/// Takes a correction of ours back.
void removeWording(Connection &connection, qint64 wording, MessageRow message);
/// The message of ours that was corrected under that stanza id; 0: none.
MessageRow messageCorrectedBy(Connection &connection, ConversationId conversation, const MessageId &messageId);
/// The limit for a peer who sends many corrections of messages that do not exist.
void limitWaitingWordings(Connection &connection, ConversationId conversation);

} // namespace cumulet
