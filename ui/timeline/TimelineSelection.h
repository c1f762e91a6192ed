#pragma once

#include "ui/timeline/RowContent.h"

#include <QList>
#include <QString>

#include <functional>
#include <utility>

namespace cumulet {

/// Selected text across rows, as two places (row id, block, offset). Rows that are unloaded keep what was selected of
/// them here, so that copying later gives the whole.
class TimelineSelection
{
public:
    struct End
    {
        qint64 rowId = 0;
        TextPlace place;
        bool operator==(const End &) const = default;
    };
    /// The rows as they are now.
    struct Rows
    {
        std::function<int(qint64 id)> rowOf; ///< -1: not loaded
        std::function<qint64(int row)> idAt;
        std::function<QList<RowText>(int row)> texts;
        int count = 0;
    };

    bool isEmpty() const { return m_from == m_to; }
    void clear();
    void start(const End &end);
    void extend(const End &end);
    void set(const End &from, const End &to);
    const End &from() const { return m_from; }

    /// The selected part of block, [first, second); equal: none.
    std::pair<int, int> within(const Rows &rows, int row, qint64 block) const;
    /// For the clipboard: the bare text within one block, else each with its author and time.
    QString text(const Rows &rows) const;

    /// Call before rows go, respectively after they came.
    void rowsGo(const Rows &rows, int first, int last);
    void rowsCame(const Rows &rows, int first, int last);

private:
    struct Position
    {
        int row; // -1: unloaded above, count: unloaded below
        int block;
        int offset;
        auto operator<=>(const Position &) const = default;
    };
    struct Kept
    {
        qint64 rowId;
        QString text;
    };

    Position position(const Rows &rows, const End &end) const;
    std::pair<Position, Position> ordered(const Rows &rows) const;
    static std::pair<int, int> partOf(const Position &first, const Position &last, int row, int block, int length);
    static QString line(const RowText &text, int from, int to);
    QString textOfRow(const Rows &rows, int row, const std::pair<Position, Position> &ends) const;

    End m_from;
    End m_to;
    QList<Kept> m_above;
    QList<Kept> m_below;
};

} // namespace cumulet
