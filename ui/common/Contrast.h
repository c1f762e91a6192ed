// Colour arithmetic of WCAG 2.1: relative luminance, contrast, and colours moved until they can be read.
#pragma once

#include <QColor>
#include <QList>

namespace cumulet {

/// Relative luminance, 0 (black) to 1 (white).
qreal luminance(const QColor &color);
/// Contrast of two opaque colours, 1 to 21.
qreal contrast(const QColor &one, const QColor &other);
/// share of top over the rest of ground, in sRGB; both opaque.
QColor mixed(const QColor &top, const QColor &ground, qreal share);
/// color, darkened or lightened (hue kept) no more than needed to reach wanted on every one of grounds.
QColor readableOn(const QColor &color, const QList<QColor> &grounds, qreal wanted);
/// White or almost black, whichever reads better on ground.
QColor inkOn(const QColor &ground);

} // namespace cumulet
