#pragma once

#include "ui/timeline/RowLayout.h"

#include <QAccessibleWidget>
#include <QHash>

namespace cumulet {

class TimelineView;

/// The timeline as screen readers see it: a list; one item per loaded row, known by its row id, so that it stays the
/// same object when rows come above it; in it the comments, links and buttons.
class TimelineAccessible : public QAccessibleWidget
{
public:
    /// Teaches Qt to make these for timeline views; harmless to repeat.
    static void install();
    /// Takes back everything handed out for view.
    static void viewGoes(TimelineView *view);
    /// Tells assistive technology what is focused in view: a row, or something in it.
    static void tellFocus(TimelineView *view, qint64 rowId, const RowTarget *target);

    explicit TimelineAccessible(TimelineView *view);
    ~TimelineAccessible() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    QAccessibleInterface *row(qint64 rowId) const;

private:
    TimelineView *view() const;
    void forgetGone() const;

    mutable QHash<qint64, QAccessible::Id> m_rows;
};

} // namespace cumulet
