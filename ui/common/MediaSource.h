#pragma once

#include "domain/Media.h"

#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>

namespace cumulet {

/// What is known of an attached file just now.
struct MediaLook
{
    enum State {
        Asking, ///< not known yet: a place is kept for a picture
        Picture,
        File,
        Failed, ///< could not be found out, or the picture could not be read
    };
    State state = Asking;
    MediaDescription description;
    int percent = -1; ///< of an upload that runs; -1: none does
};

/// Where attached pictures and files come from; the shell implements it over the services. GUI thread.
class MediaSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Returns at once; changed() says when it is another.
    virtual MediaLook look(const QString &account, const Attachment &attachment) = 0;
    /// The picture, as large as fits into box (device pixels). Null: not there yet; changed() says when it is.
    virtual QImage picture(const QString &account, const Attachment &attachment, const QSize &box) = 0;
    /// Forgets a failure and asks again.
    virtual void retry(const QString &account, const Attachment &attachment) = 0;

    /// What tells one file from another in changed().
    static QString keyOf(const Attachment &attachment)
    {
        return attachment.row > 0 ? attachment.file
                                  : attachment.media.channel.text() + QLatin1Char('/') + attachment.media.id;
    }

Q_SIGNALS:
    /// onlyPicture: what look() says is the same as before.
    void changed(const QString &key, bool onlyPicture);
};

} // namespace cumulet
