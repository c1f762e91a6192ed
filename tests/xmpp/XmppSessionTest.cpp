#include "WireBench.h"

#include "kit/TestMain.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class XmppSessionTest : public QObject
{
    Q_OBJECT

private:
    static Error errorIn(const QSignalSpy &disconnected) { return disconnected.last().first().value<Error>(); }

private Q_SLOTS:
    void logsIn()
    {
        WireBench bench;
        QSignalSpy alive(&bench.session, &SessionWire::alive);
        QVERIFY(bench.logIn());
        QCOMPARE(bench.session.boundJid().bare(), bench.server.jid(u"romeo"_s));
        QVERIFY(bench.session.boundJid().resource().startsWith("Cumulet"_L1));
        QVERIFY(bench.session.isGuarded());
        QVERIFY(!alive.isEmpty());
        QVERIFY(wait(bench.session.ping()));
    }

    // each of these was measured to hurt when it is left as the library has it
    void tellsTheLibraryTheSafeSettings()
    {
        XmppOptions options;
        options.clientVersion = u"1"_s;
        XmppSession session(options);
        SessionSettings settings;
        settings.jid = Jid::fromTrusted(u"romeo@example.org"_s);
        settings.host = u"127.0.0.1"_s;
        settings.port = 1;
        session.open(settings);
        const auto effective = session.effectiveSettings();
        QVERIFY(effective.requiresTls);
        QVERIFY(!effective.allowsLegacyAuthentication);
        QVERIFY(!effective.ignoresCertificateErrors);
        QVERIFY(!effective.reconnectsByItself);
        QVERIFY(!effective.sendsTokens);
        QCOMPARE(effective.keepAliveInterval, 0);
        QCOMPARE(effective.keepAliveTimeout, 0);
        for (const auto &weak : {u"PLAIN"_s, u"DIGEST-MD5"_s, u"CRAM-MD5"_s, u"ANONYMOUS"_s, u"X-OAUTH2"_s}) {
            QVERIFY2(effective.disabledMechanisms.contains(weak), qPrintable(weak));
        }
        QCOMPARE(effective.resourcePrefix, u"Cumulet"_s);
        QVERIFY(effective.resource.startsWith("Cumulet."_L1));
        QCOMPARE(effective.userAgent, u"Cumulet"_s);
        QVERIFY(effective.capabilitiesNode.contains("cumulet"_L1));
        // these answer or believe strangers
        for (const auto &extension : effective.extensions) {
            QVERIFY2(!extension.contains("Receipt"_L1) && !extension.contains("Mam"_L1)
                    && !extension.contains("PubSub"_L1) && !extension.contains("Roster"_L1),
                qPrintable(extension));
        }
    }

    void saysWhenThePasswordIsWrong()
    {
        WireBench bench;
        QVERIFY(bench.server.listen());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        auto settings = bench.server.settingsFor(u"romeo"_s);
        settings.password = u"wrong"_s;
        bench.session.open(settings);
        QVERIFY(disconnected.wait());
        QCOMPARE(errorIn(disconnected).kind, ErrorKind::Authentication);
        QVERIFY(bench.logIn());
        QCOMPARE(disconnected.count(), 1);
    }

    void saysWhenNobodyListens()
    {
        quint16 port = 0;
        {
            QTcpServer closed;
            QVERIFY(closed.listen(QHostAddress::LocalHost));
            port = closed.serverPort();
        }
        XmppSession session(LoopbackServer::options());
        QSignalSpy disconnected(&session, &SessionWire::disconnected);
        SessionSettings settings;
        settings.jid = Jid::fromTrusted(u"romeo@example.org"_s);
        settings.host = u"127.0.0.1"_s;
        settings.port = port;
        for (int attempt = 1; attempt <= 3; ++attempt) {
            session.open(settings);
            QTRY_COMPARE(disconnected.count(), attempt);
            QCOMPARE(errorIn(disconnected).kind, ErrorKind::Unreachable);
        }
    }

    void saysWhenTheServerIsAnotherOne()
    {
        WireBench bench;
        QVERIFY(bench.server.listen());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        auto settings = bench.server.settingsFor(u"romeo"_s);
        settings.jid = Jid::fromTrusted(u"romeo@elsewhere.test"_s);
        bench.session.open(settings);
        QVERIFY(disconnected.wait());
        QCOMPARE(errorIn(disconnected).kind, ErrorKind::NotFound);
    }

    void countsALossOnce()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        bench.push(u"<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"_s);
        bench.server.dropConnections();
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(errorIn(disconnected).kind, ErrorKind::Unreachable);
        QVERIFY(bench.session.boundJid().isEmpty());
        QVERIFY(bench.logIn());
        QCOMPARE(disconnected.count(), 1);
    }

    void saysGoodbye()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        bench.session.close();
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(errorIn(disconnected).kind, ErrorKind::Canceled);
        QVERIFY(bench.logIn());
    }

    void opensAgainAfterTheGoodbye()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy connected(&bench.session, &SessionWire::connected);
        bench.session.close();
        bench.session.open(bench.server.settingsFor(u"romeo"_s));
        QTRY_COMPARE(connected.count(), 1);
    }

    void givesUpAnAttempt()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        XmppSession session(LoopbackServer::options());
        QSignalSpy disconnected(&session, &SessionWire::disconnected);
        SessionSettings settings;
        settings.jid = Jid::fromTrusted(u"romeo@example.org"_s);
        settings.host = u"127.0.0.1"_s;
        settings.port = silent.serverPort();
        session.open(settings);
        QVERIFY(silent.waitForNewConnection(5000));
        session.abort();
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(errorIn(disconnected).kind, ErrorKind::Unreachable);
    }

    void pingFailsOnADeadConnection()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        bench.server.stop();
        QTRY_VERIFY(bench.session.boundJid().isEmpty());
        const auto pong = wait(bench.session.ping());
        QVERIFY(!pong);
        QCOMPARE(pong.error().kind, ErrorKind::Offline);
    }

    void answersPingsOfItsServerOnly()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QHash<QString, QString> answers;
        bench.server.addHook([&](const QDomElement &stanza) {
            answers.insert(stanza.attribute(u"id"_s), stanza.attribute(u"type"_s));
            return false;
        });
        const auto ping = u"<iq type='get' id='%1'%2><ping xmlns='urn:xmpp:ping'/></iq>"_s;
        bench.push(ping.arg(u"none"_s, QString()));
        bench.push(ping.arg(u"server"_s, u" from='example.org'"_s));
        bench.push(ping.arg(u"stranger"_s, u" from='mallory@evil.test/x'"_s));
        QTRY_COMPARE(answers.size(), 3);
        QCOMPARE(answers.value(u"none"_s), u"result"_s);
        QCOMPARE(answers.value(u"server"_s), u"result"_s);
        QCOMPARE(answers.value(u"stranger"_s), u"error"_s);
    }

    void tellsItsPresence()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QStringList seen;
        bench.server.addHook([&](const QDomElement &stanza) {
            if (stanza.tagName() == u"presence") {
                seen +=
                    stanza.firstChildElement(u"show"_s).text() + u'|' + stanza.firstChildElement(u"status"_s).text();
            }
            return false;
        });
        Presence presence;
        presence.show = Presence::Show::Away;
        presence.status = u"at \x01 lunch"_s;
        bench.session.setPresence(presence);
        QTRY_VERIFY(seen.contains(u"away|at  lunch"_s));
    }
};

CUMULET_TEST(XmppSessionTest)
#include "XmppSessionTest.moc"
