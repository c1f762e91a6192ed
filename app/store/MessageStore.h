#pragma once

#include "domain/Async.h"
#include "domain/Message.h"
#include "domain/Paging.h"
#include "store/MessageChanges.h"

#include <QList>

namespace cumulet {

class Database;

/// Chat messages. Identity: (account, archive id) where the server gave one, our origin id for our own, and
/// sender + stanza id + body for live messages without either, so that every repeat is harmless by key; a live message
/// takes its archive id when the archive brings it again.
class MessageStore
{
public:
    explicit MessageStore(Database &database)
        : m_database(database)
    {
    }

    /// Keeps what came from the network, in one transaction: new messages, corrections (only of the same bare sender's
    /// newest messages: applied to the stored row, also when they come before it is known), and our own messages sent
    /// elsewhere. progress, if given, is stored with them.
    Future<MessageChanges> keep(
        AccountId account, const QList<IncomingMessage> &messages, const ArchiveProgress &progress = {});
    /// Receipts and markers: they only move a message of ours forward. A marker counts for everything before it.
    /// An own notice (isOwn, Displayed) marks the conversation as read up to that message.
    Future<MessageChanges> keepNotices(AccountId account, const QList<DeliveryNotice> &notices);

    /// A page of a conversation.
    Future<Page<Message>> page(ConversationId conversation, const PageRequest &request);
    /// A page that begins around the given place: limit / 2 rows on each side.
    Future<Page<Message>> pageAround(ConversationId conversation, const Cursor &place, int limit);
    Future<QList<Message>> messages(const QList<MessageRow> &rows);
    /// The place of a row; NotFound when it is gone.
    Future<Cursor> cursorOf(MessageRow row);

    /// Writes a message of ours to the outbox (state Queued): it is in the database before it is sent.
    /// corrects: the row of ours that it replaces (XEP-0308), 0 for a new message; the row shows the new text at once.
    Future<MessageChanges> enqueue(AccountId account, ConversationId conversation, const OriginId &originId,
        const QString &body, MessageRow corrects = 0);
    using Waiting = WaitingMessage;
    /// All that is Queued or Sending, in the order it was written.
    Future<QList<Waiting>> outbox(AccountId account);
    /// Moves the outbox entry of that origin id to Sending, Sent, Queued or Failed (with why). Never backward from Sent.
    Future<MessageChanges> setState(
        AccountId account, const OriginId &originId, DeliveryState state, const Error &error = {});
    /// The server has this archive id for our message: it arrived.
    Future<MessageChanges> settle(AccountId account, const OriginId &originId, const ArchiveId &archiveId);
    /// The outbox entries of a message that failed, oldest first: itself, or corrections of it.
    Future<QList<OriginId>> failed(MessageRow row);
    /// Takes a failed or waiting message out of the outbox; its text is given back.
    Future<QString> discard(MessageRow row);

    Future<ArchiveProgress> archiveProgress(AccountId account);
    Future<QList<ArchiveGap>> gaps(AccountId account);
    Future<Done> keepGap(AccountId account, const ArchiveGap &gap);
    Future<Done> removeGap(qint64 gap);
    Future<ConversationHistory> history(ConversationId conversation);
    Future<Done> setHistoryComplete(ConversationId conversation);

private:
    Database &m_database;
};

} // namespace cumulet
