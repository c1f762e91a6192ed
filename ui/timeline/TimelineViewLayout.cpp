// How rows get their places: measuring what is in sight, keeping the reader's place, the scroll bar.
#include "ui/timeline/TimelineView.h"

#include "ui/common/Theme.h"
#include "ui/models/TimelineRoles.h"
#include "ui/models/TimelineRows.h"
#include "ui/timeline/RowContent.h"
#include "ui/timeline/SeenRows.h"

#include <QElapsedTimer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace cumulet {

static constexpr int frameBudget = 8; // milliseconds of laying out ahead at a time
static constexpr qreal screensAhead = 1.5;
static constexpr int askAgainAfter = 10'000; // milliseconds
static constexpr qint64 longestBar = 1'000'000; // a scroll bar counts in int; longer contents are scaled down to this

LayoutContext TimelineView::context(qint64 rowId) const
{
    return {*m_style, viewport()->width(), QDateTime::currentDateTime(),
        [this](qint64 block) { return m_unfolded.value(block); }, m_editor && rowId == m_editorRow ? m_editorHeight : 0,
        m_media};
}

RowLayout *TimelineView::layOutRowAt(int row)
{
    const qint64 id = m_geometry.idAt(row);
    if (RowLayout *known = m_layouts.find(id))
        return known;
    std::unique_ptr<RowLayout> made = cumulet::layOutRow(rowValue(row), context(id));
    if (!made || made->id() != id) // a model that contradicts itself must not be asked for ever
        made = cumulet::layOutRow(
            QVariant::fromValue(NoticeRow{id, 0, NoticeRow::HistoryGap, {}, {}, false, {}}), context(id));
    learn(row, made->height());
    return m_layouts.keep(std::move(made));
}

// True when a height turned out to be another: what is in sight may have changed.
bool TimelineView::measureVisible()
{
    if (m_geometry.count() == 0)
        return false;
    bool changed = false;
    for (int row = m_geometry.rowAtY(0); row < m_geometry.count(); ++row) {
        if (m_geometry.y(row) >= m_geometry.viewportHeight())
            break;
        const int height = layOutRowAt(row)->height();
        changed |= height != m_geometry.height(row);
        m_geometry.setHeight(row, height);
    }
    return changed;
}

// Remembers which line of text is at the top of the viewport, where a row reaches beyond it; laying the row out anew
// may change what is above that line.
void TimelineView::holdLine()
{
    if (m_heldLine || m_geometry.isPinned())
        return;
    const TimelineGeometry::Anchor anchor = m_geometry.anchor();
    const RowLayout *layout = m_layouts.peek(anchor.rowId);
    if (!layout || anchor.y >= 0)
        return;
    const auto place = layout->textAt(QPointF(viewport()->width() / 2.0, -anchor.y), true);
    if (place)
        m_heldLine = HeldLine{anchor.rowId, *place, layout->lineOf(*place).top() + anchor.y};
}

void TimelineView::restoreLine()
{
    if (!m_heldLine)
        return;
    const HeldLine held = *m_heldLine;
    m_heldLine.reset();
    const int row = m_geometry.rowOf(held.rowId);
    if (m_geometry.isPinned() || row < 0 || m_geometry.anchor().rowId != held.rowId)
        return;
    const RowLayout *layout = layOutRowAt(row);
    m_geometry.setHeight(row, layout->height());
    const QRectF line = layout->lineOf(held.place);
    if (!line.isNull())
        m_geometry.setAnchor({held.rowId, qint64(std::llround(held.y - line.top()))});
}

void TimelineView::layOut()
{
    if (m_inLayout || viewport()->width() < 40)
        return;
    const QScopedValueRollback busy(m_inLayout, true);
    m_geometry.setViewportHeight(viewport()->height());
    placeHeader();
    restoreLine();
    // each pass measures at least one more row, so it ends; the limit is for a model that lies
    for (int pass = 0; pass < 1000; ++pass) {
        if (!measureVisible() && !m_geometry.settle())
            break;
    }
    keepHeldRowInSight();
    afterScroll();
}

// While the window is not looked at, the newest rows are shown only as long as the first unread one stays in sight.
void TimelineView::keepHeldRowInSight()
{
    const int row = m_heldRow ? m_geometry.rowOf(m_heldRow) : -1;
    if (row < 0 || !m_geometry.isPinned() || m_geometry.newestEdge() == NewestEdge::Top)
        return;
    if (m_geometry.y(row) >= Theme::small)
        return;
    m_geometry.setAnchor({m_heldRow, Theme::small});
    for (int pass = 0; pass < 1000 && (measureVisible() || m_geometry.settle()); ++pass) {}
}

void TimelineView::afterScroll()
{
    placeHeader();
    placeEditor();
    updateScrollBar();
    placePill();
    const bool atNewest = isAtNewest();
    if (atNewest)
        setNewRows(0);
    if (atNewest != m_wasAtNewest) {
        m_wasAtNewest = atNewest;
        Q_EMIT atNewestChanged(atNewest);
    }
    noteSeen();
    viewport()->update();
    if (isVisible())
        m_prefetch.start(0);
}

void TimelineView::userScrollTo(qint64 offset)
{
    m_heldRow = 0;
    m_heldLine.reset();
    m_geometry.scrollTo(std::clamp(offset, m_geometry.leastOffset() - 1, m_geometry.greatestOffset() + 1));
    layOut();
    if (!m_geometry.isPinned() && std::abs(m_geometry.offset() - m_geometry.edgeOffset()) <= 1) {
        m_geometry.pin();
        layOut();
    }
}

// Lays out ahead of the reader, a few milliseconds at a time, nearest first.
void TimelineView::prefetch()
{
    QElapsedTimer spent;
    spent.start();
    checkEdges();
    const int ahead = int(m_geometry.viewportHeight() * screensAhead);
    for (int distance = 0; m_geometry.count() > 0; ++distance) {
        bool inReach = false;
        const int rowsAtEdges[]{
            m_geometry.rowAtY(m_geometry.viewportHeight()) + distance, m_geometry.rowAtY(0) - distance};
        for (const int row : rowsAtEdges) {
            if (row < 0 || row >= m_geometry.count())
                continue;
            const qint64 y = m_geometry.y(row);
            if (y > m_geometry.viewportHeight() + ahead || y + m_geometry.height(row) < -ahead)
                continue;
            inReach = true;
            if (m_geometry.isExact(row) && m_layouts.peek(m_geometry.idAt(row)))
                continue;
            const int height = layOutRowAt(row)->height();
            m_geometry.setHeight(row, height);
            if (spent.elapsed() >= frameBudget) {
                updateScrollBar();
                m_prefetch.start(1);
                return;
            }
        }
        if (!inReach)
            break;
    }
    updateScrollBar();
}

void TimelineView::checkEdges()
{
    const qint64 reach = 2 * qint64(m_geometry.viewportHeight());
    const qint64 above = m_geometry.offset() - m_geometry.leastOffset();
    const qint64 below = m_geometry.greatestOffset() - m_geometry.offset();
    const bool newestBelow = m_geometry.newestEdge() == NewestEdge::Bottom;
    const int count = m_geometry.count();
    if (!m_model)
        return;
    // a page that did not come (the network was away) is asked for again when the reader moves on
    const bool again = m_lastAsked.isValid() && m_lastAsked.hasExpired(askAgainAfter);
    if ((newestBelow ? above : below) < reach && (m_askedOlderAt != count || again)) {
        m_askedOlderAt = count;
        m_lastAsked.start();
        Q_EMIT nearOldestEdge();
        if (m_model && m_model->canFetchMore({}))
            m_model->fetchMore({});
    }
    if ((newestBelow ? below : above) < reach && m_askedNewerAt != count) {
        m_askedNewerAt = count;
        Q_EMIT nearNewestEdge();
    }
}

void TimelineView::noteSeen()
{
    QList<qint64> ids;
    const int height = m_geometry.viewportHeight();
    if (isVisible() && isActiveWindow() && m_geometry.count() > 0) {
        for (int row = m_geometry.rowAtY(0); row < m_geometry.count(); ++row) {
            const qint64 top = m_geometry.y(row);
            const qint64 bottom = top + m_geometry.height(row);
            if (top >= height)
                break;
            // its end, or as much of it as the viewport can hold
            if (bottom <= height || top <= height / 2)
                ids.append(m_geometry.idAt(row));
        }
    }
    m_seen->setVisible(ids);
}

void TimelineView::updateScrollBar()
{
    QScrollBar *bar = verticalScrollBar();
    if (bar->isSliderDown()) // the handle must not run away from the hand
        return;
    const QScopedValueRollback setting(m_settingBar, true);
    const qint64 range = m_geometry.greatestOffset() - m_geometry.leastOffset();
    const double scale = std::max(1.0, double(range) / longestBar);
    bar->setRange(0, int(double(range) / scale));
    bar->setPageStep(std::max(1, int(m_geometry.viewportHeight() / scale)));
    bar->setSingleStep(std::max(1, int(2 * m_style->post.lineHeight / scale)));
    bar->setValue(int(double(m_geometry.offset() - m_geometry.leastOffset()) / scale));
}

void TimelineView::scrollBarMoved(int value)
{
    if (m_settingBar)
        return;
    const int most = std::max(1, verticalScrollBar()->maximum());
    const qint64 range = m_geometry.greatestOffset() - m_geometry.leastOffset();
    const qint64 offset = range > longestBar || verticalScrollBar()->isSliderDown()
        ? qint64(double(value) / most * double(range))
        : value;
    userScrollTo(m_geometry.leastOffset() + offset);
}

void TimelineView::scrollContentsBy(int, int)
{
    // the bar's value follows the anchor, not the other way round; see scrollBarMoved()
}

void TimelineView::placeHeader()
{
    int above = Theme::wide;
    if (m_header && !m_header->isHidden()) {
        const int width = std::min(viewport()->width() - 2 * Theme::page, m_theme.columnWidth());
        const int height =
            m_header->hasHeightForWidth() ? m_header->heightForWidth(width) : m_header->sizeHint().height();
        above += height + 14;
        m_geometry.setMargins(above, Theme::wide);
        m_header->setGeometry((viewport()->width() - width) / 2, int(Theme::wide - m_geometry.offset()), width, height);
    }
    m_geometry.setMargins(above, Theme::wide);
}

void TimelineView::placeEditor()
{
    if (!m_editor)
        return;
    const int row = m_geometry.rowOf(m_editorRow);
    const RowLayout *layout = row >= 0 ? m_layouts.peek(m_editorRow) : nullptr;
    const QRectF place = layout ? layout->editorRect() : QRectF();
    if (place.isNull()) {
        m_editor->setGeometry(-10000, 0, std::max(100, m_editor->width()), m_editor->height()); // keeps focus and text
        return;
    }
    m_editor->setGeometry(place.translated(0, qreal(m_geometry.y(row))).toRect());
    m_editor->show();
}

void TimelineView::placePill()
{
    const bool newestBelow = m_geometry.newestEdge() == NewestEdge::Bottom;
    const bool far = newestBelow && m_geometry.greatestOffset() - m_geometry.offset() > 2 * m_geometry.viewportHeight();
    const bool wanted = !isAtNewest() && (m_newRows > 0 || far);
    if (wanted) {
        const QString text = m_newRows == 0 ? tr("↓ Newest")
            : newestBelow                   ? tr("↓ %n new messages", nullptr, m_newRows)
                                            : tr("↑ %n new posts", nullptr, m_newRows);
        if (m_pill->text() != text)
            m_pill->setText(text);
        const QSize size = m_pill->sizeHint();
        m_pill->setGeometry(
            QRect(QPoint((viewport()->width() - size.width()) / 2,
                      newestBelow ? viewport()->height() - size.height() - Theme::medium : Theme::medium),
                size));
        m_pill->raise();
    }
    m_pill->setVisible(wanted);
}

void TimelineView::forgetLayouts()
{
    holdLine();
    m_layouts.clear();
    m_geometry.doubtHeights();
    m_hoveredRow = 0;
    m_hoveredTarget = -1;
}

void TimelineView::takeTheme()
{
    forgetLayouts();
    m_style = std::make_unique<RowStyle>(m_theme);
    layOut();
}

// Ages ("2 h") and day lines ("Today") of what is in sight grow old.
void TimelineView::minutePassed()
{
    if (!isVisible() || m_geometry.count() == 0)
        return;
    const bool ages = m_hints[size_t(std::max(0, m_geometry.rowAtY(0)))].kind == TimelineRoles::Thread;
    const QTime now = QTime::currentTime();
    if (ages || (now.hour() == 0 && now.minute() <= 1)) {
        forgetLayouts();
        layOut();
    }
}

} // namespace cumulet
