// The part of ThreadsModel that shows where posts are missing.
#include "ui/models/ThreadsModel.h"

#include <algorithm>

namespace cumulet {

ThreadsModel::Entry ThreadsModel::entryOf(const ChannelGap &gap)
{
    Entry entry;
    entry.thread.start.row = -gap.id; // below the threads of the same time
    entry.thread.lastActivity = gap.newest;
    entry.thread.start.published = gap.newest;
    return entry;
}

NoticeRow ThreadsModel::noticeOf(const Entry &entry) const
{
    NoticeRow notice;
    notice.id = entry.thread.start.row;
    notice.revision = revisionOf(entry);
    notice.kind = NoticeRow::PostsMissing;
    notice.isLoading = m_fillingGaps.contains(notice.id);
    notice.time = entry.thread.lastActivity;
    return notice;
}

void ThreadsModel::readGaps()
{
    whenDone(askGaps(), this, [this](const Result<QList<ChannelGap>> &gaps) {
        if (!gaps) {
            Q_EMIT failed(gaps.error());
            return;
        }
        m_gaps = *gaps;
        placeGaps();
    });
}

// A gap is shown where its place lies between threads of the window, or at an end of it that is one of the channel.
void ThreadsModel::placeGaps()
{
    if (m_alone != 0) {
        return; // one thread has none beside it
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        const Entry &entry = m_entries[size_t(row)];
        const bool isCurrent =
            !entry.isGap() || std::any_of(m_gaps.cbegin(), m_gaps.cend(), [&](const ChannelGap &gap) {
                return -gap.id == entry.thread.start.row && gap.newest == entry.thread.lastActivity;
            });
        if (!isCurrent) {
            beginRemoveRows({}, row, row);
            m_entries.erase(m_entries.begin() + row);
            endRemoveRows();
        }
    }
    for (const ChannelGap &gap : std::as_const(m_gaps)) {
        if (rowOf(-gap.id) < 0 && isPlaced(gap)) {
            insertGap(gap);
        }
    }
}

bool ThreadsModel::isPlaced(const ChannelGap &gap) const
{
    const Cursor place = placeOf(entryOf(gap).thread);
    bool hasNewer = m_atNewest;
    bool hasOlder = m_atOldest;
    for (const Entry &entry : m_entries) {
        hasNewer = hasNewer || (!entry.isGap() && placeOf(entry.thread) > place);
        hasOlder = hasOlder || (!entry.isGap() && placeOf(entry.thread) < place);
    }
    return hasNewer && hasOlder;
}

void ThreadsModel::insertGap(const ChannelGap &gap)
{
    const Entry made = entryOf(gap);
    const auto at = std::find_if(m_entries.cbegin(), m_entries.cend(),
        [this, &made](const Entry &entry) { return placeOf(entry.thread) < placeOf(made.thread); });
    const int row = int(at - m_entries.cbegin());
    beginInsertRows({}, row, row);
    m_entries.insert(m_entries.begin() + row, made);
    endInsertRows();
}

void ThreadsModel::fillGap(qint64 rowId)
{
    if (m_fillingGaps.contains(rowId)) {
        return;
    }
    const auto change = [this, rowId](bool isFilling) {
        isFilling ? void(m_fillingGaps.insert(rowId)) : void(m_fillingGaps.remove(rowId));
        if (const int row = rowOf(rowId); row >= 0) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    };
    change(true);
    whenDone(askMissing(-rowId), this, [this, change](const Result<Done> &done) {
        change(false);
        if (!done) {
            Q_EMIT failed(done.error());
        }
    });
}

// with the thread above it, if there is one
void ThreadsModel::jumpToGap(qint64 rowId)
{
    const auto above = [this, rowId](const QList<ChannelGap> &gaps) -> Future<Page<Thread>> {
        m_gaps = gaps;
        const auto gap = std::find_if(
            gaps.cbegin(), gaps.cend(), [rowId](const ChannelGap &candidate) { return -candidate.id == rowId; });
        if (gap == gaps.cend()) {
            return cumulet::failed<Page<Thread>>({ErrorKind::NotFound, {}}); // not the signal
        }
        const Cursor place = placeOf(entryOf(*gap).thread);
        return askPage({.from = place, .direction = PageRequest::After, .limit = 1});
    };
    const auto around = [this](const Page<Thread> &page) {
        PageRequest request{.from = {}, .limit = pageSize};
        if (!page.rows.isEmpty()) {
            const Cursor place = placeOf(page.rows.first());
            request.from = Cursor{place.time, place.row + 1};
        }
        return askPage(request);
    };
    const auto found = andThen(askGaps(), this, above);
    whenDone(andThen(found, this, around), this, [this, rowId](const Result<Page<Thread>> &page) {
        if (page) {
            replaceWindow(*page);
            Q_EMIT jumped(rowId);
        }
    });
}

} // namespace cumulet
