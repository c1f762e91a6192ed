#include "platform/PictureMetadata.h"

#include "kit/TestMain.h"

#include <exiv2/exiv2.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cumulet;
using namespace Qt::StringLiterals;

/// Where and with what a picture was taken is told to nobody.
class PictureMetadataTest : public QObject
{
    Q_OBJECT

    static QByteArray redSquare() // a JPEG
    {
        return QByteArray::fromBase64(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKB"
            "TmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
            "fHz/wAARCAACAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAA"
            "AAAAAAAAAAAABQb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCUAPWD/9k=");
    }
    static QString write(const QTemporaryDir &folder, const QByteArray &bytes)
    {
        QFile file(folder.filePath(u"picture"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void onlyHowItIsHeldStays()
    {
        const QTemporaryDir folder;
        const QString path = write(folder, redSquare());
        {
            const auto image = Exiv2::ImageFactory::open(path.toStdString(), false);
            image->readMetadata();
            Exiv2::ExifData exif;
            exif["Exif.GPSInfo.GPSLatitudeRef"] = "N";
            exif["Exif.GPSInfo.GPSLatitude"] = "45/1 26/1 0/1";
            exif["Exif.Image.Make"] = "A camera";
            exif["Exif.Image.Orientation"] = static_cast<uint16_t>(6);
            image->setExifData(exif);
            Exiv2::XmpData xmp;
            xmp["Xmp.dc.creator"] = "Romeo";
            image->setXmpData(xmp);
            image->setComment("below the balcony");
            image->writeMetadata();
        }
        for (const auto *told : {"A camera", "Romeo", "balcony"}) {
            QVERIFY(read(path).contains(told));
        }
        QVERIFY(removeMetadata(path));
        for (const auto *told : {"A camera", "Romeo", "balcony"}) {
            QVERIFY(!read(path).contains(told));
        }
        const auto image = Exiv2::ImageFactory::open(path.toStdString(), false);
        image->readMetadata();
        QCOMPARE(image->exifData().count(), 1);
        QCOMPARE(image->exifData()["Exif.Image.Orientation"].toInt64(), 6);
    }

    void aPictureWithoutStaysAsItIs()
    {
        const QTemporaryDir folder;
        const QString path = write(folder, redSquare());
        QVERIFY(removeMetadata(path));
        QCOMPARE(read(path), redSquare());
    }

    void whatIsNoPictureStaysAsItIs()
    {
        const QTemporaryDir folder;
        const QString path = write(folder, "Dear Juliet, GPS: 45, 11");
        QVERIFY(removeMetadata(path));
        QCOMPARE(read(path), QByteArray("Dear Juliet, GPS: 45, 11"));
    }
};

CUMULET_TEST(PictureMetadataTest)
#include "PictureMetadataTest.moc"
