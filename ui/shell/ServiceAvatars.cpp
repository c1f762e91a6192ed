#include "ui/shell/ServiceAvatars.h"

#include "domain/Jid.h"
#include "services/account/Accounts.h"
#include "services/roster/AvatarService.h"

#include <QBuffer>
#include <QImageReader>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int cacheBytes = 8 * 1024 * 1024;
static constexpr int mostPixels = 4096; // a side: larger pictures are not decoded at all

ServiceAvatars::ServiceAvatars(Accounts &accounts, QObject *parent)
    : AvatarSource(parent)
    , m_accounts(accounts)
    , m_images(cacheBytes)
{
    connect(&accounts, &Accounts::added, this, &ServiceAvatars::followAccount);
    for (const AccountId id : accounts.ids()) {
        followAccount(id);
    }
}

void ServiceAvatars::followAccount(AccountId id)
{
    const AccountServices *services = m_accounts.of(id);
    if (!services) {
        return;
    }
    const QString account = services->account.jid.text();
    connect(services->avatars, &AvatarService::avatarChanged, this,
        [this, account](const Jid &jid) { Q_EMIT changed(account, jid.bare().text()); });
}

static QImage decoded(const QByteArray &data, int pixels)
{
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    // a picture that does not say its size, or lies about it, could be made to take all memory
    if (!size.isValid() || size.width() > mostPixels || size.height() > mostPixels) {
        return {};
    }
    reader.setScaledSize(size.scaled(pixels, pixels, Qt::KeepAspectRatioByExpanding));
    QImage image = reader.read();
    const QRect square(QPoint((image.width() - pixels) / 2, (image.height() - pixels) / 2), QSize(pixels, pixels));
    return image.isNull() ? image : image.copy(square);
}

QImage ServiceAvatars::avatar(const QString &account, const QString &jid, int pixels)
{
    const Jid bare = Jid::fromTrusted(jid).bare();
    for (const AccountId id : m_accounts.ids()) {
        const AccountServices *services = m_accounts.of(id);
        if (services->account.jid.text() != account && !account.isEmpty()) {
            continue;
        }
        const QByteArray hash = services->avatars->hashOf(bare);
        if (hash.isEmpty()) {
            continue;
        }
        const QString key = u"%1/%2"_s.arg(QString::fromLatin1(hash)).arg(pixels);
        if (const QImage *image = m_images.object(key)) {
            return *image;
        }
        if (!m_underWay.contains(key)) {
            m_underWay.insert(key);
            whenDone(services->avatars->picture(bare), this,
                [this, key, account, jid, pixels](const Result<Avatar> &picture) {
                    if (picture) {
                        decode(key, account, jid, picture->data, pixels);
                    } else {
                        m_underWay.remove(key);
                    }
                });
        }
    }
    return {};
}

void ServiceAvatars::decode(
    const QString &key, const QString &account, const QString &jid, const QByteArray &data, int pixels)
{
    QtConcurrent::run(decoded, data, pixels).then(this, [this, key, account, jid](const QImage &image) {
        m_underWay.remove(key);
        // a null image is kept too: a picture that cannot be read is not read again and again
        m_images.insert(key, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes()));
        if (!image.isNull()) {
            Q_EMIT changed(account, jid);
        }
    });
}

} // namespace cumulet
