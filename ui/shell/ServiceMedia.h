#pragma once

#include "domain/Async.h"
#include "domain/Identifier.h"
#include "services/account/Accounts.h"
#include "ui/common/MediaSource.h"

#include <QCache>
#include <QHash>
#include <QSet>

namespace cumulet {

/// Pictures and files from the media services of all accounts, decoded on the thread pool to the size that is shown,
/// kept within 64 MB.
class ServiceMedia : public MediaSource
{
    Q_OBJECT

public:
    explicit ServiceMedia(Accounts &accounts, QObject *parent = nullptr);

    MediaLook look(const QString &account, const Attachment &attachment) override;
    QImage picture(const QString &account, const Attachment &attachment, const QSize &box) override;
    void retry(const QString &account, const Attachment &attachment) override;

private:
    void followAccount(AccountId id);
    MediaService *serviceOf(const QString &account) const;
    void ask(MediaService &service, const QString &key, const Attachment &attachment);
    void decode(const QString &key, const QString &place, const Future<QByteArray> &bytes, const QSize &box);
    void fail(const QString &key);

    Accounts &m_accounts;
    QCache<QString, QImage> m_images;
    QSet<QString> m_underWay;
    QSet<QString> m_failed;
    QHash<qint64, QString> m_uploads; // by the row of the attachment
};

} // namespace cumulet
