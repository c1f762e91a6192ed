#include "domain/NodeId.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class NodeIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNodes_data();
    void readsNodes();
    void refusesOtherNodes_data();
    void refusesOtherNodes();
    void namesTheNodeOfAChannel();
    void bothSpellingsOfAnItemAreOne_data();
    void bothSpellingsOfAnItemAreOne();
    void anItemIdHasALimit();
};

void NodeIdTest::readsNodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("type");

    QTest::newRow("posts") << u"/user/ann@a.test/posts"_s << u"ann@a.test"_s << u"posts"_s;
    QTest::newRow("slash in the type") << u"/user/ann@a.test/geo/current"_s << u"ann@a.test"_s << u"geo/current"_s;
    QTest::newRow("topic") << u"/user/cooking@topics.a.test/posts"_s << u"cooking@topics.a.test"_s << u"posts"_s;
    QTest::newRow("capitals") << u"/user/Ann@A.test/posts"_s << u"ann@a.test"_s << u"posts"_s;
}

void NodeIdTest::readsNodes()
{
    QFETCH(QString, text);
    const auto node = NodeId::parse(text);
    QVERIFY(node);
    QTEST(node->channel().text(), "channel");
    QTEST(node->type(), "type");
    QCOMPARE(NodeId::parse(node->text()), node);
    QCOMPARE(node->isPosts(), node->type() == u"posts"_s);
}

void NodeIdTest::refusesOtherNodes_data()
{
    QTest::addColumn<QString>("text");

    QTest::newRow("nothing") << QString();
    QTest::newRow("the firehose") << u"/firehose"_s;
    QTest::newRow("2010 topic") << u"/channel/cooking"_s;
    QTest::newRow("personal eventing") << u"urn:xmpp:microblog:0"_s;
    QTest::newRow("no type") << u"/user/ann@a.test"_s;
    QTest::newRow("empty type") << u"/user/ann@a.test/"_s;
    QTest::newRow("no channel") << u"/user//posts"_s;
    QTest::newRow("no address") << u"/user/@a.test/posts"_s;
    QTest::newRow("no local part") << u"/user/a.test/posts"_s;
    QTest::newRow("space") << u"/user/a nn@a.test/posts"_s;
    QTest::newRow("prefix in the middle") << u"x/user/ann@a.test/posts"_s;
    QTest::newRow("too long") << u"/user/ann@a.test/"_s + QString(2048, u'x');
}

void NodeIdTest::refusesOtherNodes()
{
    QFETCH(QString, text);
    QVERIFY(!NodeId::parse(text));
    QVERIFY(NodeId::fromTrusted(text).isEmpty());
}

void NodeIdTest::namesTheNodeOfAChannel()
{
    const auto node = NodeId::of(Jid::fromTrusted(u"ann@a.test/desk"_s));
    QCOMPARE(node.text(), u"/user/ann@a.test/posts"_s);
    QVERIFY(node.isPosts());
    QCOMPARE(NodeId().text(), QString());
    QVERIFY(node != NodeId::of(Jid::fromTrusted(u"ann@a.test"_s), u"status"_s));
}

void NodeIdTest::bothSpellingsOfAnItemAreOne_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("local");

    QTest::newRow("local") << u"fac32f00"_s << u"fac32f00"_s;
    QTest::newRow("global") << u"tag:channels.a.test,/user/ann@a.test/posts,fac32f00"_s << u"fac32f00"_s;
    QTest::newRow("null@") << u"tag:null@channels.a.test,/user/ann@a.test/posts,fac32f00"_s << u"fac32f00"_s;
    QTest::newRow("result set id") << u"/user/ann@a.test/posts,fac32f00"_s << u"fac32f00"_s;
    QTest::newRow("old, semicolon") << u"/user/ann@a.test/channel;1234"_s << u"1234"_s;
    QTest::newRow("old, colon") << u"/user/ann@a.test/channel:1234"_s << u"1234"_s;
    QTest::newRow("only digits") << u"1290000000000"_s << u"1290000000000"_s;
    QTest::newRow("a comma in a local id stays") << u"a,b"_s << u"a,b"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void NodeIdTest::bothSpellingsOfAnItemAreOne()
{
    QFETCH(QString, text);
    QFETCH(QString, local);
    QCOMPARE(ItemId::fromWire(text).text(), local);
    QCOMPARE(ItemId::fromWire(text), ItemId::fromWire(local));
    QCOMPARE(ItemId::fromWire(text).isEmpty(), local.isEmpty());
}

void NodeIdTest::anItemIdHasALimit()
{
    QVERIFY(!ItemId::fromWire(QString(1024, u'x')).isEmpty());
    QVERIFY(ItemId::fromWire(QString(1025, u'x')).isEmpty());
    QVERIFY(ItemId::fromWire(u"tag:x,y,"_s + QString(1'000'000, u'x')).isEmpty());
}

CUMULET_TEST(NodeIdTest)
#include "NodeIdTest.moc"
