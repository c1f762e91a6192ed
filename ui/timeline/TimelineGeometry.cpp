#include "ui/timeline/TimelineGeometry.h"

#include <algorithm>

namespace cumulet {

void TimelineGeometry::reindex() const
{
    m_rows.clear();
    m_rows.reserve(qsizetype(m_ids.size()));
    for (size_t row = 0; row < m_ids.size(); ++row)
        m_rows.insert(m_ids[row], int(row));
    m_rowsKnown = true;
}

int TimelineGeometry::rowOf(qint64 id) const
{
    if (!m_rowsKnown)
        reindex();
    return m_rows.value(id, -1);
}

void TimelineGeometry::reset(std::vector<qint64> ids, std::vector<int> guesses)
{
    m_ids = std::move(ids);
    m_heights.reset(std::move(guesses));
    m_rowsKnown = false;
    m_anchor = {};
    m_pinned = true;
}

void TimelineGeometry::insert(int row, const std::vector<qint64> &ids, const std::vector<int> &guesses)
{
    // appending is what happens all day: the index grows instead of being made anew
    if (m_rowsKnown && row == count()) {
        for (size_t i = 0; i < ids.size(); ++i)
            m_rows.insert(ids[i], row + int(i));
    } else {
        m_rowsKnown = false;
    }
    m_ids.insert(m_ids.begin() + row, ids.begin(), ids.end());
    m_heights.insert(row, guesses);
    if (!m_pinned && m_anchor.rowId == 0)
        m_pinned = true;
}

void TimelineGeometry::remove(int row, int count)
{
    const int anchored = m_pinned ? -1 : rowOf(m_anchor.rowId);
    if (anchored >= row && anchored < row + count) {
        if (row + count < this->count())
            m_anchor.rowId = m_ids[row + count];
        else if (row > 0)
            m_anchor = {m_ids[row - 1], m_anchor.y - m_heights.height(row - 1)};
        else
            m_anchor = {};
    }
    m_ids.erase(m_ids.begin() + row, m_ids.begin() + row + count);
    m_heights.remove(row, count);
    m_rowsKnown = false;
    if (m_ids.empty())
        m_pinned = true;
}

void TimelineGeometry::reorder(std::vector<qint64> ids, const std::vector<int> &guesses)
{
    QHash<qint64, std::pair<int, bool>> known;
    for (int row = 0; row < count(); ++row)
        known.insert(m_ids[row], {m_heights.height(row), m_heights.isExact(row)});
    std::vector<qint64> before = std::move(m_ids);
    const int anchored = m_pinned ? -1 : int(std::find(before.begin(), before.end(), m_anchor.rowId) - before.begin());
    m_ids = std::move(ids);
    m_heights.reset(guesses);
    m_rowsKnown = false;
    for (int row = 0; row < count(); ++row) {
        if (const auto height = known.constFind(m_ids[row]); height != known.constEnd())
            m_heights.set(row, height->first, height->second);
    }
    if (anchored >= 0 && rowOf(m_anchor.rowId) < 0) {
        const auto stays =
            std::find_if(before.begin() + anchored, before.end(), [this](qint64 id) { return rowOf(id) >= 0; });
        if (stays != before.end())
            m_anchor.rowId = *stays;
        else
            m_pinned = true;
    }
}

void TimelineGeometry::setMargins(int above, int below)
{
    m_above = above;
    m_below = below;
}

qint64 TimelineGeometry::leastOffset() const
{
    const qint64 spare = m_viewportHeight - contentHeight();
    return spare > 0 && m_edge == NewestEdge::Bottom ? -spare : 0;
}

qint64 TimelineGeometry::greatestOffset() const
{
    return std::max(leastOffset(), contentHeight() - m_viewportHeight);
}

qint64 TimelineGeometry::offset() const
{
    if (m_pinned)
        return edgeOffset();
    const int row = rowOf(m_anchor.rowId);
    return row < 0 ? edgeOffset() : m_above + m_heights.top(row) - m_anchor.y;
}

TimelineGeometry::Anchor TimelineGeometry::anchorAt(qint64 offset) const
{
    int row = m_heights.rowAt(offset - m_above);
    if (row < 0)
        return {};
    // the first row whose top is in sight; a row that fills the viewport anchors itself
    const qint64 top = m_above + m_heights.top(row) - offset;
    if (top < 0 && row + 1 < count() && top + m_heights.height(row) < m_viewportHeight / 2)
        ++row;
    return {m_ids[row], m_above + m_heights.top(row) - offset};
}

void TimelineGeometry::scrollTo(qint64 offset)
{
    m_anchor = anchorAt(offset);
    m_pinned = m_anchor.rowId == 0;
}

void TimelineGeometry::setAnchor(const Anchor &anchor)
{
    m_anchor = anchor;
    m_pinned = rowOf(anchor.rowId) < 0;
}

TimelineGeometry::Anchor TimelineGeometry::anchor() const
{
    return m_pinned ? anchorAt(edgeOffset()) : m_anchor;
}

void TimelineGeometry::pin()
{
    m_pinned = true;
}

void TimelineGeometry::unpin()
{
    if (m_pinned)
        scrollTo(edgeOffset());
}

bool TimelineGeometry::settle()
{
    const qint64 now = offset();
    const qint64 right = std::clamp(now, leastOffset(), greatestOffset());
    if (now == right)
        return false;
    scrollTo(right);
    return true;
}

} // namespace cumulet
