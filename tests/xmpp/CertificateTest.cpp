#include "WireBench.h"

#include "kit/TestMain.h"

#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

// A self-signed certificate for example.org. Behind TLS the server offers no mechanism that we use, so "got through
// TLS" reads as Unsupported.
class CertificateTest : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        Error error;
        QList<CertificateProblem> problems;
    };

    static Outcome connectWith(XmppSession &session, const SessionSettings &settings)
    {
        QSignalSpy disconnected(&session, &SessionWire::disconnected);
        QSignalSpy rejected(&session, &SessionWire::certificateRejected);
        session.open(settings);
        Outcome outcome;
        if (disconnected.wait(10'000)) {
            outcome.error = disconnected.first().first().value<Error>();
        }
        for (const auto &arguments : std::as_const(rejected)) {
            outcome.problems += arguments.first().value<CertificateProblem>();
        }
        return outcome;
    }

    std::unique_ptr<LoopbackServer> m_server;

private Q_SLOTS:
    void init()
    {
        if (!QSslSocket::supportsSsl()) {
            QSKIP("no TLS here");
        }
        m_server = std::make_unique<LoopbackServer>();
        m_server->addAccount(u"romeo"_s);
        m_server->useTls();
        QVERIFY(m_server->listen());
    }

    void refusesWhatNobodyTrusts()
    {
        XmppSession session(XmppOptions{});
        const auto outcome = connectWith(session, m_server->settingsFor(u"romeo"_s));
        QCOMPARE(outcome.error.kind, ErrorKind::Certificate);
        QCOMPARE(outcome.problems.size(), 1);
        const auto &problem = outcome.problems.first();
        QCOMPARE(problem.sha256, LoopbackServer::certificate().digest(QCryptographicHash::Sha256));
        QCOMPARE(problem.subject, u"example.org"_s);
        QVERIFY(problem.issuer.contains("example.org"_L1));
        QVERIFY(!problem.reasons.isEmpty());
        QVERIFY(problem.validFrom.isValid() && problem.validUntil > QDateTime::currentDateTime());
    }

    void takesTheOneThatWasAcceptedByHand()
    {
        XmppSession session(XmppOptions{});
        auto settings = m_server->settingsFor(u"romeo"_s);
        settings.trustedCertificate = LoopbackServer::certificate().digest(QCryptographicHash::Sha256);
        auto outcome = connectWith(session, settings);
        QCOMPARE(outcome.error.kind, ErrorKind::Unsupported);
        QVERIFY(outcome.problems.isEmpty());
        // the exception does not outlive the attempt
        QVERIFY(!session.effectiveSettings().ignoresCertificateErrors);
        settings.trustedCertificate = QByteArray(32, 'x');
        outcome = connectWith(session, settings);
        QCOMPARE(outcome.error.kind, ErrorKind::Certificate);
        QCOMPARE(outcome.problems.size(), 1);
    }

    void takesAnExtraAuthority()
    {
        XmppOptions options;
        options.extraCertificates = {LoopbackServer::certificate()};
        XmppSession session(options);
        const auto outcome = connectWith(session, m_server->settingsFor(u"romeo"_s));
        QVERIFY2(outcome.problems.isEmpty(), qPrintable(outcome.error.detail));
        QCOMPARE(outcome.error.kind, ErrorKind::Unsupported);
    }

    // the name that counts is the domain of the address, not the host that answers
    void refusesACertificateForAnotherDomain()
    {
        LoopbackServer other(u"elsewhere.test"_s);
        other.addAccount(u"romeo"_s);
        other.useTls();
        QVERIFY(other.listen());
        XmppOptions options;
        options.extraCertificates = {LoopbackServer::certificate()};
        XmppSession session(options);
        const auto outcome = connectWith(session, other.settingsFor(u"romeo"_s));
        QCOMPARE(outcome.error.kind, ErrorKind::Certificate);
        QCOMPARE(outcome.problems.size(), 1);
    }
};

CUMULET_TEST(CertificateTest)
#include "CertificateTest.moc"
