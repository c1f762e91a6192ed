#include "services/chat/OlderHistory.h"

#include "services/chat/ArchiveOrder.h"
#include "services/chat/InboundPipeline.h"
#include "wire/ArchiveWire.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int pageSize = 50;
static constexpr int pagesWithoutNews = 10; ///< pages of receipts and known messages to skip at a time

struct OlderHistory::Reading
{
    ConversationId conversation = 0;
    ArchiveRequest request;
    int pagesLeft = pagesWithoutNews;
    QPromise<Result<Done>> promise;
};

OlderHistory::OlderHistory(ArchiveWire &archive, MessageStore &store, InboundPipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_archive(archive)
    , m_store(store)
    , m_pipeline(pipeline)
{
}

Future<Done> OlderHistory::fetch(ConversationId conversation, const Jid &peer)
{
    return m_underWay.once(conversation, this, [&] { return read(conversation, peer); });
}

Future<Done> OlderHistory::read(ConversationId conversation, const Jid &peer)
{
    auto reading = std::make_shared<Reading>();
    reading->conversation = conversation;
    reading->request.with = peer;
    reading->request.limit = pageSize;
    reading->promise.start();
    const Future<Done> done = reading->promise.future();
    whenDone(m_store.history(conversation), this, [this, reading](const Result<ConversationHistory> &history) {
        if (!history) {
            finish(reading, history.error());
        } else if (history->isComplete) {
            finish(reading, Error{ErrorKind::NotFound, u"the beginning is stored"_s});
        } else {
            readPage(reading, *history);
        }
    });
    return done;
}

void OlderHistory::readPage(const std::shared_ptr<Reading> &reading, const ConversationHistory &history)
{
    if (reading->request.before.isEmpty()) {
        reading->request.before = history.oldest;
        reading->request.fromNewest = history.oldest.isEmpty();
    }
    whenDone(m_archive.page(reading->request), this, [this, reading, history](const Result<ArchivePage> &page) {
        if (!page) {
            // an id that the archive has forgotten: so it has everything before it
            page.error().kind == ErrorKind::NotFound ? finishAtBeginning(reading, false)
                : page.error().kind == ErrorKind::Unsupported
                ? finish(reading, Error{ErrorKind::NotFound, u"no archive"_s})
                : finish(reading, page.error());
            return;
        }
        whenDone(m_pipeline.addPage(datedBefore(history.oldestTime, *page)), this,
            [this, reading, history, page = *page](const Result<MessageChanges> &changes) {
                if (!changes) {
                    finish(reading, changes.error());
                    return;
                }
                const bool foundSome = std::ranges::any_of(
                    changes->conversations, [](const auto &rows) { return !rows.inserted.isEmpty(); });
                if (page.isComplete || page.first.isEmpty() || page.first == reading->request.before) {
                    finishAtBeginning(reading, foundSome);
                } else if (foundSome || --reading->pagesLeft <= 0) {
                    finish(reading, Done{});
                } else {
                    reading->request.before = page.first;
                    reading->request.fromNewest = false;
                    readPage(reading, history);
                }
            });
    });
}

void OlderHistory::finishAtBeginning(const std::shared_ptr<Reading> &reading, bool foundSome)
{
    whenDone(
        m_store.setHistoryComplete(reading->conversation), this, [this, reading, foundSome](const Result<Done> &kept) {
            if (!kept) {
                finish(reading, kept.error());
            } else if (foundSome) {
                finish(reading, Done{});
            } else {
                finish(reading, Error{ErrorKind::NotFound, u"there is nothing older"_s});
            }
        });
}

void OlderHistory::finish(const std::shared_ptr<Reading> &reading, const Result<Done> &result)
{
    reading->promise.addResult(result);
    reading->promise.finish();
}

} // namespace cumulet
