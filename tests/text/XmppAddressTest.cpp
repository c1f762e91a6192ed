#include "text/XmppAddress.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class XmppAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreTakenApart_data()
    {
        QTest::addColumn<QString>("jid");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("body");
        const auto row = [](const char *uri, const QString &jid, const QString &action = {}, const QString &node = {},
                             const QString &item = {},
                             const QString &body = {}) { QTest::newRow(uri) << jid << action << node << item << body; };
        row("xmpp:romeo@example.net", u"romeo@example.net"_s);
        row("XMPP:Romeo@Example.NET", u"romeo@example.net"_s);
        row("xmpp:romeo@example.net/orchard", u"romeo@example.net/orchard"_s);
        row("xmpp:romeo@example.net?message", u"romeo@example.net"_s, u"message"_s);
        row("xmpp:romeo@example.net?message;body=Good%20night", u"romeo@example.net"_s, u"message"_s, {}, {},
            u"Good night"_s);
        row("xmpp:romeo@example.net?message;body=a;body=b", u"romeo@example.net"_s, u"message"_s, {}, {}, u"a"_s);
        row("xmpp:romeo@example.net?roster;name=R;group=G", u"romeo@example.net"_s, u"roster"_s);
        row("xmpp:n%C3%BArse@example.net#top", u"núrse@example.net"_s);
        row("xmpp://me@example.net/romeo@example.net?message", u"romeo@example.net"_s, u"message"_s);
        row("xmpp:example.net", u"example.net"_s);
        row("xmpp:channels.example.org?pubsub;action=retrieve;node=/user/cooking@topics.example.org/posts;item=fac3",
            u"channels.example.org"_s, u"pubsub"_s, u"/user/cooking@topics.example.org/posts"_s, u"fac3"_s);
        row("xmpp:channels.example.org?;node=%2Fuser%2Fcooking%40topics.example.org%2Fposts;item=tag%3Ax%2Cy%2Cfac3",
            u"channels.example.org"_s, {}, u"/user/cooking@topics.example.org/posts"_s, u"fac3"_s);
        row("xmpp:channels.example.org?pubsub;node=princely_musings", u"channels.example.org"_s, u"pubsub"_s);
        row("xmpp:romeo@example.net?unknown;x;y=z;=;", u"romeo@example.net"_s, u"unknown"_s);
    }
    void addressesAreTakenApart()
    {
        const auto address = parseXmppAddress(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY(address);
        QTEST(address->jid.text(), "jid");
        QTEST(address->action, "action");
        QTEST(address->node.text(), "node");
        QTEST(address->item.text(), "item");
        QTEST(address->body, "body");
    }

    void whatIsNoAddressIsRefused()
    {
        for (const auto &uri :
            {u""_s, u"xmpp:"_s, u"xmpp:?message"_s, u"http:romeo@example.net"_s, u"romeo@example.net"_s,
                u"xmpp:a@b@c d"_s, u"xmpp:%zz@example.net"_s, u"xmpp:a%"_s, u"xmpp:a%f"_s, u"xmpp:%ff%fe@example.net"_s,
                u"xmpp:a%00b@example.net"_s, u"xmpp:romeo@example.net?message;body=%e0%80"_s, u"xmpp:a@example.net/"_s,
                u"xmpp:"_s + u"a"_s.repeated(9000)}) {
            QVERIFY2(!parseXmppAddress(uri), qPrintable(uri.left(60)));
        }
    }

    void whatIsWrittenIsReadAgain()
    {
        const auto jid = Jid::fromTrusted(u"a%b?c#d;e@example.net/x y"_s);
        QCOMPARE(parseXmppAddress(xmppUri(jid))->jid, jid);
        const auto node = NodeId::fromTrusted(u"/user/cooking;1@topics.example.org/posts"_s);
        const auto item = ItemId::fromWire(u"fac3;=&"_s);
        const auto address = parseXmppAddress(xmppUri(Jid::fromTrusted(u"channels.example.org"_s), node, item));
        QCOMPARE(address->node, node);
        QCOMPARE(address->item, item);
        QCOMPARE(address->action, u"pubsub"_s);
    }
};

} // namespace cumulet

using cumulet::XmppAddressTest;
CUMULET_TEST(XmppAddressTest)
#include "XmppAddressTest.moc"
