#include "ui/common/Glyphs.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace cumulet {

// All are drawn in a square of 16 units.
static QPainterPath cloud()
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addEllipse(QPointF(8.2, 7.2), 3.7, 3.7);
    path.addEllipse(QPointF(4.7, 9.2), 2.6, 2.6);
    path.addEllipse(QPointF(11.6, 9.3), 2.4, 2.4);
    path.addRoundedRect(QRectF(2.2, 8.6, 11.9, 3.3), 1.65, 1.65);
    return path;
}

static QPainterPath heart()
{
    QPainterPath path;
    path.moveTo(8, 13.2);
    path.cubicTo(4.6, 10.6, 2.2, 8.6, 2.2, 6.1);
    path.cubicTo(2.2, 2.6, 6.6, 1.9, 8, 5);
    path.cubicTo(9.4, 1.9, 13.8, 2.6, 13.8, 6.1);
    path.cubicTo(13.8, 8.6, 11.4, 10.6, 8, 13.2);
    return path;
}

static QPainterPath lines(Glyph glyph)
{
    QPainterPath path;
    const auto stroke = [&path](std::initializer_list<QPointF> points) {
        path.moveTo(*points.begin());
        for (auto point = points.begin() + 1; point != points.end(); ++point)
            path.lineTo(*point);
    };
    switch (glyph) {
    case Glyph::Hash:
        stroke({{6.4, 3}, {5, 13}});
        stroke({{11, 3}, {9.6, 13}});
        stroke({{3.2, 6}, {13, 6}});
        stroke({{2.8, 10}, {12.6, 10}});
        break;
    case Glyph::Tick:
        stroke({{3.5, 8.5}, {6.6, 11.5}, {12.5, 4.8}});
        break;
    case Glyph::TwoTicks:
        stroke({{1.2, 8.5}, {4.3, 11.5}, {9.8, 4.8}});
        stroke({{7.6, 10.6}, {8.5, 11.5}, {14.4, 4.8}});
        break;
    case Glyph::Clock:
        path.addEllipse(QPointF(8, 8), 5.6, 5.6);
        stroke({{8, 4.9}, {8, 8}, {10.4, 9.4}});
        break;
    case Glyph::Alert:
        path.addEllipse(QPointF(8, 8), 6, 6);
        stroke({{8, 4.9}, {8, 8.6}});
        stroke({{8, 11}, {8, 11.1}});
        break;
    case Glyph::Comment:
        path.moveTo(4.6, 3);
        path.lineTo(11.4, 3);
        path.quadTo(13.8, 3, 13.8, 5.4);
        path.lineTo(13.8, 8.4);
        path.quadTo(13.8, 10.8, 11.4, 10.8);
        path.lineTo(7.6, 10.8);
        path.lineTo(4.8, 13.2);
        path.lineTo(4.8, 10.8);
        path.quadTo(2.2, 10.8, 2.2, 8.4);
        path.lineTo(2.2, 5.4);
        path.quadTo(2.2, 3, 4.6, 3);
        break;
    case Glyph::Star:
        stroke({{8, 2.4}, {9.7, 6.1}, {13.7, 6.5}, {10.7, 9.2}, {11.6, 13.2}, {8, 11.1}, {4.4, 13.2}, {5.3, 9.2},
            {2.3, 6.5}, {6.3, 6.1}, {8, 2.4}});
        break;
    case Glyph::Heart:
        path = heart();
        break;
    case Glyph::ArrowUp:
        stroke({{8, 13}, {8, 3.4}});
        stroke({{4, 7.4}, {8, 3.4}, {12, 7.4}});
        break;
    case Glyph::ArrowDown:
        stroke({{8, 3}, {8, 12.6}});
        stroke({{4, 8.6}, {8, 12.6}, {12, 8.6}});
        break;
    case Glyph::Person:
        path.addEllipse(QPointF(8, 5.4), 2.7, 2.7);
        path.moveTo(2.8, 13.4);
        path.cubicTo(3.2, 8.8, 12.8, 8.8, 13.2, 13.4);
        break;
    default:
        break;
    }
    return path;
}

void drawGlyph(QPainter *painter, Glyph glyph, const QRectF &box, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal side = std::min(box.width(), box.height());
    painter->translate(box.center() - QPointF(side / 2, side / 2));
    painter->scale(side / 16, side / 16);
    if (glyph == Glyph::Cloud) {
        painter->fillPath(cloud(), color);
    } else if (glyph == Glyph::FilledHeart) {
        painter->fillPath(heart(), color);
    } else if (glyph == Glyph::More) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        for (const qreal x : {3.2, 8.0, 12.8})
            painter->drawEllipse(QPointF(x, 8), 1.3, 1.3);
    } else {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(lines(glyph));
    }
    painter->restore();
}

} // namespace cumulet
