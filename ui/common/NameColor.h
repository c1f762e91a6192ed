// Consistent colours for names (XEP-0392 1.0): everybody's client gives the same person the same hue.
#pragma once

#include <QColor>
#include <QString>

namespace cumulet {

class Theme;

/// Hue angle of an identifier (bare JID, room nick, channel address), 0 to 360 (XEP-0392 section 5.1).
qreal nameAngle(const QString &identifier);
/// HSLuv to sRGB; hue in degrees, saturation and lightness 0 to 100.
QColor fromHsluv(qreal hue, qreal saturation, qreal lightness);

/// Ground of a drawn avatar: white letters on it have 4.5:1 in both themes.
QColor avatarGround(const QString &identifier);
/// The colour in which a name may be written on any of the theme's grounds, 4.5:1.
QColor nameInk(const QString &identifier, const Theme &theme);

} // namespace cumulet
