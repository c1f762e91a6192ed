#include "ServiceBench.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

// Following, asking, inviting, roles, bans (buddycloud.md 4.6 to 4.9, 4.12, 4.13, 5).
class MembersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registeringTwiceIsHarmless();
    void onlyTheAnnouncedAreNotified();
    void askingApprovingAndReading();
    void theDeniedAreToldUnlessTheServiceIsQuiet();
    void invitations();
    void pendingRowsAreForModerators();
    void rolesAreGivenByTheRules_data();
    void rolesAreGivenByTheRules();
    void theBannedSeeNothing();
    void aBanSurvivesLeavingUnlessBansAreWeak();
    void theLastOwnerStays();
    void unregisteringLeavesOtherChannelsAlone();
    void strangersOfOtherDomainsMayOnlyRead();
};

static const QString club = u"/user/club@topics.capulet.example/posts"_s;

static QString subscription(const QString &user, const QString &state)
{
    return u"<subscriptions node='%1'><subscription jid='%2' subscription='%3'/></subscriptions>"_s.arg(
        club, ServiceBench::jid(user), state);
}

static QString affiliation(const QString &user, const QString &role)
{
    return u"<affiliations node='%1'><affiliation jid='%2' affiliation='%3'/></affiliations>"_s.arg(
        club, ServiceBench::jid(user), role);
}

static QString readClub(ServiceBench &bench, const QString &user)
{
    return ServiceBench::outcomeOf(bench.get(user, u"<items node='%1'/>"_s.arg(club)));
}

static QString subscribeTo(const QString &node, const QString &user)
{
    return u"<subscribe node='%1' jid='%2'/>"_s.arg(node, ServiceBench::jid(user));
}

void MembersTest::registeringTwiceIsHarmless()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s});
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"first"_s);
    QCOMPARE(bench.outcomeOf(bench.ask(u"ann"_s, u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s)), u"ok"_s);
    const auto items = bench.get(u"ann"_s, u"<items node='%1'/>"_s.arg(bench.postsOf(u"ann"_s)));
    QCOMPARE(bench.texts(items), QStringList{u"first"_s});
}

void MembersTest::onlyTheAnnouncedAreNotified()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s});
    bench.ask(u"ben"_s, u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s);
    bench.follow(u"ben"_s, bench.postsOf(u"ann"_s));
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"unheard"_s);
    QVERIFY(bench.takeEvents(u"ben"_s).isEmpty());
    QCOMPARE(bench.takeEvents(u"ann"_s).size(), 1);

    bench.announce(u"ben"_s);
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"heard"_s);
    QCOMPARE(bench.takeEvents(u"ben"_s).size(), 1);
    bench.service.forgetPresence();
    bench.post(u"ann"_s, bench.postsOf(u"ann"_s), u"unheard again"_s);
    QVERIFY(bench.takeEvents(u"ben"_s).isEmpty());
}

void MembersTest::askingApprovingAndReading()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"ben"_s});
    bench.makeChannel(u"ann"_s, club, u"authorize"_s);
    QCOMPARE(readClub(bench, u"ben"_s), u"forbidden closed-node"_s);
    const auto asked = bench.set(u"ben"_s, subscribeTo(club, u"ben"_s)).child(u"pubsub"_s);
    QCOMPARE(asked.child(u"subscription"_s).attribute(u"subscription"_s), u"pending"_s);
    QCOMPARE(asked.child(u"affiliation"_s).attribute(u"affiliation"_s), u"member"_s);
    QCOMPARE(readClub(bench, u"ben"_s), u"not-authorized pending-subscription"_s);
    QVERIFY(bench.takeEvents(u"ben"_s).isEmpty());
    const auto told = bench.takeEvents(u"ann"_s);
    QCOMPARE(told.size(), 2); // the event and the form
    QVERIFY(told.at(1).contains(u"subscribe_authorization"_s));

    QCOMPARE(bench.outcomeOf(bench.setAsOwner(u"ben"_s, subscription(u"ben"_s, u"subscribed"_s))), u"forbidden"_s);
    QCOMPARE(bench.outcomeOf(bench.setAsOwner(u"ann"_s, subscription(u"ben"_s, u"subscribed"_s))), u"ok"_s);
    QCOMPARE(bench.takeEvents(u"ben"_s).size(), 1);
    QCOMPARE(readClub(bench, u"ben"_s), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.setAsOwner(u"ann"_s, subscription(u"ann"_s, u"none"_s))),
        u"not-allowed can-not-modify-own-subscription"_s);
    QCOMPARE(
        bench.outcomeOf(bench.setAsOwner(u"ann"_s, subscription(u"cat"_s, u"subscribed"_s))), u"unexpected-request"_s);
}

void MembersTest::theDeniedAreToldUnlessTheServiceIsQuiet()
{
    for (const bool isQuiet : {false, true}) {
        ServiceBench bench(isQuiet ? u"quiet-deny"_s : u"proper"_s);
        bench.arrive({u"ann"_s, u"ben"_s});
        bench.makeChannel(u"ann"_s, club, u"authorize"_s);
        bench.follow(u"ben"_s, club);
        bench.setAsOwner(u"ann"_s, subscription(u"ben"_s, u"none"_s));
        QCOMPARE(bench.takeEvents(u"ben"_s).size(), isQuiet ? 0 : 1);
        QCOMPARE(readClub(bench, u"ben"_s), u"forbidden closed-node"_s);
    }
}

void MembersTest::invitations()
{
    for (const bool isQuiet : {false, true}) {
        ServiceBench bench(isQuiet ? u"quiet-invite"_s : u"proper"_s);
        bench.arrive({u"ann"_s, u"ben"_s, u"cat"_s});
        bench.makeChannel(u"ann"_s, club);
        bench.follow(u"cat"_s, club);
        // a follower may invite, but nothing else
        QCOMPARE(bench.outcomeOf(bench.setAsOwner(u"cat"_s, subscription(u"ben"_s, u"invited"_s))), u"ok"_s);
        QCOMPARE(bench.takeEvents(u"ben"_s).size(), isQuiet ? 0 : 1);
        const auto own = bench.get(u"ben"_s, u"<subscriptions/>"_s).child(u"pubsub"_s).child(u"subscriptions"_s);
        const auto row = own.children().first();
        QCOMPARE(row.attribute(u"subscription"_s), u"invited"_s);
        QCOMPARE(row.attribute(u"invited-by"_s), bench.jid(u"cat"_s));
        const auto accepted = bench.set(u"ben"_s, subscribeTo(club, u"ben"_s)).child(u"pubsub"_s);
        QCOMPARE(accepted.child(u"subscription"_s).attribute(u"subscription"_s), u"subscribed"_s);
    }
}

void MembersTest::pendingRowsAreForModerators()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"ben"_s, u"cat"_s});
    bench.makeChannel(u"ann"_s, club, u"whitelist"_s);
    bench.follow(u"ben"_s, club);
    const auto rows = [&](const QString &user) {
        return bench.get(user, u"<subscriptions node='%1'/>"_s.arg(club))
            .child(u"pubsub"_s)
            .child(u"subscriptions"_s)
            .children()
            .size();
    };
    QCOMPARE(rows(u"ann"_s), 2);
    QCOMPARE(rows(u"ben"_s), 2); // the own row
    QCOMPARE(rows(u"cat"_s), 1);
}

void MembersTest::rolesAreGivenByTheRules_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("owner makes publisher") << u"ann"_s << u"fan"_s << u"publisher"_s << u"ok"_s;
    QTest::newRow("owner makes owner") << u"ann"_s << u"fan"_s << u"owner"_s << u"ok"_s;
    QTest::newRow("moderator makes publisher") << u"mod"_s << u"fan"_s << u"publisher"_s << u"ok"_s;
    QTest::newRow("moderator bans") << u"mod"_s << u"fan"_s << u"outcast"_s << u"ok"_s;
    QTest::newRow("moderator makes moderator") << u"mod"_s << u"fan"_s << u"moderator"_s << u"forbidden"_s;
    QTest::newRow("moderator and owner") << u"mod"_s << u"ann"_s << u"member"_s << u"forbidden"_s;
    QTest::newRow("moderator and self") << u"mod"_s << u"mod"_s << u"member"_s << u"forbidden"_s;
    QTest::newRow("follower") << u"fan"_s << u"mod"_s << u"member"_s << u"not-authorized"_s;
    QTest::newRow("owner and self") << u"ann"_s << u"ann"_s << u"member"_s
                                    << u"not-allowed can-not-modify-own-affiliation"_s;
    QTest::newRow("owner and owner") << u"ann"_s << u"own"_s << u"member"_s << u"not-acceptable"_s;
    QTest::newRow("stranger") << u"ann"_s << u"nobody"_s << u"outcast"_s << u"unexpected-request"_s;
    QTest::newRow("no role") << u"ann"_s << u"fan"_s << QString() << u"bad-request"_s;
}

void MembersTest::rolesAreGivenByTheRules()
{
    QFETCH(QString, by);
    QFETCH(QString, user);
    QFETCH(QString, role);
    QFETCH(QString, outcome);
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"own"_s, u"mod"_s, u"fan"_s});
    bench.makeChannel(u"ann"_s, club);
    for (const auto &each : {u"own"_s, u"mod"_s, u"fan"_s})
        bench.follow(each, club);
    bench.setRole(u"ann"_s, club, u"own"_s, u"owner"_s);
    bench.setRole(u"ann"_s, club, u"mod"_s, u"moderator"_s);
    QCOMPARE(bench.outcomeOf(bench.setAsOwner(by, affiliation(user, role))), outcome);
    QCOMPARE(bench.takeEvents(u"own"_s).size(), outcome == u"ok" ? 1 : 0);
}

void MembersTest::theBannedSeeNothing()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"ben"_s});
    bench.makeChannel(u"ann"_s, club);
    bench.follow(u"ben"_s, club);
    bench.setAsOwner(u"ann"_s, affiliation(u"ben"_s, u"outcast"_s));
    QCOMPARE(bench.takeEvents(u"ben"_s).size(), 1); // the ban itself
    bench.post(u"ann"_s, club, u"he is gone"_s);
    QVERIFY(bench.takeEvents(u"ben"_s).isEmpty());
    QCOMPARE(readClub(bench, u"ben"_s), u"forbidden"_s);
    QCOMPARE(bench.outcomeOf(bench.set(u"ben"_s, subscribeTo(club, u"ben"_s))), u"forbidden"_s);
    const auto recent =
        bench.get(u"ben"_s, u"<recent-items xmlns='http://buddycloud.org/v1' since='2000-01-01T00:00:00Z' max='5'/>"_s);
    QVERIFY(bench.texts(recent).isEmpty());
    const auto listed =
        bench.get(u"cat"_s, u"<affiliations node='%1'/>"_s.arg(club)).child(u"pubsub"_s).child(u"affiliations"_s);
    QCOMPARE(listed.children().size(), 1);
}

void MembersTest::aBanSurvivesLeavingUnlessBansAreWeak()
{
    for (const bool isWeak : {false, true}) {
        ServiceBench bench(isWeak ? u"weak-bans"_s : u"proper"_s);
        bench.arrive({u"ann"_s, u"ben"_s});
        bench.makeChannel(u"ann"_s, club);
        bench.follow(u"ben"_s, club);
        bench.setRole(u"ann"_s, club, u"ben"_s, u"outcast"_s);
        bench.post(u"ann"_s, club, u"still heard?"_s);
        QCOMPARE(bench.takeEvents(u"ben"_s).size(), isWeak ? 1 : 0);
        bench.set(u"ben"_s, u"<unsubscribe node='%1' jid='%2'/>"_s.arg(club, bench.jid(u"ben"_s)));
        QCOMPARE(bench.outcomeOf(bench.set(u"ben"_s, subscribeTo(club, u"ben"_s))), isWeak ? u"ok"_s : u"forbidden"_s);
    }
}

void MembersTest::theLastOwnerStays()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s, u"ben"_s});
    bench.makeChannel(u"ann"_s, club);
    const auto leave = u"<unsubscribe node='%1' jid='%2'/>"_s.arg(club, bench.jid(u"ann"_s));
    QCOMPARE(bench.outcomeOf(bench.set(u"ann"_s, leave)), u"not-allowed node-must-have-owner"_s);
    bench.follow(u"ben"_s, club);
    bench.setRole(u"ann"_s, club, u"ben"_s, u"owner"_s);
    QCOMPARE(bench.outcomeOf(bench.set(u"ann"_s, leave)), u"ok"_s);
}

void MembersTest::unregisteringLeavesOtherChannelsAlone()
{
    for (const bool isGreedy : {false, true}) {
        ServiceBench bench(isGreedy ? u"greedy-unregister"_s : u"proper"_s);
        bench.arrive({u"ann"_s, u"ben"_s});
        bench.follow(u"ben"_s, bench.postsOf(u"ann"_s));
        const auto remove = u"<query xmlns='jabber:iq:register'><remove/></query>"_s;
        QCOMPARE(bench.outcomeOf(bench.ask(u"ben"_s, u"set"_s, remove)), u"ok"_s);
        QCOMPARE(bench.outcomeOf(bench.ask(u"ben"_s, u"set"_s, remove)), u"registration-required"_s);
        QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, u"<items node='%1'/>"_s.arg(bench.postsOf(u"ann"_s)))),
            isGreedy ? u"item-not-found"_s : u"ok"_s);
    }
}

void MembersTest::strangersOfOtherDomainsMayOnlyRead()
{
    ServiceBench bench;
    bench.arrive({u"ann"_s});
    const auto dave = u"dave@verona.example/there"_s;
    const auto node = bench.postsOf(u"ann"_s);
    QCOMPARE(bench.outcomeOf(bench.ask(dave, u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s)), u"not-allowed"_s);
    QCOMPARE(bench.outcomeOf(bench.get(dave, u"<items node='%1'/>"_s.arg(node))), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.set(dave, u"<subscribe node='%1' jid='dave@verona.example'/>"_s.arg(node))),
        u"registration-required"_s);
    QVERIFY(bench.post(dave, node, u"hello"_s).isEmpty());
    bench.makeChannel(u"ann"_s, club, u"local"_s);
    QCOMPARE(readClub(bench, u"cat"_s), u"ok"_s);
    QCOMPARE(readClub(bench, dave), u"forbidden closed-node"_s);
    QCOMPARE(bench.outcomeOf(bench.set(u"ann"_s,
                 u"<subscribe node='%1' jid='%2'/><actor xmlns='http://buddycloud.org/v1'>x@y</actor>"_s.arg(
                     node, bench.jid(u"ann"_s)))),
        u"policy-violation invalid-node"_s);
}

CUMULET_TEST(MembersTest)
#include "MembersTest.moc"
