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
    static QList<ChannelGap> gapsOf(ChannelBench &bench) { return await(bench.channels->gaps(bench.cooking)).value(); }
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

    // a week of posts is not read at once, nothing of it is lost, and nothing comes twice
    void whatIsTooMuchIsAGapThatIsFilledOnDemand()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 2000);
        bench.wire->asked.clear();
        QSignalSpy told(bench.channels.get(), &ChannelService::gapsChanged);
        QVERIFY(bench.start());
        QVERIFY(bench.wire->count(u"posts"_s) <= 5);
        QVERIFY(!told.isEmpty());
        const auto first = bench.stored();
        QCOMPARE(first, QStringList{u"known"_s} + numbers(2000 - int(first.size()) + 1, 2000));
        QCOMPARE(bench.listed(bench.cooking).unread, first.size() - 1);
        QCOMPARE(gapsOf(bench).size(), 1);

        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(gapsOf(bench).size(), 1);
        bench.wire->asked.clear();
        QVERIFY(await(bench.channels->fillGap(bench.cooking, gapsOf(bench).first().id)));
        QCOMPARE(bench.wire->count(u"posts"_s), 1);
        QCOMPARE(bench.stored().size(), first.size() + 50);
        QCOMPARE(bench.listed(bench.cooking).unread, first.size() + 50 - 1);
    }

    void aGapClosesWhereItMeetsWhatWasKnown()
    {
        for (const int count : {220, 260, 390, 471}) {
            ChannelBench bench;
            seeSomething(bench);
            putMany(bench, count);
            QVERIFY(bench.start());
            for (int calls = 0; !gapsOf(bench).isEmpty(); ++calls) {
                QVERIFY(calls < 20);
                bench.wire->live(bench.cooking, bench.nurse, u"meanwhile"_s, bench.find(u"known"_s)->item);
                QVERIFY(await(bench.channels->fillGap(bench.cooking, gapsOf(bench).first().id)));
            }
            auto stored = bench.stored();
            stored.removeAll(u"> meanwhile"_s);
            QCOMPARE(stored, QStringList{u"known"_s} + numbers(0, count));
            QCOMPARE(bench.listed(bench.cooking).unread, bench.stored().size() - 1);
        }
    }

    void theItemThatMarksTheGapMayBeDeleted()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 300);
        QVERIFY(bench.start());
        const auto gap = gapsOf(bench).first();
        bench.wire->liveRetract(bench.cooking, ItemId::fromWire(gap.after));
        bench.settle();
        bench.wire->refusal = {ErrorKind::NotFound, u"item-not-found"_s};
        bench.wire->script(u"posts"_s, {Fate::Refused});
        while (!gapsOf(bench).isEmpty()) {
            QVERIFY(await(bench.channels->fillGap(bench.cooking, gap.id)));
        }
        QCOMPARE(bench.stored().size(), 300);
    }

    void twoAbsencesLeaveTwoGaps()
    {
        ChannelBench bench;
        const auto yesterday = QDateTime::currentDateTimeUtc().addSecs(-20 * 3600);
        bench.server.put(bench.cooking, bench.juliet, u"known"_s, {}, yesterday);
        QVERIFY(bench.start());
        for (int i = 0; i < 600; ++i) {
            bench.server.put(bench.cooking, bench.juliet, QString::number(i), {}, yesterday.addSecs(3600 + 60 * i));
            if (i == 299 || i == 599) {
                bench.killAndRestart(); // forgets when it last heard of the service
                QVERIFY(bench.start());
            }
        }
        QCOMPARE(gapsOf(bench).size(), 2);
        while (!gapsOf(bench).isEmpty()) {
            QVERIFY(await(bench.channels->fillGap(bench.cooking, gapsOf(bench).last().id)));
        }
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 600));
    }

    void aSilentChannelLeavesAGap()
    {
        ChannelBench bench;
        seeSomething(bench);
        putMany(bench, 60);
        bench.wire->script(u"posts"_s, {Fate::LostGoing});
        QVERIFY(bench.start());
        QCOMPARE(gapsOf(bench).size(), 1);
        QVERIFY(await(bench.channels->fillGap(bench.cooking, gapsOf(bench).first().id)));
        QCOMPARE(bench.stored(), QStringList{u"known"_s} + numbers(0, 60));
        QVERIFY(gapsOf(bench).isEmpty());
    }

    // a channel that is not followed, looked at again much later
    void whatIsReadOnlyNowAndThenHasGapsAsWell()
    {
        ChannelBench bench;
        bench.server.nodes[bench.cooking].members.remove(bench.romeo);
        const auto put = [&](int count, int hours) {
            for (const auto &body : numbers(0, count)) {
                const auto time = QDateTime::currentDateTimeUtc().addSecs(-3600 * hours + body.toInt());
                bench.server.put(bench.cooking, bench.juliet, body, {}, time);
            }
        };
        put(10, 2);
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        put(70, 1);
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        QCOMPARE(gapsOf(bench).size(), 1);
        QVERIFY(await(bench.channels->fillGap(bench.cooking, gapsOf(bench).first().id)));
        QCOMPARE(bench.stored(), numbers(0, 10) + numbers(0, 70));
        QVERIFY(gapsOf(bench).isEmpty());
        QCOMPARE(bench.listed(bench.cooking).unread, 0);
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        QVERIFY(gapsOf(bench).isEmpty());
    }

    // buddycloud.md 11.4, no. 10
    void pagingBackWhileNewPostsArriveLosesAndDoublesNothing()
    {
        ChannelBench bench;
        putMany(bench, 230);
        QVERIFY(bench.start());
        for (int i = 0; i < 20; ++i) {
            const auto older = bench.channels->fetchOlder(bench.cooking);
            bench.wire->live(bench.cooking, bench.nurse, u"live %1"_s.arg(i));
            const auto answered = bench.server.nodes[bench.cooking].items.at(i * 9).item;
            bench.wire->live(bench.cooking, bench.nurse, u"comment"_s, answered);
            if (!await(older)) {
                break;
            }
        }
        bench.settle();
        auto stored = bench.stored();
        auto expected = bench.server.bodies(bench.cooking);
        stored.replaceInStrings(u"> "_s, QString());
        stored.sort();
        expected.sort();
        QCOMPARE(stored, expected);
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
