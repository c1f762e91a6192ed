#include "services/chat/InboundPipeline.h"

#include <QPromise>

#include <algorithm>

namespace cumulet {

InboundPipeline::InboundPipeline(AccountId account, const Jid &ownJid, MessageStore &store, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_admission(ownJid)
    , m_store(store)
{
    m_turn.setSingleShot(true);
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &InboundPipeline::writeNext);
}

InboundPipeline::~InboundPipeline()
{
    for (const Batch &batch : std::as_const(m_batches)) {
        // without their progress: nobody is left to see whether the writes before it went well
        m_store.keep(m_account, batch.messages);
        if (!batch.notices.isEmpty()) {
            m_store.keepNotices(m_account, batch.notices);
        }
    }
}

InboundPipeline::Batch &InboundPipeline::liveBatch()
{
    if (m_batches.isEmpty() || m_batches.last().page) {
        m_batches.enqueue({});
    }
    if (!m_isWriting && !m_turn.isActive()) {
        m_turn.start();
    }
    return m_batches.last();
}

void InboundPipeline::addMessage(const IncomingMessage &message)
{
    const auto admitted = m_admission.admit(message, QDateTime::currentDateTimeUtc());
    if (!admitted) {
        return;
    }
    Batch &batch = liveBatch();
    batch.messages.append(*admitted);
    if (m_liveAdvances && !admitted->archiveId.isEmpty()) {
        batch.progress.newest = admitted->archiveId;
    }
}

void InboundPipeline::addNotice(const DeliveryNotice &notice)
{
    if (const auto admitted = m_admission.admit(notice, QDateTime::currentDateTimeUtc())) {
        liveBatch().notices.append(*admitted);
    }
}

Future<MessageChanges> InboundPipeline::addPage(const ArchivePage &page, const ArchiveProgress &progress)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Batch batch;
    batch.messages.reserve(page.messages.size());
    for (const IncomingMessage &message : page.messages) {
        if (const auto admitted = m_admission.admit(message, now)) {
            batch.messages.append(*admitted);
        }
    }
    for (const DeliveryNotice &notice : page.notices) {
        if (const auto admitted = m_admission.admit(notice, now)) {
            batch.notices.append(*admitted);
        }
    }
    batch.progress = progress;
    batch.page = std::make_shared<QPromise<Result<MessageChanges>>>();
    batch.page->start();
    const Future<MessageChanges> stored = batch.page->future();
    m_batches.enqueue(std::move(batch));
    writeNext();
    return stored;
}

void InboundPipeline::writeNext()
{
    if (m_isWriting || m_batches.isEmpty()) {
        return;
    }
    m_isWriting = true;
    const Batch batch = m_batches.dequeue();
    if (batch.notices.isEmpty()) {
        whenDone(m_store.keep(m_account, batch.messages, batch.progress), this,
            [this, batch](const Result<MessageChanges> &result) { finish(batch, result); });
        return;
    }
    // a receipt may speak of a message of the same batch, and the progress may be kept only after both
    auto kept = andThen(m_store.keep(m_account, batch.messages), this, [this, batch](const MessageChanges &messages) {
        return andThen(m_store.keepNotices(m_account, batch.notices), this,
            [this, batch, messages](const MessageChanges &notices) -> Future<MessageChanges> {
                const MessageChanges both = merged(messages, notices);
                if (!batch.progress.isKnown()) {
                    return ready(both);
                }
                return andThen(m_store.keep(m_account, {}, batch.progress), this,
                    [both](const MessageChanges &) -> Result<MessageChanges> { return both; });
            });
    });
    whenDone(kept, this, [this, batch](const Result<MessageChanges> &result) { finish(batch, result); });
}

void InboundPipeline::finish(const Batch &batch, const Result<MessageChanges> &result)
{
    m_isWriting = false;
    if (!result && (batch.progress.isKnown() || !batch.page)) {
        // what failed is still in the archive: nothing behind it may move the progress past it
        m_liveAdvances = false;
        for (Batch &later : m_batches) {
            later.progress = {};
        }
    }
    // the next one is on its way to the store thread while this one is being told
    writeNext();
    if (!result) {
        Q_EMIT failed(result.error());
    } else {
        if (!result->isEmpty()) {
            Q_EMIT changed(*result);
        }
        if (!batch.page && !batch.messages.isEmpty()) {
            Q_EMIT liveKept(batch.messages, *result);
        }
    }
    if (batch.page) {
        batch.page->addResult(result);
        batch.page->finish();
    }
}

MessageChanges merged(MessageChanges first, const MessageChanges &second)
{
    for (const auto &other : second.conversations) {
        const auto same =
            std::ranges::find(first.conversations, other.conversation, &MessageChanges::OfConversation::conversation);
        if (same == first.conversations.end()) {
            first.conversations.append(other);
            continue;
        }
        same->inserted += other.inserted;
        for (const MessageRow row : other.changed) {
            if (!same->inserted.contains(row) && !same->changed.contains(row)) {
                same->changed.append(row);
            }
        }
    }
    first.fresh += second.fresh;
    return first;
}

} // namespace cumulet
