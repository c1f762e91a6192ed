// Pointer, wheel, selection by dragging, and what a click does.
#include "ui/timeline/TimelineView.h"

#include "ui/common/Theme.h"
#include "ui/timeline/RowContent.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>

namespace cumulet {

static constexpr int autoScrollInterval = 30; // milliseconds
static constexpr int fastestAutoScroll = 60; // pixels each

int TimelineView::rowAtPoint(const QPointF &point) const
{
    const int row = m_geometry.rowAtY(qint64(point.y()));
    if (row < 0)
        return -1;
    const qreal within = point.y() - qreal(m_geometry.y(row));
    return within >= 0 && within < m_geometry.height(row) ? row : -1;
}

QPointF TimelineView::inRow(int row, const QPointF &point) const
{
    return point - QPointF(0, qreal(m_geometry.y(row)));
}

const RowTarget *TimelineView::targetAt(const QPointF &point, qint64 *rowId)
{
    const int row = rowAtPoint(point);
    *rowId = row < 0 ? 0 : m_geometry.idAt(row);
    if (row < 0)
        return nullptr;
    const RowLayout *layout = layOutRowAt(row);
    const int target = layout->targetAt(inRow(row, point));
    return target < 0 ? nullptr : &layout->targets()[size_t(target)];
}

std::optional<TimelineSelection::End> TimelineView::textEndAt(const QPointF &point, bool nearest)
{
    if (m_geometry.count() == 0)
        return std::nullopt;
    const int row = nearest ? std::max(0, m_geometry.rowAtY(qint64(point.y()))) : rowAtPoint(point);
    if (row < 0)
        return std::nullopt;
    const auto place = layOutRowAt(row)->textAt(inRow(row, point), nearest);
    if (!place)
        return std::nullopt;
    return TimelineSelection::End{m_geometry.idAt(row), *place};
}

// ---- hovering

void TimelineView::setHover(qint64 rowId, int target)
{
    if (rowId == m_hoveredRow && target == m_hoveredTarget)
        return;
    const auto linkOf = [this](qint64 id, int index) {
        const RowLayout *layout = m_layouts.peek(id);
        if (!layout || index < 0 || size_t(index) >= layout->targets().size())
            return QString();
        return layout->targets()[size_t(index)].link;
    };
    const QString before = linkOf(m_hoveredRow, m_hoveredTarget);
    updateRow(m_hoveredRow);
    m_hoveredRow = rowId;
    m_hoveredTarget = target;
    updateRow(rowId);
    const QString now = linkOf(rowId, target);
    if (now != before)
        Q_EMIT linkHovered(now);
}

void TimelineView::updateHover(const QPointF &point)
{
    const int row = viewport()->rect().contains(point.toPoint()) ? rowAtPoint(point) : -1;
    if (row < 0) {
        setHover(0, -1);
        viewport()->unsetCursor();
        return;
    }
    const RowLayout *layout = layOutRowAt(row);
    const QPointF within = inRow(row, point);
    const int target = layout->targetAt(within);
    setHover(m_geometry.idAt(row), target);
    if (target >= 0)
        viewport()->setCursor(Qt::PointingHandCursor);
    else if (layout->textAt(within, false))
        viewport()->setCursor(Qt::IBeamCursor);
    else
        viewport()->unsetCursor();
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave && !m_dragging)
        setHover(0, -1);
    const bool handled = QAbstractScrollArea::viewportEvent(event);
    if (event->type() == QEvent::LayoutRequest && !m_inLayout) {
        if (m_editor && std::max(33, m_editor->sizeHint().height()) != m_editorHeight) {
            m_editorHeight = std::max(33, m_editor->sizeHint().height());
            holdLine();
            m_layouts.forget(m_editorRow);
        }
        layOut();
    }
    return handled;
}

// ---- pressing

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_showsFocus = false;
    m_pressPoint = m_dragPoint = event->position();
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = true;
    m_dragging = false;
    qint64 rowId = 0;
    const RowTarget *target = targetAt(event->position(), &rowId);
    m_pressedTarget.reset();
    if (target)
        m_pressedTarget = {rowId, keyOf(*target)};
    if (rowId)
        setFocusedRow(rowId, false);
    const auto at = textEndAt(event->position(), false);
    const qint64 sinceDouble = qint64(event->timestamp()) - m_doubleClicked;
    if (at && m_doubleClicked != 0 && sinceDouble < QGuiApplication::styleHints()->mouseDoubleClickInterval()) {
        m_doubleClicked = 0;
        selectPart(*at, true);
        m_pressed = false;
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier && m_selection.from().rowId != 0) {
        dragTo(event->position());
        m_dragging = true;
        return;
    }
    if (!m_selection.isEmpty())
        clearSelection();
    // what is pressed on a button or in the open still starts a selection, once it is dragged
    if (const auto start = textEndAt(event->position(), true))
        m_selection.start(*start);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressed) {
        updateHover(event->position());
        return;
    }
    m_dragPoint = event->position();
    if (!m_dragging
        && (event->position() - m_pressPoint).manhattanLength() < QGuiApplication::styleHints()->startDragDistance())
        return;
    m_dragging = true;
    setHover(0, -1);
    viewport()->setCursor(Qt::IBeamCursor);
    dragTo(event->position());
    const bool outside = event->position().y() < 0 || event->position().y() > viewport()->height();
    if (outside && !m_autoScroll.isActive())
        m_autoScroll.start(autoScrollInterval, this);
    else if (!outside)
        m_autoScroll.stop();
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const qreal y = m_dragPoint.y();
    const qreal beyond = y < 0 ? y : y - viewport()->height();
    userScrollBy(qint64(std::clamp(beyond / 2, qreal(-fastestAutoScroll), qreal(fastestAutoScroll))));
    dragTo(m_dragPoint);
}

void TimelineView::dragTo(const QPointF &point)
{
    const QPointF inside(point.x(), std::clamp(point.y(), 0.0, qreal(viewport()->height() - 1)));
    const auto end = textEndAt(inside, true);
    if (!end)
        return;
    m_selection.extend(*end);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    m_autoScroll.stop();
    if (event->button() == Qt::MiddleButton || !m_pressed)
        return;
    m_pressed = false;
    if (m_dragging) {
        m_dragging = false;
        publishSelection();
        updateHover(event->position());
        return;
    }
    m_selection.clear();
    qint64 rowId = 0;
    const RowTarget *target = targetAt(event->position(), &rowId);
    if (target && m_pressedTarget && m_pressedTarget->first == rowId && m_pressedTarget->second == keyOf(*target)) {
        const RowTarget copy = *target; // acting may throw the layout away
        activate(rowId, copy);
    }
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    qint64 rowId = 0;
    if (targetAt(event->position(), &rowId))
        return;
    m_doubleClicked = qint64(event->timestamp());
    if (const auto at = textEndAt(event->position(), false))
        selectPart(*at, false);
}

void TimelineView::selectPart(const TimelineSelection::End &at, bool wholeParagraph)
{
    const RowLayout *layout = rowLayout(at.rowId);
    if (!layout)
        return;
    const auto [from, to] = wholeParagraph ? layout->paragraphAt(at.place) : layout->wordAt(at.place);
    m_selection.set({at.rowId, {at.place.block, from}}, {at.rowId, {at.place.block, to}});
    viewport()->update();
    publishSelection();
    Q_EMIT selectionChanged();
}

// ---- the selection

QString TimelineView::selectedText() const
{
    return m_selection.text(rows());
}

void TimelineView::publishSelection()
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (clipboard->supportsSelection() && !m_selection.isEmpty())
        clipboard->setText(selectedText(), QClipboard::Selection);
}

void TimelineView::copy() const
{
    if (!m_selection.isEmpty())
        QGuiApplication::clipboard()->setText(selectedText());
}

void TimelineView::clearSelection()
{
    m_selection.clear();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TimelineView::selectAll()
{
    const TimelineSelection::Rows all = rows();
    std::optional<TimelineSelection::End> first;
    std::optional<TimelineSelection::End> last;
    for (int row = 0; row < all.count && !first; ++row) {
        const QList<RowText> texts = all.texts(row);
        if (!texts.isEmpty())
            first = {all.idAt(row), {texts.first().block, 0}};
    }
    for (int row = all.count - 1; row >= 0 && !last; --row) {
        const QList<RowText> texts = all.texts(row);
        if (!texts.isEmpty())
            last = {all.idAt(row), {texts.last().block, int(texts.last().text.size())}};
    }
    if (!first || !last)
        return;
    m_selection.set(*first, *last);
    viewport()->update();
    publishSelection();
    Q_EMIT selectionChanged();
}

// ---- acting

void TimelineView::toggleFold(qint64 block, RowAction action)
{
    holdLine();
    if (action == RowAction::Fold)
        m_unfolded.remove(block);
    else
        ++m_unfolded[block];
}

void TimelineView::activate(qint64 rowId, const RowTarget &target)
{
    if (target.kind == RowTarget::Link) {
        Q_EMIT linkActivated(target.link, target.linkKind);
        return;
    }
    switch (target.action) {
    case RowAction::None:
        return;
    case RowAction::Fold:
    case RowAction::Unfold:
        toggleFold(target.block, target.action);
        m_layouts.forget(rowId);
        layOut();
        return;
    case RowAction::More: {
        const QRectF place = target.rects.isEmpty() ? QRectF() : target.rects.first();
        const QPoint below = rowRect(rowId).topLeft() + QPoint(int(place.left()), int(place.bottom()));
        Q_EMIT contextMenuRequested(rowId, target.itemId, viewport()->mapToGlobal(below));
        return;
    }
    case RowAction::OpenMedia:
    case RowAction::SaveMedia:
    case RowAction::RetryMedia:
        Q_EMIT mediaActivated(rowId, target.itemId, target.linkIndex, target.action);
        return;
    default:
        Q_EMIT actionTriggered(rowId, target.itemId, target.action);
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->pos();
    qint64 rowId = 0;
    QString itemId;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        rowId = m_focusedRow;
        if (const RowTarget *target = focusedTarget())
            itemId = target->itemId;
        at = rowRect(rowId).intersected(viewport()->rect()).center();
    } else if (const int row = rowAtPoint(event->pos()); row >= 0) {
        rowId = m_geometry.idAt(row);
        const QPointF within = inRow(row, event->pos());
        for (const RowTarget &target : layOutRowAt(row)->targets()) {
            // the comment under the pointer, else the post
            if (target.kind == RowTarget::Comment && target.rects.first().contains(within))
                itemId = target.itemId;
        }
    }
    if (rowId == 0)
        return;
    if (itemId.isEmpty()) {
        const QList<RowText> texts = textsOf(rowValue(m_geometry.rowOf(rowId)));
        itemId = texts.isEmpty() ? QString() : texts.first().itemId;
    }
    event->accept();
    Q_EMIT contextMenuRequested(rowId, itemId, viewport()->mapToGlobal(at));
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier)
        return event->ignore();
    qreal pixels = 0;
    if (!event->pixelDelta().isNull())
        pixels = event->pixelDelta().y();
    else
        pixels = event->angleDelta().y() / 120.0 * QApplication::wheelScrollLines() * m_style->post.lineHeight;
    m_wheelRest += pixels;
    const auto whole = qint64(m_wheelRest);
    m_wheelRest -= qreal(whole);
    if (whole != 0)
        userScrollBy(-whole);
    updateHover(event->position());
    event->accept();
}

} // namespace cumulet
