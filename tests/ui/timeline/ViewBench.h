#pragma once

#include "RowsModel.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/Theme.h"
#include "ui/timeline/TimelineView.h"

#include <QTest>

namespace cumulet::tests {

/// A view on a model, shown in an active window.
struct ViewBench
{
    explicit ViewBench(TimelineView::NewestEdge edge, const QSize &size = QSize(660, 600))
        : view(theme, avatars, edge)
    {
        view.setModel(&model);
        view.resize(size);
        view.show();
        view.activateWindow();
        isActive = QTest::qWaitForWindowActive(&view);
    }

    void fillChat(int count)
    {
        std::vector<QVariant> rows;
        for (int i = 0; i < count; ++i)
            rows.push_back(QVariant::fromValue(chatRow(nextId++, textOf(i), i % 3 == 0)));
        model.reset(std::move(rows));
    }

    void fillChannel(int count)
    {
        std::vector<QVariant> rows;
        for (int i = 0; i < count; ++i)
            rows.push_back(QVariant::fromValue(threadRow(nextId++, textOf(i))));
        model.reset(std::move(rows));
    }

    /// Of very different lengths.
    static QString textOf(int seed)
    {
        const int words = 3 + (seed * 7919) % 90;
        QString text;
        for (int i = 0; i < words; ++i)
            text += QStringLiteral("word%1 ").arg((seed + i) % 1000);
        return text;
    }

    qint64 y(qint64 rowId) const { return view.geometryOfRows().y(view.rowOf(rowId)); }
    /// Some row in the middle of what is in sight.
    qint64 middleRow() const
    {
        return view.rowIdAt(view.geometryOfRows().rowAtY(view.geometryOfRows().viewportHeight() / 2));
    }
    /// The row whose top is first in sight.
    qint64 topRow() const
    {
        const int row = view.geometryOfRows().rowAtY(0);
        return view.rowIdAt(view.geometryOfRows().y(row) < 0 && row + 1 < view.rowCount() ? row + 1 : row);
    }
    /// As the reader scrolls: into the middle of everything.
    void scrollToMiddle() { view.restore({false, view.rowIdAt(view.rowCount() / 2), 40}); }
    /// The middle of the first target for which fits holds, in viewport coordinates.
    template <typename Fits> QPoint pointOf(qint64 rowId, Fits fits)
    {
        const RowLayout *layout = view.rowLayout(rowId);
        for (const RowTarget &target : layout->targets()) {
            if (fits(target))
                return (target.rects.first().center() + QPointF(0, qreal(y(rowId)))).toPoint();
        }
        return {-1, -1};
    }

    Theme theme;
    AvatarPainter avatars{theme, nullptr};
    RowsModel model;
    TimelineView view;
    qint64 nextId = 1;
    bool isActive = false;
};

} // namespace cumulet::tests
