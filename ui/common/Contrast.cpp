#include "ui/common/Contrast.h"

#include <algorithm>
#include <cmath>

namespace cumulet {

static qreal linear(qreal channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

qreal luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

qreal contrast(const QColor &one, const QColor &other)
{
    const qreal a = luminance(one);
    const qreal b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor mixed(const QColor &top, const QColor &ground, qreal share)
{
    const auto blend = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(blend(top.red(), ground.red()), blend(top.green(), ground.green()), blend(top.blue(), ground.blue()));
}

QColor readableOn(const QColor &color, const QList<QColor> &grounds, qreal wanted)
{
    const auto worst = [&grounds](const QColor &candidate) {
        qreal least = 21;
        for (const QColor &ground : grounds)
            least = std::min(least, contrast(candidate, ground));
        return least;
    };
    if (worst(color) >= wanted)
        return color;
    qreal brightness = 0;
    for (const QColor &ground : grounds)
        brightness += luminance(ground) / qreal(grounds.size());
    // mid-grey by luminance: below it, lighter ink gains more than darker ink
    const QColor pole = brightness > 0.18 ? QColor(Qt::black) : QColor(Qt::white);
    QColor best = pole;
    for (int step = 1; step <= 100; ++step) {
        const QColor candidate = mixed(pole, color, step / 100.0);
        if (worst(candidate) >= wanted)
            return candidate;
        best = candidate;
    }
    return best;
}

QColor inkOn(const QColor &ground)
{
    const QColor dark(0x0c, 0x1a, 0x30);
    return contrast(Qt::white, ground) >= std::min(4.5, contrast(dark, ground)) ? QColor(Qt::white) : dark;
}

} // namespace cumulet
