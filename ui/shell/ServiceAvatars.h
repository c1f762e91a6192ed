#pragma once

#include "domain/Identifier.h"
#include "ui/common/AvatarSource.h"

#include <QCache>
#include <QSet>

namespace cumulet {

class Accounts;

/// Pictures from the avatar services of all accounts, decoded on the thread pool, kept within 8 MB.
class ServiceAvatars : public AvatarSource
{
    Q_OBJECT

public:
    explicit ServiceAvatars(Accounts &accounts, QObject *parent = nullptr);

    QImage avatar(const QString &account, const QString &jid, int pixels) override;

private:
    void followAccount(AccountId id);
    void decode(const QString &key, const QString &account, const QString &jid, const QByteArray &data, int pixels);

    Accounts &m_accounts;
    QCache<QString, QImage> m_images;
    QSet<QString> m_underWay;
};

} // namespace cumulet
