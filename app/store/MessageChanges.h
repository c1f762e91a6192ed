#pragma once

#include "domain/Message.h"

#include <QList>

namespace cumulet {

/// What one write has changed; empty when everything was known already.
struct MessageChanges
{
    /// Rows of one conversation.
    struct OfConversation
    {
        ConversationId conversation = 0;
        QList<MessageRow> inserted; ///< oldest first
        QList<MessageRow> changed;
    };
    QList<OfConversation> conversations;
    QList<Message> fresh; ///< others' messages that are new and unread, for notices and receipts

    bool isEmpty() const { return conversations.isEmpty(); }
};

/// How much of an account's archive is stored.
struct ArchiveProgress
{
    ArchiveId newest; ///< everything up to here was asked for; empty: never
    bool isKnown() const { return !newest.isEmpty(); }
};

/// A stretch of the archive that was skipped: known as missing, also after a restart, and filled on demand.
struct ArchiveGap
{
    qint64 id = 0;
    ArchiveId after; ///< last known before the gap; empty: the beginning
    ArchiveId before; ///< first known after it
    QDateTime until; ///< time of before
};

/// How far one conversation has been read back from the archive.
struct ConversationHistory
{
    ArchiveId oldest; ///< oldest archived message that is stored; empty: none
    QDateTime oldestTime;
    bool isComplete = false; ///< the archive has nothing older
};

/// One thing that waits in the outbox.
struct WaitingMessage
{
    MessageRow row = 0;
    ConversationId conversation = 0;
    DeliveryState state = DeliveryState::Queued; ///< Queued, or Sending: handed over, outcome unknown
    OutgoingMessage message;
    QDateTime time;
};

} // namespace cumulet
