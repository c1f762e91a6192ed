#pragma once

#include "ui/timeline/HeightIndex.h"

#include <QHash>
#include <QList>

#include <vector>

namespace cumulet {

/// Where rows are and what the viewport shows of them; no widgets. It owns the one anchor, (row id, pixels): whatever is
/// not the user's own scroll leaves that row's top at the same pixel of the viewport. The scroll offset is derived from
/// the anchor, never kept. Alternatively it is pinned to the newest edge and shows whatever is there.
class TimelineGeometry
{
public:
    enum class NewestEdge { Bottom, Top };

    struct Anchor
    {
        qint64 rowId = 0; ///< 0: none, there are no rows
        qint64 y = 0; ///< of the row's top, from the top of the viewport; may be far outside for a tall row
        bool operator==(const Anchor &) const = default;
    };

    explicit TimelineGeometry(NewestEdge edge)
        : m_edge(edge)
    {
    }

    NewestEdge newestEdge() const { return m_edge; }

    // ---- rows
    int count() const { return int(m_ids.size()); }
    qint64 idAt(int row) const { return m_ids[row]; }
    /// -1: not here.
    int rowOf(qint64 id) const;
    int height(int row) const { return m_heights.height(row); }
    bool isExact(int row) const { return m_heights.isExact(row); }

    void reset(std::vector<qint64> ids, std::vector<int> guesses);
    void insert(int row, const std::vector<qint64> &ids, const std::vector<int> &guesses);
    /// An anchor that goes is taken over by the next row that stays, at the same pixel.
    void remove(int row, int count);
    /// The same rows and others in a new order; known heights and the anchor stay.
    void reorder(std::vector<qint64> ids, const std::vector<int> &guesses);
    void setHeight(int row, int height) { m_heights.set(row, height, true); }
    void guessHeight(int row, int height) { m_heights.set(row, height, false); }
    void doubtHeights() { m_heights.doubt(); }

    // ---- viewport
    int viewportHeight() const { return m_viewportHeight; }
    void setViewportHeight(int height) { m_viewportHeight = height; }
    /// Free space above the first and below the last row.
    void setMargins(int above, int below);
    int marginAbove() const { return m_above; }

    qint64 contentHeight() const { return m_above + m_heights.total() + m_below; }
    /// Distance from the content's top to the viewport's top; content shorter than the viewport keeps to the
    /// newest edge, so it may be negative.
    qint64 offset() const;
    qint64 leastOffset() const;
    qint64 greatestOffset() const;
    qint64 edgeOffset() const { return m_edge == NewestEdge::Bottom ? greatestOffset() : leastOffset(); }
    /// Top of row, from the viewport's top.
    qint64 y(int row) const { return m_above + m_heights.top(row) - offset(); }
    int rowAtY(qint64 y) const { return m_heights.rowAt(y + offset() - m_above); }

    // ---- the reader's place
    /// The user's own scroll: the row at the viewport's top becomes the anchor. Not clamped; see settle().
    void scrollTo(qint64 offset);
    void setAnchor(const Anchor &anchor);
    /// The anchor, or what it would be if it were unpinned now.
    Anchor anchor() const;
    void pin();
    void unpin();
    bool isPinned() const { return m_pinned; }
    /// Brings an offset beyond the ends back, once the rows in sight are measured. True when it moved.
    bool settle();

private:
    Anchor anchorAt(qint64 offset) const;
    void reindex() const;

    NewestEdge m_edge;
    HeightIndex m_heights;
    std::vector<qint64> m_ids;
    mutable QHash<qint64, int> m_rows;
    mutable bool m_rowsKnown = true;
    Anchor m_anchor;
    bool m_pinned = true;
    int m_viewportHeight = 0;
    int m_above = 0;
    int m_below = 0;
};

} // namespace cumulet
