#pragma once

#include "domain/Async.h"
#include "domain/Media.h"

#include <QByteArray>

namespace cumulet {

/// Where files that we attach can go.
struct UploadPlace
{
    enum Kind {
        None, ///< nowhere: the service has no place for files
        MediaServer, ///< that of the channel service: the post names the file
        WebStorage, ///< that of our own server (XEP-0363): the address of the file stands in the text
    };
    Kind kind = None;
    qint64 largest = 0; ///< bytes
};

/// Where an upload lies now: one of the two.
struct UploadedFile
{
    MediaAddress media;
    QString url;
};

/// Files of channels on media servers (buddycloud.md 2.5, 7.2). Lives in the thread of the other wires.
class MediaWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    static constexpr qint64 largestFile = 100 * 1024 * 1024; ///< bytes: what media servers take unless told otherwise

    /// Where files for channels of our own service go. Offline: not known before we are connected.
    virtual Future<UploadPlace> uploadPlace() = 0;
    /// Sends a file; id names it in uploadProgressed() and cancelUpload(). TooLarge, NotAllowed, Unsupported (there is
    /// no place), Canceled.
    virtual Future<UploadedFile> upload(
        qint64 id, const Jid &channel, const QString &path, const MediaDescription &description) = 0;
    virtual void cancelUpload(qint64 id) = 0;
    virtual Future<Done> remove(const MediaAddress &address) = 0;

    virtual Future<MediaDescription> describe(const MediaAddress &address) = 0;
    /// The file itself, or with mostPixels a picture of it, at most that wide and high. TooLarge: over the limit of
    /// bytes; NotAllowed: in a closed channel that is not ours; NotFound; Unreachable.
    virtual Future<QByteArray> fetch(const MediaAddress &address, int mostPixels, qint64 mostBytes) = 0;
    /// The picture of a channel, which everybody may see. NotFound: it has none.
    Future<QByteArray> fetchAvatar(const Jid &channel, int pixels)
    {
        return fetch({channel, QStringLiteral("avatar")}, pixels, 512 * 1024);
    }

Q_SIGNALS:
    void uploadProgressed(qint64 id, qint64 sent, qint64 total);
};

} // namespace cumulet
