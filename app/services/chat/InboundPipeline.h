#pragma once

#include "services/chat/Admission.h"
#include "store/MessageStore.h"
#include "wire/ArchiveWire.h"

#include <QObject>
#include <QQueue>
#include <QTimer>

#include <memory>

namespace cumulet {

/// The one road from the network into the store, in order: live messages and pages of the archive are written one after
/// the other, as they came. What arrives live in one turn of the event loop (or while something is being written) is
/// written together.
/// The archive progress moves with each page that carries one, and with live messages only while setLiveAdvances(true):
/// before the archive was caught up, a live message would hide the gap before it.
class InboundPipeline : public QObject
{
    Q_OBJECT

public:
    InboundPipeline(AccountId account, const Jid &ownJid, MessageStore &store, QObject *parent = nullptr);
    /// Hands what still waits to the store thread.
    ~InboundPipeline() override;

    void addMessage(const IncomingMessage &message);
    void addNotice(const DeliveryNotice &notice);
    /// Done when stored, progress included. Storage: nothing of it may be relied on.
    Future<MessageChanges> addPage(const ArchivePage &page, const ArchiveProgress &progress = {});

    /// Whether what comes live from now on continues the archive without a gap. Ends by itself when a write fails.
    void setLiveAdvances(bool advances) { m_liveAdvances = advances; }
    bool liveAdvances() const { return m_liveAdvances; }

Q_SIGNALS:
    /// Something was written.
    void changed(const cumulet::MessageChanges &changes);
    /// These live messages are safely kept; changes tells which of them were new.
    void liveKept(const QList<cumulet::IncomingMessage> &messages, const cumulet::MessageChanges &changes);
    void failed(const cumulet::Error &error);

private:
    struct Batch
    {
        QList<IncomingMessage> messages;
        QList<DeliveryNotice> notices;
        ArchiveProgress progress;
        std::shared_ptr<QPromise<Result<MessageChanges>>> page; ///< none: live
    };
    Batch &liveBatch();
    void writeNext();
    void finish(const Batch &batch, const Result<MessageChanges> &result);

    AccountId m_account;
    Admission m_admission;
    MessageStore &m_store;
    QQueue<Batch> m_batches;
    QTimer m_turn; ///< fires at the end of this turn of the event loop
    bool m_isWriting = false;
    bool m_liveAdvances = false;
};

/// Both changes as one.
MessageChanges merged(MessageChanges first, const MessageChanges &second);

} // namespace cumulet
