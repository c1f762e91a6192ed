#pragma once

#include "ui/models/TimelineRows.h"
#include "ui/timeline/RowLayout.h"

#include <QCoreApplication>

namespace cumulet {

/// A quiet line in the middle: a gap in the history, its beginning.
class NoticeRowLayout : public RowLayout
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::NoticeRowLayout)
public:
    NoticeRowLayout(const NoticeRow &row, const LayoutContext &context);

    static QString spoken(const NoticeRow &row);

protected:
    void paintBehind(QPainter *painter, const RowPaint &how) const override;
    void paintParts(QPainter *painter, const RowPaint &how) const override;
};

} // namespace cumulet
