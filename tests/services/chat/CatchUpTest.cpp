#include "services/chat/CatchUp.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    // count messages of Juliet's, the first one called first
    ArchiveId fill(int first, int count)
    {
        ArchiveId last;
        for (int number = first; number < first + count; ++number) {
            IncomingMessage message = from(juliet, u"n%1"_s.arg(number));
            message.time = QDateTime::currentDateTimeUtc().addSecs(number - 100'000);
            last = archive.add(message);
        }
        return last;
    }
    QStringList expected(int first, int count)
    {
        QStringList bodies;
        for (int number = first; number < first + count; ++number) {
            bodies.append(u"n%1"_s.arg(number));
        }
        return bodies;
    }
    QList<ArchiveGap> gaps() { return await(messages->gaps(account.id)).value(); }
};

} // namespace

class CatchUpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstLoginReadsTheNewestPagesAndKnowsTheGapBeforeThem()
    {
        Bench bench;
        const ArchiveId last = bench.fill(0, 1000);
        QVERIFY(bench.start());
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(500, 500)); // ten pages of fifty
        QCOMPARE(bench.storedProgress(), last);
        QCOMPARE(bench.gaps().size(), 1);
        QVERIFY(bench.gaps().first().after.isEmpty());
        QCOMPARE(bench.gaps().first().before, ArchiveId(u"a501"_s));
    }

    void aSmallArchiveIsReadWholeAndLeavesNoGap()
    {
        Bench bench;
        bench.fill(0, 120);
        QVERIFY(bench.start());
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(0, 120));
        QVERIFY(bench.gaps().isEmpty());
    }

    void anEmptyArchiveIsCaughtUp()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.storedProgress().isEmpty());
    }

    void laterLoginsReadOnlyWhatIsNew()
    {
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        bench.killAndRestart();
        const ArchiveId last = bench.fill(10, 130);
        bench.archive.requests.clear();
        QVERIFY(bench.start());
        QCOMPARE(bench.archive.requests.first().after, ArchiveId(u"a10"_s));
        QCOMPARE(bench.archive.requests.size(), 3);
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(0, 140));
        QCOMPARE(bench.storedProgress(), last);
    }

    void aLongAbsenceIsReadToTheEnd()
    {
        Bench bench;
        bench.fill(0, 1);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.fill(1, 2000);
        QVERIFY(bench.start());
        QCOMPARE(bench.storedWith(bench.juliet).size(), 2001);
        QVERIFY(bench.gaps().isEmpty());
    }

    void nothingNewIsAskedTwiceAndThatIsAll()
    {
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.archive.requests.clear();
        QVERIFY(bench.start());
        QCOMPARE(bench.archive.requests.size(), 2);
        QVERIFY(bench.archive.requests.last().fromNewest);
        QCOMPARE(bench.archive.requests.last().limit, 1);
    }

    void anIdTheServerHasForgottenLeavesNothingOut_data()
    {
        QTest::addColumn<bool>("reports");
        QTest::newRow("answers with an empty page, as Prosody") << false;
        QTest::newRow("reports item-not-found") << true;
    }

    void anIdTheServerHasForgottenLeavesNothingOut()
    {
        QFETCH(bool, reports);
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.archive.reportsUnknownIds = reports;
        const ArchiveId last = bench.fill(10, 200);
        bench.archive.expire(10);
        QVERIFY(bench.start());
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(0, 210));
        QCOMPARE(bench.storedProgress(), last);
        QVERIFY(bench.gaps().isEmpty());
    }

    void aForgottenIdFarBackLeavesAKnownGapThatLaterLoginsFill()
    {
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.fill(10, 3000);
        bench.archive.expire(10);
        QVERIFY(bench.start());
        // known from the first moment on, and filled behind our back by twenty pages a login
        for (int login = 0; login < 3; ++login) {
            bench.settle();
            bench.settle();
            bench.settle();
            bench.killAndRestart();
            QVERIFY(bench.start());
        }
        bench.settle();
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(0, 3010));
        QVERIFY(bench.gaps().isEmpty());
    }

    void aLiveMessageDuringCatchUpDoesNotHideTheRest()
    {
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.fill(10, 200);
        // the live message is the newest of the archive; the catch-up breaks after its first page
        bench.archive.failures = {};
        int answers = 0;
        bench.archive.beforeAnswer = [&] {
            if (++answers == 1) {
                IncomingMessage live = bench.from(bench.juliet, u"live"_s);
                const ArchiveId id = bench.archive.add(live);
                live.archiveId = id;
                Q_EMIT bench.chatWire->messageReceived(live);
                bench.archive.failures = {Error{ErrorKind::Timeout, {}}};
            }
        };
        QVERIFY(!bench.start());
        bench.settle();
        QVERIFY(bench.storedWith(bench.juliet).size() < 211);
        bench.archive.beforeAnswer = {};
        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(bench.bodiesWith(bench.juliet), bench.expected(0, 210) + QStringList({u"live"_s}));
    }

    void liveMessagesAfterCatchUpMoveTheProgress()
    {
        Bench bench;
        bench.fill(0, 10);
        QVERIFY(bench.start());
        IncomingMessage live = bench.from(bench.juliet, u"live"_s);
        live.archiveId = bench.archive.add(live);
        Q_EMIT bench.chatWire->messageReceived(live);
        bench.settle();
        QCOMPARE(bench.storedProgress(), live.archiveId);
    }

    void aMessageThatIsLiveAndArchivedIsOneRow()
    {
        Bench bench;
        IncomingMessage live = bench.from(bench.juliet, u"both"_s);
        Q_EMIT bench.chatWire->messageReceived(live); // this server names no archive ids in live messages
        bench.settle();
        bench.archive.add(live);
        QVERIFY(bench.start());
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"both"_s}));
    }

    void aServerWithoutArchiveIsCaughtUpToo()
    {
        Bench bench;
        bench.archive.isSupported = false;
        QVERIFY(bench.start());
        QCOMPARE(bench.archive.requests.size(), 1);
    }

    void anUnfinishedCatchUpGoesOnAfterResumption()
    {
        Bench bench;
        bench.fill(0, 120);
        bench.archive.failures = {Error{ErrorKind::Timeout, {}}};
        QVERIFY(!bench.start());
        bench.chat->stop();
        QVERIFY(bench.start(true));
        QCOMPARE(bench.storedWith(bench.juliet).size(), 120);
    }

    void answersOfALostStreamCountForNothing()
    {
        Bench bench;
        bench.fill(0, 1);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.fill(1, 500);
        bench.archive.beforeAnswer = [&] { bench.chat->stop(); };
        QVERIFY(!bench.start());
        bench.archive.beforeAnswer = {};
        bench.settle();
        QCOMPARE(bench.storedProgress(), ArchiveId(u"a1"_s));
        QVERIFY(bench.start());
        QCOMPARE(bench.storedWith(bench.juliet).size(), 501);
    }

    void noticesOfOthersBetweenTheMessagesCount()
    {
        Bench bench;
        bench.fill(0, 3);
        QVERIFY(bench.start());
        bench.killAndRestart();
        bench.archive.add(bench.ownTo(bench.juliet, u"mine"_s, OriginId(u"o1"_s)));
        const ArchiveId last = bench.archive.add(DeliveryNotice{
            bench.juliet, false, MessageId(u"o1"_s), DeliveryState::Displayed, QDateTime::currentDateTimeUtc()});
        QVERIFY(bench.start());
        QCOMPARE(bench.storedWith(bench.juliet).last().state, DeliveryState::Displayed);
        QCOMPARE(bench.storedProgress(), last);
    }
};

CUMULET_TEST(CatchUpTest)
#include "CatchUpTest.moc"
