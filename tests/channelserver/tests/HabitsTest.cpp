#include "ServiceBench.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// The switches that make the service unpleasant (buddycloud.md 11.3).
class HabitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviourIsReadFromText();
    void everyEventTwice();
    void aReplyBeforeItsParent();
    void olderEntries();
    void aReadByAnOutcastEndsTheStream();
    void aBareAfterEndsTheStream();
    void silentRemotes();
    void relayedNodes();
    void ephemeralChannelsVanish();
    void theFirehoseComesTwice();
    void aHugeInstallation();
};

static const QString farPosts = u"/user/far@far.test/posts"_s;

void HabitsTest::behaviourIsReadFromText()
{
    QString error;
    QCOMPARE(Behaviour::fromText(u"proper"_s, &error).habits, Habits());
    QCOMPARE(Behaviour::fromText(u"all-real"_s, &error).habits, Behaviour::allReal().habits);
    const auto mixed = Behaviour::fromText(u"all-real, -null-tag, outcast-dies=50, silent-remote=20"_s, &error);
    QVERIFY(error.isEmpty());
    QVERIFY(!mixed.has(Habit::NullTag) && mixed.has(Habit::EmptyNamespaces) && mixed.has(Habit::OutcastDies));
    QCOMPARE(mixed.restartDelay, 50);
    QCOMPARE(mixed.remoteDelay, 20);
    Behaviour::fromText(u"all-real,politeness"_s, &error);
    QVERIFY(error.contains(u"politeness"_s) && error.contains(u"double-replies"_s));
}

void HabitsTest::everyEventTwice()
{
    ServiceBench bench(u"duplicate-events"_s);
    bench.arrive({u"ann"_s});
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"echo"_s);
    QCOMPARE(bench.takeEvents(u"ann"_s).size(), 2);
}

void HabitsTest::aReplyBeforeItsParent()
{
    ServiceBench bench(u"reorder-events"_s);
    bench.arrive({u"ann"_s});
    const auto start = bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"start"_s);
    QVERIFY(bench.takeEvents(u"ann"_s).isEmpty());
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"reply"_s, start);
    const auto events = bench.takeEvents(u"ann"_s);
    QCOMPARE(events.size(), 2);
    QVERIFY(events.first().contains(u">reply<"_s) && events.last().contains(u">start<"_s));
}

void HabitsTest::olderEntries()
{
    ServiceBench bench(u"legacy-entry"_s);
    bench.arrive({u"ann"_s});
    const auto node = bench.postsOf(u"ann"_s);
    const auto id = bench.post(u"ann"_s, node, u"old"_s);
    const auto posted = bench.takeEvents(u"ann"_s).join(QString());
    QVERIFY(posted.contains(u"<item id='%1'>"_s.arg(id)));
    QVERIFY(posted.contains(u"rel='self'"_s) && !posted.contains(u"<name>"_s));
    bench.set(u"ann"_s, u"<retract node='%1'><item id='%2'/></retract>"_s.arg(node, id));
    QVERIFY(bench.takeEvents(u"ann"_s).join(QString()).contains(
        u"<deleted-entry xmlns='http://purl.org/atompub/tombstones/1.0'"_s));
}

static Element pubsubGet(const QString &user, const QString &verb)
{
    auto iq = Element::fromXml(
        u"<iq xmlns='jabber:client' type='get' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
        "%1</pubsub></iq>"_s.arg(verb));
    return iq.set(u"from"_s, ServiceBench::jid(user) + "/here"_L1).set(u"to"_s, u"channels.capulet.example"_s);
}

void HabitsTest::aReadByAnOutcastEndsTheStream()
{
    ServiceBench bench(u"all-real,outcast-dies"_s);
    bench.arrive({u"ann"_s, u"ben"_s});
    const auto node = bench.postsOf(u"ann"_s);
    bench.follow(u"ben"_s, node);
    bench.setRole(u"ann"_s, node, u"ben"_s, u"outcast"_s);
    QVERIFY(bench.service.receive(pubsubGet(u"ben"_s, u"<items node='%1'/>"_s.arg(node))).endsStream);
    QVERIFY(!bench.service.receive(pubsubGet(u"ann"_s, u"<items node='%1'/>"_s.arg(node))).endsStream);
}

void HabitsTest::aBareAfterEndsTheStream()
{
    ServiceBench bench(u"outcast-dies"_s);
    bench.arrive({u"ann"_s});
    const auto recent = u"<recent-items xmlns='http://buddycloud.org/v1' since='2000-01-01T00:00:00Z' max='5'/>"
                        "<set xmlns='http://jabber.org/protocol/rsm'><after>item-1</after></set>"_s;
    QVERIFY(bench.service.receive(pubsubGet(u"ann"_s, recent)).endsStream);
}

void HabitsTest::silentRemotes()
{
    const auto request = pubsubGet(u"ann"_s, u"<items node='/user/mute@silent.test/posts'/>"_s);
    ServiceBench silent(u"silent-remote"_s);
    QVERIFY(silent.service.receive(request).stanzas.isEmpty());
    ServiceBench slow(u"silent-remote=700"_s);
    const auto outcome = slow.service.receive(request);
    QCOMPARE(outcome.delay, 700);
    QCOMPARE(ServiceBench::outcomeOf(outcome.stanzas.first()), u"remote-server-not-found"_s);
}

void HabitsTest::relayedNodes()
{
    ServiceBench bench(u"relay-remote"_s);
    bench.arrive({u"ann"_s});
    bench.makeChannel(u"ann"_s, farPosts);
    bench.post(u"ann"_s, farPosts, u"from afar"_s);
    const auto threads = u"<threads xmlns='http://buddycloud.org/v1' node='%1'/>"_s.arg(farPosts);
    QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, threads)), u"ok"_s);
    QCOMPARE(bench.texts(bench.get(u"ann"_s, u"<items node='%1'/>"_s.arg(farPosts))), QStringList{u"from afar"_s});
    QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, threads)), u"item-not-found"_s);
    QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, u"<configure node='%1'/>"_s.arg(farPosts))), u"item-not-found"_s);
    const auto subscriptions = u"<subscriptions node='%1'/>"_s.arg(farPosts);
    QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, subscriptions)), u"silence"_s);
    QCOMPARE(bench.outcomeOf(bench.get(
                 u"ann"_s, subscriptions, u"<set xmlns='http://jabber.org/protocol/rsm'><max>9</max></set>"_s)),
        u"ok"_s);
}

void HabitsTest::ephemeralChannelsVanish()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"ben"_s});
    const auto node = u"/user/quick@topics.capulet.example/posts"_s;
    bench.set(u"ann"_s,
        u"<create node='%1'/><configure node='%1'><x xmlns='jabber:x:data' type='submit'>"
        "<field var='buddycloud#ephemeral'><value>true</value></field></x></configure>"_s.arg(node));
    bench.follow(u"ben"_s, node);
    QCOMPARE(bench.post(u"ben"_s, node, u"as moderator"_s), u"item-1"_s);
    const auto leave = [&](const QString &user) {
        return bench.outcomeOf(bench.set(user, u"<unsubscribe node='%1' jid='%2'/>"_s.arg(node, bench.jid(user))));
    };
    QCOMPARE(leave(u"ann"_s), u"ok"_s);
    QCOMPARE(leave(u"ben"_s), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.get(u"ben"_s, u"<items node='%1'/>"_s.arg(node))), u"item-not-found"_s);
}

void HabitsTest::theFirehoseComesTwice()
{
    ServiceBench bench(u"double-replies"_s);
    bench.arrive({u"ann"_s, u"ben"_s});
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"first"_s);
    bench.post(u"ben"_s, bench.postsOf(u"ben"_s), u"second"_s);
    bench.takeMail();
    QCOMPARE(bench.texts(bench.get(u"cat"_s, u"<items node='/firehose'/>"_s)), (QStringList{u"first"_s, u"second"_s}));
    QCOMPARE(bench.takeMail().size(), 1);
}

void HabitsTest::aHugeInstallation()
{
    ServiceBench bench(u"huge"_s);
    bench.arrive({u"ann"_s});
    const auto own = bench.get(u"ann"_s, u"<subscriptions/>"_s).child(u"pubsub"_s).child(u"subscriptions"_s).children();
    QCOMPARE(own.size(), 306); // the six personal nodes and all the others
    const auto big = u"/user/huge-1@topics.capulet.example/posts"_s;
    const auto page = bench.get(u"ann"_s, u"<items node='%1'/>"_s.arg(big),
        u"<set xmlns='http://jabber.org/protocol/rsm'><max>5</max></set>"_s);
    QCOMPARE(page.child(u"pubsub"_s).child(u"set"_s).child(u"count"_s).text(), u"10000"_s);
    const auto members = bench.get(u"ann"_s, u"<affiliations node='%1'/>"_s.arg(big));
    QVERIFY(members.child(u"pubsub"_s).child(u"affiliations"_s).children().size() > 500);
}

CUMULET_TEST(HabitsTest)
#include "HabitsTest.moc"
