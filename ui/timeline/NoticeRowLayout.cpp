#include "ui/timeline/NoticeRowLayout.h"

#include "ui/common/Theme.h"

#include <cmath>

namespace cumulet {

NoticeRowLayout::NoticeRowLayout(const NoticeRow &row, const LayoutContext &context)
    : RowLayout(row.id, row.revision, context)
{
    const RowStyle &s = style();
    const qreal top = placeLinesAbove(row.startsDay, row.startsUnread, row.unreadSince, context.now);
    const QString words = spoken(row);
    const bool isGap = row.kind == NoticeRow::HistoryGap || row.kind == NoticeRow::PostsMissing;
    const QString load = isGap && !row.isLoading ? tr("Load them") : QString();
    const qreal wordsWidth = s.smallMetrics.horizontalAdvance(words);
    const qreal loadWidth = load.isEmpty() ? 0 : s.smallBoldMetrics.horizontalAdvance(load) + Theme::small;
    const qreal x = columnLeft() + (columnWidth() - wordsWidth - loadWidth) / 2;
    const qreal y = top + Theme::small;
    say(words, QPointF(x, y + (s.targetHeight - s.smallMetrics.height()) / 2 + s.smallMetrics.ascent()), s.small,
        color(Theme::Muted));
    if (!load.isEmpty())
        sayButton(load, RowAction::ShowEarlier, {}, row.id,
            row.kind == NoticeRow::PostsMissing ? tr("Load the missing posts") : tr("Load the missing messages"),
            QPointF(x + wordsWidth + Theme::small, y));
    m_body = QRectF(columnLeft(), top, columnWidth(), s.targetHeight + 2 * Theme::small);
    m_height = int(std::ceil(m_body.bottom()));
}

QString NoticeRowLayout::spoken(const NoticeRow &row)
{
    switch (row.kind) {
    case NoticeRow::PostsMissing:
        return row.isLoading ? tr("Loading missing posts…") : tr("Posts are missing here.");
    case NoticeRow::HistoryGap:
        return tr("Something may be missing here.");
    case NoticeRow::HistoryStart:
        return tr("This is the beginning.");
    case NoticeRow::HistoryUnavailable:
        return tr("The server keeps nothing older.");
    }
    return {};
}

void NoticeRowLayout::paintBehind(QPainter *, const RowPaint &) const {}

void NoticeRowLayout::paintParts(QPainter *, const RowPaint &) const {}

} // namespace cumulet
