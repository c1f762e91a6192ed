#pragma once

#include "services/chat/Settlement.h"
#include "store/MessageStore.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace cumulet {

class ChatWire;

/// What we write: sent once, in the order it was written. Each message is committed as Sending before it is handed to
/// the wire, up to 32 of them are under way at a time, and it is Sent when the server has acknowledged it. When that
/// stays unknown (connection lost, program killed), the archive is asked before anything is sent again.
class Outbox : public QObject
{
    Q_OBJECT

public:
    Outbox(AccountId account, ChatWire &wire, ArchiveWire &archive, MessageStore &store, QObject *parent = nullptr);

    /// Counts what was left by the last run.
    void load();
    /// A message was written to the store.
    void noteEnqueued(const OriginId &originId);
    /// It is about to be discarded; false when it is under way and cannot be taken back.
    bool letGo(MessageRow row);
    /// Connected (and, on a new stream, caught up): settles, then sends. Done when nothing of unknown outcome is left,
    /// or with the error that kept it unknown; it is tried again by itself.
    Future<Done> start(bool resumed);
    void stop();
    int waiting() const { return int(m_waiting.size()); }

Q_SIGNALS:
    void changed(const cumulet::MessageChanges &changes);
    void waitingChanged();
    void failed(const cumulet::Error &error);

private:
    enum class Phase {
        Committing, ///< being written as Sending
        Committed, ///< written; goes to the wire when those before it have gone
        WithWire,
        Unknown, ///< the connection went: to be settled
        Closing, ///< its outcome is known and is being written
    };
    struct Entry
    {
        MessageStore::Waiting waiting;
        Phase phase = Phase::Committing;
        int stream = 0; ///< the stream it was handed to
    };
    void sendNext();
    void readStore();
    void take(const QList<MessageStore::Waiting> &stored);
    void commit(const MessageStore::Waiting &waiting);
    void noteCommitted(const OriginId &originId, const Result<MessageChanges> &written);
    void handOverInOrder();
    void handOver(const OriginId &originId);
    void finish(const OriginId &originId, const Result<Done> &answer);
    void settleUnknown();
    void settle(const QList<MessageStore::Waiting> &unknown, const Settlement::Arrived &arrived);
    enum class Outcome { Over, Again };
    void close(const OriginId &originId, Outcome outcome, const Future<MessageChanges> &write);
    void endStart(const Result<Done> &result);
    void pause();
    QList<MessageStore::Waiting> unknownOnes() const;
    bool isBusyWithFormerStream() const;

    AccountId m_account;
    ChatWire &m_wire;
    MessageStore &m_store;
    Settlement m_settlement;
    QSet<OriginId> m_waiting;
    QList<MessageStore::Waiting> m_queued; ///< read from the store, not committed yet
    QHash<OriginId, Entry> m_entries; ///< committed or being committed
    QList<OriginId> m_leaving; ///< Committing and Committed, in the order they were written
    QTimer m_later; ///< after something failed that may go well later
    std::shared_ptr<QPromise<Result<Done>>> m_starting;
    int m_stream = 0;
    int m_puttingBack = 0; ///< being written as Queued again: the list is read after that
    bool m_isRunning = false;
    bool m_isStale = true; ///< the store may hold more than m_queued
    bool m_isReading = false;
    bool m_isSettling = false;
};

} // namespace cumulet
