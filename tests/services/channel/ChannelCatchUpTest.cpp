#include "services/channel/ChannelCatchUp.h"

#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

static QStringList numbers(int from, int to)
{
    QStringList all;
    for (int i = from; i < to; ++i) {
        all.append(QString::number(i));
    }
    return all;
}

class ChannelCatchUpTest : public QObject
{
    Q_OBJECT

    // the last time everything was seen is an hour ago
    static void seeSomething(ChannelBench &bench)
    {
        const auto hourAgo = QDateTime::currentDateTimeUtc().addSecs(-3600);
        bench.server.put(bench.cooking, bench.juliet, u"known"_s, {}, hourAgo);
        QVERIFY(bench.start());
        bench.disconnect();
    }
    static void putMany(ChannelBench &bench, int count)
    {
        for (const auto &body : numbers(0, count)) {
            bench.server.put(bench.cooking, bench.juliet, body);
        }
    }

private Q_SLOTS:
    void theFirstTimeMakesNothingUnread()
    {
        ChannelBench bench;
        putMany(bench, 30);
        QSignalSpy arrived(bench.channels.get(), &ChannelService::arrived);
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), numbers(10, 30)); // the newest twenty of each
        QCOMPARE(arrived.size(), 0);
        QCOMPARE(bench.listed(bench.cooking).unread, 0);
    }

    void whatWasMissedIsStoredAndUnread()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 3);
        QSignalSpy arrived(bench.channels.get(), &ChannelService::arrived);
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 3));
        QCOMPARE(bench.listed(bench.cooking).unread, 3);
        QVERIFY(!arrived.isEmpty());
    }

    void aNodeThatGivesTwentyIsReadToItsEnd()
    {
        for (const int count : {19, 20, 21, 75, 130}) {
            ChannelBench bench;
            seeSomething(bench);
            putMany(bench, count);
            QVERIFY(bench.start());
            QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, count));
            QCOMPARE(bench.listed(bench.cooking).unread, count);
        }
    }

    void commentsOnOldThreadsAreFound()
    {
        ChannelBench bench;
        seeSomething(bench);
        const auto known = bench.find(u"known"_s)->item;
        putMany(bench, 25);
        bench.server.put(bench.cooking, bench.nurse, u"well"_s, known);
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList({u"known"_s, u"> well"_s}) + numbers(0, 25));
    }

    void anythingTwiceIsStoredOnce()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 3);
        QVERIFY(bench.start());
        for (int i = 0; i < 3; ++i) {
            Q_EMIT bench.wire->postsReceived(bench.cooking, bench.server.nodes[bench.cooking].items);
        }
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        bench.settle();
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 3));
        QCOMPARE(bench.listed(bench.cooking).unread, 3);
    }

    void newsDuringTheCatchUpDoNotHideWhatWasMissed()
    {
        ChannelBench bench;
        seeSomething(bench);
        // longer ago than catching up overlaps with what is stored
        const auto halfHourAgo = QDateTime::currentDateTimeUtc().addSecs(-1800);
        for (const auto &body : numbers(0, 3)) {
            bench.server.put(bench.cooking, bench.juliet, body, {}, halfHourAgo.addSecs(body.toInt()));
        }
        bench.wire->isOnline = true;
        bench.wire->script(u"recentPosts"_s, {Fate::Kept});
        const auto started = bench.channels->start({});
        bench.settle();
        bench.wire->live(bench.cooking, bench.juliet, u"live"_s);
        bench.settle();
        // the program ends before the answer: had the live post been stored, the next catch-up would begin after it
        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 3) + QStringList{u"live"_s});

        // and when nothing happens it is there as well
        bench.disconnect();
        bench.wire->isOnline = true;
        bench.wire->script(u"recentPosts"_s, {Fate::Kept});
        const auto again = bench.channels->start({});
        bench.settle();
        bench.wire->live(bench.cooking, bench.juliet, u"second"_s);
        bench.wire->letGo();
        QVERIFY(await(again));
        bench.settle();
        QCOMPARE(bench.stored().last(), u"second"_s);
        (void)started;
    }

    void aServiceWithoutRecentItemsIsReadChannelByChannel()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 60);
        bench.wire->refusal = {ErrorKind::Rejected, u"internal-server-error"_s};
        bench.wire->script(u"recentPosts"_s, {Fate::Refused});
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 60));
        QCOMPARE(bench.listed(bench.cooking).unread, 60);
    }

    void aSilentQuestionIsNoSilentService()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 3);
        bench.wire->script(u"recentPosts"_s, {Fate::LostGoing});
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 3));
    }

    void aSilentServiceStoresNothing()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 30);
        bench.wire->script(u"recentPosts"_s, {Fate::LostGoing});
        bench.wire->script(u"posts"_s, {Fate::LostGoing});
        QCOMPARE(bench.start().error().kind, ErrorKind::Timeout);
        QCOMPARE(bench.channels->status().state, ChannelServiceStatus::Unavailable);
        QCOMPARE(bench.stored(), QStringList{u"known"_s});
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 30));
    }

    void aBannedNodeIsNeverRead()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 30);
        bench.server.join(bench.cooking, bench.romeo, Affiliation::Outcast);
        bench.wire->asked.clear();
        QVERIFY(bench.start());
        (void)await(bench.channels->fetchNewest(bench.cooking));
        (void)await(bench.channels->fetchOlder(bench.cooking));
        (void)await(bench.channels->thread(bench.find(u"known"_s)->row));
        (void)await(bench.channels->members(bench.cooking));
        bench.wire->live(bench.cooking, bench.juliet, u"after the ban"_s);
        bench.settle();
        for (const auto &kind : {u"posts"_s, u"thread"_s, u"members"_s}) {
            QCOMPARE(bench.wire->asked.filter(kind + u' ' + bench.cooking.text()), QStringList());
        }
        QCOMPARE(bench.stored(), QStringList{u"known"_s});
    }

    void aChannelFollowedElsewhereIsReadFromItsNewest()
    {
        ChannelBench bench;
        seeSomething(bench);
        const auto music = NodeId::fromTrusted(u"/user/music@topics.example.org/posts"_s);
        bench.server.add(music, bench.nurse);
        bench.server.put(music, bench.nurse, u"old tune"_s, {}, QDateTime::currentDateTimeUtc().addDays(-40));
        bench.server.join(music, bench.romeo);
        QVERIFY(bench.start());
        QCOMPARE(bench.stored(music), QStringList{u"old tune"_s});
        QCOMPARE(bench.listed(music).unread, 0);
    }
};

CUMULET_TEST(ChannelCatchUpTest)
#include "ChannelCatchUpTest.moc"
