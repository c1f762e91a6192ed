#include "ui/timeline/TimelineSelection.h"

#include "ui/common/TimeText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

void TimelineSelection::clear()
{
    m_from = m_to = {};
    m_above.clear();
    m_below.clear();
}

void TimelineSelection::start(const End &end)
{
    clear();
    m_from = m_to = end;
}

void TimelineSelection::extend(const End &end)
{
    if (m_from.rowId == 0)
        m_from = end;
    m_to = end;
}

void TimelineSelection::set(const End &from, const End &to)
{
    clear();
    m_from = from;
    m_to = to;
}

TimelineSelection::Position TimelineSelection::position(const Rows &rows, const End &end) const
{
    const int row = rows.rowOf(end.rowId);
    if (row < 0) {
        const bool above =
            std::any_of(m_above.begin(), m_above.end(), [&end](const Kept &kept) { return kept.rowId == end.rowId; });
        return above ? Position{-1, 0, 0} : Position{rows.count, 0, 0};
    }
    const QList<RowText> texts = rows.texts(row);
    for (int block = 0; block < texts.size(); ++block) {
        if (texts.at(block).block == end.place.block)
            return {row, block, end.place.offset};
    }
    return {row, 0, 0};
}

std::pair<TimelineSelection::Position, TimelineSelection::Position> TimelineSelection::ordered(const Rows &rows) const
{
    const Position a = position(rows, m_from);
    const Position b = position(rows, m_to);
    return a <= b ? std::pair(a, b) : std::pair(b, a);
}

std::pair<int, int> TimelineSelection::partOf(
    const Position &first, const Position &last, int row, int block, int length)
{
    const auto here = std::pair(row, block);
    if (here < std::pair(first.row, first.block) || here > std::pair(last.row, last.block))
        return {0, 0};
    const int from = here == std::pair(first.row, first.block) ? first.offset : 0;
    const int to = here == std::pair(last.row, last.block) ? last.offset : length;
    return {std::clamp(from, 0, length), std::clamp(to, 0, length)};
}

std::pair<int, int> TimelineSelection::within(const Rows &rows, int row, qint64 block) const
{
    if (isEmpty())
        return {0, 0};
    const auto [first, last] = ordered(rows);
    if (row < first.row || row > last.row)
        return {0, 0};
    const QList<RowText> texts = rows.texts(row);
    for (int i = 0; i < texts.size(); ++i) {
        if (texts.at(i).block == block)
            return partOf(first, last, row, i, int(texts.at(i).text.size()));
    }
    return {0, 0};
}

QString TimelineSelection::line(const RowText &text, int from, int to)
{
    return u"[%1] %2: %3"_s.arg(TimeText::clock(text.time), text.author, text.text.mid(from, to - from));
}

QString TimelineSelection::textOfRow(const Rows &rows, int row, const std::pair<Position, Position> &ends) const
{
    QStringList lines;
    const QList<RowText> texts = rows.texts(row);
    for (int block = 0; block < texts.size(); ++block) {
        const auto [from, to] = partOf(ends.first, ends.second, row, block, int(texts.at(block).text.size()));
        if (from < to)
            lines << line(texts.at(block), from, to);
    }
    return lines.join(u'\n');
}

QString TimelineSelection::text(const Rows &rows) const
{
    if (isEmpty())
        return {};
    const auto ends = ordered(rows);
    const auto [first, last] = ends;
    if (first.row == last.row && first.block == last.block && first.row >= 0 && first.row < rows.count) {
        const QList<RowText> texts = rows.texts(first.row);
        return first.block < texts.size() ? texts.at(first.block).text.mid(first.offset, last.offset - first.offset)
                                          : QString();
    }
    QStringList lines;
    for (const Kept &kept : m_above)
        lines << kept.text;
    for (int row = std::max(0, first.row); row <= std::min(last.row, rows.count - 1); ++row) {
        if (const QString text = textOfRow(rows, row, ends); !text.isEmpty())
            lines << text;
    }
    for (const Kept &kept : m_below)
        lines << kept.text;
    return lines.join(u'\n');
}

void TimelineSelection::rowsGo(const Rows &rows, int first, int last)
{
    if (isEmpty())
        return;
    const auto ends = ordered(rows);
    const int from = std::max(first, ends.first.row);
    const int to = std::min(last, ends.second.row);
    if (from > to)
        return;
    if (first > 0 && last < rows.count - 1) {
        // taken out of the middle: these were deleted; an end among them moves to its neighbour
        const auto move = [&](End &end) {
            const int row = rows.rowOf(end.rowId);
            if (row < first || row > last)
                return;
            const QList<RowText> texts = rows.texts(last + 1);
            end = {rows.idAt(last + 1), {texts.isEmpty() ? 0 : texts.first().block, 0}};
        };
        move(m_from);
        move(m_to);
        return;
    }
    QList<Kept> kept;
    for (int row = from; row <= to; ++row)
        kept.append({rows.idAt(row), textOfRow(rows, row, ends)});
    if (first == 0)
        m_above += kept;
    else
        m_below = kept + m_below;
}

void TimelineSelection::rowsCame(const Rows &rows, int first, int last)
{
    if (m_above.isEmpty() && m_below.isEmpty())
        return;
    const auto isBack = [&](const Kept &kept) {
        const int row = rows.rowOf(kept.rowId);
        return row >= first && row <= last;
    };
    m_above.removeIf(isBack);
    m_below.removeIf(isBack);
}

} // namespace cumulet
