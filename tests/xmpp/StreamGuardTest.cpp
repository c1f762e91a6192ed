#include "WireBench.h"

#include "kit/TestMain.h"
#include "kit/loopback/Relay.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

QString message(const QString &body)
{
    return u"<message from='juliet@example.org/balcony' to='%me' type='chat'><body>%1</body></message>"_s.arg(body);
}

// what a person would see of a session, in order
struct Record
{
    explicit Record(WireBench &bench)
    {
        QObject::connect(&bench.chat, &ChatWire::messageReceived, &context, [this](const IncomingMessage &message) {
            lines += message.peer.text() + u'|' + message.body + u'|' + message.replaces.text();
        });
        QObject::connect(&bench.chat, &ChatWire::noticeReceived, &context,
            [this](const DeliveryNotice &notice) { lines += notice.peer.text() + u'|' + notice.messageId.text(); });
        QObject::connect(&bench.chat, &ChatWire::chatStateReceived, &context,
            [this](const Jid &peer, ChatState state) { lines += peer.text() + u'|' + QString::number(int(state)); });
    }
    QObject context;
    QStringList lines;
};

} // namespace

class StreamGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersOnReadBordersArriveUnharmed_data()
    {
        QTest::addColumn<int>("chunk");
        QTest::newRow("whole") << 0;
        QTest::newRow("7 bytes") << 7;
        QTest::newRow("1001 bytes") << 1001;
    }

    void lettersOnReadBordersArriveUnharmed()
    {
        QFETCH(int, chunk);
        WireBench bench;
        QVERIFY(bench.logIn());
        if (!bench.session.isGuarded()) {
            QSKIP("this QXmpp cannot be guarded");
        }
        QSignalSpy messages(&bench.chat, &ChatWire::messageReceived);
        const QString text = u"привет"_s.repeated(1334).first(8000);
        bench.push(message(text), chunk);
        QTRY_COMPARE(messages.count(), 1);
        QCOMPARE(messages.first().first().value<IncomingMessage>().body, text);
    }

    void survivesWhiteSpaceKeepAlives()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        QSignalSpy messages(&bench.chat, &ChatWire::messageReceived);
        bench.server.sendBytes(u"romeo"_s, " ", 1);
        bench.server.sendBytes(u"romeo"_s, "\n\n", 1);
        bench.push(message(u"still here"_s));
        QTRY_COMPARE(messages.count(), 1);
        QCOMPARE(disconnected.count(), 0);
    }

    // a whole stanza does not wait for the rest of the one behind it
    void handsOverAStanzaBeforeTheNextIsComplete()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy messages(&bench.chat, &ChatWire::messageReceived);
        const auto second = message(u"second"_s);
        bench.push(message(u"first"_s) + second.first(30));
        QTRY_COMPARE(messages.count(), 1);
        bench.push(second.sliced(30));
        QTRY_COMPARE(messages.count(), 2);
    }

    void aRecordedSessionIsTheSameByteByByte()
    {
        QString session;
        for (const auto &name :
            {u"message.xml"_s, u"correction.xml"_s, u"receipt.xml"_s, u"displayed.xml"_s, u"composing.xml"_s,
                u"carbon-sent.xml"_s, u"carbon-received.xml"_s, u"languages.xml"_s, u"delayed.xml"_s}) {
            const auto stanza = chatStanza(name);
            QVERIFY2(!stanza.isEmpty(), qPrintable(name));
            session += stanza + u'\n';
        }
        QStringList whole;
        for (const int chunk : {0, 1, 5}) {
            WireBench bench;
            QVERIFY(bench.server.listen());
            Relay relay(bench.server.port());
            relay.setChunk(chunk);
            auto settings = bench.server.settingsFor(u"romeo"_s);
            settings.port = relay.port();
            QSignalSpy connected(&bench.session, &SessionWire::connected);
            bench.session.open(settings);
            QVERIFY(connected.wait(20'000));
            Record record(bench);
            bench.push(session);
            QVERIFY(bench.settle());
            if (chunk == 0) {
                whole = record.lines;
                QCOMPARE(whole.size(), 11); // nine stanzas, one of them a chat state too, and the fence
            }
            QCOMPARE(record.lines, whole);
        }
    }

    void endsAStreamThatBreaksTheRules_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::newRow("document type") << QByteArray("<!DOCTYPE a>") << int(ErrorKind::Malformed);
        QTest::newRow("broken XML") << QByteArray("<message><body></message></body>") << int(ErrorKind::Malformed);
        QTest::newRow("broken UTF-8") << QByteArray("<message><body>\xff</body></message>")
                                      << int(ErrorKind::Malformed);
        QTest::newRow("deep") << QByteArray("<a>").repeated(20'000) << int(ErrorKind::TooLarge);
        QTest::newRow("huge") << "<message><body>" + QByteArray(11 * 1024 * 1024, 'x') << int(ErrorKind::TooLarge);
    }

    void endsAStreamThatBreaksTheRules()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy disconnected(&bench.session, &SessionWire::disconnected);
        bench.server.sendBytes(u"romeo"_s, bytes);
        QTRY_COMPARE(disconnected.count(), 1);
        QCOMPARE(int(disconnected.first().first().value<Error>().kind), kind);
        QVERIFY(bench.logIn());
    }
};

CUMULET_TEST(StreamGuardTest)
#include "StreamGuardTest.moc"
