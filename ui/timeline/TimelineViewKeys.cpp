// The keyboard: the focused row, what is focused in it, and the letters that act on it.
#include "ui/timeline/TimelineView.h"

#include "ui/common/Theme.h"
#include "ui/timeline/TimelineAccessible.h"

#include <QKeyEvent>

#include <algorithm>

namespace cumulet {

TimelineView::TargetKey TimelineView::keyOf(const RowTarget &target)
{
    return {target.kind, target.action, target.block, target.linkIndex};
}

int TimelineView::indexOf(const RowLayout &layout, const TargetKey &key) const
{
    const auto &targets = layout.targets();
    for (size_t i = 0; i < targets.size(); ++i) {
        if (keyOf(targets[i]) == key)
            return int(i);
    }
    return -1;
}

const RowTarget *TimelineView::focusedTarget()
{
    const RowLayout *layout = m_focusedTarget ? rowLayout(m_focusedRow) : nullptr;
    const int index = layout ? indexOf(*layout, *m_focusedTarget) : -1;
    return index < 0 ? nullptr : &layout->targets()[size_t(index)];
}

void TimelineView::setFocusedRow(qint64 rowId, bool byKeyboard)
{
    const bool isOther = rowId != m_focusedRow;
    updateRow(m_focusedRow);
    m_focusedRow = rowId;
    m_showsFocus = byKeyboard;
    if (isOther)
        m_focusedTarget.reset();
    updateRow(rowId);
    if (!isOther)
        return;
    Q_EMIT focusedRowChanged(rowId);
    tellFocus();
}

void TimelineView::tellFocus()
{
    TimelineAccessible::tellFocus(this, m_focusedRow, focusedTarget());
}

void TimelineView::focusRow(qint64 rowId)
{
    const int row = m_geometry.rowOf(rowId);
    if (row < 0)
        return;
    setFocus();
    setFocusedRow(rowId, true);
    bringIntoSight(row);
}

void TimelineView::bringIntoSight(int row)
{
    m_geometry.setHeight(row, layOutRowAt(row)->height());
    const qint64 y = m_geometry.y(row);
    const qint64 bottom = y + m_geometry.height(row);
    const int height = m_geometry.viewportHeight();
    if (y < Theme::small && bottom < height)
        userScrollBy(y - Theme::small);
    else if (bottom > height)
        userScrollBy(std::min(y - Theme::small, bottom - height + Theme::small));
}

void TimelineView::moveFocus(int step)
{
    if (m_geometry.count() == 0)
        return;
    int row = m_geometry.rowOf(m_focusedRow);
    if (row < 0 || !rowRect(m_focusedRow).intersects(viewport()->rect())) {
        row = m_geometry.rowAtY(step > 0 ? 0 : m_geometry.viewportHeight() - 1);
    } else {
        // a row taller than the viewport is read to its end first
        const qint64 rest =
            step > 0 ? m_geometry.y(row) + m_geometry.height(row) - m_geometry.viewportHeight() : -m_geometry.y(row);
        if (rest > 0 && m_geometry.height(row) > m_geometry.viewportHeight()) {
            userScrollBy(step * std::min<qint64>(rest, m_geometry.viewportHeight() * 2 / 3));
            return;
        }
        row = std::clamp(row + step, 0, m_geometry.count() - 1);
    }
    setFocusedRow(m_geometry.idAt(row), true);
    bringIntoSight(row);
}

// Links, buttons and comments of the focused row, one after the other. False at its end.
bool TimelineView::moveTarget(bool forward)
{
    const RowLayout *layout = m_focusedRow ? rowLayout(m_focusedRow) : nullptr;
    if (!layout)
        return false;
    const auto &targets = layout->targets();
    const int count = int(targets.size());
    int index = m_focusedTarget ? indexOf(*layout, *m_focusedTarget) : (forward ? -1 : count);
    do {
        index += forward ? 1 : -1;
    } while (index >= 0 && index < count && !targets[size_t(index)].isTabStop);
    m_showsFocus = true;
    updateRow(m_focusedRow);
    if (index < 0 || index >= count) {
        const bool wasWithin = m_focusedTarget.has_value();
        m_focusedTarget.reset();
        Q_EMIT linkHovered({});
        return !forward && wasWithin; // backwards there is still the row itself
    }
    const RowTarget target = targets[size_t(index)];
    m_focusedTarget = keyOf(target);
    Q_EMIT linkHovered(target.link);
    if (!target.rects.isEmpty()) {
        const qreal y = target.rects.first().top() + qreal(m_geometry.y(m_geometry.rowOf(m_focusedRow)));
        const qreal bottom = y + target.rects.last().height();
        if (y < 0)
            userScrollBy(qint64(y) - Theme::wide);
        else if (bottom > viewport()->height())
            userScrollBy(qint64(bottom) - viewport()->height() + Theme::wide);
    }
    tellFocus();
    return true;
}

bool TimelineView::goToItem(qint64 rowId, qint64 block)
{
    const RowLayout *layout = m_geometry.rowOf(rowId) < 0 ? nullptr : rowLayout(rowId);
    if (!layout)
        return false;
    const auto &targets = layout->targets();
    const auto found = std::find_if(targets.begin(), targets.end(),
        [block](const RowTarget &target) { return target.kind == RowTarget::Comment && target.block == block; });
    if (found == targets.end())
        return false;
    const RowTarget target = *found;
    goToRow(rowId, false);
    setFocusedRow(rowId, true);
    m_focusedTarget = keyOf(target);
    const qreal y = target.rects.first().top() + qreal(m_geometry.y(m_geometry.rowOf(rowId)));
    const qreal spare = viewport()->height() - target.rects.first().height();
    if (y < 0 || y > spare)
        userScrollBy(qint64(y - std::max(qreal(Theme::wide), spare / 3)));
    updateRow(rowId);
    tellFocus();
    return true;
}

bool TimelineView::focusNextPrevChild(bool next)
{
    return moveTarget(next) || QAbstractScrollArea::focusNextPrevChild(next);
}

// Only what the row itself offers by a button can be done by a letter; the rest is asked by signal, and the place
// knows what is allowed.
void TimelineView::actOnFocused(RowAction action)
{
    const RowLayout *layout = m_focusedRow ? rowLayout(m_focusedRow) : nullptr;
    if (!layout)
        return;
    const RowTarget *within = focusedTarget();
    const bool isFold = action == RowAction::Fold || action == RowAction::Unfold;
    for (const RowTarget &target : layout->targets()) {
        const bool same = target.action == action
            || (isFold && (target.action == RowAction::Fold || target.action == RowAction::Unfold));
        if (same && target.kind == RowTarget::Button && (!within || within->block == target.block)) {
            const RowTarget copy = target;
            activate(m_focusedRow, copy);
            return;
        }
    }
    if (isFold)
        return;
    QString itemId = within ? within->itemId : QString();
    if (!within) {
        const QList<RowText> texts = textsOf(rowValue(m_geometry.rowOf(m_focusedRow)));
        itemId = texts.isEmpty() ? QString() : texts.first().itemId;
    }
    Q_EMIT actionTriggered(m_focusedRow, itemId, action);
}

bool TimelineView::actByKey(QKeyEvent *event)
{
    if (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_R:
        actOnFocused(RowAction::Comment);
        return true;
    case Qt::Key_E:
        actOnFocused(RowAction::Edit);
        return true;
    case Qt::Key_Delete:
        actOnFocused(RowAction::Delete);
        return true;
    case Qt::Key_C:
        actOnFocused(RowAction::CopyLink);
        return true;
    case Qt::Key_L:
        actOnFocused(RowAction::Like);
        return true;
    case Qt::Key_M:
        actOnFocused(event->modifiers() & Qt::ShiftModifier ? RowAction::Follow : RowAction::Mute);
        return true;
    case Qt::Key_F:
        actOnFocused(RowAction::Unfold);
        return true;
    case Qt::Key_U:
        goToNewest();
        return true;
    case Qt::Key_J:
    case Qt::Key_Down:
        moveFocus(1);
        return true;
    case Qt::Key_K:
    case Qt::Key_Up:
        moveFocus(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const RowTarget *target = focusedTarget()) {
            const RowTarget copy = *target;
            activate(m_focusedRow, copy);
            return true;
        }
        if (m_focusedRow == 0)
            return false;
        actOnFocused(RowAction::OpenThread);
        return true;
    default:
        return false;
    }
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const int page = std::max(40, m_geometry.viewportHeight() - 2 * m_style->post.lineHeight);
    const bool newestBelow = m_geometry.newestEdge() == NewestEdge::Bottom;
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (event->key() == Qt::Key_Space && focusedTarget() && !(event->modifiers() & Qt::ShiftModifier)) {
        const RowTarget copy = *focusedTarget();
        return activate(m_focusedRow, copy);
    }
    switch (event->key()) {
    case Qt::Key_PageDown:
        return userScrollBy(page);
    case Qt::Key_PageUp:
        if (event->modifiers() == Qt::ShiftModifier && goToUnread())
            return;
        return userScrollBy(-page);
    case Qt::Key_Space:
        return userScrollBy(event->modifiers() & Qt::ShiftModifier ? -page : page);
    case Qt::Key_Home:
        return newestBelow ? userScrollTo(m_geometry.leastOffset()) : goToNewest();
    case Qt::Key_End:
        return newestBelow ? goToNewest() : userScrollTo(m_geometry.greatestOffset());
    case Qt::Key_Escape:
        if (!m_selection.isEmpty())
            return clearSelection();
        break;
    default:
        if (actByKey(event))
            return;
    }
    QAbstractScrollArea::keyPressEvent(event);
    event->ignore(); // scroll areas take arrows and pages; what is left is the window's
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const bool byKeyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    if (byKeyboard && m_geometry.count() > 0
        && (m_geometry.rowOf(m_focusedRow) < 0 || !rowRect(m_focusedRow).intersects(viewport()->rect()))) {
        const bool fromEnd = m_geometry.newestEdge() == NewestEdge::Bottom;
        setFocusedRow(m_geometry.idAt(m_geometry.rowAtY(fromEnd ? m_geometry.viewportHeight() - 1 : 0)), true);
    }
    m_showsFocus |= byKeyboard;
    tellFocus();
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace cumulet
