#pragma once

#include <QImage>
#include <QObject>
#include <QString>

namespace cumulet {

/// Where pictures of people and channels come from; main implements it over the services. GUI thread.
class AvatarSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// The picture of jid as account sees it, about pixels wide and high (device pixels). Returns at once: a null
    /// image means there is none, or not yet; changed() says when that is no longer so.
    virtual QImage avatar(const QString &account, const QString &jid, int pixels) = 0;

Q_SIGNALS:
    void changed(const QString &account, const QString &jid);
};

} // namespace cumulet
