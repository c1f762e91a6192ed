#include "ServiceBench.h"

#include "../Store.h"
#include "kit/TestMain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// What is kept over a restart, and that much of it stays quick.
class StoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsKeptOverARestart();
    void xmlIsWrittenAsItWasRead_data();
    void xmlIsWrittenAsItWasRead();
    void aChannelOf20000Posts();
};

static Item itemCalled(const QString &id, const QString &replyTo = {})
{
    Item item;
    item.id = id;
    item.entry = u"<entry/>"_s;
    item.author = u"ann@capulet.example"_s;
    item.replyTo = replyTo;
    item.created = item.updated = 1000;
    return item;
}

void StoreTest::everythingIsKeptOverARestart()
{
    QTemporaryDir folder;
    const auto file = folder.filePath(u"store"_s);
    {
        Store store;
        QVERIFY(store.open(file, nullptr));
        const auto node = store.addNode(u"/user/a@b/posts"_s, {{u"pubsub#title"_s, u"A"_s}});
        store.saveMember(node, {u"x@b"_s, node.name, Role::Outcast, Subscription::Invited, u"y@b"_s, 0}, 5);
        store.addItem(node, itemCalled(u"start"_s), 1000);
        store.addItem(node, itemCalled(u"reply"_s, u"start"_s), 2000);
    }
    Store store;
    QVERIFY(store.open(file, nullptr));
    const auto node = store.node(u"/user/a@b/posts"_s);
    QVERIFY(node);
    QCOMPARE(node->field(u"pubsub#title"_s), u"A"_s);
    const auto member = store.member(*node, u"x@b"_s);
    QCOMPARE(member.role, Role::Outcast);
    QCOMPARE(member.state, Subscription::Invited);
    QCOMPARE(member.invitedBy, u"y@b"_s);
    // what is new comes above what was there
    store.addItem(*node, itemCalled(u"new"_s), 3000);
    QStringList ids;
    for (const auto &item : store.items(*node, {}))
        ids.append(item.id);
    QCOMPARE(ids, (QStringList{u"new"_s, u"start"_s, u"reply"_s}));
    QCOMPARE(store.item(*node, u"start"_s)->updated, 2000);
}

void StoreTest::xmlIsWrittenAsItWasRead_data()
{
    QTest::addColumn<QString>("xml");
    QTest::newRow("namespaces") << u"<a xmlns='urn:a'><b/><c xmlns=''><d xmlns='urn:a'/></c></a>"_s;
    QTest::newRow("attributes") << u"<a xmlns='urn:a' x='&lt;&apos;&quot;&amp;'/>"_s;
    QTest::newRow("language") << u"<a xmlns='urn:a' xml:lang='de'/>"_s;
    QTest::newRow("foreign attribute") << u"<a xmlns='urn:a' xmlns:a1='urn:b' a1:x='1'/>"_s;
    QTest::newRow("mixed") << u"<a xmlns='urn:a'>one <b>two</b> three</a>"_s;
    QTest::newRow("space only") << u"<a xmlns='urn:a'> <b> </b></a>"_s;
}

void StoreTest::xmlIsWrittenAsItWasRead()
{
    QFETCH(QString, xml);
    QCOMPARE(Element::fromXml(xml).toXml({}), xml);
}

static const QString annPosts = ServiceBench::postsOf(u"ann"_s);

static void fill(const QString &file, int posts)
{
    Store store;
    QVERIFY(store.open(file, nullptr));
    const Transaction together(store.database());
    const auto node = store.addNode(annPosts, {{u"pubsub#access_model"_s, u"open"_s}});
    store.saveMember(node, {ServiceBench::jid(u"ann"_s), annPosts, Role::Owner, Subscription::Subscribed, {}, 0}, 0);
    for (int i = 0; i < posts; ++i)
        store.addItem(node, itemCalled(u"item-%1"_s.arg(i)), 1000);
}

static Element pubsubRequest(const QString &type, const QString &verb)
{
    auto iq = Element::fromXml(
        u"<iq xmlns='jabber:client' type='%1' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'>%2</pubsub></iq>"_s
            .arg(type, verb));
    return iq.set(u"from"_s, ServiceBench::jid(u"ann"_s) + "/here"_L1);
}

// A bound far above what it takes, against work that grows with the channel.
void StoreTest::aChannelOf20000Posts()
{
    QTemporaryDir folder;
    const auto file = folder.filePath(u"store"_s);
    fill(file, 20'000);
    ChannelService service({u"channels.capulet.example"_s, {}, {}, {}});
    QVERIFY(service.open(file));

    const auto publish = pubsubRequest(u"set"_s,
        u"<publish node='%1'><item><entry xmlns='http://www.w3.org/2005/Atom'><content>words"
        "</content></entry></item></publish>"_s.arg(annPosts));
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 500; ++i)
        QCOMPARE(service.receive(publish).stanzas.first().attribute(u"type"_s), u"result"_s);
    qInfo("500 posts: %lld ms", clock.restart());
    const auto page = service.receive(pubsubRequest(u"get"_s,
        u"<items node='%1'/><set xmlns='http://jabber.org/protocol/rsm'>"
        "<max>20</max><after>item-200</after></set>"_s.arg(annPosts)));
    const auto recent = service.receive(pubsubRequest(u"get"_s,
        u"<recent-items xmlns='http://buddycloud.org/v1' "
        "since='2020-01-01T00:00:00Z' max='20'/>"_s));
    qInfo("an old page and the recent items: %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 1000);
    const auto items = page.stanzas.first().child(u"pubsub"_s).child(u"items"_s).children();
    QCOMPARE(items.size(), 20);
    QCOMPARE(items.first().attribute(u"id"_s), u"item-199"_s);
    QCOMPARE(recent.stanzas.first().child(u"pubsub"_s).child(u"items"_s).children().size(), 20);
}

CUMULET_TEST(StoreTest)
#include "StoreTest.moc"
