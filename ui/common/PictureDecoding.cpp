#include "ui/common/PictureDecoding.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <array>

namespace cumulet {

static constexpr qint64 mostPoints = 40'000'000;
static constexpr int longestSide = 16'384;

QImage decodedPicture(const QByteArray &bytes, const QSize &box)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    // nothing that is a language of its own
    static constexpr std::array formats{"png", "jpeg", "jpg", "gif", "webp", "bmp"};
    const QByteArray format = reader.format();
    const QSize size = reader.size();
    const bool isKnown =
        std::any_of(formats.begin(), formats.end(), [&format](const char *known) { return format == known; });
    // a picture that does not say its size, or lies about it, could be made to take all memory
    if (!isKnown || !size.isValid() || size.isEmpty() || std::max(size.width(), size.height()) > longestSide
        || qint64(size.width()) * size.height() > mostPoints)
        return {};
    if (!box.isEmpty()) {
        // pictures of cameras are turned after they were read
        const bool isTurned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
        const QSize fit = size.scaled(isTurned ? box.transposed() : box, Qt::KeepAspectRatio);
        if (fit.width() < size.width())
            reader.setScaledSize(fit.expandedTo({1, 1}));
    }
    return reader.read();
}

} // namespace cumulet
