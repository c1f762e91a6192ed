#pragma once

#include <QList>
#include <QString>
#include <QUuid>
#include <QtNetwork/QSslCertificate>

namespace cumulet {

/// What all sessions of the program have in common.
struct XmppOptions
{
    QList<QSslCertificate> extraCertificates; ///< authorities trusted besides those of the system
    QString clientVersion; ///< told to contacts who ask
    QString deviceName; ///< told to the server at login (XEP-0388 user agent); may be empty
    QUuid deviceId; ///< stable for this installation; null: made up for each session
    /// Only for servers inside a test program: no TLS at all, and authentication that is never used otherwise.
    bool allowPlainForTests = false;
};

} // namespace cumulet
