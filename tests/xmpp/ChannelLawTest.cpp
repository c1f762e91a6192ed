// The rules that a client of a Buddycloud service must not break: buddycloud.md section 0, one test for each.
#include "ChannelBench.h"
#include "kit/TestMain.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/PubsubPayloads.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ChannelLawTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rule1_everythingGoesToTheHomeService();
    void rule2_presenceIsDirectedToTheService();
    void rule3_silenceEndsAfterHalfAMinute();
    void rule4_theFirstOfTwoAnswersCounts();
    void rule5_elementsAreMatchedByLocalName();
    void rule6_twoSpellingsOfAnIdAreOne();
    void rule7_theServiceNamesTheItem();
    void rule8_noBareIdIsSentBack();
    void rule8_noReadingWhereWeAreBanned();
    void rule9_nobodyIsUnregistered();
    void rule10_noValueIsEmpty();
    void rule11_oneThingInEachRequest();
    void rule12_whatComesIsText();
};

static const NodeId ann = NodeId::fromTrusted(u"/user/ann@a.test/posts"_s);
static const NodeId topic = NodeId::fromTrusted(u"/user/cooking@topics.a.test/posts"_s);
static const NodeId remote = NodeId::fromTrusted(u"/user/dave@b.test/posts"_s);
static const Jid ben = Jid::fromTrusted(u"ben@a.test"_s);
static const QDateTime lastWeek = QDateTime::fromString(u"2026-11-17T00:00:00Z"_s, Qt::ISODate);

// every request there is, for a node of each kind
static void askEverything(ChannelBench &bench)
{
    auto &wire = *bench.wire;
    (void)wire.registerAccount();
    (void)wire.ownMemberships();
    (void)wire.recentPosts(lastWeek, 10);
    for (const auto &node : {ann, topic, remote}) {
        (void)wire.describe(node);
        (void)wire.members(node);
        (void)wire.subscribe(node);
        (void)wire.unsubscribe(node);
        (void)wire.setSubscription(node, ben, NodeSubscription::Subscribed);
        (void)wire.setAffiliation(node, ben, Affiliation::Publisher);
        (void)wire.posts(node);
        (void)wire.posts(node, u"fac3"_s, 10);
        (void)wire.thread(node, ItemId::fromWire(u"fac3"_s));
        (void)wire.publish({node, OriginId(u"o1"_s), u"text"_s, ItemId::fromWire(u"fac3"_s), {}});
        (void)wire.retract(node, ItemId::fromWire(u"fac3"_s));
        (void)wire.createChannel(node, {{u"pubsub#title"_s, u"t"_s}});
        (void)wire.configureChannel(node, {{u"pubsub#title"_s, u"t"_s}, {u"pubsub#description"_s, QString()}});
        (void)wire.deleteChannel(node);
    }
}

void ChannelLawTest::rule1_everythingGoesToTheHomeService()
{
    ChannelBench bench;
    askEverything(bench);
    QVERIFY(bench.sent().size() > 40);
    for (qsizetype i = 0; i < bench.sent().size(); ++i) {
        QCOMPARE(bench.sent().at(i).attribute(u"to"_s), u"channels.a.test"_s);
        QVERIFY2(deepest(bench.sent().at(i), u"actor"_s).isNull(), qPrintable(bench.sentText(i)));
    }
    bench.wire->setService({});
    const auto count = bench.sent().size();
    askEverything(bench);
    QCOMPARE(bench.sent().size(), count);
    QCOMPARE(outcome(bench.wire->posts(ann)).error().kind, ErrorKind::Unreachable);
}

void ChannelLawTest::rule2_presenceIsDirectedToTheService()
{
    ChannelBench bench;
    bench.wire->announcePresence();
    bench.wire->announcePresence(); // again, after the service was away
    QCOMPARE(bench.sent().size(), 2);
    for (const auto &presence : bench.sent()) {
        QCOMPARE(presence.tagName(), u"presence"_s);
        QCOMPARE(presence.attribute(u"to"_s), u"channels.a.test"_s);
        QVERIFY(!presence.hasAttribute(u"type"_s));
    }
    bench.wire->setService({});
    bench.wire->announcePresence();
    QCOMPARE(bench.sent().size(), 2); // never a broadcast
}

void ChannelLawTest::rule3_silenceEndsAfterHalfAMinute()
{
    QCOMPARE(ChannelSurroundings().requestLimit, std::chrono::milliseconds(30'000));
    ChannelBench bench;
    const auto posts = bench.wire->posts(remote);
    const auto done = bench.wire->unsubscribe(remote);
    const auto memberships = bench.wire->ownMemberships();
    QCOMPARE(outcome(posts).error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome(done).error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome(memberships).error().kind, ErrorKind::Timeout);
    // an answer that comes too late is nobody else's business
    QVERIFY(bench.answer(0, u"<pubsub><items node='/user/dave@b.test/posts'/></pubsub>"_s));
}

void ChannelLawTest::rule4_theFirstOfTwoAnswersCounts()
{
    ChannelBench bench;
    const auto created = bench.wire->createChannel(topic, {});
    QVERIFY(bench.answer(0, {}));
    QVERIFY(bench.answer(
        0, u"<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s, u"error"_s));
    QVERIFY(outcome(created));
    QVERIFY(bench.news.isEmpty());

    const auto refused = bench.wire->createChannel(topic, {});
    bench.answer(
        1, u"<error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s, u"error"_s);
    bench.answer(1, {});
    QCOMPARE(outcome(refused).error().kind, ErrorKind::Conflict);
}

void ChannelLawTest::rule5_elementsAreMatchedByLocalName()
{
    ChannelBench bench;
    for (const QString &xmlns : {u""_s, u"jabber:client"_s, u"urn:xmpp:forward:0"_s, u"http://buddycloud.org/v1"_s}) {
        const auto index = bench.sent().size();
        const auto page = bench.wire->posts(ann);
        bench.answer(index,
            u"<pubsub xmlns='%1'><p:items xmlns:p='urn:odd' node='/user/ann@a.test/posts'><item id='i1'><entry>"
            "<author><name>ann@a.test</name></author><content>x</content></entry></item></p:items>"
            "<set><last xmlns='http://jabber.org/protocol/pubsub'>i1</last><count>1</count></set></pubsub>"_s.arg(
                xmlns));
        const auto result = outcome(page);
        QVERIFY(result);
        QCOMPARE(result->posts.size(), 1);
        QCOMPARE(result->last, u"i1"_s);
        QCOMPARE(result->total, 1);
    }
}

void ChannelLawTest::rule6_twoSpellingsOfAnIdAreOne()
{
    ChannelBench bench;
    const auto published = bench.wire->publish({ann, OriginId(u"o1"_s), u"x"_s, {}, {}});
    bench.answer(0,
        u"<pubsub><publish node='/user/ann@a.test/posts'>"
        "<item id='tag:null@channels.a.test,/user/ann@a.test/posts,fac3'/></publish></pubsub>"_s);
    const auto id = outcome(published);
    QVERIFY(id);
    QCOMPARE(id->text(), u"fac3"_s);

    bench.receive(u"<message from='channels.a.test'><event><items node='/user/ann@a.test/posts'>"
                  "<item id='tag:null@channels.a.test,/user/ann@a.test/posts,fac3'><entry><author>"
                  "<name>ann@a.test</name></author><content>x</content></entry></item></items></event></message>"_s);
    bench.receive(u"<message from='channels.a.test'><event><items node='/user/ann@a.test/posts'>"
                  "<retract id='fac3'/></items></event></message>"_s);
    QCOMPARE(bench.news.size(), 2);
    QVERIFY(bench.news.first().startsWith(u"post /user/ann@a.test/posts fac3 "_s));
    QCOMPARE(bench.news.last(), u"gone /user/ann@a.test/posts fac3"_s);
}

void ChannelLawTest::rule7_theServiceNamesTheItem()
{
    ChannelBench bench;
    const auto published = bench.wire->publish({ann, OriginId(u"o1"_s), u"x"_s, {}, {}});
    QVERIFY(!deepest(bench.sent().constFirst(), u"item"_s).hasAttribute(u"id"_s));
    QVERIFY(deepest(bench.sent().constFirst(), u"entry"_s).firstChildElement(u"id"_s).isNull());
    QCOMPARE(outcome(published).error().kind, ErrorKind::Timeout);
    QCOMPARE(bench.sent().size(), 1); // a second one would be a second post
}

void ChannelLawTest::rule8_noBareIdIsSentBack()
{
    const auto group = u"<items node='/user/ann@a.test/posts'><item id='%1'><entry><author><name>ann@a.test</name>"
                       "</author><content>x</content></entry></item></items>"_s;
    ChannelBench bench;
    const auto recent = bench.wire->recentPosts(lastWeek, 10);
    QVERIFY(deepest(bench.sent().at(0), u"after"_s).isNull());
    bench.answer(0, u"<pubsub>%1<set><last> /user/ann@a.test/posts,i1</last></set></pubsub>"_s.arg(group.arg(u"i1"_s)));
    QTRY_COMPARE(bench.sent().size(), 2);
    QCOMPARE(deepest(bench.sent().at(1), u"after"_s).text(), u"/user/ann@a.test/posts,i1"_s);
    // another kind of service that gives bare ids
    bench.answer(1, u"<pubsub>%1<set><last>i2</last></set></pubsub>"_s.arg(group.arg(u"i2"_s)));
    const auto pages = outcome(recent);
    QVERIFY(pages);
    QCOMPARE(bench.sent().size(), 2);
    QCOMPARE(pages->constFirst().posts.size(), 2);

    QString xml;
    QXmlStreamWriter writer(&xml);
    payload::recentItems(lastWeek, 10, u"fac3"_s, 50)(&writer);
    QVERIFY(!xml.contains(u"after"_s));
}

void ChannelLawTest::rule8_noReadingWhereWeAreBanned()
{
    ChannelBench bench;
    const auto banned = u"<message from='channels.a.test'><event><affiliations node='/user/dave@b.test/posts'>"
                        "<affiliation jid='%1' affiliation='%2'/></affiliations></event></message>"_s;
    bench.receive(banned.arg(u"ben@a.test"_s, u"outcast"_s)); // somebody else
    (void)bench.wire->posts(remote);
    QCOMPARE(bench.sent().size(), 1);
    bench.receive(banned.arg(u"ann@a.test"_s, u"outcast"_s));
    QCOMPARE(outcome(bench.wire->posts(remote)).error().kind, ErrorKind::NotAllowed);
    QCOMPARE(outcome(bench.wire->posts(remote, u"fac3"_s)).error().kind, ErrorKind::NotAllowed);
    QCOMPARE(outcome(bench.wire->thread(remote, ItemId::fromWire(u"fac3"_s))).error().kind, ErrorKind::NotAllowed);
    QCOMPARE(bench.sent().size(), 1);
    // the service goes on telling the banned: nobody hears it
    bench.news.clear();
    bench.receive(u"<message from='channels.a.test'><event><items node='/user/dave@b.test/posts'>"
                  "<retract id='fac3'/></items></event></message>"_s);
    QVERIFY(bench.news.isEmpty());
    // known from the list as well, and pardoned by an event
    const auto memberships = bench.wire->ownMemberships();
    for (qsizetype i = 1; i <= 2; ++i) {
        bench.answer(i,
            u"<pubsub><affiliations><affiliation node='/user/ann@a.test/posts' jid='ann@a.test' "
            "affiliation='outcast'/></affiliations></pubsub>"_s);
    }
    QVERIFY(outcome(memberships));
    QCOMPARE(outcome(bench.wire->posts(ann)).error().kind, ErrorKind::NotAllowed);
    bench.receive(banned.arg(u"ann@a.test"_s, u"member"_s));
    (void)bench.wire->posts(remote);
    QCOMPARE(bench.sent().size(), 4);
}

void ChannelLawTest::rule9_nobodyIsUnregistered()
{
    ChannelBench bench;
    askEverything(bench);
    for (const auto &request : bench.sent()) {
        QVERIFY(deepest(request, u"remove"_s).isNull());
    }
}

void ChannelLawTest::rule10_noValueIsEmpty()
{
    ChannelBench bench;
    (void)bench.wire->configureChannel(ann,
        {{u"pubsub#title"_s, QString()}, {u"pubsub#description"_s, u" \n"_s}, {u"pubsub#access_model"_s, QString()},
            {u"buddycloud#default_affiliation"_s, u"member"_s}});
    const QString sent = bench.sentText(0);
    QVERIFY2(!sent.contains(u"<value/>"_s) && !sent.contains(u"<value></value>"_s), qPrintable(sent));
    QVERIFY(!sent.contains(u"access_model"_s));
    QVERIFY(sent.contains(u"default_affiliation"_s));
    QCOMPARE(payload::sendable({{u"pubsub#title"_s, QString()}}), (ChannelSettings{{u"pubsub#title"_s, u" "_s}}));
    // nothing to change: nothing to ask
    QVERIFY(outcome(bench.wire->configureChannel(ann, {{u"pubsub#access_model"_s, QString()}})));
    QCOMPARE(bench.sent().size(), 1);
}

void ChannelLawTest::rule11_oneThingInEachRequest()
{
    ChannelBench bench;
    askEverything(bench);
    for (qsizetype i = 0; i < bench.sent().size(); ++i) {
        int operations = 0;
        const auto pubsub = childNamed(bench.sent().at(i), u"pubsub");
        for (auto child = pubsub.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
            const QString name = localName(child);
            // <configure/> belongs to <create/>, <set/> to what it pages
            const bool isOfCreate = name == "configure"_L1 && !childNamed(pubsub, u"create").isNull();
            operations += name == "set"_L1 || isOfCreate ? 0 : 1;
            for (const auto &row : {u"item"_s, u"subscription"_s, u"affiliation"_s}) {
                QVERIFY2(childrenNamed(child, row).size() <= 1, qPrintable(bench.sentText(i)));
            }
        }
        QVERIFY2(pubsub.isNull() || operations == 1, qPrintable(bench.sentText(i)));
    }
}

void ChannelLawTest::rule12_whatComesIsText()
{
    ChannelBench bench;
    const auto described = bench.wire->describe(ann);
    bench.answer(0,
        u"<query><x><field var='pubsub#title'><value>&lt;b&gt;Ann&lt;/b&gt;</value></field>"
        "<field var='pubsub#description'><value>&lt;script&gt;</value></field></x></query>"_s);
    const auto channel = outcome(described);
    QVERIFY(channel);
    QCOMPARE(channel->title, u"<b>Ann</b>"_s);
    QCOMPARE(channel->description, u"<script>"_s);
}

CUMULET_TEST(ChannelLawTest)
#include "ChannelLawTest.moc"
