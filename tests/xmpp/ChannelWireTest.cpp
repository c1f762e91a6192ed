// What the operations of a channel service ask and make of the answers; the laws they keep are in ChannelLawTest.
#include "ChannelBench.h"
#include "kit/TestMain.h"
#include "xmpp/PubsubElements.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ChannelWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsSayWhatTheUserCanDo_data();
    void errorsSayWhatTheUserCanDo();
    void forgedAnswersAreDropped_data();
    void forgedAnswersAreDropped();
    void notConnectedIsOffline();
    void describesAChannel();
    void readsTheWholeConfiguration();
    void asksTheNodeWhereItsConfigurationIsNotKept();
    void aChosenServiceHasToBeOne();
    void joinsSubscriptionsAndRoles();
    void hidesTheBannedFromOthers();
    void subscribingTellsOurStanding();
    void pagesThroughPosts_data();
    void pagesThroughPosts();
    void postsOfOtherNodesAreLeftOut();
    void aThreadIsGivenOrCollected();
    void aThreadThatIsNotThereIsNotSearched();
    void catchingUpGoesThroughAllPages();
    void catchingUpEndsWithARepeatingService();
    void tooLongAPostIsNotSent();
    void anAnswerWithoutAnIdMakesNoSense();
    void theTypeOfANewChannelIsTopic();
    void aWireThatIsGoneAnswersNobody();
};

static const NodeId ann = NodeId::fromTrusted(u"/user/ann@a.test/posts"_s);

static QString entry(const QString &id, const QString &published, const QString &ref = {})
{
    const QString reply = ref.isEmpty() ? QString() : u"<in-reply-to ref='%1'/>"_s.arg(ref);
    return u"<item id='%1'><entry><published>%2</published><author><name>ben@a.test</name></author>%3"
           "<content>%1</content></entry></item>"_s.arg(id, published, reply);
}

static QString page(const QString &items, const QString &set = {})
{
    return u"<pubsub><items node='/user/ann@a.test/posts'>%1</items>%2</pubsub>"_s.arg(items, set);
}

static QString refusal(const QString &conditions)
{
    return u"<error type='cancel'>%1</error>"_s.arg(conditions);
}

static QString condition(const QString &name)
{
    return u"<%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"_s.arg(name);
}

static QStringList idsOf(const PostPage &page)
{
    QStringList ids;
    for (const auto &post : page.posts) {
        ids.append(post.item.text());
    }
    return ids;
}

void ChannelWireTest::errorsSayWhatTheUserCanDo_data()
{
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("kind");

    const auto row = [](const char *name, const QString &conditions, const QString &kind) {
        QTest::newRow(name) << conditions << kind;
    };
    row("forbidden", condition(u"forbidden"_s), u"NotAllowed"_s);
    row("closed", condition(u"forbidden"_s) + u"<closed-node xmlns='x'/>"_s, u"NotAllowed"_s);
    row("pending", condition(u"not_authorized"_s) + u"<pending-subscription/>"_s, u"NotAllowed"_s);
    row("underscore alone", condition(u"not_authorized"_s), u"NotAllowed"_s);
    row("not-allowed", condition(u"not-allowed"_s), u"NotAllowed"_s);
    row("item-not-found", condition(u"item-not-found"_s), u"NotFound"_s);
    row("parent", condition(u"bad-request"_s) + u"<parent-item-not-found xmlns='y'/>"_s, u"NotFound"_s);
    row("conflict", condition(u"conflict"_s), u"Conflict"_s);
    row("rated", condition(u"bad-request"_s) + u"<item-already-rated/>"_s, u"Conflict"_s);
    row("bad-request", condition(u"bad-request"_s) + u"<nodeid-required/>"_s, u"Rejected"_s);
    row("max-thread-depth", condition(u"bad-request"_s) + u"<max-thread-depth-exceeded/>"_s, u"Rejected"_s);
    row("not-acceptable", condition(u"not-acceptable"_s), u"Rejected"_s);
    row("too big", condition(u"not-acceptable"_s) + u"<payload-too-big/>"_s, u"TooLarge"_s);
    row("unsupported", condition(u"feature-not-implemented"_s), u"Unsupported"_s);
    row("component away", condition(u"service-unavailable"_s), u"Unreachable"_s);
    row("no such domain", condition(u"remote-server-not-found"_s), u"Unreachable"_s);
    row("busy", condition(u"resource-constraint"_s), u"SlowDown"_s);
    row("no condition", {}, u"Rejected"_s);
    row("unknown", u"<because-i-say-so/>"_s, u"Rejected"_s);
}

void ChannelWireTest::errorsSayWhatTheUserCanDo()
{
    QFETCH(QString, conditions);
    ChannelBench bench;
    const auto done = bench.wire->deleteChannel(ann);
    bench.answer(
        0, refusal(conditions + u"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>why</text>"_s), u"error"_s);
    const auto result = outcome(done);
    QVERIFY(!result);
    QTEST(wordOf(result.error().kind), "kind");
    QVERIFY(result.error().detail.endsWith(u": why"_s));
    QVERIFY(result.error().detail.size() < 2'000);
}

void ChannelWireTest::forgedAnswersAreDropped_data()
{
    QTest::addColumn<QString>("from");

    QTest::newRow("a stranger") << u"eve@b.test"_s;
    QTest::newRow("a telling resource") << u"eve@b.test/channels.a.test"_s;
    QTest::newRow("a person at the service") << u"eve@channels.a.test"_s;
    QTest::newRow("our server") << u"a.test"_s;
    QTest::newRow("our own account") << u"ann@a.test"_s;
    QTest::newRow("nobody") << QString();
    QTest::newRow("a longer name") << u"channels.a.test.evil.test"_s;
    QTest::newRow("no address") << u"@"_s;
}

void ChannelWireTest::forgedAnswersAreDropped()
{
    QFETCH(QString, from);
    ChannelBench bench;
    const auto posts = bench.wire->posts(ann);
    bench.answerFrom(from, 0, page(entry(u"forged"_s, u"2026-11-23T10:00:00Z"_s)));
    bench.answer(0, page(entry(u"real"_s, u"2026-11-23T10:00:00Z"_s)));
    const auto result = outcome(posts);
    QVERIFY(result);
    QCOMPARE(idsOf(*result), QStringList{u"real"_s});
    // ids cannot be guessed
    QVERIFY(!bench.receive(u"<iq type='result' from='channels.a.test' id='1'/>"_s));
}

void ChannelWireTest::notConnectedIsOffline()
{
    ChannelBench bench;
    bench.isConnected = false;
    QCOMPARE(outcome(bench.wire->posts(ann)).error().kind, ErrorKind::Offline);
    QCOMPARE(outcome(bench.wire->publish({ann, {}, u"x"_s, {}, {}})).error().kind, ErrorKind::Offline);
}

void ChannelWireTest::describesAChannel()
{
    ChannelBench bench;
    const auto described = bench.wire->describe(ann);
    const auto query = childNamed(bench.sent().constFirst(), u"query");
    QCOMPARE(query.namespaceURI(), u"http://jabber.org/protocol/disco#info"_s);
    QCOMPARE(query.attribute(u"node"_s), ann.text());
    // a node made by a client has a second FORM_TYPE
    bench.answer(0,
        u"<query><identity category='pubsub' type='leaf'/><x type='result'>"
        "<field var='FORM_TYPE'><value>http://jabber.org/protocol/pubsub#meta-data</value></field>"
        "<field var='FORM_TYPE'><value>http://jabber.org/protocol/pubsub#node_config</value></field>"
        "<field var='pubsub#title'><value>Ann</value></field>"
        "<field var='pubsub#description'><value>DEFAULT_VALUE</value></field>"
        "<field var='pubsub#access_model'><value>open</value></field></x></query>"_s);
    const auto channel = outcome(described);
    QVERIFY(channel);
    QCOMPARE(channel->node, ann);
    QCOMPARE(channel->title, u"Ann"_s);
    QCOMPARE(channel->description, QString());
    QCOMPARE(channel->accessModel, AccessModel::Open);
}

static const QString configurationForm =
    u"<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>x</value></field>"
    "<field var='pubsub#access_model'><value>open</value></field>"
    "<field var='buddycloud#advertise_node'><value>false</value></field>"
    "<field var='acme#extra'><value>kept</value></field></x>"_s;
static const ChannelSettings configuration{
    {u"pubsub#access_model"_s, u"open"_s}, {u"buddycloud#advertise_node"_s, u"false"_s}, {u"acme#extra"_s, u"kept"_s}};

void ChannelWireTest::readsTheWholeConfiguration()
{
    ChannelBench bench;
    const auto future = bench.wire->settings(ann);
    QCOMPARE(deepest(bench.sent().last(), u"configure"_s).attribute(u"node"_s), ann.text());
    QCOMPARE(deepest(bench.sent().last(), u"pubsub"_s).namespaceURI(), u"http://jabber.org/protocol/pubsub#owner"_s);
    bench.answer(0, u"<pubsub><configure node='%1'>%2</configure></pubsub>"_s.arg(ann.text(), configurationForm));
    QCOMPARE(outcome(future).value(), configuration); // what we do not know, too
}

void ChannelWireTest::asksTheNodeWhereItsConfigurationIsNotKept()
{
    ChannelBench bench;
    const auto future = bench.wire->settings(ann);
    bench.answer(0, refusal(condition(u"item-not-found"_s)), u"error"_s);
    QTRY_COMPARE(bench.sent().size(), 2);
    bench.answer(1, u"<query node='%1'>%2</query>"_s.arg(ann.text(), configurationForm));
    QCOMPARE(outcome(future).value(), configuration);
}

void ChannelWireTest::aChosenServiceHasToBeOne()
{
    ChannelBench bench;
    const auto chosen = Jid::fromTrusted(u"channels.b.test"_s);
    const auto first = bench.wire->checkService(chosen);
    QCOMPARE(bench.sent().last().attribute(u"to"_s), chosen.text());
    bench.answerFrom(chosen.text(), 0, u"<query><identity category='pubsub' type='channels'/></query>"_s);
    QTRY_COMPARE(bench.sent().size(), 3); // where do topics go?
    bench.answerFrom(chosen.text(), 1, u"<query><identity category='pubsub' type='channels'/></query>"_s);
    bench.answerFrom(u"a.test"_s, 2, u"<query/>"_s);
    const auto found = outcome(first).value();
    QCOMPARE(found.service, chosen);
    QCOMPARE(found.way, ChannelServiceAddress::Way::Chosen);
    const auto second = bench.wire->checkService(chosen);
    bench.answerFrom(chosen.text(), 3, u"<query><identity category='pubsub' type='service'/></query>"_s);
    QCOMPARE(outcome(second).error().kind, ErrorKind::Rejected);
}

void ChannelWireTest::joinsSubscriptionsAndRoles()
{
    ChannelBench bench;
    const auto future = bench.wire->ownMemberships();
    QCOMPARE(bench.sent().size(), 2); // both at the same time
    const auto row = [](const QString &name, const QString &node, const QString &jid, const QString &word) {
        return u"<%1 node='%2' jid='%3' %1='%4'/>"_s.arg(name, node, jid, word);
    };
    const QString subscriptions = row(u"subscription"_s, ann.text(), u"ann@a.test"_s, u"subscribed"_s)
        + row(u"subscription"_s, u"/firehose"_s, u"ann@a.test"_s, u"subscribed"_s)
        + row(u"subscription"_s, u"/user/ben@a.test/posts"_s, u"ann@a.test"_s, u"pending"_s)
        + row(u"subscription"_s, u"/user/ben@a.test/posts"_s, u"eve@b.test"_s, u"subscribed"_s);
    const QString affiliations = row(u"affiliation"_s, u"/user/ben@a.test/posts"_s, u"ann@a.test"_s, u"member"_s)
        + row(u"affiliation"_s, ann.text(), u"ann@a.test"_s, u"owner"_s);
    // in any order
    bench.answer(1,
        u"<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><affiliations>%1</affiliations></pubsub>"_s.arg(
            affiliations));
    bench.answer(0, u"<pubsub><subscriptions>%1</subscriptions></pubsub>"_s.arg(subscriptions));
    const auto memberships = outcome(future);
    QVERIFY(memberships);
    const auto own = Jid::fromTrusted(u"ann@a.test"_s);
    QCOMPARE(*memberships,
        (QList<Membership>{{ann, own, Affiliation::Owner, NodeSubscription::Subscribed},
            {NodeId::fromTrusted(u"/user/ben@a.test/posts"_s), own, Affiliation::Member, NodeSubscription::Pending}}));
}

void ChannelWireTest::hidesTheBannedFromOthers()
{
    const auto subscriptions = u"<pubsub><subscriptions node='/user/ann@a.test/posts'>"
                               "<subscription jid='ann@a.test' subscription='subscribed'/>"
                               "<subscription jid='eve@b.test' subscription='subscribed'/></subscriptions></pubsub>"_s;
    const auto affiliations = u"<pubsub><affiliations>"
                              "<affiliation node='/user/ann@a.test/posts' jid='eve@b.test' affiliation='outcast'/>"
                              "<affiliation node='/user/ann@a.test/posts' jid='ann@a.test' affiliation='%1'/>"
                              "<affiliation node='/user/other@a.test/posts' jid='x@a.test' affiliation='owner'/>"
                              "</affiliations></pubsub>"_s;
    for (const auto &[role, count] : {std::pair{u"member"_s, 1}, std::pair{u"publisher"_s, 1},
             std::pair{u"moderator"_s, 2}, std::pair{u"owner"_s, 2}}) {
        ChannelBench bench;
        const auto future = bench.wire->members(ann);
        QVERIFY(!childNamed(childNamed(bench.sent().constLast(), u"pubsub"), u"set").isNull()
            || !childNamed(childNamed(bench.sent().constFirst(), u"pubsub"), u"set").isNull());
        for (qsizetype i = 0; i < 2; ++i) {
            const bool isRoles = !deepest(bench.sent().at(i), u"affiliations"_s).isNull();
            bench.answer(i, isRoles ? affiliations.arg(role) : subscriptions);
        }
        const auto members = outcome(future);
        QVERIFY(members);
        QCOMPARE(members->size(), count);
    }
}

void ChannelWireTest::subscribingTellsOurStanding()
{
    ChannelBench bench;
    const auto node = NodeId::fromTrusted(u"/user/ben@a.test/posts"_s);
    const auto future = bench.wire->subscribe(node);
    QCOMPARE(deepest(bench.sent().constFirst(), u"subscribe"_s).attribute(u"jid"_s), u"ann@a.test"_s);
    bench.answer(0,
        u"<pubsub><subscription node='/user/ben@a.test/posts' jid='ann@a.test' subscription='pending'/>"
        "<affiliation node='/user/ben@a.test/posts' jid='ann@a.test' affiliation='member'/></pubsub>"_s);
    const auto membership = outcome(future);
    QVERIFY(membership);
    QCOMPARE(membership->subscription, NodeSubscription::Pending);
    QCOMPARE(membership->affiliation, Affiliation::Member);

    const auto other = bench.wire->subscribe(node);
    bench.answer(1,
        u"<pubsub><subscription node='/user/ben@a.test/posts' jid='eve@b.test' "
        "subscription='subscribed'/></pubsub>"_s);
    QCOMPARE(outcome(other).error().kind, ErrorKind::Malformed);
}

void ChannelWireTest::pagesThroughPosts_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("last");
    QTest::addColumn<bool>("isComplete");

    const auto set = [](const QString &last, int count) {
        return u"<set><first>a</first><last>%1</last><count>%2</count></set>"_s.arg(last).arg(count);
    };
    QTest::newRow("first of many") << QString() << 2 << set(u"i1"_s, 9) << u"i1"_s << false;
    QTest::newRow("the only page") << QString() << 2 << set(u"i1"_s, 2) << u"i1"_s << true;
    QTest::newRow("less than asked, though more are there") << QString() << 1 << set(u"i0"_s, 9) << u"i0"_s << false;
    QTest::newRow("next") << u"x9"_s << 2 << set(u"i1"_s, 9) << u"i1"_s << false;
    QTest::newRow("last page") << u"x9"_s << 1 << set(u"i0"_s, 9) << u"i0"_s << true;
    QTest::newRow("nothing left") << u"x9"_s << 0 << set({}, 9) << QString() << true;
    QTest::newRow("no set") << QString() << 1 << QString() << u"i0"_s << true;
    QTest::newRow("exactly as it came") << u"tag:x,y,z"_s << 2 << set(u"tag:null@c,/user/ann@a.test/posts,i1"_s, 9)
                                        << u"tag:null@c,/user/ann@a.test/posts,i1"_s << false;
    QTest::newRow("a set that makes no sense")
        << QString() << 2 << u"<set><last>i1</last><count>many</count></set>"_s << u"i1"_s << false;
}

void ChannelWireTest::pagesThroughPosts()
{
    QFETCH(QString, after);
    QFETCH(int, count);
    QFETCH(QString, set);
    ChannelBench bench;
    const auto future = bench.wire->posts(ann, after, 2);
    QCOMPARE(deepest(bench.sent().constFirst(), u"max"_s).text(), u"2"_s);
    QCOMPARE(deepest(bench.sent().constFirst(), u"after"_s).text(), after);
    QString items;
    for (int i = 0; i < count; ++i) {
        items += entry(u"i%1"_s.arg(i), u"2026-11-2%1T10:00:00Z"_s.arg(i + 1)); // the service's order stays
    }
    bench.answer(0, page(items, set));
    const auto result = outcome(future);
    QVERIFY(result);
    QCOMPARE(result->posts.size(), count);
    for (int i = 0; i < count; ++i) {
        QCOMPARE(result->posts.at(i).item.text(), u"i%1"_s.arg(i));
    }
    QTEST(result->last, "last");
    QTEST(result->isComplete, "isComplete");
}

void ChannelWireTest::postsOfOtherNodesAreLeftOut()
{
    ChannelBench bench;
    const auto future = bench.wire->posts(ann);
    bench.answer(0,
        u"<pubsub><items node='/user/eve@b.test/posts'>%1</items>"
        "<items node='/user/ann@a.test/posts'>%2<item id='i3'/></items></pubsub>"_s.arg(
            entry(u"i1"_s, {}), entry(u"i2"_s, {})));
    const auto result = outcome(future);
    QVERIFY(result);
    QCOMPARE(idsOf(*result), QStringList{u"i2"_s});
}

void ChannelWireTest::aThreadIsGivenOrCollected()
{
    const auto start = entry(u"s"_s, u"2026-11-20T10:00:00Z"_s);
    const auto one = entry(u"c1"_s, u"2026-11-21T10:00:00Z"_s, u"s"_s);
    const auto two = entry(u"c2"_s, u"2026-11-22T10:00:00Z"_s, u"tag:x,y,s"_s);
    const auto other = entry(u"x"_s, u"2026-11-21T10:00:00Z"_s);
    ChannelBench bench;
    const auto given = bench.wire->thread(ann, ItemId::fromWire(u"tag:x,y,s"_s));
    QCOMPARE(deepest(bench.sent().constFirst(), u"thread"_s).attribute(u"item_id"_s), u"s"_s);
    bench.answer(0, page(one + two + other + start));
    auto result = outcome(given);
    QVERIFY(result);
    QCOMPARE(idsOf(*result), (QStringList{u"c1"_s, u"c2"_s, u"s"_s}));
    QVERIFY(result->isComplete);

    // not cached at the home service, or a service without the operation
    for (const auto &refused : {condition(u"item-not-found"_s), condition(u"feature-not-implemented"_s),
             condition(u"not-authorized"_s) + u"<closed-node/>"_s}) {
        ChannelBench collecting;
        const auto collected = collecting.wire->thread(ann, ItemId::fromWire(u"s"_s));
        collecting.answer(0, refusal(refused), u"error"_s);
        QTRY_COMPARE(collecting.sent().size(), 2);
        collecting.answer(1, page(start + two, u"<set><last>c2</last><count>9</count></set>"_s));
        QTRY_COMPARE(collecting.sent().size(), 3);
        QCOMPARE(deepest(collecting.sent().at(2), u"after"_s).text(), u"c2"_s);
        // an answer older than the start: nothing of the thread comes after it
        collecting.answer(2,
            page(one + other + entry(u"o"_s, u"2026-11-19T10:00:00Z"_s, u"older"_s),
                u"<set><last>o</last><count>9</count></set>"_s));
        result = outcome(collected);
        QVERIFY(result);
        QCOMPARE(idsOf(*result), (QStringList{u"s"_s, u"c2"_s, u"c1"_s}));
        QCOMPARE(collecting.sent().size(), 3);
    }
}

void ChannelWireTest::aThreadThatIsNotThereIsNotSearched()
{
    ChannelBench bench;
    const auto missing = bench.wire->thread(ann, ItemId::fromWire(u"s"_s));
    bench.answer(0, refusal(condition(u"item-not-found"_s) + u"<parent-item-not-found/>"_s), u"error"_s);
    QCOMPARE(outcome(missing).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(bench.wire->thread(ann, ItemId::fromWire(u"s"_s))).error().kind, ErrorKind::Timeout);
    QCOMPARE(bench.sent().size(), 2);
    // collected in vain
    const auto nowhere = bench.wire->thread(ann, ItemId::fromWire(u"s"_s));
    bench.answer(2, refusal(condition(u"item-not-found"_s)), u"error"_s);
    QTRY_COMPARE(bench.sent().size(), 4);
    bench.answer(3, page(entry(u"x"_s, {})));
    QCOMPARE(outcome(nowhere).error().kind, ErrorKind::NotFound);
}

static QString group(const QString &node, const QStringList &ids)
{
    QString items;
    for (const auto &id : ids) {
        items += entry(id, {});
    }
    return u"<items node='%1'>%2</items>"_s.arg(node, items);
}

void ChannelWireTest::catchingUpGoesThroughAllPages()
{
    ChannelBench bench;
    const auto since = QDateTime::fromString(u"2026-11-20T01:30:00+02:00"_s, Qt::ISODate);
    const auto future = bench.wire->recentPosts(since, 3);
    const auto request = deepest(bench.sent().constFirst(), u"recent-items"_s);
    QCOMPARE(request.namespaceURI(), u"http://buddycloud.org/v1"_s);
    QCOMPARE(request.attribute(u"since"_s), u"2026-11-19T23:30:00Z"_s);
    QCOMPARE(request.attribute(u"max"_s), u"3"_s);
    const QString a = u"/user/ann@a.test/posts"_s;
    const QString b = u"/user/ben@a.test/posts"_s;
    bench.answer(0,
        u"<pubsub>%1%2%3<set><last>%4,a2</last></set></pubsub>"_s.arg(
            group(a, {u"a1"_s}), group(b, {u"b1"_s}), group(a, {u"a2"_s}), a));
    QTRY_COMPARE(bench.sent().size(), 2);
    QCOMPARE(deepest(bench.sent().at(1), u"after"_s).text(), a + u",a2"_s);
    bench.answer(1,
        u"<pubsub>%1%2<set><last>%3,a3</last></set></pubsub>"_s.arg(
            group(u"/firehose"_s, {u"f"_s}), group(a, {u"a2"_s, u"a3"_s}), a));
    QTRY_COMPARE(bench.sent().size(), 3);
    bench.answer(2, u"<pubsub/>"_s);
    const auto pages = outcome(future);
    QVERIFY(pages);
    QCOMPARE(pages->size(), 2);
    QCOMPARE(pages->at(0).node.text(), a);
    QCOMPARE(idsOf(pages->at(0)), (QStringList{u"a1"_s, u"a2"_s, u"a3"_s})); // once each
    QCOMPARE(pages->at(0).last, u"a3"_s); // good for posts(), not for another catch-up
    QVERIFY(!pages->at(0).isComplete);
    QCOMPARE(idsOf(pages->at(1)), QStringList{u"b1"_s});
    QVERIFY(pages->at(1).isComplete);
}

void ChannelWireTest::catchingUpEndsWithARepeatingService()
{
    ChannelBench bench;
    const auto future = bench.wire->recentPosts(bench.now, 3);
    const QString same = u"<pubsub>%1<set><last>/user/ann@a.test/posts,a1</last></set></pubsub>"_s.arg(
        group(u"/user/ann@a.test/posts"_s, {u"a1"_s}));
    bench.answer(0, same);
    QTRY_COMPARE(bench.sent().size(), 2);
    bench.answer(1, same);
    QVERIFY(outcome(future));
    QCOMPARE(bench.sent().size(), 2);
}

void ChannelWireTest::tooLongAPostIsNotSent()
{
    ChannelBench bench;
    QCOMPARE(outcome(bench.wire->publish({ann, {}, QString(150'000, u'ü'), {}, {}})).error().kind, ErrorKind::TooLarge);
    QVERIFY(bench.sent().isEmpty());
}

void ChannelWireTest::anAnswerWithoutAnIdMakesNoSense()
{
    for (const auto &answer : {QString(), u"<pubsub><publish node='/user/ann@a.test/posts'/></pubsub>"_s,
             u"<pubsub><publish node='/user/eve@b.test/posts'><item id='i1'/></publish></pubsub>"_s}) {
        ChannelBench bench;
        const auto published = bench.wire->publish({ann, {}, u"x"_s, {}, {}});
        bench.answer(0, answer);
        QCOMPARE(outcome(published).error().kind, ErrorKind::Malformed);
    }
}

void ChannelWireTest::theTypeOfANewChannelIsTopic()
{
    ChannelBench bench;
    (void)bench.wire->createChannel(ann, {{u"pubsub#title"_s, u"Cooking"_s}});
    (void)bench.wire->createChannel(ann, {{u"buddycloud#channel_type"_s, u"personal"_s}});
    QVERIFY(bench.sentText(0).contains(u">topic<"_s));
    QVERIFY(!bench.sentText(1).contains(u">topic<"_s));
    for (const auto &request : bench.sent()) {
        QCOMPARE(deepest(request, u"configure"_s).attribute(u"node"_s), ann.text());
    }
}

void ChannelWireTest::aWireThatIsGoneAnswersNobody()
{
    ChannelBench bench;
    const auto posts = bench.wire->posts(ann);
    const auto found = bench.wire->findService();
    bench.wire.reset();
    QVERIFY(!bench.receive(u"<message from='channels.a.test'><event/></message>"_s));
    QCOMPARE(outcome(posts).error().kind, ErrorKind::Canceled);
    QCOMPARE(outcome(found).error().kind, ErrorKind::Canceled);
}

CUMULET_TEST(ChannelWireTest)
#include "ChannelWireTest.moc"
