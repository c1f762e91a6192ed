#include "domain/Jid.h"
#include "domain/Identifier.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class JidTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data();
    void readsAddresses();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void equalAddressesCompareEqual();
    void aResourceNeverPassesForABareAddress();
    void partsHaveLimits();
    void namesSomebodyWithoutAName();
};

void JidTest::readsAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("resource");

    QTest::newRow("bare") << u"ann@a.test"_s << u"ann"_s << u"a.test"_s << QString();
    QTest::newRow("full") << u"ann@a.test/desk"_s << u"ann"_s << u"a.test"_s << u"desk"_s;
    QTest::newRow("domain only") << u"a.test"_s << QString() << u"a.test"_s << QString();
    QTest::newRow("domain with resource") << u"a.test/x"_s << QString() << u"a.test"_s << u"x"_s;
    QTest::newRow("capitals") << u"Ann@A.Test/Desk"_s << u"ann"_s << u"a.test"_s << u"Desk"_s;
    QTest::newRow("slash in the resource") << u"ann@a.test/a/b"_s << u"ann"_s << u"a.test"_s << u"a/b"_s;
    QTest::newRow("at sign in the resource")
        << u"ann@a.test/eve@b.test"_s << u"ann"_s << u"a.test"_s << u"eve@b.test"_s;
    QTest::newRow("space in the resource") << u"ann@a.test/my desk"_s << u"ann"_s << u"a.test"_s << u"my desk"_s;
    QTest::newRow("root dot") << u"ann@a.test."_s << u"ann"_s << u"a.test"_s << QString();
    QTest::newRow("umlauts") << u"MÜLLER@köln.test"_s << u"müller"_s << u"köln.test"_s << QString();
    QTest::newRow("decomposed umlaut") << u"mu\u0308ller@a.test"_s << u"müller"_s << u"a.test"_s << QString();
    QTest::newRow("full-width letters") << u"ａｎｎ@a.test"_s << u"ann"_s << u"a.test"_s << QString();
    QTest::newRow("beyond the basic plane") << u"\U00020000@a.test"_s << u"\U00020000"_s << u"a.test"_s << QString();
    QTest::newRow("IPv4") << u"ann@127.0.0.1"_s << u"ann"_s << u"127.0.0.1"_s << QString();
    QTest::newRow("IPv6") << u"ann@[::1]"_s << u"ann"_s << u"[::1]"_s << QString();
}

void JidTest::readsAddresses()
{
    QFETCH(QString, text);
    const auto jid = Jid::parse(text);
    QVERIFY(jid);
    QTEST(jid->local(), "local");
    QTEST(jid->domain(), "domain");
    QTEST(jid->resource(), "resource");
    QVERIFY(!jid->isEmpty());
    QCOMPARE(Jid::parse(jid->text()), jid);
}

void JidTest::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << QString();
    QTest::newRow("white space") << u"  "_s;
    QTest::newRow("no local part") << u"@a.test"_s;
    QTest::newRow("no domain") << u"ann@"_s;
    QTest::newRow("only an at sign") << u"@"_s;
    QTest::newRow("only a dot") << u"ann@."_s;
    QTest::newRow("only a slash") << u"/"_s;
    QTest::newRow("empty resource") << u"ann@a.test/"_s;
    QTest::newRow("two at signs") << u"ann@eve@a.test"_s;
    QTest::newRow("space in the local part") << u"an n@a.test"_s;
    QTest::newRow("space before") << u" ann@a.test"_s;
    QTest::newRow("no-break space") << u"an\u00A0n@a.test"_s;
    QTest::newRow("space in the domain") << u"ann@a test"_s;
    QTest::newRow("comma in the domain") << u"ann@a.test,b.test"_s;
    QTest::newRow("quote") << u"a\"b@a.test"_s;
    QTest::newRow("apostrophe") << u"a'b@a.test"_s;
    QTest::newRow("markup") << u"<b>@a.test"_s;
    QTest::newRow("ampersand") << u"a&b@a.test"_s;
    QTest::newRow("colon") << u"xmpp:ann@a.test"_s;
    QTest::newRow("line break") << u"ann@a.test\n"_s;
    QTest::newRow("line break in the resource") << u"ann@a.test/a\nb"_s;
    QTest::newRow("nul") << u"ann\0@a.test"_s;
    QTest::newRow("full-width at sign in the local part") << u"ann\uFF20b@a.test"_s;
    QTest::newRow("full-width slash in the domain") << u"ann@a.test\uFF0Fb"_s;
    QTest::newRow("right-to-left override") << u"ann\u202Etset@a.test"_s;
    QTest::newRow("right-to-left override in the domain") << u"ann@a\u202E.test"_s;
    QTest::newRow("zero-width space") << u"an\u200Bn@a.test"_s;
    QTest::newRow("private use") << u"an\uE000n@a.test"_s;
    QTest::newRow("half a surrogate pair") << u"an"_s + QChar(0xD800) + u"n@a.test"_s;
}

void JidTest::refusesWhatIsNoAddress()
{
    QFETCH(QString, text);
    QVERIFY(!Jid::parse(text));
    QVERIFY(Jid::fromTrusted(text).isEmpty());
}

void JidTest::equalAddressesCompareEqual()
{
    const auto one = Jid::fromTrusted(u"Ann@A.test"_s);
    const auto two = Jid::fromTrusted(u"ann@a.test."_s);
    QCOMPARE(one, two);
    QCOMPARE(qHash(one), qHash(two));
    QVERIFY(one != Jid::fromTrusted(u"ann@a.test/Desk"_s));
    QVERIFY(Jid::fromTrusted(u"ann@a.test/desk"_s) != Jid::fromTrusted(u"ann@a.test/Desk"_s));
}

void JidTest::aResourceNeverPassesForABareAddress()
{
    const auto hostile = Jid::fromTrusted(u"eve@b.test/channels.a.test"_s);
    QCOMPARE(hostile.bare(), Jid::fromTrusted(u"eve@b.test"_s));
    QVERIFY(!hostile.isBare());
    QVERIFY(hostile.bare().isBare());
    QVERIFY(hostile != Jid::fromTrusted(u"channels.a.test"_s));
    QCOMPARE(hostile.bare().withResource(u"x"_s).text(), u"eve@b.test/x"_s);
}

void JidTest::partsHaveLimits()
{
    const QString longest(1023, u'a');
    const QString tooLong(1024, u'a');
    QVERIFY(Jid::parse(longest + u"@a.test/"_s + longest));
    QVERIFY(!Jid::parse(tooLong + u"@a.test"_s));
    QVERIFY(!Jid::parse(u"ann@"_s + tooLong));
    QVERIFY(!Jid::parse(u"ann@a.test/"_s + tooLong));
    // the limit counts bytes
    QVERIFY(Jid::parse(QString(511, u'ü') + u"@a.test"_s));
    QVERIFY(!Jid::parse(QString(512, u'ü') + u"@a.test"_s));
    QVERIFY(!Jid::parse(QString(10'000'000, u'a')));
}

void JidTest::namesSomebodyWithoutAName()
{
    QCOMPARE(Jid::fromTrusted(u"ann@a.test/desk"_s).shortName(), u"ann"_s);
    QCOMPARE(Jid::fromTrusted(u"channels.a.test"_s).shortName(), u"channels.a.test"_s);
    QVERIFY(makeOriginId() != makeOriginId());
    QVERIFY(!makeOriginId().isEmpty());
}

CUMULET_TEST(JidTest)
#include "JidTest.moc"
