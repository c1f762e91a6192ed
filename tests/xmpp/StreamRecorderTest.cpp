#include "WireBench.h"

#include "kit/TestMain.h"
#include "xmpp/StreamRecorder.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class StreamRecorderTest : public QObject
{
    Q_OBJECT

    static QString texts(const QSignalSpy &recorded, bool sent)
    {
        QString all;
        for (const auto &one : recorded) {
            const auto record = one.first().value<StreamRecord>();
            all += record.isSent == sent ? record.text + u'\n' : QString();
        }
        return all;
    }

private Q_SLOTS:
    void tellsWhatGoesOverTheStream()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy recorded(&bench.session, &SessionWire::recorded);
        QVERIFY(wait(bench.session.ping()));
        QVERIFY(recorded.isEmpty()); // nobody wants to know
        bench.session.setRecording(true);
        bench.push(u"<message from='juliet@%1' to='%me'><body>soft!</body></message>"_s.arg(u"example.org"_s));
        QVERIFY(wait(bench.session.ping()));
        QVERIFY(texts(recorded, true).contains(u"urn:xmpp:ping"_s));
        QVERIFY(texts(recorded, false).contains(u"<body>soft!</body>"_s));
        bench.session.setRecording(false);
        recorded.clear();
        QVERIFY(wait(bench.session.ping()));
        QVERIFY(recorded.isEmpty());
    }

    void theLoginIsNotTold()
    {
        WireBench bench;
        QSignalSpy recorded(&bench.session, &SessionWire::recorded);
        bench.session.setRecording(true);
        QVERIFY(bench.logIn());
        QVERIFY(wait(bench.session.ping()));
        const QString all = texts(recorded, true) + texts(recorded, false);
        QVERIFY(!all.isEmpty());
        QVERIFY2(!all.contains(u"sasl"_s) && !all.contains(u"<success"_s), qPrintable(all));
    }

    void secretsAreLeftOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("nothing to hide") << u"<message><body>password: no</body></message>"_s
                                         << u"<message><body>password: no</body></message>"_s;
        QTest::newRow("register") << u"<query><username>romeo</username><password>secret</password></query>"_s
                                  << u"<query><username>romeo</username><password>…</password></query>"_s;
        QTest::newRow("slot") << u"<put url='https://a/'><header name='Authorization'>secret</header></put>"_s
                              << u"<put url='https://a/'><header name='Authorization'>…</header></put>"_s;
        QTest::newRow("prefix") << u"<r:password>secret</r:password>"_s << u"<r:password>…</r:password>"_s;
        QTest::newRow("broken off") << u"<password>secret"_s << u"<password>…"_s;
        QTest::newRow("two") << u"<password>a</password><i/><password>b</password>"_s
                             << u"<password>…</password><i/><password>…</password>"_s;
        QTest::newRow("empty") << u"<password/><i>seen</i>"_s << u"<password/><i>seen</i>"_s;
        QTest::newRow("token") << u"<token xmlns='urn:xmpp:fast:0' token='secret'/>"_s
                               << u"<token xmlns='urn:xmpp:fast:0' token='…'/>"_s;
    }
    void secretsAreLeftOut()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, told);
        QCOMPARE(StreamRecorder::withoutSecrets(text), told);
    }

    void aRecordHasABound()
    {
        const auto told = StreamRecorder::withoutSecrets(QString(100'000, u'x'));
        QVERIFY(told.size() <= StreamRecord::longest + 2);
        QVERIFY(told.endsWith(u'…'));
    }
};

CUMULET_TEST(StreamRecorderTest)
#include "StreamRecorderTest.moc"
