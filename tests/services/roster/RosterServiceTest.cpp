#include "services/roster/RosterService.h"

#include "kit/TestMain.h"
#include "kit/fakes/FakeRosterWire.h"
#include "services/StoreBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

RosterItem contact(
    const Jid &jid, const QString &name = {}, PresenceSubscription subscription = PresenceSubscription::Both)
{
    RosterItem item;
    item.jid = jid;
    item.name = name;
    item.subscription = subscription;
    return item;
}

Presence presence(Presence::Show show, int priority = 0)
{
    Presence presence;
    presence.show = show;
    presence.priority = priority;
    return presence;
}

struct Bench : StoreBench
{
    Bench() { make(); }
    void restart()
    {
        roster.reset();
        reopen();
        make();
    }
    void make()
    {
        roster = std::make_unique<RosterService>(account.id, romeo, wire, *rosters);
        (void)await(roster->load());
    }

    FakeRosterWire wire;
    std::unique_ptr<RosterService> roster;
};

} // namespace

class RosterServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRosterOfLastTimeIsThereBeforeAnyNetwork()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet, u"Juliet"_s)});
        bench.settle();
        bench.restart();
        QVERIFY(bench.roster->isContact(bench.juliet));
        QCOMPARE(bench.roster->nameOf(bench.juliet), u"Juliet"_s);
        QCOMPARE(bench.roster->nameOf(bench.nurse), u"nurse"_s);
    }

    void aNewRosterReplacesTheOldOne()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet)});
        Q_EMIT bench.wire.rosterReceived({contact(bench.nurse)});
        bench.settle();
        QVERIFY(!bench.roster->isContact(bench.juliet));
        bench.restart();
        QCOMPARE(bench.roster->items().keys(), QList<Jid>({bench.nurse}));
    }

    void pushesAreKept()
    {
        Bench bench;
        QSignalSpy changed(bench.roster.get(), &RosterService::itemChanged);
        Q_EMIT bench.wire.itemChanged(contact(bench.juliet, u"Juliet"_s));
        Q_EMIT bench.wire.itemChanged(contact(bench.nurse));
        Q_EMIT bench.wire.itemRemoved(bench.nurse);
        QCOMPARE(changed.size(), 3);
        bench.settle();
        bench.restart();
        QCOMPARE(bench.roster->items().keys(), QList<Jid>({bench.juliet}));
    }

    void aLostConnectionForgetsPresencesButNotContacts()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet)});
        Q_EMIT bench.wire.presenceReceived(bench.juliet.withResource(u"balcony"_s), presence(Presence::Show::Away));
        QSignalSpy changed(bench.roster.get(), &RosterService::presenceChanged);
        bench.roster->forgetPresences();
        QCOMPARE(changed.size(), 1);
        QVERIFY(!bench.roster->presenceOf(bench.juliet).isAvailable());
        QVERIFY(bench.roster->isContact(bench.juliet));
    }

    void theBestDeviceIsShown()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet)});
        const auto from = [&](const QString &resource, const Presence &of) {
            Q_EMIT bench.wire.presenceReceived(bench.juliet.withResource(resource), of);
        };
        from(u"phone"_s, presence(Presence::Show::Chat, 1));
        from(u"balcony"_s, presence(Presence::Show::Away, 5));
        QCOMPARE(bench.roster->presenceOf(bench.juliet).show, Presence::Show::Away); // priority first
        from(u"tablet"_s, presence(Presence::Show::Available, 5));
        QCOMPARE(bench.roster->presenceOf(bench.juliet).show, Presence::Show::Available); // then availability
        QCOMPARE(bench.roster->devicesOf(bench.juliet).size(), 3);
        from(u"tablet"_s, presence(Presence::Show::Offline));
        from(u"balcony"_s, presence(Presence::Show::Offline));
        QCOMPARE(bench.roster->presenceOf(bench.juliet).show, Presence::Show::Chat);
        from(u"phone"_s, presence(Presence::Show::Offline));
        QVERIFY(!bench.roster->presenceOf(bench.juliet).isAvailable());
    }

    void presencesOfStrangersAreNotRemembered()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet)});
        Q_EMIT bench.wire.presenceReceived(bench.mallory.withResource(u"x"_s), presence(Presence::Show::Chat));
        QVERIFY(!bench.roster->presenceOf(bench.mallory).isAvailable());
        Q_EMIT bench.wire.presenceReceived(bench.romeo.withResource(u"phone"_s), presence(Presence::Show::Chat));
        QVERIFY(bench.roster->presenceOf(bench.romeo).isAvailable()); // our own other device
    }

    void presencesBeforeTheFirstRosterAreKeptForContacts()
    {
        Bench bench;
        Q_EMIT bench.wire.presenceReceived(bench.juliet.withResource(u"a"_s), presence(Presence::Show::Available));
        Q_EMIT bench.wire.presenceReceived(bench.mallory.withResource(u"a"_s), presence(Presence::Show::Available));
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet)});
        QVERIFY(bench.roster->presenceOf(bench.juliet).isAvailable());
        QVERIFY(!bench.roster->presenceOf(bench.mallory).isAvailable());
    }

    void devicesAndNamesHaveAnEnd()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.juliet, QString(100'000, u'x'))});
        for (int device = 0; device < 1000; ++device) {
            Q_EMIT bench.wire.presenceReceived(
                bench.juliet.withResource(QString::number(device)), presence(Presence::Show::Available));
        }
        QVERIFY(bench.roster->devicesOf(bench.juliet).size() <= 50);
        QVERIFY(bench.roster->nameOf(bench.juliet).size() <= 256);
    }

    void addingAsksToSeeThePresence()
    {
        Bench bench;
        QVERIFY(await(bench.roster->add(bench.juliet, u"Juliet"_s, {u"Capulet"_s})));
        QCOMPARE(bench.wire.set.first().name, u"Juliet"_s);
        QCOMPARE(bench.wire.set.first().groups, QStringList({u"Capulet"_s}));
        QCOMPARE(bench.wire.subscribed, QList<Jid>({bench.juliet}));
    }

    void aRefusedAdditionAsksForNothing()
    {
        Bench bench;
        bench.wire.refusal = Error{ErrorKind::NotAllowed, {}};
        QVERIFY(!await(bench.roster->add(bench.juliet, {})));
        QVERIFY(bench.wire.subscribed.isEmpty());
    }

    void requestsWaitAlsoOverARestart()
    {
        Bench bench;
        Q_EMIT bench.wire.subscriptionRequested({bench.nurse, u"It is me"_s});
        bench.settle();
        bench.restart();
        QCOMPARE(bench.roster->requests(), QList<SubscriptionRequest>({{bench.nurse, u"It is me"_s}}));
    }

    void acceptingAllowsAndAsksBack()
    {
        Bench bench;
        Q_EMIT bench.wire.subscriptionRequested({bench.nurse, {}});
        bench.roster->accept(bench.nurse);
        QCOMPARE(bench.wire.allowed, QList<Jid>({bench.nurse}));
        QCOMPARE(bench.wire.subscribed, QList<Jid>({bench.nurse}));
        QVERIFY(bench.roster->requests().isEmpty());
        bench.settle();
        bench.restart();
        QVERIFY(bench.roster->requests().isEmpty());
    }

    void acceptingSomebodyWeSeeAlreadyDoesNotAskBack()
    {
        Bench bench;
        Q_EMIT bench.wire.rosterReceived({contact(bench.nurse, {}, PresenceSubscription::To)});
        Q_EMIT bench.wire.subscriptionRequested({bench.nurse, {}});
        bench.roster->accept(bench.nurse);
        QVERIFY(bench.wire.subscribed.isEmpty());
    }

    void refusingForgetsTheRequest()
    {
        Bench bench;
        Q_EMIT bench.wire.subscriptionRequested({bench.mallory, {}});
        bench.roster->refuse(bench.mallory);
        QCOMPARE(bench.wire.refused, QList<Jid>({bench.mallory}));
        QVERIFY(bench.roster->requests().isEmpty());
    }

    void aRequestAnsweredElsewhereIsClosed()
    {
        Bench bench;
        Q_EMIT bench.wire.subscriptionRequested({bench.nurse, {}});
        QSignalSpy changed(bench.roster.get(), &RosterService::requestsChanged);
        Q_EMIT bench.wire.itemChanged(contact(bench.nurse, {}, PresenceSubscription::From));
        QVERIFY(bench.roster->requests().isEmpty());
        QCOMPARE(changed.size(), 1);
    }

    void repeatsAndFloodsOfRequestsHaveAnEnd()
    {
        Bench bench;
        QSignalSpy changed(bench.roster.get(), &RosterService::requestsChanged);
        Q_EMIT bench.wire.subscriptionRequested({bench.mallory, u"hi"_s});
        Q_EMIT bench.wire.subscriptionRequested({bench.mallory, u"hi"_s});
        QCOMPARE(changed.size(), 1);
        for (int number = 0; number < 1000; ++number) {
            Q_EMIT bench.wire.subscriptionRequested(
                {Jid::fromTrusted(u"m%1@evil.example"_s.arg(number)), QString(5000, u'x')});
        }
        QVERIFY(bench.roster->requests().size() <= 200);
        QVERIFY(bench.roster->requests().last().text.size() <= 1000);
        Q_EMIT bench.wire.subscriptionRequested({bench.romeo, {}}); // nobody asks himself
        QVERIFY(bench.roster->requests().last().jid != bench.romeo);
    }
};

CUMULET_TEST(RosterServiceTest)
#include "RosterServiceTest.moc"
