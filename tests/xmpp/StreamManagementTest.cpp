#include "ScriptedServer.h"
#include "WireBench.h"

#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

// romeo's session on a server that says what the test wants
struct Bench
{
    SessionSettings settings() const
    {
        SessionSettings wanted;
        wanted.jid = Jid::fromTrusted(u"romeo@example.org"_s);
        wanted.password = u"secret"_s;
        wanted.host = u"127.0.0.1"_s;
        wanted.port = server.port();
        wanted.presence.show = Presence::Show::Available;
        return wanted;
    }

    bool open()
    {
        QSignalSpy connected(&session, &SessionWire::connected);
        session.open(settings());
        return connected.wait() && connected.count() == 1;
    }

    Future<Done> send(const QString &id)
    {
        OutgoingMessage message;
        message.to = Jid::fromTrusted(u"juliet@example.org"_s);
        message.originId = OriginId(id);
        message.body = u"text of "_s + id;
        return chat.send(message);
    }

    ScriptedServer server;
    XmppSession session{LoopbackServer::options()};
    XmppChatWire chat{&session};
};

} // namespace

class StreamManagementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSentWhenTheServerSaysSo()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.server.acknowledges = false;
        const auto sent = bench.send(u"m1"_s);
        QTRY_COMPARE(bench.server.count(u"text of m1"_s), 1);
        QVERIFY(wait(bench.session.ping()));
        QVERIFY(!sent.isFinished());
        bench.server.send("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(bench.server.handled()) + "'/>");
        QVERIFY(wait(sent));
    }

    void withoutItIsSentWhenAPingAfterItIsAnswered()
    {
        Bench bench;
        bench.server.hasStreamManagement = false;
        QVERIFY(bench.open());
        QVERIFY(wait(bench.send(u"m1"_s)));
        const auto &elements = bench.server.elements();
        const auto isMessage = [](const QString &element) { return element.contains("text of m1"_L1); };
        const auto message = std::find_if(elements.begin(), elements.end(), isMessage);
        QVERIFY(message != elements.end() && (message + 1)->contains("urn:xmpp:ping"_L1));
    }

    void withoutItAMessageIsLostWithTheConnection()
    {
        Bench bench;
        bench.server.hasStreamManagement = false;
        QVERIFY(bench.open());
        bench.server.hook = [](const QString &element) { return element.contains("urn:xmpp:ping"_L1); };
        const auto sent = bench.send(u"m1"_s);
        QTRY_COMPARE(bench.server.count(u"urn:xmpp:ping"_s), 1);
        bench.server.cut();
        const auto result = wait(sent);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Offline);
    }

    void nothingIsSentWhileOffline()
    {
        Bench bench;
        const auto result = wait(bench.send(u"m1"_s));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Offline);
    }

    // what arrived before the cut is not sent again, what did not arrives after the resumption, each once
    void aResumedStreamLosesAndDoublesNothing()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.server.acknowledges = false;
        const auto arrived = bench.send(u"m1"_s);
        QTRY_COMPARE(bench.server.count(u"text of m1"_s), 1);
        // the rest is swallowed by a dying network
        quint32 handled = bench.server.handled();
        const auto lost = bench.send(u"m2"_s);
        bench.server.cut();
        QTRY_VERIFY(bench.session.boundJid().isEmpty());
        QVERIFY(!arrived.isFinished() && !lost.isFinished());

        bench.server.acknowledges = true;
        QSignalSpy connected(&bench.session, &SessionWire::connected);
        bench.session.open(bench.settings());
        QVERIFY(connected.wait());
        QCOMPARE(connected.first().first().toBool(), true);
        QCOMPARE(bench.server.count(u"<resume"_s), 1);
        QVERIFY(wait(arrived));
        QVERIFY(wait(lost));
        QCOMPARE(bench.server.count(u"text of m1"_s), 1);
        QCOMPARE(bench.server.count(u"text of m2"_s), 1);
        QVERIFY(bench.server.handled() > handled);
    }

    // QXmpp would send all of it again on the new stream, and what had arrived would be there twice
    void aRefusedResumptionSendsNothingAgain()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.server.acknowledges = false;
        const auto arrived = bench.send(u"m1"_s);
        QTRY_COMPARE(bench.server.count(u"text of m1"_s), 1);
        const auto lost = bench.send(u"m2"_s);
        bench.server.cut();
        QTRY_VERIFY(bench.session.boundJid().isEmpty());

        bench.server.acknowledges = true;
        bench.server.resumes = false;
        QSignalSpy connected(&bench.session, &SessionWire::connected);
        bench.session.open(bench.settings());
        QVERIFY(connected.wait());
        QCOMPARE(connected.first().first().toBool(), false);
        // <failed h='...'/> tells that the first one had arrived
        QVERIFY(wait(arrived));
        const auto result = wait(lost);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Offline);
        QVERIFY(wait(bench.session.ping()));
        QCOMPARE(bench.server.count(u"text of m1"_s), 1);
        QCOMPARE(bench.server.count(u"text of m2"_s), 0);
    }

    // as Prosody sends them after a resumption inside SASL 2
    void featuresInASessionBeginNoSecondOne()
    {
        Bench bench;
        QVERIFY(bench.open());
        QSignalSpy connected(&bench.session, &SessionWire::connected);
        bench.server.send("<stream:features/>");
        QVERIFY(wait(bench.session.ping()));
        QCOMPARE(connected.count(), 0);
    }

    void abortKeepsTheStreamAndCloseDoesNot()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.session.abort();
        QVERIFY(bench.open());
        QCOMPARE(bench.server.count(u"<resume"_s), 1);
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        bench.session.close();
        QTRY_COMPARE(disconnected.count(), 1);
        QVERIFY(bench.open());
        QCOMPARE(bench.server.count(u"<resume"_s), 1);
    }

    // QXmpp 1.10 ends the session with "Unexpected element received"
    void survivesAStanzaBeforeStreamManagementIsOn()
    {
        Bench bench;
        bench.server.hook = [&](const QString &element) {
            if (element.startsWith("<enable"_L1)) {
                bench.server.send("<message from='a@b.test'><body>early</body></message>");
            }
            return false;
        };
        QVERIFY(bench.open());
        QVERIFY(wait(bench.session.ping()));
    }

    void doesNotAnswerAServerWithoutAVersion()
    {
        Bench bench;
        bench.server.version.clear();
        bench.server.firstFeatures = u"<auth xmlns='http://jabber.org/features/iq-auth'/>"_s;
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        bench.session.open(bench.settings());
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(disconnected.first().first().value<Error>().kind, ErrorKind::Unsupported);
        QCOMPARE(bench.server.count(u"jabber:iq:auth"_s), 0);
        QCOMPARE(bench.server.count(u"jabber:iq:roster"_s), 0);
        QCOMPARE(bench.server.count(u"secret"_s), 0);
    }

    void tellsNothingToAServerWithoutEncryption()
    {
        ScriptedServer server;
        XmppSession session(XmppOptions{});
        QSignalSpy disconnected(&session, &SessionWire::disconnected);
        Bench bench;
        auto settings = bench.settings();
        settings.port = server.port();
        session.open(settings);
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(disconnected.first().first().value<Error>().kind, ErrorKind::Unsupported);
        QCOMPARE(server.count(u"<auth"_s), 0);
    }

    // what somebody put in behind <proceed/> must not be read as if TLS had protected it
    void givesUpWhenClearTextFollowsTheStartOfTls()
    {
        ScriptedServer server;
        server.firstFeatures = u"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"_s;
        server.hook = [&](const QString &element) {
            if (element.startsWith("<starttls"_L1)) {
                server.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message from='a@b.test'/>");
                return true;
            }
            return false;
        };
        XmppSession session(XmppOptions{});
        QSignalSpy disconnected(&session, &SessionWire::disconnected);
        Bench bench;
        auto settings = bench.settings();
        settings.port = server.port();
        session.open(settings);
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(disconnected.first().first().value<Error>().kind, ErrorKind::Malformed);
    }
};

CUMULET_TEST(StreamManagementTest)
#include "StreamManagementTest.moc"
