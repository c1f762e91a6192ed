#include "MediaPreview.h"

#include <QBuffer>
#include <QImage>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

QByteArray previewOf(const QByteArray &data, const QString &mediaType, const QSize &box)
{
    const auto image = mediaType.startsWith("image/"_L1) ? QImage::fromData(data) : QImage();
    if (image.isNull() || (image.width() <= box.width() && image.height() <= box.height()))
        return data;
    QByteArray preview;
    QBuffer buffer(&preview);
    buffer.open(QIODevice::WriteOnly);
    image.scaled(box, Qt::KeepAspectRatio, Qt::SmoothTransformation).save(&buffer, "PNG");
    return preview;
}

} // namespace cumulet::channelserver
