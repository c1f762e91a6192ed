#include "platform/PictureMetadata.h"

#include <exiv2/exiv2.hpp>

#include <QFile>
#include <QMutex>
#include <QMutexLocker>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr auto orientation = "Exif.Image.Orientation";

static bool hasMetadata(const Exiv2::Image &image)
{
    return !image.exifData().empty() || !image.iptcData().empty() || !image.xmpPacket().empty()
        || !image.comment().empty();
}

static void clean(Exiv2::Image &image)
{
    Exiv2::ExifData kept;
    const auto known = image.exifData().findKey(Exiv2::ExifKey(orientation));
    if (known != image.exifData().end()) {
        kept[orientation] = static_cast<uint16_t>(known->toInt64());
    }
    image.setExifData(kept);
    image.clearIptcData();
    image.clearXmpPacket();
    image.clearXmpData();
    image.clearComment();
    image.writeMetadata();
}

Result<Done> removeMetadata(const QString &path)
{
    static QMutex oneAtATime; // the library's XMP part is not for several threads
    const QMutexLocker lock(&oneAtATime);
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    try {
        const auto image = Exiv2::ImageFactory::open(QFile::encodeName(path).toStdString(), false);
        image->readMetadata();
        if (hasMetadata(*image)) {
            clean(*image);
        }
    } catch (const Exiv2::Error &error) {
        if (error.code() != Exiv2::ErrorCode::kerFileContainsUnknownImageType) {
            return Error{ErrorKind::Unsupported, u"metadata of the picture: "_s + QString::fromUtf8(error.what())};
        }
    }
    return Done{};
}

} // namespace cumulet
