#include "services/chat/Settlement.h"

#include "wire/ArchiveWire.h"

#include <QPromise>
#include <QSet>

#include <algorithm>

namespace cumulet {

static constexpr qint64 clockDifference = 10 * 60; // seconds

struct Settlement::Search
{
    QSet<OriginId> unknown;
    Arrived arrived;
    ArchiveRequest request;
    QPromise<Result<Arrived>> promise;

    void finish(const Result<Arrived> &result)
    {
        promise.addResult(result);
        promise.finish();
    }
};

Settlement::Settlement(ArchiveWire &archive, QObject *parent)
    : QObject(parent)
    , m_archive(archive)
{
}

static bool isFinalAnswer(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unsupported:
    case ErrorKind::NotAllowed:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
        return true;
    default:
        return false;
    }
}

Future<Settlement::Arrived> Settlement::find(const QList<MessageStore::Waiting> &unknown)
{
    if (unknown.isEmpty()) {
        return ready(Arrived());
    }
    auto search = std::make_shared<Search>();
    QSet<Jid> peers;
    QDateTime oldest = unknown.first().time;
    for (const MessageStore::Waiting &waiting : unknown) {
        search->unknown.insert(waiting.message.originId);
        peers.insert(waiting.message.to.bare());
        oldest = std::min(oldest, waiting.time);
    }
    if (peers.size() == 1) {
        search->request.with = *peers.cbegin();
    }
    search->request.start = oldest.toUTC().addSecs(-clockDifference);
    search->promise.start();
    readPage(search);
    return search->promise.future();
}

void Settlement::readPage(const std::shared_ptr<Search> &search)
{
    whenDone(m_archive.page(search->request), this, [this, search](const Result<ArchivePage> &page) {
        if (!page) {
            isFinalAnswer(page.error().kind) ? search->finish(search->arrived) : search->finish(page.error());
            return;
        }
        for (const IncomingMessage &message : page->messages) {
            // only our own: somebody else may have copied the id
            if (message.isOwn && search->unknown.remove(message.originId)) {
                search->arrived.insert(message.originId, message.archiveId);
            }
        }
        // the same id again would be asked for ever
        const bool goesOn = !page->isComplete && !page->last.isEmpty() && page->last != search->request.after;
        if (search->unknown.isEmpty() || !goesOn) {
            search->finish(search->arrived);
            return;
        }
        search->request.after = page->last;
        readPage(search);
    });
}

} // namespace cumulet
