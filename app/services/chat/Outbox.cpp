#include "services/chat/Outbox.h"

#include "wire/ChatWire.h"

#include <QPromise>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype window = 32;
static constexpr std::chrono::seconds pauseAfterFailure{30};

Outbox::Outbox(AccountId account, ChatWire &wire, ArchiveWire &archive, MessageStore &store, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_wire(wire)
    , m_store(store)
    , m_settlement(archive)
{
    m_later.setSingleShot(true);
    m_later.setInterval(pauseAfterFailure);
    connect(&m_later, &QTimer::timeout, this, &Outbox::sendNext);
    connect(&m_wire, &ChatWire::messageRefused, this, [this](const OriginId &originId, const Error &error) {
        close(originId, Outcome::Over, m_store.setState(m_account, originId, DeliveryState::Failed, error));
    });
}

void Outbox::load()
{
    whenDone(m_store.outbox(m_account), this, [this](const Result<QList<MessageStore::Waiting>> &stored) {
        if (!stored) {
            Q_EMIT failed(stored.error());
            return;
        }
        for (const MessageStore::Waiting &waiting : *stored) {
            m_waiting.insert(waiting.message.originId);
        }
        Q_EMIT waitingChanged();
    });
}

void Outbox::noteEnqueued(const OriginId &originId)
{
    m_waiting.insert(originId);
    Q_EMIT waitingChanged();
    m_isStale = true;
    sendNext();
}

bool Outbox::letGo(MessageRow row)
{
    const auto isRow = [row](const MessageStore::Waiting &waiting) { return waiting.row == row; };
    if (std::ranges::any_of(m_entries, isRow, &Entry::waiting)) {
        return false;
    }
    const auto queued = std::ranges::find_if(m_queued, isRow);
    if (queued != m_queued.end()) {
        m_queued.erase(queued);
    }
    m_isStale = true;
    return true;
}

Future<Done> Outbox::start(bool resumed)
{
    endStart(Error{ErrorKind::Canceled, u"started again"_s});
    m_isRunning = true;
    m_later.stop();
    if (!resumed) {
        ++m_stream;
        // the catch-up may have settled them meanwhile: the store knows
        m_entries.removeIf([](const auto &entry) { return entry.value().phase == Phase::Unknown; });
        m_queued.clear();
    }
    m_isStale = true;
    m_starting = std::make_shared<QPromise<Result<Done>>>();
    m_starting->start();
    const Future<Done> started = m_starting->future();
    if (m_queued.isEmpty()) {
        readStore();
    }
    sendNext();
    return started;
}

void Outbox::stop()
{
    m_isRunning = false;
    m_later.stop();
    endStart(Error{ErrorKind::Offline, u"the connection was lost"_s});
}

void Outbox::endStart(const Result<Done> &result)
{
    if (const auto starting = std::exchange(m_starting, nullptr)) {
        starting->addResult(result);
        starting->finish();
    }
}

QList<MessageStore::Waiting> Outbox::unknownOnes() const
{
    QList<MessageStore::Waiting> unknown;
    for (const Entry &entry : m_entries) {
        if (entry.phase == Phase::Unknown) {
            unknown.append(entry.waiting);
        }
    }
    return unknown;
}

bool Outbox::isBusyWithFormerStream() const
{
    return std::ranges::any_of(
        m_entries, [this](const Entry &entry) { return entry.phase != Phase::Unknown && entry.stream != m_stream; });
}

// What was handed over earlier comes first: the order is kept, and nothing is sent twice.
void Outbox::sendNext()
{
    if (!m_isRunning || m_isReading || m_isSettling || m_puttingBack > 0 || m_later.isActive()) {
        return;
    }
    if (isBusyWithFormerStream()) {
        endStart(Done{}); // the wire will say how they ended
        return;
    }
    if (std::ranges::any_of(m_entries, [](const Entry &entry) { return entry.phase == Phase::Unknown; })) {
        settleUnknown();
        return;
    }
    endStart(Done{});
    while (!m_queued.isEmpty() && m_entries.size() < window) {
        commit(m_queued.takeFirst());
    }
    if (m_queued.isEmpty() && m_isStale && m_entries.size() < window) {
        readStore();
    }
}

void Outbox::readStore()
{
    if (m_isReading) {
        m_isStale = true;
        return;
    }
    m_isReading = true;
    m_isStale = false;
    whenDone(m_store.outbox(m_account), this, [this](const Result<QList<MessageStore::Waiting>> &stored) {
        m_isReading = false;
        if (!stored) {
            m_isStale = true;
            pause();
            endStart(stored.error());
            Q_EMIT failed(stored.error());
            return;
        }
        take(*stored);
        sendNext();
    });
}

void Outbox::take(const QList<MessageStore::Waiting> &stored)
{
    m_queued.clear();
    m_waiting.clear();
    for (const MessageStore::Waiting &waiting : stored) {
        const OriginId &originId = waiting.message.originId;
        m_waiting.insert(originId);
        if (m_entries.contains(originId)) {
            continue;
        }
        if (waiting.state == DeliveryState::Sending) {
            m_entries.insert(originId, {waiting, Phase::Unknown, 0}); // of an earlier run
        } else {
            m_queued.append(waiting);
        }
    }
    Q_EMIT waitingChanged();
}

void Outbox::commit(const MessageStore::Waiting &waiting)
{
    const OriginId originId = waiting.message.originId;
    m_entries.insert(originId, {waiting, Phase::Committing, m_stream});
    m_leaving.append(originId);
    whenDone(m_store.setState(m_account, originId, DeliveryState::Sending), this,
        [this, originId](const Result<MessageChanges> &written) { noteCommitted(originId, written); });
}

void Outbox::noteCommitted(const OriginId &originId, const Result<MessageChanges> &written)
{
    const auto entry = m_entries.find(originId);
    if (entry == m_entries.end() || entry->phase != Phase::Committing) {
        return;
    }
    const bool isOurs = written && !written->isEmpty(); // otherwise it was discarded meanwhile
    if (isOurs) {
        entry->phase = Phase::Committed;
        Q_EMIT changed(*written);
    } else {
        m_entries.erase(entry);
        m_leaving.removeOne(originId);
        m_isStale = true;
    }
    if (!written) {
        pause();
        Q_EMIT failed(written.error());
    }
    handOverInOrder();
    if (!isOurs) {
        sendNext();
    }
}

// Answers of the store may overtake each other: what is finished when it is asked about answers at once.
void Outbox::handOverInOrder()
{
    while (!m_leaving.isEmpty() && m_entries.value(m_leaving.first()).phase == Phase::Committed) {
        handOver(m_leaving.takeFirst());
    }
}

void Outbox::handOver(const OriginId &originId)
{
    Entry &entry = m_entries[originId];
    if (!m_isRunning || entry.stream != m_stream) {
        // the connection went while it was being committed: it certainly was not sent
        close(originId, Outcome::Again, m_store.setState(m_account, originId, DeliveryState::Queued));
        return;
    }
    entry.phase = Phase::WithWire;
    whenDone(m_wire.send(entry.waiting.message), this,
        [this, originId](const Result<Done> &answer) { finish(originId, answer); });
}

void Outbox::finish(const OriginId &originId, const Result<Done> &answer)
{
    const auto entry = m_entries.find(originId);
    if (entry == m_entries.end() || entry->phase != Phase::WithWire) {
        return;
    }
    if (answer) {
        close(originId, Outcome::Over, m_store.setState(m_account, originId, DeliveryState::Sent));
        return;
    }
    switch (answer.error().kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Unreachable:
    case ErrorKind::Canceled:
        entry->phase = Phase::Unknown;
        sendNext();
        return;
    default:
        close(originId, Outcome::Over, m_store.setState(m_account, originId, DeliveryState::Failed, answer.error()));
    }
}

// Its entry stays until the outcome is written, so that a list read before that write is not believed.
void Outbox::close(const OriginId &originId, Outcome outcome, const Future<MessageChanges> &write)
{
    if (const auto entry = m_entries.find(originId); entry != m_entries.end()) {
        entry->phase = Phase::Closing;
        m_leaving.removeOne(originId);
    }
    m_puttingBack += outcome == Outcome::Again;
    whenDone(write, this, [this, originId, outcome](const Result<MessageChanges> &written) {
        m_puttingBack -= outcome == Outcome::Again;
        m_entries.remove(originId);
        if (outcome == Outcome::Again || !written) {
            m_queued.clear(); // it has its old place in the order: the list is read again
            m_isStale = true;
        } else if (m_waiting.remove(originId)) {
            Q_EMIT waitingChanged();
        }
        if (written) {
            Q_EMIT changed(*written);
        } else if (written.error().kind != ErrorKind::NotFound) {
            pause();
            Q_EMIT failed(written.error());
        }
        sendNext();
    });
}

void Outbox::pause()
{
    if (m_isRunning) {
        m_later.start();
    }
}

void Outbox::settleUnknown()
{
    m_isSettling = true;
    const QList<MessageStore::Waiting> unknown = unknownOnes();
    whenDone(m_settlement.find(unknown), this, [this, unknown](const Result<Settlement::Arrived> &arrived) {
        m_isSettling = false;
        if (arrived) {
            settle(unknown, *arrived);
            return;
        }
        pause();
        endStart(arrived.error());
    });
}

void Outbox::settle(const QList<MessageStore::Waiting> &unknown, const Settlement::Arrived &arrived)
{
    for (const MessageStore::Waiting &waiting : unknown) {
        const OriginId &originId = waiting.message.originId;
        if (const auto entry = m_entries.constFind(originId);
            entry == m_entries.cend() || entry->phase != Phase::Unknown) {
            continue;
        }
        if (const auto found = arrived.constFind(originId); found != arrived.cend()) {
            close(originId, Outcome::Over, m_store.settle(m_account, originId, *found));
        } else {
            close(originId, Outcome::Again, m_store.setState(m_account, originId, DeliveryState::Queued));
        }
    }
    m_queued.clear(); // read again behind these writes
    m_isStale = true;
    sendNext();
}

} // namespace cumulet
