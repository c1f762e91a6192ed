#include "services/channel/ChannelService.h"

#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

class ChannelServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStepsComeInOrder()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const QStringList steps{u"findService "_s, u"registerAccount "_s, u"ownMemberships "_s};
        QCOMPARE(bench.wire->asked.first(3), steps);
        QVERIFY(bench.wire->asked.at(3).startsWith(u"recentPosts"_s));
        QCOMPARE(bench.wire->presences, 1);
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        QCOMPARE(bench.channels->status().service, bench.server.address);
        bench.settle();
        QCOMPARE(bench.listed(bench.cooking).title, u"Cooking"_s); // described, since it is new
    }

    void registeringHappensOnceUnlessOurChannelIsMissing()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(bench.wire->count(u"registerAccount"_s), 0);
        bench.killAndRestart();
        bench.server.nodes.remove(bench.own);
        QVERIFY(bench.start());
        QCOMPARE(bench.wire->count(u"registerAccount"_s), 1);
        QVERIFY(bench.server.nodes.contains(bench.own));
        QVERIFY(bench.listed(bench.own).isOwnChannel);
    }

    void whoMayNotRegisterFollowsAllTheSame()
    {
        ChannelBench bench;
        bench.server.nodes.remove(bench.own);
        bench.wire->script(u"registerAccount"_s, {Fate::Refused});
        QVERIFY(bench.start());
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
    }

    void aServerWithoutChannelsIsNoFailure()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(1)});
        bench.wire->refusal = {ErrorKind::NotFound, u"no channels"_s};
        bench.wire->script(u"findService"_s, {Fate::Refused});
        (void)bench.start();
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::None);
        bench.settle();
        QCOMPARE(bench.wire->count(u"findService"_s), 1);
    }

    void aServiceThatComesLaterIsFound()
    {
        ChannelBench bench({.longestRetry = std::chrono::milliseconds(20)});
        bench.wire->refusal = {ErrorKind::NotFound, u"no channels"_s};
        bench.wire->script(u"findService"_s, {Fate::Refused, Fate::Refused});
        QVERIFY(!bench.start());
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
    }

    // its server says "not found" for a component that is not connected
    void aKnownServiceThatIsNotFoundIsOnlyAway()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(20)});
        bench.wire->refusal = {ErrorKind::NotFound, u"no channels"_s};
        bench.wire->script(u"findService"_s, {Fate::Refused, Fate::Refused});
        bench.wire->isOnline = true;
        QVERIFY(!await(bench.channels->start(bench.server.address)));
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Unavailable);
        QCOMPARE(bench.channels->status().service, bench.server.address);
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
    }

    void everyStepMayFailAndIsTriedAgainByItself_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<int>("fate");
        for (const auto &step : {u"findService"_s, u"registerAccount"_s, u"ownMemberships"_s}) {
            QTest::newRow(qPrintable(step + u" lost"_s)) << step << int(Fate::LostGoing);
        }
        QTest::newRow("memberships refused") << u"ownMemberships"_s << int(Fate::Refused);
    }
    void everyStepMayFailAndIsTriedAgainByItself()
    {
        QFETCH(const QString, step);
        QFETCH(const int, fate);
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(20)});
        QSignalSpy status(bench.channels.get(), &ChannelService::statusChanged);
        bench.wire->script(step, {Fate(fate), Fate(fate)});
        QVERIFY(!bench.start());
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Unavailable);
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        QCOMPARE(bench.wire->count(step), 3);
    }

    void aSignOfLifeEndsTheWaiting()
    {
        ChannelBench bench; // the next attempt would be in 30 s
        bench.wire->script(u"ownMemberships"_s, {Fate::LostGoing});
        QVERIFY(!bench.start());
        Q_EMIT bench.wire->serviceAlive(); // right after the attempt: it may belong to it
        bench.settle();
        QCOMPARE(bench.wire->count(u"ownMemberships"_s), 1);

        ChannelBench patient({.firstRetry = std::chrono::milliseconds(2000)});
        patient.wire->script(u"ownMemberships"_s, {Fate::LostGoing});
        QVERIFY(!patient.start());
        QElapsedTimer time;
        time.start();
        const auto isReady = [&] {
            Q_EMIT patient.wire->serviceAlive();
            return patient.channels->status().state == ChannelServiceStatus::Ready;
        };
        QVERIFY(QTest::qWaitFor(isReady, 10'000));
        QVERIFY(time.elapsed() < 2000);
    }

    void aRefusalIsNoSignOfLifeToRunAfter()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(3000)});
        bench.wire->always = Fate::Refused;
        QVERIFY(!bench.start());
        const auto runsAgain = [&] {
            Q_EMIT bench.wire->serviceAlive();
            return bench.wire->count(u"findService"_s) > 1;
        };
        QVERIFY(!QTest::qWaitFor(runsAgain, 800)); // after silence it would have run after 300 ms
    }

    void aLostServiceIsFoundAgainAndCaughtUpWith()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(20)});
        QVERIFY(bench.start());
        Q_EMIT bench.wire->serviceLost();
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Unavailable);
        bench.server.put(bench.cooking, bench.juliet, u"meanwhile"_s);
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        QCOMPARE(bench.wire->presences, 2);
        QCOMPARE(bench.stored(), QStringList{u"meanwhile"_s});
    }

    void silenceIsCheckedByAnnouncingAgain()
    {
        ChannelBench bench({.silence = std::chrono::milliseconds(30)});
        QVERIFY(bench.start());
        bench.server.put(bench.cooking, bench.juliet, u"not heard of"_s); // the service has forgotten us
        QTRY_VERIFY(bench.wire->presences > 1);
        QTRY_COMPARE(bench.stored(), QStringList{u"not heard of"_s});
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
    }

    void aResumedStreamGoesOn()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.disconnect();
        bench.write(u"soup"_s);
        bench.wire->asked.clear();
        bench.wire->isOnline = true;
        bench.wire->live(bench.cooking, bench.juliet, u"first"_s); // may come before we are told of the resumption
        bench.channels->resume();
        bench.settle();
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        QCOMPARE(bench.wire->presences, 2);
        QCOMPARE(bench.wire->count(u"ownMemberships"_s), 0);
        QCOMPARE(bench.stored(), QStringList({u"first"_s, u"soup"_s}));
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList({u"first"_s, u"soup"_s}));
    }

    void lateAnswersOfAnOldStreamCountForNothing()
    {
        ChannelBench bench;
        bench.wire->script(u"ownMemberships"_s, {Fate::Kept});
        const auto first = bench.channels->start({});
        bench.settle();
        bench.channels->stop();
        bench.wire->letGo();
        bench.settle();
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Unknown);
        QVERIFY(bench.start());
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        (void)first;
    }

    void everythingSeenBeforeIsReadableWithoutTheService()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"soup"_s);
        QVERIFY(bench.start());
        bench.settle();
        bench.killAndRestart();
        const auto channel = await(bench.channels->open(bench.cooking));
        QCOMPARE(channel->title, u"Cooking"_s);
        QCOMPARE(channel->ownAffiliation, Affiliation::Publisher);
        const auto page = await(bench.channels->page(bench.entryOf(bench.cooking), {}));
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(await(bench.channels->fetchNewest(bench.cooking)).error().kind, ErrorKind::Offline);
        QCOMPARE(await(bench.channels->fetchOlder(bench.cooking)).error().kind, ErrorKind::Offline);
    }

    void whatWasOpenedTooEarlyIsReadLater()
    {
        ChannelBench bench;
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.nurse);
        bench.server.put(music, bench.nurse, u"tune"_s);
        QCOMPARE(await(bench.channels->open(music)).error().kind, ErrorKind::Offline);
        (void)await(bench.channels->fetchNewest(music));
        bench.wire->script(u"ownMemberships"_s, {Fate::Kept});
        const auto started = bench.channels->start({});
        bench.settle();
        const auto waits = bench.channels->fetchNewest(music);
        bench.settle();
        QVERIFY(!waits.isFinished());
        bench.wire->letGo();
        QVERIFY(await(waits));
        QVERIFY(await(started));
        QCOMPARE(bench.stored(music), QStringList{u"tune"_s});
        QCOMPARE(bench.listed(music).id, 0); // looked at, not followed
    }

    void aChannelIsPreviewedWithoutKeepingIt()
    {
        ChannelBench bench;
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.nurse).face.title = u"Music"_s;
        QCOMPARE(await(bench.channels->preview(music)).error().kind, ErrorKind::Offline);
        QVERIFY(bench.start());
        QCOMPARE(await(bench.channels->preview(music))->title, u"Music"_s);
        bench.settle();
        QCOMPARE(await(bench.channelStore->channel(bench.account.id, music)).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(bench.channels->preview(bench.cooking))->ownAffiliation, Affiliation::Publisher);
    }

    void followingAnOpenChannelShowsItAtOnce()
    {
        ChannelBench bench;
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.nurse);
        bench.server.put(music, bench.nurse, u"tune"_s);
        QVERIFY(bench.start());
        QSignalSpy conversations(bench.channels.get(), &ChannelService::conversationsChanged);
        const auto membership = await(bench.channels->follow(music));
        QCOMPARE(membership->subscription, NodeSubscription::Subscribed);
        QVERIFY(!conversations.isEmpty());
        QVERIFY(bench.listed(music).id > 0);
        bench.settle();
        QCOMPARE(bench.stored(music), QStringList{u"tune"_s});
        bench.wire->live(music, bench.nurse, u"second"_s);
        bench.settle();
        QCOMPARE(bench.listed(music).unread, 1);

        QVERIFY(await(bench.channels->unfollow(music)));
        QCOMPARE(bench.listed(music).id, 0);
        QCOMPARE(bench.stored(music).size(), 2); // what was read stays
    }

    void aClosedChannelIsAskedFor()
    {
        ChannelBench bench;
        const auto club = NodeId::fromTrusted(u"/user/club@topics.example.org/posts"_s);
        bench.server.add(club, bench.nurse, AccessModel::Authorize);
        QVERIFY(bench.start());
        QCOMPARE(await(bench.channels->follow(club))->subscription, NodeSubscription::Pending);
        bench.settle();
        QCOMPARE(await(bench.channels->open(club))->ownSubscription, NodeSubscription::Pending);
        QCOMPARE(bench.wire->asked.filter(u"posts "_s + club.text()), QStringList());
        bench.server.put(club, bench.nurse, u"secret"_s);
        bench.wire->liveMembership(club, bench.romeo, Affiliation::Member, NodeSubscription::Subscribed);
        bench.settle();
        QCOMPARE(bench.stored(club), QStringList{u"secret"_s});
    }

    void leavingOnAnotherDeviceIsSeenAtTheNextStart()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.listed(bench.cooking).id > 0);
        bench.disconnect();
        bench.wire->liveMembership(bench.cooking, bench.romeo, Affiliation::None, NodeSubscription::None, false);
        QVERIFY(bench.start());
        QCOMPARE(bench.listed(bench.cooking).id, 0);
    }

    void aBanIsHeardAndObeyed()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"before"_s);
        QVERIFY(bench.start());
        QSignalSpy changed(bench.channels.get(), &ChannelService::channelChanged);
        bench.wire->liveMembership(bench.cooking, bench.romeo, Affiliation::Outcast, NodeSubscription::Subscribed);
        bench.settle();
        QVERIFY(!changed.isEmpty());
        QCOMPARE(await(bench.channels->open(bench.cooking))->ownAffiliation, Affiliation::Outcast);
        bench.wire->asked.clear();
        QCOMPARE(await(bench.channels->fetchNewest(bench.cooking)).error().kind, ErrorKind::NotAllowed);
        QCOMPARE(await(bench.channels->fetchOlder(bench.cooking)).error().kind, ErrorKind::NotAllowed);
        bench.wire->live(bench.cooking, bench.juliet, u"after"_s);
        bench.settle();
        QCOMPARE(bench.wire->count(u"posts"_s), 0);
        QCOMPARE(bench.stored(), QStringList{u"before"_s});
    }

    void newsOfChannelsThatAreNotFollowedAreDropped()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        const auto post = bench.server.put(music, bench.nurse, u"tune"_s);
        Q_EMIT bench.wire->postsReceived(music, {post}); // as an administrator hears (buddycloud.md 4.21)
        bench.settle();
        QCOMPARE(bench.stored(music), QStringList());
    }

    void aChannelDeletedWhileOpenStaysReadable()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"soup"_s);
        QVERIFY(bench.start());
        QSignalSpy changed(bench.channels.get(), &ChannelService::channelChanged);
        bench.server.nodes.remove(bench.cooking);
        Q_EMIT bench.wire->channelDeleted(bench.cooking);
        Q_EMIT bench.wire->channelDeleted(bench.cooking);
        bench.settle();
        QVERIFY(!changed.isEmpty());
        QVERIFY(await(bench.channels->open(bench.cooking))->isGone);
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
        const auto verdict =
            decide(ChannelOperation::Post, bench.channels->standingIn(*await(bench.channels->open(bench.cooking))));
        QCOMPARE(verdict, Verdict::Gone);
    }

    void aCommentBeforeItsStartFetchesTheThread()
    {
        ChannelBench bench;
        const auto start = bench.server.put(
            bench.cooking, bench.juliet, u"start"_s, {}, QDateTime::currentDateTimeUtc().addDays(-300));
        for (int i = 0; i < 25; ++i) {
            bench.server.put(bench.cooking, bench.juliet, QString::number(i));
        }
        QVERIFY(bench.start());
        QVERIFY(!bench.stored().contains(u"start"_s));
        bench.wire->live(bench.cooking, bench.nurse, u"comment"_s, start.item);
        bench.wire->live(bench.cooking, bench.nurse, u"another"_s, start.item);
        bench.settle();
        QCOMPARE(bench.stored().first(3), QStringList({u"start"_s, u"> comment"_s, u"> another"_s}));
        QCOMPARE(bench.wire->count(u"thread"_s), 1);
    }

    void retractionsTakeCommentsAlong()
    {
        ChannelBench bench;
        const auto start = bench.server.put(bench.cooking, bench.juliet, u"start"_s);
        bench.server.put(bench.cooking, bench.nurse, u"comment"_s, start.item);
        QVERIFY(bench.start());
        QCOMPARE(bench.stored().size(), 2);
        bench.wire->liveRetract(bench.cooking, start.item);
        bench.settle();
        QCOMPARE(bench.stored(), QStringList());
    }

    void whatWeWroteOnAnotherDeviceIsNeverUnread()
    {
        ChannelBench bench;
        const auto soup = bench.server.put(bench.cooking, bench.juliet, u"soup"_s);
        QVERIFY(bench.start());
        QSignalSpy arrived(bench.channels.get(), &ChannelService::arrived);
        bench.wire->live(bench.cooking, bench.romeo, u"ours, live"_s);
        bench.wire->live(bench.cooking, bench.romeo, u"our comment, live"_s, soup.item);
        bench.settle();
        bench.disconnect();
        bench.server.put(bench.cooking, bench.romeo, u"ours, meanwhile"_s);
        bench.server.put(bench.cooking, bench.romeo, u"our comment, meanwhile"_s, soup.item);
        QVERIFY(bench.start());
        bench.settle();
        QCOMPARE(bench.stored().size(), 5);
        QCOMPARE(bench.listed(bench.cooking).unread, 0);
        QVERIFY(arrived.isEmpty());
        bench.wire->live(bench.cooking, bench.nurse, u"somebody else's"_s);
        bench.settle();
        QCOMPARE(bench.listed(bench.cooking).unread, 1);
    }

    // nobody tells those who are removed (buddycloud.md 4.21)
    void beingRemovedIsNoticedWhenReadingIsRefused()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"soup"_s);
        QVERIFY(bench.start());
        bench.wire->liveMembership(bench.cooking, bench.romeo, Affiliation::None, NodeSubscription::None, false);
        bench.wire->script(u"posts"_s, {Fate::Refused});
        QSignalSpy changed(bench.channels.get(), &ChannelService::channelChanged);
        QVERIFY(!await(bench.channels->fetchNewest(bench.cooking)));
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(await(bench.channels->open(bench.cooking))->ownSubscription, NodeSubscription::None);
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
    }

    // buddycloud.md 11.4, no. 13
    void whoIsBannedWhileReadingAsksNoMore()
    {
        ChannelBench bench;
        for (int i = 0; i < 400; ++i) {
            bench.server.put(bench.cooking, bench.juliet, QString::number(i));
        }
        QVERIFY(bench.start());
        bench.wire->liveMembership(bench.cooking, bench.romeo, Affiliation::Outcast, NodeSubscription::Subscribed);
        bench.settle();
        bench.wire->asked.clear();
        QVERIFY(await(bench.channels->open(bench.cooking)));
        bench.settle();
        bench.wire->asked.clear(); // its face may be asked for, what is in it may not
        (void)await(bench.channels->fetchNewest(bench.cooking));
        (void)await(bench.channels->fetchOlder(bench.cooking));
        (void)await(bench.channels->fillGap(bench.cooking, 1));
        (void)await(bench.channels->thread(bench.find(u"399"_s)->row));
        (void)await(bench.channels->members(bench.cooking));
        bench.settle();
        QCOMPARE(bench.wire->asked.filter(bench.cooking.text()), QStringList());
        QCOMPARE(bench.stored().size(), 20);
    }

    void scrollingBackReadsPageByPageToTheEnd()
    {
        ChannelBench bench;
        for (int i = 0; i < 130; ++i) {
            bench.server.put(bench.cooking, bench.juliet, QString::number(i));
        }
        QVERIFY(bench.start());
        QCOMPARE(bench.stored().size(), 20);
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        QCOMPARE(bench.stored().size(), 50);
        QVERIFY(await(bench.channels->fetchOlder(bench.cooking)));
        QCOMPARE(bench.stored().size(), 100);
        QVERIFY(await(bench.channels->fetchOlder(bench.cooking)));
        QCOMPARE(bench.stored().size(), 130);
        QCOMPARE(await(bench.channels->fetchOlder(bench.cooking)).error().kind, ErrorKind::NotFound);
        QCOMPARE(bench.stored().first(), u"0"_s);
        const auto once = bench.channels->fetchNewest(bench.cooking);
        const auto twice = bench.channels->fetchNewest(bench.cooking);
        QVERIFY(await(once));
        QVERIFY(await(twice));
        QCOMPARE(bench.wire->count(u"posts"_s), 4); // asked once for both
    }

    void membersAreListedAndCounted()
    {
        ChannelBench bench;
        bench.server.join(bench.cooking, bench.nurse, Affiliation::Member, NodeSubscription::Pending);
        bench.server.join(bench.cooking, bench.mallory, Affiliation::Outcast);
        QVERIFY(bench.start());
        QSignalSpy changed(bench.channels.get(), &ChannelService::membersChanged);
        QCOMPARE(await(bench.channels->members(bench.cooking))->size(), 0);
        QTRY_COMPARE(changed.size(), 1);
        const auto members = await(bench.channels->members(bench.cooking)).value();
        QCOMPARE(members.size(), 3); // the banned one is not shown to us
        bench.settle();
        QCOMPARE(await(bench.channels->open(bench.cooking))->followers, 2);
        QCOMPARE(bench.wire->count(u"members"_s), 1);

        bench.wire->liveMembership(bench.cooking, bench.nurse, Affiliation::Member, NodeSubscription::Subscribed);
        QTRY_COMPARE(changed.size(), 2);
        bench.settle();
        QCOMPARE(await(bench.channels->open(bench.cooking))->followers, 3);
    }

    void requestsAreAnsweredAndRolesChanged()
    {
        ChannelBench bench;
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.romeo);
        bench.server.join(music, bench.nurse, Affiliation::Member, NodeSubscription::Pending);
        bench.server.join(music, bench.juliet, Affiliation::Member, NodeSubscription::Pending);
        QVERIFY(bench.start());
        QSignalSpy requested(bench.channels.get(), &ChannelService::followRequested);
        Q_EMIT bench.wire->followRequested(music, bench.nurse);
        QCOMPARE(requested.size(), 1);
        QVERIFY(await(bench.channels->answerRequest(music, bench.nurse, true)));
        QVERIFY(await(bench.channels->answerRequest(music, bench.juliet, false)));
        QVERIFY(await(bench.channels->setAffiliation(music, bench.nurse, Affiliation::Publisher)));
        bench.settle();
        const auto members = await(bench.channels->members(music)).value();
        QCOMPARE(members.size(), 2);
        const auto nurse =
            std::find_if(members.cbegin(), members.cend(), [&](const Membership &m) { return m.jid == bench.nurse; });
        QCOMPARE(nurse->affiliation, Affiliation::Publisher);
        QCOMPARE(nurse->subscription, NodeSubscription::Subscribed);
    }

    void theLastOwnerCannotLeave()
    {
        ChannelBench bench;
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.romeo);
        QVERIFY(bench.start());
        bench.settle();
        const auto unfollow = [&] {
            return decide(ChannelOperation::Unfollow, bench.channels->standingIn(*await(bench.channels->open(music))));
        };
        QCOMPARE(unfollow(), Verdict::LastOwner);
        bench.server.join(music, bench.juliet, Affiliation::Owner);
        (void)await(bench.channels->members(music));
        bench.settle();
        (void)await(bench.channels->members(music));
        QCOMPARE(unfollow(), Verdict::Allowed);
    }

    void aTopicChannelIsMadeChangedAndDeleted()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto jid = Jid::fromTrusted(u"music@topics.example.org"_s);
        const auto made =
            await(bench.channels->createTopicChannel(jid, u"Music"_s, {}, AccessModel::Open, Affiliation::Publisher));
        QCOMPARE(*made, NodeId::of(jid));
        QCOMPARE(bench.listed(*made).title, u"Music"_s);
        QCOMPARE(bench.server.nodes[*made].face.type, ChannelType::Topic);
        QCOMPARE(bench.server.nodes[*made].face.description, u" "_s); // never an empty value (buddycloud.md 0.10)
        QCOMPARE(
            await(bench.channels->createTopicChannel(jid, u"Music"_s, {}, AccessModel::Open, Affiliation::Publisher))
                .error()
                .kind,
            ErrorKind::Conflict);
        bench.settle();
        QVERIFY(await(
            bench.channels->configure(*made, u"Songs"_s, u"all of them"_s, AccessModel::Open, Affiliation::Publisher)));
        bench.settle();
        QCOMPARE(await(bench.channels->open(*made))->title, u"Songs"_s);
        QCOMPARE(bench.server.nodes[*made].face.title, u"Songs"_s);
        QVERIFY(await(bench.channels->deleteChannel(*made)));
        bench.settle();
        QCOMPARE(bench.listed(*made).id, 0);
    }

    void changedSettingsAreMerged()
    {
        ChannelBench bench;
        bench.server.nodes[bench.cooking].face.description = u"pans"_s;
        QVERIFY(bench.start());
        bench.settle();
        Q_EMIT bench.wire->settingsChanged(bench.cooking, {{u"pubsub#title"_s, u"Kitchen"_s}});
        bench.settle();
        QCOMPARE(bench.listed(bench.cooking).title, u"Kitchen"_s);
        QCOMPARE(await(bench.channelStore->channel(bench.account.id, bench.cooking))->description, u"pans"_s);
    }

    void aThreadIsFetchedByOneOfItsItems()
    {
        ChannelBench bench;
        const NodeId node = NodeId::of(bench.nurse);
        bench.server.add(node, bench.nurse);
        const auto start = bench.server.put(node, bench.nurse, u"old"_s);
        const auto comment = bench.server.put(node, bench.juliet, u"a word"_s, start.item);
        QCOMPARE(await(bench.channels->findThread(node, comment.item)).error().kind, ErrorKind::Offline);
        QVERIFY(bench.start());
        const auto row = await(bench.channels->findThread(node, comment.item));
        QVERIFY(row);
        const auto thread = await(bench.channelStore->thread(*row)).value();
        QCOMPARE(thread.start.body, u"old"_s);
        QCOMPARE(thread.comments.size(), 1);
        QCOMPARE(await(bench.channels->findThread(node, ItemId::fromWire(u"no"_s))).error().kind, ErrorKind::NotFound);
        QCOMPARE(*await(bench.channels->findThread(node, start.item)), *row);
    }

    void answersToUsAreKnown()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.write(u"mine"_s);
        bench.settle();
        const auto hers = bench.server.put(bench.cooking, bench.juliet, u"hers"_s);
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        bench.write(u"my comment"_s, hers.item);
        bench.settle();
        Post answer;
        answer.node = bench.cooking;
        answer.author = bench.nurse;
        answer.inReplyTo = bench.find(u"mine"_s)->item;
        QVERIFY(await(bench.channels->isAnswerToUs(answer)).value());
        answer.inReplyTo = hers.item;
        QVERIFY(!await(bench.channels->isAnswerToUs(answer)).value());
        answer.target = bench.find(u"my comment"_s)->item;
        QVERIFY(await(bench.channels->isAnswerToUs(answer)).value());
        answer.inReplyTo = {};
        QVERIFY(!await(bench.channels->isAnswerToUs(answer)).value());
    }
};

CUMULET_TEST(ChannelServiceTest)
#include "ChannelServiceTest.moc"
