#include "ui/shell/ServiceMedia.h"

#include "services/media/MediaService.h"
#include "ui/common/PictureDecoding.h"

#include <QFile>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype cacheBytes = 64 * 1024 * 1024;

static bool isPicture(const MediaDescription &description)
{
    const QString &type = description.mediaType;
    return type.startsWith("image/"_L1) && !type.contains("svg"_L1);
}

ServiceMedia::ServiceMedia(Accounts &accounts, QObject *parent)
    : MediaSource(parent)
    , m_accounts(accounts)
    , m_images(cacheBytes)
{
    connect(&accounts, &Accounts::added, this, &ServiceMedia::followAccount);
    const auto ids = accounts.ids();
    for (const AccountId id : ids)
        followAccount(id);
}

void ServiceMedia::followAccount(AccountId id)
{
    const AccountServices *services = m_accounts.of(id);
    if (!services || !services->media)
        return;
    connect(services->media, &MediaService::progressed, this, [this](qint64 attachment) {
        if (const auto key = m_uploads.constFind(attachment); key != m_uploads.constEnd())
            Q_EMIT changed(*key, false);
    });
}

MediaService *ServiceMedia::serviceOf(const QString &account) const
{
    const auto ids = m_accounts.ids();
    for (const AccountId id : ids) {
        const AccountServices *services = m_accounts.of(id);
        if (services && services->account.jid.text() == account)
            return services->media;
    }
    return nullptr;
}

MediaLook ServiceMedia::look(const QString &account, const Attachment &attachment)
{
    MediaService *service = serviceOf(account);
    const QString key = keyOf(attachment);
    MediaLook look;
    if (!service || m_failed.contains(key)) {
        look.state = MediaLook::Failed;
        return look;
    }
    if (attachment.row > 0) {
        m_uploads.insert(attachment.row, key);
        look.description = attachment.description;
        look.percent = attachment.media.isEmpty() ? service->progressOf(attachment.row) : -1;
        look.state = isPicture(look.description) ? MediaLook::Picture : MediaLook::File;
    } else if (const auto known = service->known(attachment.media)) {
        look.description = *known;
        look.state = isPicture(*known) ? MediaLook::Picture : MediaLook::File;
    } else {
        ask(*service, key, attachment);
    }
    return look;
}

void ServiceMedia::ask(MediaService &service, const QString &key, const Attachment &attachment)
{
    if (m_underWay.contains(key))
        return;
    m_underWay.insert(key);
    whenDone(service.describe(attachment.media), this, [this, key](const Result<MediaDescription> &description) {
        m_underWay.remove(key);
        description ? Q_EMIT changed(key, false) : fail(key);
    });
}

void ServiceMedia::fail(const QString &key)
{
    m_failed.insert(key);
    Q_EMIT changed(key, false);
}

void ServiceMedia::retry(const QString &, const Attachment &attachment)
{
    const QString key = keyOf(attachment);
    m_failed.remove(key);
    Q_EMIT changed(key, false);
}

static Future<QByteArray> readLocally(const QString &path)
{
    return QtConcurrent::run([path]() -> Result<QByteArray> {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorKind::NotFound, file.errorString()};
        return file.readAll();
    });
}

QImage ServiceMedia::picture(const QString &account, const Attachment &attachment, const QSize &box)
{
    const QString key = keyOf(attachment);
    const QString place = u"%1 %2x%3"_s.arg(key).arg(box.width()).arg(box.height());
    if (const QImage *image = m_images.object(place))
        return *image;
    MediaService *service = serviceOf(account);
    if (service && !m_underWay.contains(place) && !m_failed.contains(key)) {
        m_underWay.insert(place);
        const bool isOurs = attachment.row > 0;
        decode(key, place, isOurs ? readLocally(service->pathOf(attachment)) : service->preview(attachment.media), box);
    }
    return {};
}

void ServiceMedia::decode(const QString &key, const QString &place, const Future<QByteArray> &bytes, const QSize &box)
{
    whenDone(bytes, this, [this, key, place, box](const Result<QByteArray> &read) {
        if (!read) {
            m_underWay.remove(place);
            fail(key);
            return;
        }
        QtConcurrent::run(decodedPicture, *read, box).then(this, [this, key, place](const QImage &image) {
            m_underWay.remove(place);
            if (image.isNull()) {
                fail(key);
                return;
            }
            m_images.insert(place, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes()));
            Q_EMIT changed(key, true);
        });
    });
}

} // namespace cumulet
