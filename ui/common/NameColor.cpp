#include "ui/common/NameColor.h"

#include "ui/common/Contrast.h"
#include "ui/common/Theme.h"

#include <QCryptographicHash>
#include <QtMath>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cumulet {

qreal nameAngle(const QString &identifier)
{
    const QByteArray hash = QCryptographicHash::hash(identifier.toUtf8(), QCryptographicHash::Sha1);
    const int number = quint8(hash.at(0)) | (quint8(hash.at(1)) << 8);
    return number / 65536.0 * 360.0;
}

// linear sRGB from CIE XYZ
static constexpr std::array<std::array<qreal, 3>, 3> toRgb{{
    {{3.240969941904521, -1.537383177570093, -0.498610760293}},
    {{-0.96924363628087, 1.87596750150772, 0.041555057407175}},
    {{0.055630079696993, -0.20397695888897, 1.056971514242878}},
}};
static constexpr qreal kappa = 903.2962962;
static constexpr qreal epsilon = 0.0088564516;
static constexpr qreal whiteU = 0.19783000664283;
static constexpr qreal whiteV = 0.46831999493879;

// How far from grey one can go at this lightness and hue without leaving sRGB.
static qreal greatestChroma(qreal lightness, qreal radians)
{
    const qreal cubed = std::pow(lightness + 16, 3) / 1560896;
    const qreal y = cubed > epsilon ? cubed : lightness / kappa;
    qreal greatest = std::numeric_limits<qreal>::max();
    for (const auto &row : toRgb) {
        for (int side = 0; side < 2; ++side) {
            const qreal top = (284517 * row[0] - 94839 * row[2]) * y;
            const qreal rest =
                (838422 * row[2] + 769860 * row[1] + 731718 * row[0]) * lightness * y - 769860 * side * lightness;
            const qreal bottom = (632260 * row[2] - 126452 * row[1]) * y + 126452 * side;
            const qreal length = (rest / bottom) / (std::sin(radians) - (top / bottom) * std::cos(radians));
            if (length >= 0)
                greatest = std::min(greatest, length);
        }
    }
    return greatest;
}

static qreal companded(qreal channel)
{
    const qreal value = channel <= 0.0031308 ? 12.92 * channel : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
    return std::clamp(value, 0.0, 1.0);
}

QColor fromHsluv(qreal hue, qreal saturation, qreal lightness)
{
    if (lightness <= 0.0001)
        return Qt::black;
    if (lightness >= 99.9999)
        return Qt::white;
    const qreal radians = qDegreesToRadians(hue);
    const qreal chroma = greatestChroma(lightness, radians) * saturation / 100;
    const qreal u = std::cos(radians) * chroma / (13 * lightness) + whiteU;
    const qreal v = std::sin(radians) * chroma / (13 * lightness) + whiteV;
    const qreal y = lightness > 8 ? std::pow((lightness + 16) / 116, 3) : lightness / kappa;
    const qreal x = 9 * y * u / (4 * v);
    const qreal z = (9 * y - 15 * v * y - v * x) / (3 * v);
    const auto channel = [&](int i) { return companded(toRgb[i][0] * x + toRgb[i][1] * y + toRgb[i][2] * z); };
    // whole steps, as on the screen
    return QColor(qRound(channel(0) * 255), qRound(channel(1) * 255), qRound(channel(2) * 255));
}

QColor avatarGround(const QString &identifier)
{
    return readableOn(fromHsluv(nameAngle(identifier), 62, 47), {QColor(Qt::white)}, 4.5);
}

QColor nameInk(const QString &identifier, const Theme &theme)
{
    return readableOn(fromHsluv(nameAngle(identifier), 75, theme.isDark() ? 72 : 42),
        {theme.color(Theme::Ground), theme.color(Theme::Card), theme.color(Theme::Side),
            theme.color(Theme::OtherBubble), theme.color(Theme::OwnBubble), theme.color(Theme::Selected)},
        4.5);
}

} // namespace cumulet
