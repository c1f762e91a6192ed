#include "FederatedServices.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// Services of two domains (buddycloud.md 6): ann is at a.test, dave at b.test.
class FederationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestGoesToTheNodesService();
    void newsReachFollowersElsewhere();
    void membersElsewhereAreManaged();
    void aClosedChannelIsAskedFor();
    void errorsArePassedBack();
    void theRealServerLosesErrors();
    void nobodyThere();
    void theServiceIsFoundAgain();
    void onlyTheAuthorityActs();
    void onlyTheNodesServiceTellsNews();
    void whatIsKeptFeedsOwnLists();
    void holesOfWhatIsKept();
    void answersThatNeverCome();
};

static const QString ann = u"ann@a.test"_s;
static const QString dave = u"dave@b.test"_s;
static const QString daves = u"/user/dave@b.test/posts"_s;

namespace {

struct Bench : FederatedServices
{
    explicit Bench(const QString &behaviour = {})
        : FederatedServices(behaviour)
    {
        arrive(ann);
        arrive(dave);
    }
    QString setRole(const QString &role)
    {
        return outcomeOf(set(dave,
            u"<affiliations node='%1'><affiliation jid='%2' affiliation='%3'/></affiliations>"_s.arg(daves, ann, role),
            true));
    }
};

} // namespace

void FederationTest::aRequestGoesToTheNodesService()
{
    Bench bench;
    QVERIFY(!bench.post(dave, daves, u"hello"_s).isEmpty());
    const auto answer = bench.get(ann, u"<items node='%1'/>"_s.arg(daves));
    QCOMPARE(answer.attribute(u"from"_s), u"channels.a.test"_s);
    QCOMPARE(answer.attribute(u"to"_s), ann + u"/here"_s);
    QVERIFY(answer.toXml().contains(u"hello"_s));
    QVERIFY(!answer.toXml().contains(u"actor"_s));
    QCOMPARE(bench.follow(ann, daves), u"subscribed"_s);
    QCOMPARE(bench.post(ann, daves, u"as a member"_s), QString()); // by default
    QCOMPARE(bench.setRole(u"publisher"_s), u"ok"_s);
    const auto id = bench.post(ann, daves, u"as a publisher"_s);
    QVERIFY(!id.isEmpty());
    QVERIFY(!bench.post(ann, daves, u"and a comment"_s, id).isEmpty());
    const auto texts = bench.texts(dave, daves);
    QVERIFY(texts.contains(u"as a publisher"_s) && texts.contains(u"and a comment"_s));
    const auto thread =
        bench.get(ann, u"<thread xmlns='http://buddycloud.org/v1' node='%1' item_id='%2'/>"_s.arg(daves, id));
    QCOMPARE(bench.outcomeOf(thread), u"ok"_s);
    QVERIFY(bench.get(dave, u"<items node='%1'/>"_s.arg(daves)).toXml().contains(u"<name>ann@a.test</name>"_s));
}

void FederationTest::newsReachFollowersElsewhere()
{
    Bench bench;
    bench.arrive(u"amy@a.test"_s);
    bench.follow(ann, daves);
    bench.follow(u"amy@a.test"_s, daves);
    bench.takeEvents(ann);
    bench.takeEvents(u"amy@a.test"_s);
    const int before = bench.askedOf(u"a.test"_s);
    const auto id = bench.post(dave, daves, u"news"_s);
    QCOMPARE(bench.askedOf(u"a.test"_s), before + 1); // once for both
    for (const auto &user : {ann, u"amy@a.test"_s}) {
        const auto events = bench.takeEvents(user);
        QCOMPARE(events.size(), 1);
        QVERIFY(events.first().contains(u"news"_s));
        QVERIFY(events.first().contains(u"from='channels.a.test'"_s));
    }
    bench.set(dave, u"<retract node='%1'><item id='%2'/></retract>"_s.arg(daves, id));
    QVERIFY(bench.takeEvents(ann).join(QString()).contains(u"<retract"_s));
    QCOMPARE(bench.outcomeOf(bench.set(ann, u"<unsubscribe node='%1' jid='%2'/>"_s.arg(daves, ann))), u"ok"_s);
    bench.takeEvents(ann);
    bench.post(dave, daves, u"without ann"_s);
    QVERIFY(bench.takeEvents(ann).isEmpty());
    QCOMPARE(bench.takeEvents(u"amy@a.test"_s).filter(u"without ann"_s).size(), 1);
}

void FederationTest::membersElsewhereAreManaged()
{
    Bench bench;
    bench.follow(ann, daves);
    bench.takeEvents(ann);
    QCOMPARE(bench.setRole(u"moderator"_s), u"ok"_s);
    QVERIFY(bench.takeEvents(ann).join(QString()).contains(u"moderator"_s));
    const auto id = bench.post(dave, daves, u"spam"_s);
    QCOMPARE(
        bench.outcomeOf(bench.set(ann, u"<retract node='%1'><item id='%2'/></retract>"_s.arg(daves, id))), u"ok"_s);
    bench.takeEvents(ann);
    QCOMPARE(bench.setRole(u"outcast"_s), u"ok"_s);
    QVERIFY(bench.takeEvents(ann).join(QString()).contains(u"outcast"_s));
    bench.post(dave, daves, u"among us"_s);
    QVERIFY(bench.takeEvents(ann).isEmpty());
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='%1'/>"_s.arg(daves))), u"forbidden"_s);
}

void FederationTest::aClosedChannelIsAskedFor()
{
    Bench bench;
    bench.set(dave,
        u"<configure node='%1'><x xmlns='jabber:x:data' type='submit'><field var='pubsub#access_model'>"
        "<value>authorize</value></field></x></configure>"_s.arg(daves),
        true);
    QCOMPARE(bench.follow(ann, daves), u"pending"_s);
    QVERIFY(bench.takeEvents(dave).join(QString()).contains(u"subscribe_authorization"_s));
    bench.takeEvents(ann);
    bench.set(dave,
        u"<subscriptions node='%1'><subscription jid='%2' subscription='subscribed'/></subscriptions>"_s.arg(
            daves, ann),
        true);
    QVERIFY(bench.takeEvents(ann).join(QString()).contains(u"subscribed"_s));
    QVERIFY(bench.get(ann, u"<subscriptions/>"_s).toXml().contains(daves));
}

void FederationTest::errorsArePassedBack()
{
    Bench bench;
    const auto gone = bench.get(ann, u"<items node='/user/nobody@b.test/posts'/>"_s);
    QCOMPARE(bench.outcomeOf(gone), u"item-not-found"_s);
    QCOMPARE(gone.attribute(u"from"_s), u"channels.a.test"_s);
    QCOMPARE(bench.outcomeOf(bench.set(ann, u"<delete node='%1'/>"_s.arg(daves), true)), u"forbidden"_s);
    QCOMPARE(
        bench.outcomeOf(bench.get(ann, u"<items node='/user/x@nowhere.test/posts'/>"_s)), u"remote-server-not-found"_s);
}

void FederationTest::theRealServerLosesErrors()
{
    Bench bench(u"all-real"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='/user/nobody@b.test/posts'/>"_s)), u"silence"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='/user/x@nowhere.test/posts'/>"_s)), u"silence"_s);
}

void FederationTest::nobodyThere()
{
    Bench bench;
    bench.setGone(u"b.test"_s, true);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='%1'/>"_s.arg(daves))), u"remote-server-not-found"_s);
    QVERIFY(!bench.post(ann, u"/user/ann@a.test/posts"_s, u"here it goes on"_s).isEmpty());
}

void FederationTest::theServiceIsFoundAgain()
{
    Bench bench;
    bench.follow(ann, daves);
    bench.setGone(u"b.test"_s, true);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='%1'/>"_s.arg(daves))), u"remote-server-not-found"_s);
    bench.setGone(u"b.test"_s, false);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='%1'/>"_s.arg(daves))), u"ok"_s);
    bench.takeEvents(ann);
    bench.post(dave, daves, u"again"_s);
    QCOMPARE(bench.takeEvents(ann).size(), 1);
}

static Element forActor(const QString &from, const QString &actor)
{
    auto iq = Element::fromXml(
        u"<iq xmlns='jabber:client' type='set' id='forged'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
        "<subscribe node='%1' jid='%2'/><actor xmlns='http://buddycloud.org/v1'>%2</actor></pubsub></iq>"_s.arg(
            daves, actor));
    return iq.set(u"from"_s, from).set(u"to"_s, u"channels.b.test"_s);
}

void FederationTest::onlyTheAuthorityActs()
{
    Bench bench;
    const auto isMember = [&](const QString &user) {
        return bench.get(dave, u"<subscriptions node='%1'/>"_s.arg(daves)).toXml().contains(user);
    };
    bench.deliver(forActor(u"channels.evil.test"_s, ann));
    QCOMPARE(bench.outcomeOf(bench.atEvil.takeLast()), u"forbidden"_s);
    QVERIFY(!isMember(ann));
    bench.deliver(forActor(u"channels.evil.test"_s, u"eve@b.test"_s)); // nobody else speaks for our own users
    QCOMPARE(bench.outcomeOf(bench.atEvil.takeLast()), u"forbidden"_s);
    QVERIFY(!isMember(u"eve@b.test"_s));
    bench.deliver(forActor(u"eve@evil.test/here"_s, ann)); // a client never has an actor
    QVERIFY(!isMember(ann));
    bench.deliver(forActor(u"channels.a.test"_s, ann));
    QVERIFY(isMember(ann));
}

void FederationTest::onlyTheNodesServiceTellsNews()
{
    Bench bench;
    bench.follow(ann, daves);
    bench.takeEvents(ann);
    const auto news = [](const QString &from) {
        auto message = Element::fromXml(
            u"<message xmlns='jabber:client' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            "<items node='%1'><item id='x'><entry xmlns='http://www.w3.org/2005/Atom'><content>forged</content></entry>"
            "</item></items></event></message>"_s.arg(daves));
        return message.set(u"from"_s, from).set(u"to"_s, u"channels.a.test"_s);
    };
    for (const auto &from : {u"channels.evil.test"_s, u"dave@b.test/here"_s, u"b.test"_s})
        bench.deliver(news(from));
    QVERIFY(bench.takeEvents(ann).isEmpty());
    bench.deliver(news(u"channels.b.test"_s));
    QCOMPARE(bench.takeEvents(ann).size(), 1);
}

static const QString recent =
    u"<recent-items xmlns='http://buddycloud.org/v1' since='2000-01-01T00:00:00Z' max='5'/>"_s;

void FederationTest::whatIsKeptFeedsOwnLists()
{
    Bench bench;
    bench.follow(ann, daves);
    bench.post(dave, daves, u"for all"_s);
    QVERIFY(bench.get(ann, recent).toXml().contains(u"for all"_s));
    QVERIFY(bench.get(ann, u"<affiliations/>"_s).toXml().contains(daves));
    const auto here = bench.ask(ann, u"get"_s, u"<query xmlns='http://jabber.org/protocol/disco#items'/>"_s);
    QVERIFY(!here.toXml().contains(daves)); // it is not ours
    bench.set(ann, u"<unsubscribe node='%1' jid='%2'/>"_s.arg(daves, ann));
    QVERIFY(!bench.get(ann, u"<subscriptions/>"_s).toXml().contains(daves));
    QVERIFY(!bench.get(ann, recent).toXml().contains(u"for all"_s));
}

void FederationTest::holesOfWhatIsKept()
{
    Bench bench(u"all-real"_s);
    const auto v1 = u"xmlns='http://buddycloud.org/v1'"_s;
    const auto id = bench.post(dave, daves, u"first"_s);
    const auto threads = u"<threads %1 node='%2'/>"_s.arg(v1, daves);
    const auto replies = u"<replies %1 node='%2' item_id='%3'/>"_s.arg(v1, daves, id);
    QCOMPARE(bench.outcomeOf(bench.get(ann, threads)), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, replies)), u"item-not-found"_s);
    QCOMPARE(bench.follow(ann, daves), u"subscribed"_s);
    bench.ask(ann, u"get"_s, u"<query xmlns='http://jabber.org/protocol/disco#info' node='%1'/>"_s.arg(daves));
    QCOMPARE(bench.texts(ann, daves), QStringList{u"first"_s});
    QCOMPARE(bench.outcomeOf(bench.get(ann, threads)), u"item-not-found"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, replies)), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<configure node='%1'/>"_s.arg(daves))), u"item-not-found"_s);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<subscriptions node='%1'/>"_s.arg(daves))), u"silence"_s);
    const int asked = bench.askedOf(u"b.test"_s);
    QCOMPARE(bench.texts(ann, daves), QStringList{u"first"_s});
    QCOMPARE(bench.askedOf(u"b.test"_s), asked);
    // nobody elsewhere hears of a deletion, and the last who leaves stays in the list
    bench.set(ann, u"<unsubscribe node='%1' jid='%2'/>"_s.arg(daves, ann));
    QVERIFY(bench.get(ann, u"<subscriptions/>"_s).toXml().contains(daves));
    bench.takeEvents(ann);
    QCOMPARE(bench.outcomeOf(bench.set(dave, u"<delete node='%1'/>"_s.arg(daves), true)), u"ok"_s);
    QVERIFY(bench.takeEvents(ann).isEmpty());
}

void FederationTest::answersThatNeverCome()
{
    Bench bench;
    bench.takeAnswers(ann);
    QCOMPARE(bench.outcomeOf(bench.get(ann, u"<items node='/user/eve@evil.test/posts'/>"_s)), u"silence"_s);
    bench.letTimePass(200'000);
    bench.get(ann, u"<subscriptions/>"_s);
    const auto answers = bench.takeAnswers(ann);
    QCOMPARE(answers.size(), 2);
    QCOMPARE(bench.outcomeOf(answers.first()), u"remote-server-not-found"_s);
}

CUMULET_TEST(FederationTest)
#include "FederationTest.moc"
