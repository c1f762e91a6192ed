#include "services/channel/ChannelOutbox.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/Outcomes.h"
#include "services/channel/PageReach.h"

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int pageSize = 50;
static constexpr int mostPages = 20;
// between our clock, that dates what we write, and the service's
static constexpr auto clockDifference = 10min;

ChannelOutbox::ChannelOutbox(
    const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
    , m_uploads(parts, intake)
    , m_patience(parts.timing.firstRetry)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        m_postponed.clear();
        flush();
    });
    m_holding.setSingleShot(true);
    connect(&m_holding, &QTimer::timeout, this, &ChannelOutbox::flush);
    // how much waits is known before any connection
    flush();
}

void ChannelOutbox::open()
{
    m_isOpen = true;
    m_postponed.clear();
    m_retry.stop();
    m_patience = m_parts.timing.firstRetry;
    flush();
}

void ChannelOutbox::close()
{
    m_isOpen = false;
    m_retry.stop();
}

void ChannelOutbox::noteEnqueued()
{
    countWaiting(m_waiting + 1);
    flush();
}

void ChannelOutbox::flush()
{
    if (m_isRunning) {
        m_isWanted = true;
        return;
    }
    m_isRunning = true;
    next();
}

Future<Done> ChannelOutbox::settled()
{
    if (!m_isRunning) {
        return ready(Done{});
    }
    auto promise = std::make_shared<QPromise<Result<Done>>>();
    promise->start();
    m_listeners.append(promise);
    return promise->future();
}

void ChannelOutbox::next()
{
    m_isWanted = false;
    whenDone(m_parts.store.outbox(m_parts.account), this, [this](const Result<QList<Waiting>> &entries) {
        if (!entries) {
            Q_EMIT failed(entries.error());
            rest();
            return;
        }
        if (m_isWanted) { // the answer may be older than what was written meanwhile
            next();
            return;
        }
        countWaiting(entries->size());
        choose(*entries);
    });
}

// What is not held any more; what was written for a node stays in order.
QList<WaitingPost> ChannelOutbox::due(const QList<Waiting> &entries)
{
    const QDateTime now = m_parts.timing.now();
    auto soonest = longestHolding;
    QSet<NodeId> held;
    QList<Waiting> due;
    for (const Waiting &entry : entries) {
        const bool isWriting = !entry.isRetraction && entry.post.rating == 0;
        const auto left = entry.notBefore.isValid() ? entry.notBefore - now : std::chrono::milliseconds(0);
        if (left.count() > 0 && left <= longestHolding) {
            soonest = std::min(soonest, left);
            m_holding.start(soonest);
            if (isWriting) {
                held.insert(entry.post.node);
            }
        } else if (!isWriting || !held.contains(entry.post.node)) {
            due.append(entry);
        }
    }
    return due;
}

// The first entry whose node answers.
void ChannelOutbox::choose(const QList<Waiting> &stored)
{
    const auto entries = due(stored);
    const auto entry = std::find_if(entries.cbegin(), entries.cend(),
        [this](const Waiting &waiting) { return !m_postponed.contains(waiting.post.node); });
    if (!m_isOpen || entry == entries.cend()) {
        rest();
    } else if (entry->state == DeliveryState::Sending && !entry->isRetraction) {
        settle(*entry);
    } else if (!entry->isRetraction && AttachmentUploads::isNeeded(entry->post)) {
        upload(*entry);
    } else {
        send(*entry);
    }
}

void ChannelOutbox::rest()
{
    m_isRunning = false;
    if (std::exchange(m_isWanted, false)) {
        flush();
        return;
    }
    for (const auto &listener : std::exchange(m_listeners, {})) {
        listener->addResult(Done{});
        listener->finish();
    }
}

// One file of the post; what is left to do is read from the store again.
void ChannelOutbox::upload(const Waiting &entry)
{
    whenDone(m_uploads.uploadNext(entry), this, [this, entry](const Result<Done> &done) {
        if (done || done.error().kind == ErrorKind::Canceled) { // given up only when the post is
            next();
        } else if (isForLater(done.error())) {
            postpone(entry.post.node);
        } else {
            fail(entry, done.error());
        }
    });
}

// The service does not want it: what lies on the media server for it would lie there for nothing.
void ChannelOutbox::fail(const Waiting &entry, const Error &error)
{
    whenDone(m_uploads.withdrawFor(entry), this,
        [this, entry, error](const Result<Done> &) { setState(entry, DeliveryState::Failed, error); });
}

void ChannelOutbox::send(const Waiting &entry)
{
    const auto marked = m_parts.store.setState(m_parts.account, entry.id, DeliveryState::Sending);
    whenDone(marked, this, [this, entry](const Result<PostChanges> &changes) {
        if (!changes && changes.error().kind == ErrorKind::NotFound) {
            next(); // taken back, or found in the node meanwhile: it must not be sent
            return;
        }
        if (!changes) {
            Q_EMIT failed(changes.error());
            rest();
            return;
        }
        m_intake.tell(*changes);
        if (!m_isOpen) {
            rest();
            return;
        }
        if (entry.isRetraction) {
            whenDone(
                m_parts.wire.retract(entry.post.node, entry.item), this, [this, entry](const Result<Done> &answer) {
                    const bool isGone = answer || answer.error().kind == ErrorKind::NotFound;
                    sent(entry, isGone ? Result<ItemId>(ItemId()) : Result<ItemId>(answer.error()));
                });
        } else {
            whenDone(m_parts.wire.publish(entry.post), this,
                [this, entry](const Result<ItemId> &answer) { sent(entry, answer); });
        }
    });
}

void ChannelOutbox::sent(const Waiting &entry, const Result<ItemId> &answer)
{
    if (answer) {
        m_patience = m_parts.timing.firstRetry;
        // also when the event or a page was faster, and when the connection is gone already
        whenDone(
            m_parts.store.settle(m_parts.account, entry.id, *answer), this, [this](const Result<PostChanges> &changes) {
                if (changes) {
                    m_intake.tell(*changes);
                }
                next();
            });
    } else if (isOutcomeUnknown(answer.error())) {
        postpone(entry.post.node);
    } else if (answer.error().kind == ErrorKind::SlowDown) {
        m_postponed.insert(entry.post.node);
        setState(entry, DeliveryState::Queued);
        m_retry.start(m_patience);
    } else if (entry.post.rating > 0) {
        refuseRating(entry, answer.error());
    } else {
        fail(entry, answer.error());
    }
}

void ChannelOutbox::setState(const Waiting &entry, DeliveryState state, const Error &error)
{
    whenDone(m_parts.store.setState(m_parts.account, entry.id, state, error), this,
        [this](const Result<PostChanges> &changes) {
            if (!changes && changes.error().kind != ErrorKind::NotFound) {
                Q_EMIT failed(changes.error());
                rest();
                return;
            }
            if (changes) {
                m_intake.tell(*changes);
            }
            next();
        });
}

// One that the service has from us already is no failure: another device was faster, and it is read from the thread.
void ChannelOutbox::refuseRating(const Waiting &entry, const Error &error)
{
    if (error.kind == ErrorKind::Conflict && !m_standings.isBanned(entry.post.node)) {
        whenDone(m_parts.wire.thread(entry.post.node, entry.post.inReplyTo), this,
            [this, entry](const Result<PostPage> &page) {
                if (page) {
                    whenDone(m_intake.keep(entry.post.node, page->posts, false), this, [](const Result<Done> &) {});
                }
            });
    } else {
        Q_EMIT ratingRefused(entry.post.node, error);
    }
    setState(entry, DeliveryState::Failed, error);
}

// Nobody answers for this node: others may go on, it is tried again later.
void ChannelOutbox::postpone(const NodeId &node)
{
    m_postponed.insert(node);
    if (m_isOpen && !m_retry.isActive()) {
        m_retry.start(m_patience);
        m_patience = std::min(m_patience * 2, m_parts.timing.longestRetry);
    }
    next();
}

// Looks whether a post of unknown outcome is there. Keeping a page settles the waiting row by itself: by our id in the
// entry, or by its text where the service drops that.
void ChannelOutbox::settle(const Waiting &entry, const QString &after, int pages)
{
    if (m_standings.isBanned(entry.post.node)) {
        setState(entry, DeliveryState::Failed, {ErrorKind::NotAllowed, u"outcast, and the outcome is unknown"_s});
        return;
    }
    whenDone(
        m_parts.wire.posts(entry.post.node, after, pageSize), this, [this, entry, pages](const Result<PostPage> &page) {
            if (page) {
                whenDone(m_intake.keep(entry.post.node, page->posts, false), this,
                    [this, entry, page = *page, pages](const Result<Done> &kept) {
                        if (kept) {
                            judge(entry, page, pages);
                        } else {
                            rest();
                        }
                    });
            } else if (isForLater(page.error())) {
                postpone(entry.post.node);
            } else {
                setState(entry, DeliveryState::Failed, page.error()); // it cannot be read: the user has to decide
            }
        });
}

void ChannelOutbox::judge(const Waiting &entry, const PostPage &page, int pages)
{
    whenDone(
        m_parts.store.outbox(m_parts.account), this, [this, entry, page, pages](const Result<QList<Waiting>> &entries) {
            const bool waits = entries && std::any_of(entries->cbegin(), entries->cend(), [&](const Waiting &waiting) {
                return waiting.id == entry.id && waiting.state == DeliveryState::Sending;
            });
            if (!waits) {
                next(); // it had arrived
            } else if (reachesBack(page, entry.time.addDuration(-clockDifference))) {
                setState(entry, DeliveryState::Queued); // it had not: next() sends it
            } else if (pages + 1 < mostPages && !page.last.isEmpty()) {
                settle(entry, page.last, pages + 1);
            } else {
                setState(entry, DeliveryState::Failed, {ErrorKind::Timeout, u"the outcome could not be found"_s});
            }
        });
}

void ChannelOutbox::countWaiting(qsizetype count)
{
    if (m_waiting != int(count)) {
        m_waiting = int(count);
        Q_EMIT waitingChanged();
    }
}

} // namespace cumulet
