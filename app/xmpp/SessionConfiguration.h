// What QXmpp is told before it connects. By default it lets an attacker strip STARTTLS, speaks authentication from
// before SASL, reconnects every 10 s for ever, and throws resumption away when its own keep-alive finds a dead line.
#pragma once

#include "wire/SessionWire.h"
#include "xmpp/XmppOptions.h"

#include <QStringList>
#include <QXmppConfiguration.h>

class QSslError;
class QXmppClient;

namespace cumulet {

/// The configuration for one attempt. former: that of the attempt before; for the same account it keeps the resource
/// and what is needed to resume the stream.
QXmppConfiguration makeConfiguration(
    const QXmppConfiguration &former, const SessionSettings &settings, const XmppOptions &options);

/// What QXmpp was really told, for the test that reads it back and the connection details.
struct EffectiveSettings
{
    bool requiresTls = false;
    bool allowsLegacyAuthentication = true;
    bool ignoresCertificateErrors = true;
    bool reconnectsByItself = true;
    bool sendsTokens = true; ///< FAST, XEP-0484
    int keepAliveInterval = -1;
    int keepAliveTimeout = -1;
    QStringList disabledMechanisms;
    QString resourcePrefix;
    QString resource;
    QString userAgent;
    QString capabilitiesNode;
    QStringList extensions; ///< class names
};

/// Reads the settings back from the client itself.
EffectiveSettings readBack(QXmppClient &client);

/// The certificate and all that TLS has against it, for the user to judge.
CertificateProblem toProblem(const QSslCertificate &certificate, const QList<QSslError> &errors);

} // namespace cumulet
