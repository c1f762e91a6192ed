#include "kit/fakes/FakeArchiveWire.h"

#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

Jid FakeArchiveWire::Stored::peer() const
{
    return std::visit([](const auto &content) { return content.peer; }, entry);
}

QDateTime FakeArchiveWire::Stored::time() const
{
    return std::visit([](const auto &content) { return content.time; }, entry);
}

ArchiveId FakeArchiveWire::add(IncomingMessage message)
{
    const ArchiveId id(u"a%1"_s.arg(++m_lastId));
    message.isFromArchive = true;
    message.isCarbon = false;
    message.archiveId = id;
    m_entries.append({id, message});
    return id;
}

ArchiveId FakeArchiveWire::add(const DeliveryNotice &notice)
{
    const ArchiveId id(u"a%1"_s.arg(++m_lastId));
    m_entries.append({id, notice});
    return id;
}

qsizetype FakeArchiveWire::countOf(const OriginId &originId) const
{
    return std::ranges::count_if(m_entries, [&originId](const Stored &stored) {
        const auto *message = std::get_if<IncomingMessage>(&stored.entry);
        return message && message->originId == originId;
    });
}

Future<ArchivePage> FakeArchiveWire::page(const ArchiveRequest &request)
{
    requests.append(request);
    auto promise = std::make_shared<QPromise<Result<ArchivePage>>>();
    promise->start();
    const Future<ArchivePage> answer = promise->future();
    if (isSilent) {
        QTimer::singleShot(std::chrono::hours(1), this, [promise] {});
        return answer;
    }
    const Result<ArchivePage> result = failures.isEmpty() ? answerTo(request) : failures.takeFirst();
    QTimer::singleShot(0, this, [this, promise, result] {
        if (beforeAnswer) {
            beforeAnswer();
        }
        promise->addResult(result);
        promise->finish();
    });
    return answer;
}

Result<ArchivePage> FakeArchiveWire::answerTo(const ArchiveRequest &request) const
{
    if (!isSupported) {
        return Error{ErrorKind::Unsupported, {}};
    }
    QList<Stored> chosen;
    for (const Stored &stored : m_entries) {
        if ((request.with.isEmpty() || stored.peer() == request.with)
            && (!request.start.isValid() || stored.time() >= request.start)) {
            chosen.append(stored);
        }
    }
    const bool isBackward = request.fromNewest || !request.before.isEmpty();
    const ArchiveId anchor = isBackward ? request.before : request.after;
    qsizetype from = 0;
    qsizetype to = chosen.size();
    if (!anchor.isEmpty()) {
        const auto place = std::ranges::find(chosen, anchor, &Stored::id);
        if (place == chosen.end()) {
            return reportsUnknownIds ? Result<ArchivePage>(Error{ErrorKind::NotFound, {}})
                                     : Result<ArchivePage>(ArchivePage{{}, {}, {}, {}, true});
        }
        isBackward ? to = place - chosen.begin() : from = place - chosen.begin() + 1;
    }
    const qsizetype begin = isBackward ? std::max(from, to - request.limit) : from;
    const qsizetype end = isBackward ? to : std::min(to, from + request.limit);
    ArchivePage page;
    page.isComplete = isBackward ? begin == from : end == to;
    for (const Stored &stored : std::as_const(chosen).sliced(begin, end - begin)) {
        if (const auto *message = std::get_if<IncomingMessage>(&stored.entry)) {
            page.messages.append(*message);
        } else {
            page.notices.append(std::get<DeliveryNotice>(stored.entry));
        }
        page.first = page.first.isEmpty() ? stored.id : page.first;
        page.last = stored.id;
    }
    return page;
}

} // namespace cumulet::tests
