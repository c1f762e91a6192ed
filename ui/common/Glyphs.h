// Small signs drawn as lines, for painted parts: sharp at any scale, no font or icon theme needed.
#pragma once

#include <QColor>
#include <QRectF>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace cumulet {

enum class Glyph {
    Cloud,
    Hash,
    Tick,
    TwoTicks,
    Clock,
    Alert,
    Comment,
    Star,
    Heart,
    FilledHeart,
    More,
    ArrowUp,
    ArrowDown,
    Person
};

/// Draws glyph as large as fits into box, centred.
void drawGlyph(QPainter *painter, Glyph glyph, const QRectF &box, const QColor &color);

} // namespace cumulet
