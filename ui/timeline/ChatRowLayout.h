#pragma once

#include "ui/models/TimelineRows.h"
#include "ui/timeline/RowLayout.h"

#include <QCoreApplication>

namespace cumulet {

/// A chat message as a bubble: own at the right, others' at the left, time and state at the end of the text.
class ChatRowLayout : public RowLayout
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::ChatRowLayout)
public:
    ChatRowLayout(const ChatRow &row, const LayoutContext &context);

    /// The row as one spoken sentence.
    static QString spoken(const ChatRow &row, const QDateTime &now);

protected:
    void paintBehind(QPainter *painter, const RowPaint &how) const override;
    void paintParts(QPainter *painter, const RowPaint &how) const override;

private:
    static QString stateWords(const ChatRow &row);
    QString metaText() const;
    qreal metaWidth() const;
    void placeBubble(const LayoutContext &context, qreal top);
    void placeFailure(qreal top);

    ChatRow m_row; // without body and spans
    QRectF m_bubble;
    QPointF m_metaBase;
    qreal m_nameHeight = 0;
};

} // namespace cumulet
