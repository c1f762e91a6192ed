#include "ui/timeline/TimelineAccessible.h"

#include "ui/timeline/TimelineView.h"

#include <QPointer>

#include <algorithm>
#include <memory>

namespace cumulet {

namespace {

/// Forgotten interfaces must leave Qt's register, or a later call reaches a deleted object.
void release(QAccessible::Id id)
{
    if (QAccessible::accessibleInterface(id))
        QAccessible::deleteAccessibleInterface(id);
}

class RowAccessible;

/// A link, button or comment in a row.
class PartAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    PartAccessible(TimelineView *view, qint64 rowId, int index)
        : m_view(view)
        , m_rowId(rowId)
        , m_index(index)
    {
    }

    bool isValid() const override { return target().has_value(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessibleInterface *parent() const override;

    QString text(QAccessible::Text kind) const override
    {
        const auto here = target();
        if (!here)
            return {};
        if (kind == QAccessible::Name)
            return here->name;
        return kind == QAccessible::Description ? here->link : QString();
    }

    QRect rect() const override
    {
        const auto here = target();
        if (!here || here->rects.isEmpty())
            return {};
        QRectF all;
        for (const QRectF &part : here->rects)
            all |= part;
        const QRect inView = all.toAlignedRect().translated(m_view->rowRect(m_rowId).topLeft());
        return QRect(m_view->viewport()->mapToGlobal(inView.topLeft()), inView.size());
    }

    QAccessible::Role role() const override
    {
        const auto here = target();
        if (here && here->kind == RowTarget::Link)
            return QAccessible::Link;
        return here && here->kind == RowTarget::Comment ? QAccessible::ListItem : QAccessible::Button;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.invalid = !isValid();
        state.linked = role() == QAccessible::Link;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) override
    {
        if (const auto here = target(); here && action == pressAction())
            m_view->activate(m_rowId, *here);
    }

private:
    std::optional<RowTarget> target() const
    {
        const RowLayout *layout = m_view ? m_view->rowLayout(m_rowId) : nullptr;
        if (!layout || size_t(m_index) >= layout->targets().size())
            return std::nullopt;
        return layout->targets()[size_t(m_index)];
    }

    QPointer<TimelineView> m_view;
    qint64 m_rowId;
    int m_index;
};

/// A row.
class RowAccessible : public QAccessibleInterface
{
public:
    RowAccessible(TimelineView *view, qint64 rowId)
        : m_view(view)
        , m_rowId(rowId)
    {
    }

    ~RowAccessible() override
    {
        for (const QAccessible::Id part : m_parts)
            release(part);
    }

    qint64 rowId() const { return m_rowId; }
    bool isValid() const override { return m_view && m_view->rowOf(m_rowId) >= 0; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    void setText(QAccessible::Text, const QString &) override {}

    int childCount() const override
    {
        const RowLayout *layout = m_view ? m_view->rowLayout(m_rowId) : nullptr;
        return layout ? int(layout->targets().size()) : 0;
    }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (!m_parts.contains(index))
            m_parts.insert(index, QAccessible::registerAccessibleInterface(new PartAccessible(m_view, m_rowId, index)));
        return QAccessible::accessibleInterface(m_parts.value(index));
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (auto part = m_parts.constBegin(); part != m_parts.constEnd(); ++part) {
            if (QAccessible::accessibleInterface(part.value()) == child)
                return part.key();
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = childCount() - 1; i >= 0; --i) {
            if (QAccessibleInterface *part = child(i); part->rect().contains(x, y))
                return part;
        }
        return nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && m_view ? m_view->spokenRow(m_rowId) : QString();
    }

    QRect rect() const override
    {
        const QRect inView = m_view ? m_view->rowRect(m_rowId) : QRect();
        return m_view ? QRect(m_view->viewport()->mapToGlobal(inView.topLeft()), inView.size()) : QRect();
    }

    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.focusable = true;
        state.focused = m_view && m_view->hasFocus() && m_view->focusedRow() == m_rowId;
        state.offscreen = m_view && !m_view->rowRect(m_rowId).intersects(m_view->viewport()->rect());
        return state;
    }

private:
    QPointer<TimelineView> m_view;
    qint64 m_rowId;
    mutable QHash<int, QAccessible::Id> m_parts;
};

QAccessibleInterface *PartAccessible::parent() const
{
    if (!m_view)
        return nullptr;
    auto *list = static_cast<TimelineAccessible *>(QAccessible::queryAccessibleInterface(m_view));
    return list ? list->row(m_rowId) : nullptr;
}

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<TimelineView *>(object);
    return view ? new TimelineAccessible(view) : nullptr;
}

} // namespace

void TimelineAccessible::install()
{
    static bool installed = false;
    if (!installed)
        QAccessible::installFactory(make);
    installed = true;
}

void TimelineAccessible::viewGoes(TimelineView *view)
{
    // our interface would be taken back by ~QObject, when the view is none any more
    if (QAccessibleInterface *list = QAccessible::queryAccessibleInterface(view))
        release(QAccessible::uniqueId(list));
}

TimelineAccessible::TimelineAccessible(TimelineView *view)
    : QAccessibleWidget(view, QAccessible::List)
{
}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id row : std::as_const(m_rows))
        release(row);
}

TimelineView *TimelineAccessible::view() const
{
    return static_cast<TimelineView *>(widget());
}

int TimelineAccessible::childCount() const
{
    return view() ? view()->rowCount() : 0;
}

// Interfaces of rows that have gone; called when there are many more than rows.
void TimelineAccessible::forgetGone() const
{
    for (auto row = m_rows.begin(); row != m_rows.end();) {
        if (view()->rowOf(row.key()) < 0) {
            release(row.value());
            row = m_rows.erase(row);
        } else {
            ++row;
        }
    }
}

QAccessibleInterface *TimelineAccessible::row(qint64 rowId) const
{
    if (!view() || view()->rowOf(rowId) < 0)
        return nullptr;
    if (!m_rows.contains(rowId)) {
        if (m_rows.size() > view()->rowCount() + 100)
            forgetGone();
        m_rows.insert(rowId, QAccessible::registerAccessibleInterface(new RowAccessible(view(), rowId)));
    }
    return QAccessible::accessibleInterface(m_rows.value(rowId));
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    return index < 0 || index >= childCount() ? nullptr : row(view()->rowIdAt(index));
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *row = dynamic_cast<const RowAccessible *>(child);
    return row && view() ? view()->rowOf(row->rowId()) : -1;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    if (!view())
        return nullptr;
    const QPoint inView = view()->viewport()->mapFromGlobal(QPoint(x, y));
    const int row = view()->geometryOfRows().rowAtY(inView.y());
    return view()->viewport()->rect().contains(inView) && row >= 0 ? child(row) : nullptr;
}

QAccessibleInterface *TimelineAccessible::focusChild() const
{
    if (view() && view()->hasFocus())
        return row(view()->focusedRow());
    return QAccessibleWidget::focusChild();
}

void TimelineAccessible::tellFocus(TimelineView *view, qint64 rowId, const RowTarget *target)
{
    if (!QAccessible::isActive() || !view->hasFocus())
        return;
    auto *list = static_cast<TimelineAccessible *>(QAccessible::queryAccessibleInterface(view));
    QAccessibleInterface *focused = list ? list->row(rowId) : nullptr;
    const RowLayout *layout = target ? view->rowLayout(rowId) : nullptr;
    if (focused && layout)
        focused = focused->child(int(target - layout->targets().data()));
    if (!focused)
        return;
    QAccessibleEvent event(focused, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace cumulet
