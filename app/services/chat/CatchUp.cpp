#include "services/chat/CatchUp.h"

#include "services/chat/ArchiveOrder.h"
#include "services/chat/InboundPipeline.h"

#include <QLoggingCategory>
#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcCatchUp, "cumulet.catchup", QtInfoMsg)

namespace {

constexpr int pageSize = 50;
constexpr int pagesInStore = 4; ///< pages that may wait for the store while the next one is asked for
constexpr int pagesBackward = 9; ///< beside the newest one
constexpr int pagesPerGap = 20;

bool isEmpty(const ArchivePage &page)
{
    return page.last.isEmpty() && page.messages.isEmpty();
}

bool contains(const ArchivePage &page, const ArchiveId &id)
{
    return !id.isEmpty()
        && (page.first == id || page.last == id
            || std::ranges::find(page.messages, id, &IncomingMessage::archiveId) != page.messages.end());
}

bool wasKnown(const ArchivePage &page, const MessageChanges &changes)
{
    return !page.messages.isEmpty()
        && std::ranges::all_of(changes.conversations, [](const auto &rows) { return rows.inserted.isEmpty(); });
}

} // namespace

struct CatchUp::Run
{
    ArchiveId anchor; ///< where the last run ended; empty: never
    bool isFirstPage = true;
    bool isReading = false;
    bool isAtEnd = false;
    ArchiveId next; ///< to go on after that one
    int inStore = 0; ///< pages handed to the pipeline and not stored yet
    QPromise<Result<Done>> promise;
    bool isFinished = false;
};

CatchUp::CatchUp(
    AccountId account, ArchiveWire &archive, MessageStore &store, InboundPipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_archive(archive)
    , m_store(store)
    , m_pipeline(pipeline)
{
}

Future<Done> CatchUp::run()
{
    stop();
    m_isComplete = false;
    m_pipeline.setLiveAdvances(false);
    const RunRef run = m_run = std::make_shared<Run>();
    run->promise.start();
    const Future<Done> done = run->promise.future();
    whenDone(m_store.archiveProgress(m_account), this, [this, run](const Result<ArchiveProgress> &progress) {
        if (!progress) {
            finish(run, progress.error());
            return;
        }
        run->anchor = progress->newest;
        progress->isKnown() ? readForward(run, progress->newest) : readNewest(run);
    });
    return done;
}

void CatchUp::stop()
{
    if (const RunRef run = std::exchange(m_run, nullptr)) {
        finish(run, Error{ErrorKind::Canceled, u"the stream of that catch-up is gone"_s});
    }
}

void CatchUp::finish(const RunRef &run, const Result<Done> &result)
{
    if (std::exchange(run->isFinished, true)) {
        return;
    }
    if (result && run == m_run) {
        m_isComplete = true;
    } else if (run == m_run) {
        m_run = nullptr; // nothing behind what failed may move the progress
    }
    run->promise.addResult(result);
    run->promise.finish();
    if (result && run == m_run) {
        fillGaps(run);
    }
}

// The step is taken only for the run that goes on; an archive that does not exist has nothing to catch up.
void CatchUp::ask(const RunRef &run, const ArchiveRequest &request, std::function<void(const ArchivePage &)> step,
    std::function<void(const Error &)> otherwise)
{
    whenDone(m_archive.page(request), this,
        [this, run, step = std::move(step), otherwise = std::move(otherwise)](const Result<ArchivePage> &page) {
            if (run != m_run) {
                return;
            }
            if (page) {
                step(*page);
            } else if (page.error().kind == ErrorKind::Unsupported) {
                finish(run, Done{});
            } else if (otherwise && page.error().kind == ErrorKind::NotFound) {
                otherwise(page.error());
            } else {
                finish(run, page.error());
            }
        });
}

void CatchUp::readForward(const RunRef &run, const ArchiveId &after)
{
    run->isReading = true;
    ArchiveRequest request;
    request.after = after;
    request.limit = pageSize;
    ask(
        run, request, [this, run](const ArchivePage &page) { keepForward(run, page); },
        [this, run](const Error &) { readNewest(run); });
}

void CatchUp::keepForward(const RunRef &run, const ArchivePage &page)
{
    run->isReading = false;
    if (isEmpty(page)) {
        if (run->isFirstPage) {
            compareNewest(run);
            return;
        }
        run->isAtEnd = true;
        m_pipeline.setLiveAdvances(true);
        if (run->inStore == 0) {
            finish(run, Done{});
        }
        return;
    }
    // the same place again would be read for ever
    run->isAtEnd = page.isComplete || page.last.isEmpty() || page.last == run->next;
    run->isFirstPage = false;
    run->next = page.last;
    ++run->inStore;
    const Future<MessageChanges> stored = m_pipeline.addPage(page, {page.last});
    if (run->isAtEnd) {
        m_pipeline.setLiveAdvances(true); // what comes from now on follows this page
    }
    whenDone(stored, this, [this, run](const Result<MessageChanges> &changes) {
        --run->inStore;
        if (!changes) {
            finish(run, changes.error());
        } else if (run->isAtEnd && run->inStore == 0) {
            finish(run, Done{});
        } else if (run == m_run && !run->isAtEnd && !run->isReading && !run->isFinished) {
            readForward(run, run->next);
        }
    });
    // the server works on the next page while this one is being stored
    if (!run->isAtEnd && !run->isReading && run->inStore < pagesInStore) {
        readForward(run, run->next);
    }
}

void CatchUp::compareNewest(const RunRef &run)
{
    ArchiveRequest request;
    request.fromNewest = true;
    request.limit = 1;
    ask(run, request, [this, run](const ArchivePage &page) {
        if (isEmpty(page) || contains(page, run->anchor)) {
            m_pipeline.setLiveAdvances(true);
            finish(run, Done{});
        } else {
            readNewest(run);
        }
    });
}

void CatchUp::readNewest(const RunRef &run)
{
    ArchiveRequest request;
    request.fromNewest = true;
    request.limit = pageSize;
    ask(run, request, [this, run](const ArchivePage &page) { keepNewest(run, page); });
}

void CatchUp::keepNewest(const RunRef &run, const ArchivePage &page)
{
    if (isEmpty(page)) {
        m_pipeline.setLiveAdvances(true);
        finish(run, Done{});
        return;
    }
    const auto keep = [this, run, page](std::function<void()> then) {
        const Future<MessageChanges> stored = m_pipeline.addPage(page, {page.last});
        m_pipeline.setLiveAdvances(true);
        whenDone(stored, this, [this, run, then](const Result<MessageChanges> &changes) {
            changes ? then() : finish(run, changes.error());
        });
    };
    if (page.isComplete || contains(page, run->anchor)) {
        keep([this, run] { finish(run, Done{}); });
        return;
    }
    // the gap before the progress that hides it
    ArchiveGap gap;
    gap.after = run->anchor;
    gap.before = page.first;
    gap.until = page.messages.isEmpty() ? QDateTime() : page.messages.first().time;
    whenDone(m_store.keepGap(m_account, gap), this, [this, run, keep](const Result<Done> &kept) {
        if (run != m_run) {
            return;
        }
        if (!kept) {
            finish(run, kept.error());
            return;
        }
        keep([this, run] {
            whenDone(m_store.gaps(m_account), this, [this, run](const Result<QList<ArchiveGap>> &gaps) {
                gaps && !gaps->isEmpty() ? readBackward(run, gaps->last(), pagesBackward) : finish(run, Done{});
            });
        });
    });
}

// What was skipped between two known places is filled in the background. What lies before the first login's pages
// is read when somebody scrolls there.
void CatchUp::fillGaps(const RunRef &run)
{
    whenDone(m_store.gaps(m_account), this, [this, run](const Result<QList<ArchiveGap>> &gaps) {
        if (!gaps || run != m_run) {
            return;
        }
        for (const ArchiveGap &gap : *gaps) {
            if (!gap.after.isEmpty()) {
                readBackward(run, gap, pagesPerGap);
                return;
            }
        }
    });
}

void CatchUp::readBackward(const RunRef &run, const ArchiveGap &gap, int pages)
{
    if (run != m_run) {
        return;
    }
    if (pages <= 0) {
        finish(run, Done{});
        return;
    }
    ArchiveRequest request;
    request.before = gap.before;
    request.limit = pageSize;
    ask(
        run, request, [this, run, gap, pages](const ArchivePage &page) { keepBackward(run, gap, pages, page); },
        [this, run, gap](const Error &) {
            // the archive has forgotten that stretch: it cannot be filled any more
            whenDone(m_store.removeGap(gap.id), this, [this, run](const Result<Done> &) { finish(run, Done{}); });
        });
}

void CatchUp::keepBackward(const RunRef &run, ArchiveGap gap, int pages, const ArchivePage &received)
{
    const ArchivePage page = datedBefore(gap.until, received);
    whenDone(
        m_pipeline.addPage(page), this, [this, run, gap, pages, page](const Result<MessageChanges> &changes) mutable {
            if (!changes) {
                finish(run, changes.error());
                return;
            }
            const bool isClosed = isEmpty(page) || page.isComplete || page.first == gap.before
                || contains(page, gap.after) || (!gap.after.isEmpty() && wasKnown(page, *changes));
            if (isClosed) {
                whenDone(m_store.removeGap(gap.id), this, [this, run](const Result<Done> &) { finish(run, Done{}); });
                return;
            }
            gap.before = page.first;
            gap.until = page.messages.isEmpty() ? gap.until : page.messages.first().time;
            whenDone(m_store.keepGap(m_account, gap), this, [this, run, gap, pages](const Result<Done> &kept) {
                kept ? readBackward(run, gap, pages - 1) : finish(run, kept.error());
            });
        });
}

} // namespace cumulet
