#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// Lines that channels and people say of themselves, places of posts, and what two people follow.
class NodeLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNewestLineCounts();
    void whatWaitsCountsFirstAndSurvives();
    void whatWasWrittenMeanwhileStillWaits();
    void aPlaceStaysWithItsPost();
    void channelsAreSharedAsFarAsMembersAreKnown();
    void aChosenServiceIsKept();
};

static NodeLine lineOf(const StoreBench &bench, const QString &text, int seconds)
{
    return {NodeId::of(bench.juliet, u"status"_s), text, bench.at(seconds), false};
}

void NodeLineTest::theNewestLineCounts()
{
    StoreBench bench;
    QVERIFY(valueOf(bench.channels->keepLine(bench.account, lineOf(bench, u"second"_s, 2))));
    QVERIFY(!valueOf(bench.channels->keepLine(bench.account, lineOf(bench, u"second"_s, 2)))); // a repeat
    QVERIFY(!valueOf(bench.channels->keepLine(bench.account, lineOf(bench, u"first"_s, 1))));
    const auto node = NodeId::of(bench.juliet, u"status"_s);
    QCOMPARE(valueOf(bench.channels->line(bench.account, node)).text, u"second"_s);
    QVERIFY(valueOf(bench.channels->keepLine(bench.account, lineOf(bench, {}, 3)))); // taken back
    QCOMPARE(valueOf(bench.channels->line(bench.account, node)).text, QString());
}

void NodeLineTest::whatWaitsCountsFirstAndSurvives()
{
    StoreBench bench;
    const auto node = NodeId::of(bench.self, u"status"_s);
    valueOf(bench.channels->writeLine(bench.account, node, u"mine"_s));
    bench.reopen();
    NodeLine other{node, u"of another device"_s, bench.at(1), false};
    valueOf(bench.channels->keepLine(bench.account, other));
    const auto line = valueOf(bench.channels->line(bench.account, node));
    QCOMPARE(line.text, u"mine"_s);
    QVERIFY(line.isWaiting);
    valueOf(bench.channels->settleLine(bench.account, {node, u"mine"_s, bench.at(2), false}));
    const auto settled = valueOf(bench.channels->line(bench.account, node));
    QCOMPARE(settled.text, u"mine"_s);
    QVERIFY(!settled.isWaiting);
    QCOMPARE(settled.published, bench.at(2));
}

void NodeLineTest::whatWasWrittenMeanwhileStillWaits()
{
    StoreBench bench;
    const auto node = NodeId::of(bench.self, u"status"_s);
    valueOf(bench.channels->writeLine(bench.account, node, u"one"_s));
    valueOf(bench.channels->writeLine(bench.account, node, u"two"_s));
    valueOf(bench.channels->settleLine(bench.account, {node, u"one"_s, bench.at(1), false}));
    const auto line = valueOf(bench.channels->line(bench.account, node));
    QCOMPARE(line.text, u"two"_s);
    QVERIFY(line.isWaiting);
}

void NodeLineTest::aPlaceStaysWithItsPost()
{
    StoreBench bench;
    Post post = bench.post(u"p1"_s, u"Soup"_s, 1);
    post.place = u"Verona"_s + QString(500, u'x');
    valueOf(bench.channels->keepPosts(bench.account, bench.node, {post}, false));
    const auto row = valueOf(bench.channels->threadOf(bench.account, bench.node, post.item));
    const auto stored = valueOf(bench.channels->post(row)).place;
    QVERIFY(stored.startsWith("Verona"_L1));
    QCOMPARE(stored.size(), 200);
}

void NodeLineTest::channelsAreSharedAsFarAsMembersAreKnown()
{
    StoreBench bench;
    const auto follow = [&](const NodeId &node, NodeSubscription ours, NodeSubscription theirs) {
        valueOf(bench.channels->keepMembership(bench.account, {node, bench.self, Affiliation::Member, ours}));
        valueOf(
            bench.channels->replaceMembers(bench.account, node, {{node, bench.juliet, Affiliation::Member, theirs}}));
    };
    const auto other = NodeId::of(Jid::fromTrusted(u"gardening@topics.example.org"_s));
    const auto asked = NodeId::of(Jid::fromTrusted(u"secrets@topics.example.org"_s));
    follow(bench.node, NodeSubscription::Subscribed, NodeSubscription::Subscribed);
    follow(other, NodeSubscription::Subscribed, NodeSubscription::Pending); // she only asks
    follow(asked, NodeSubscription::Pending, NodeSubscription::Subscribed); // we only ask
    const auto shared = valueOf(bench.channels->sharedWith(bench.account, bench.juliet));
    QCOMPARE(shared.size(), 1);
    QCOMPARE(shared.first().node, bench.node);
    QVERIFY(valueOf(bench.channels->sharedWith(bench.account, bench.mallory)).isEmpty());
}

void NodeLineTest::aChosenServiceIsKept()
{
    StoreBench bench;
    Account account = valueOf(bench.accounts->accounts()).first();
    QVERIFY(account.chosenChannelService.isEmpty());
    account.chosenChannelService = Jid::fromTrusted(u"channels.example.net"_s);
    valueOf(bench.accounts->save(account));
    bench.reopen();
    QCOMPARE(valueOf(bench.accounts->accounts()).first().chosenChannelService.text(), u"channels.example.net"_s);
}

CUMULET_TEST(NodeLineTest)
#include "NodeLineTest.moc"
