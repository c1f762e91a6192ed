#include "xmpp/StanzaCutter.h"
#include "kit/TestMain.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

namespace {

const QByteArray header = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
                          "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"_ba;

// all elements that come out when bytes go in by pieces of that size
QStringList cut(StanzaCutter &cutter, const QByteArray &bytes, qsizetype piece)
{
    QStringList elements;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        cutter.append(bytes.mid(at, piece));
        while (const auto element = cutter.next()) {
            elements += *element;
        }
    }
    return elements;
}

QStringList stanzasOf(const QByteArray &bytes, qsizetype piece)
{
    StanzaCutter cutter;
    auto elements = cut(cutter, header + bytes, piece);
    if (!elements.isEmpty()) {
        elements.removeFirst();
    }
    return elements;
}

} // namespace

class StanzaCutterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsTheSameWhateverTheReads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("one stanza") << QByteArray("<message><body>hi</body></message>")
                                    << QStringList{u"<message><body>hi</body></message>"_s};
        QTest::newRow("two stanzas") << QByteArray("<presence/><iq id='1'/>")
                                     << QStringList{u"<presence/>"_s, u"<iq id='1'/>"_s};
        QTest::newRow("keep-alives") << QByteArray(" \n<presence/> \r\n\t ") << QStringList{u"<presence/>"_s};
        QTest::newRow("quoted end") << QByteArray("<iq a='x>y' b=\"/>'\"/><iq a='<z/>'/>").replace("<z/>", "&lt;")
                                    << QStringList{u"<iq a='x>y' b=\"/>'\"/>"_s, u"<iq a='&lt;'/>"_s};
        QTest::newRow("cdata") << QByteArray("<m><b><![CDATA[<m></b>]] ]>]]]></b></m>")
                               << QStringList{u"<m><b><![CDATA[<m></b>]] ]>]]]></b></m>"_s};
        QTest::newRow("empty cdata") << QByteArray("<m><![CDATA[]]></m>") << QStringList{u"<m><![CDATA[]]></m>"_s};
        const QString letters = u"<m>привет 你好 😀</m>"_s;
        QTest::newRow("letters of several bytes") << letters.toUtf8() << QStringList{letters};
        QTest::newRow("prefixed") << QByteArray("<stream:features><a xmlns='b'/></stream:features>")
                                  << QStringList{u"<stream:features><a xmlns='b'/></stream:features>"_s};
        QTest::newRow("end of stream") << QByteArray("<a/></stream:stream >")
                                       << QStringList{u"<a/>"_s, u"</stream:stream>"_s};
    }

    void cutsTheSameWhateverTheReads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, expected);
        for (const qsizetype piece : {1, 2, 3, 7, 100'000}) {
            QCOMPARE(stanzasOf(bytes, piece), expected);
        }
    }

    void handsOverTheStreamHeader()
    {
        StanzaCutter cutter;
        const auto elements = cut(cutter, header, 1);
        QCOMPARE(elements.size(), 1);
        QVERIFY(elements.first().startsWith("<stream:stream"_L1));
        QVERIFY(!cutter.hasFailed());
    }

    // after SASL the stream begins again on the same connection, the old one has no end
    void takesASecondStreamOnTheSameConnection()
    {
        StanzaCutter cutter;
        const auto elements = cut(cutter, header + "<success xmlns='s'/>" + header + "<a/>", 1);
        QCOMPARE(elements.size(), 4);
        QCOMPARE(elements.last(), u"<a/>"_s);
    }

    void forgetsEverythingAtReset()
    {
        StanzaCutter cutter;
        cut(cutter, header + "<message><body>half", 5);
        QVERIFY(cutter.hasPartial());
        cutter.reset();
        QVERIFY(!cutter.hasPartial());
        QCOMPARE(cut(cutter, header + "<a/>", 5).size(), 2);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("reason");
        const int malformed = int(ErrorKind::Malformed);
        const int tooLarge = int(ErrorKind::TooLarge);
        QTest::newRow("document type") << header + "<!DOCTYPE a><a/>" << malformed << u"document type"_s;
        QTest::newRow("document type in a stanza") << header + "<a><!DOCTYPE a></a>" << malformed << u"document type"_s;
        QTest::newRow("entity bomb") << QByteArray("<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>") + header
                                     << malformed << u"document type"_s;
        QTest::newRow("undeclared entity") << header + "<a>&lol;</a>" << malformed << u"broken XML"_s;
        QTest::newRow("comment") << header + "<a><!-- x --></a>" << malformed << u"comment"_s;
        QTest::newRow("instruction") << header + "<?php echo ?>" << malformed << u"processing instruction"_s;
        QTest::newRow("instruction in a stanza")
            << header + "<a><?x y?></a>" << malformed << u"processing instruction"_s;
        QTest::newRow("endless declaration")
            << QByteArray("<?xml ") + QByteArray(300, 'x') << malformed << u"XML declaration"_s;
        QTest::newRow("endless declaration, and its end")
            << QByteArray("<?xml ") + QByteArray(300, 'x') + "?>" << malformed << u"XML declaration"_s;
        QTest::newRow("not XMPP") << QByteArray("HTTP/1.1 400 Bad Request") << malformed << u"text between stanzas"_s;
        QTest::newRow("other XML") << QByteArray("<html><body/></html>") << malformed << u"not an XMPP stream"_s;
        QTest::newRow("text between stanzas") << header + "<a/>oops<b/>" << malformed << u"text between stanzas"_s;
        QTest::newRow("wrong end") << header + "<a><b></a></b>" << malformed << u"broken XML"_s;
        QTest::newRow("end of nothing") << header + "</a>" << malformed << u"end without a beginning"_s;
        QTest::newRow("two of one attribute") << header + "<a b='1' b='2'/>" << malformed << u"broken XML"_s;
        QTest::newRow("unknown prefix") << header + "<x:a/>" << malformed << u"broken XML"_s;
        QTest::newRow("bare ampersand") << header + "<a>&</a>" << malformed << u"broken XML"_s;
        QTest::newRow("control character") << header + QByteArray("<a>\x01</a>") << malformed << u"broken XML"_s;
        QTest::newRow("broken UTF-8") << header + QByteArray("<a>\xff\xfe</a>") << malformed << u"not UTF-8"_s;
        QTest::newRow("half a letter") << header + QByteArray("<a>\xd0</a>") << malformed << u"not UTF-8"_s;
        QTest::newRow("endless header") << QByteArray("<stream:stream/>") << malformed << u"stream header"_s;
        QTest::newRow("deep") << header + QByteArray("<a>").repeated(65) << tooLarge << u"64 deep"_s;
        QTest::newRow("very deep") << header + QByteArray("<a>").repeated(100'000) << tooLarge << u"64 deep"_s;
        QTest::newRow("many attributes") << header + "<a " + QByteArray("b='c' ").repeated(100'000) + "/>" << tooLarge
                                         << u"256 attributes"_s;
        QTest::newRow("many elements") << header + "<a>" + QByteArray("<b/>").repeated(100'001) << tooLarge
                                       << u"100000 elements"_s;
        QTest::newRow("huge text") << header + "<a>" + QByteArray(11 * 1024 * 1024, 'x') << tooLarge << u"bytes"_s;
        QTest::newRow("huge tag") << header + "<a" + QByteArray(11 * 1024 * 1024, 'x') << tooLarge << u"bytes"_s;
        QTest::newRow("huge quote") << header + "<a b='" + QByteArray(11 * 1024 * 1024, 'x') << tooLarge << u"bytes"_s;
        QTest::newRow("huge section") << header + "<a><![CDATA[" + QByteArray(11 * 1024 * 1024, 'x') << tooLarge
                                      << u"bytes"_s;
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        QFETCH(QString, reason);
        for (const qsizetype piece : {qsizetype(4099), bytes.size()}) {
            StanzaCutter cutter;
            QElapsedTimer timer;
            timer.start();
            cut(cutter, bytes, piece);
            QVERIFY(cutter.hasFailed());
            QCOMPARE(int(cutter.error().kind), kind);
            QVERIFY2(cutter.error().detail.contains(reason), qPrintable(cutter.error().detail));
            QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
            cutter.append("<a/>");
            QVERIFY(!cutter.next());
        }
    }

    void takesWhatIsJustWithinTheLimits()
    {
        StanzaCutter cutter;
        const QByteArray deep = QByteArray("<a>").repeated(64) + QByteArray("</a>").repeated(64);
        const QByteArray large = "<a>" + QByteArray(10 * 1024 * 1024 - 7, 'x') + "</a>";
        QCOMPARE(cut(cutter, header + deep + large, 65'536).size(), 3);
        QVERIFY(!cutter.hasFailed());
    }

    // twice the bytes one by one may take about twice the time; a rescan of the buffer would take four times
    void isLinearWhenBytesComeOneByOne()
    {
        const auto microseconds = [](qsizetype size) {
            const QByteArray text(size, 'x');
            const QByteArray stanza =
                "<m a='" + text + "'><b>" + text + "</b><c><![CDATA[" + text + "]]></c><d>&lt;</d></m>";
            StanzaCutter cutter;
            QElapsedTimer timer;
            timer.start();
            const auto count = cut(cutter, header + stanza, 1).size();
            return count == 2 ? timer.nsecsElapsed() / 1000 : -1;
        };
        qint64 small = std::numeric_limits<qint64>::max();
        qint64 large = std::numeric_limits<qint64>::max();
        for (int round = 0; round < 5; ++round) {
            small = qMin(small, microseconds(50'000));
            large = qMin(large, microseconds(400'000));
        }
        QVERIFY(small > 0 && large > 0);
        QVERIFY2(large < small * 8 * 3, qPrintable(u"%1 and %2 µs"_s.arg(small).arg(large)));
    }
};

CUMULET_TEST(StanzaCutterTest)
#include "StanzaCutterTest.moc"
