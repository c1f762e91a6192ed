#include "xmpp/SessionConfiguration.h"

#include <QXmppClient.h>
#include <QXmppDiscoveryManager.h>
#include <QXmppSasl2UserAgent.h>

#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QSslError>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr quint16 directTlsPort = 5223;
constexpr quint16 defaultPort = 5222;

// what protects a password badly or not at all; SCRAM stays
QStringList weakMechanisms()
{
    return {u"PLAIN"_s, u"DIGEST-MD5"_s, u"CRAM-MD5"_s, u"ANONYMOUS"_s, u"X-FACEBOOK-PLATFORM"_s,
        u"X-MESSENGER-OAUTH2"_s, u"X-OAUTH2"_s};
}

QString randomSuffix()
{
    return QString::number(QRandomGenerator::system()->bounded(0x10000000, 0x7fffffff), 36);
}

} // namespace

QXmppConfiguration makeConfiguration(
    const QXmppConfiguration &former, const SessionSettings &settings, const XmppOptions &options)
{
    // a stream can only be resumed with what QXmpp learned when it began
    const bool isSameAccount = former.jidBare() == settings.jid.text();
    auto configuration = isSameAccount ? former : QXmppConfiguration();
    configuration.setUser(settings.jid.local());
    configuration.setDomain(settings.jid.domain());
    if (!isSameAccount) {
        configuration.setResource(settings.resourcePrefix + u'.' + randomSuffix());
    }
    configuration.setResourcePrefix(settings.resourcePrefix);
    configuration.setPassword(settings.password);
    configuration.setHost(settings.host);
    configuration.setPort(settings.host.isEmpty() ? 0 : settings.port ? settings.port : defaultPort);
    configuration.setStreamSecurityMode(options.allowPlainForTests ? QXmppConfiguration::TLSDisabled
            : configuration.port() == directTlsPort                ? QXmppConfiguration::LegacySSL
                                                                   : QXmppConfiguration::TLSRequired);
    configuration.setIgnoreSslErrors(false);
    configuration.setUseNonSASLAuthentication(false);
    configuration.setDisabledSaslMechanisms(options.allowPlainForTests ? QStringList() : weakMechanisms());
    configuration.setUseFastTokenAuthentication(false);
    configuration.setAutoReconnectionEnabled(false);
    configuration.setAutoAcceptSubscriptions(false);
    configuration.setKeepAliveInterval(0);
    configuration.setKeepAliveTimeout(0);
    if (!isSameAccount) {
        const auto deviceId = options.deviceId.isNull() ? QUuid::createUuid() : options.deviceId;
        configuration.setSasl2UserAgent(QXmppSasl2UserAgent(deviceId, u"Cumulet"_s, options.deviceName));
    }
    if (!options.extraCertificates.isEmpty()) {
        configuration.setCaCertificates(QSslConfiguration::systemCaCertificates() + options.extraCertificates);
    }
    return configuration;
}

EffectiveSettings readBack(QXmppClient &client)
{
    const auto &configuration = client.configuration();
    EffectiveSettings settings;
    settings.requiresTls = configuration.streamSecurityMode() == QXmppConfiguration::TLSRequired
        || configuration.streamSecurityMode() == QXmppConfiguration::LegacySSL;
    settings.allowsLegacyAuthentication = configuration.useNonSASLAuthentication();
    settings.ignoresCertificateErrors = configuration.ignoreSslErrors();
    settings.reconnectsByItself = configuration.autoReconnectionEnabled();
    settings.sendsTokens = configuration.useFastTokenAuthentication();
    settings.keepAliveInterval = configuration.keepAliveInterval();
    settings.keepAliveTimeout = configuration.keepAliveTimeout();
    settings.disabledMechanisms = configuration.disabledSaslMechanisms();
    settings.resourcePrefix = configuration.resourcePrefix();
    settings.resource = configuration.resource();
    if (const auto agent = configuration.sasl2UserAgent()) {
        settings.userAgent = agent->softwareName();
    }
    if (const auto *discovery = client.findExtension<QXmppDiscoveryManager>()) {
        settings.capabilitiesNode = discovery->clientCapabilitiesNode();
    }
    for (const auto *extension : client.extensions()) {
        settings.extensions += QString::fromLatin1(extension->metaObject()->className());
    }
    return settings;
}

CertificateProblem toProblem(const QSslCertificate &certificate, const QList<QSslError> &errors)
{
    const auto name = [](const QStringList &parts) { return parts.join(u", "_s).left(300); };
    CertificateProblem problem;
    problem.subject = name(certificate.subjectInfo(QSslCertificate::CommonName));
    problem.issuer = name(
        certificate.issuerInfo(QSslCertificate::CommonName) + certificate.issuerInfo(QSslCertificate::Organization));
    problem.validFrom = certificate.effectiveDate();
    problem.validUntil = certificate.expiryDate();
    problem.sha256 = certificate.digest(QCryptographicHash::Sha256);
    for (const auto &error : errors) {
        problem.reasons += error.errorString().left(300);
    }
    problem.reasons.removeDuplicates();
    return problem;
}

} // namespace cumulet
