#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// a channel whose clock only goes when it is told to
struct HeldBench
{
    HeldBench()
        : channel(timing())
    {
        hold();
        started = bool(channel.start());
    }
    ChannelTiming timing()
    {
        ChannelTiming given;
        given.now = [now = now] { return *now; };
        return given;
    }
    void hold() { channel.channels->setHolding(5s, 8s); }
    // time goes by, and a new stream makes the outbox look
    void pass(std::chrono::milliseconds time)
    {
        *now = now->addDuration(time);
        channel.disconnect();
        (void)channel.start();
        channel.settle();
    }
    QStringList onService() { return channel.server.bodies(channel.cooking); }

    std::shared_ptr<QDateTime> now = std::make_shared<QDateTime>(QDateTime::currentDateTimeUtc());
    ChannelBench channel;
    bool started = false;
};

} // namespace

// somebody else's news
static Post arrive(ChannelBench &bench, const QString &body, const ItemId &inReplyTo = {})
{
    const auto post = bench.server.put(bench.cooking, bench.juliet, body, inReplyTo);
    Q_EMIT bench.wire->postsReceived(bench.cooking, {post});
    bench.settle();
    return post;
}

class HeldWritingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPostIsThereAtOnceAndSentLater()
    {
        HeldBench bench;
        QVERIFY(bench.started);
        bench.channel.write(u"soup"_s);
        bench.channel.settle();
        QCOMPARE(bench.channel.stored(), QStringList{u"soup"_s});
        QCOMPARE(
            bench.channel.find(u"soup"_s)->heldUntil.toMSecsSinceEpoch(), bench.now->addSecs(5).toMSecsSinceEpoch());
        QCOMPARE(bench.onService(), QStringList());
        bench.pass(4s);
        QCOMPARE(bench.onService(), QStringList());
        bench.pass(2s);
        QTRY_COMPARE(bench.onService(), QStringList{u"soup"_s});
    }

    void theTimeRunsOutByItself()
    {
        ChannelBench bench;
        bench.channels->setHolding(50ms, 50ms);
        QVERIFY(bench.start());
        bench.write(u"soup"_s);
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList());
        QTRY_COMPARE(bench.server.bodies(bench.cooking), QStringList{u"soup"_s});
    }

    void aCrashLosesNothing()
    {
        HeldBench bench;
        bench.channel.write(u"soup"_s);
        bench.channel.settle();
        bench.channel.killAndRestart();
        *bench.now = bench.now->addSecs(60);
        QVERIFY(bench.channel.start());
        QTRY_COMPARE(bench.onService(), QStringList{u"soup"_s});
    }

    void aClockThatWasSetBackHoldsNothing()
    {
        HeldBench bench;
        bench.channel.write(u"soup"_s);
        bench.pass(-24h);
        QTRY_COMPARE(bench.onService(), QStringList{u"soup"_s});
    }

    void undoneItBecomesADraft()
    {
        HeldBench bench;
        QSignalSpy taken(bench.channel.channels.get(), &ChannelService::takenBack);
        const auto entry = bench.channel.entryOf(bench.channel.cooking);
        QVERIFY(await(bench.channel.conversations->setDraft(entry, {}, u"newer"_s)));
        bench.channel.write(u"soup"_s);
        QVERIFY(await(bench.channel.channels->undoLatest()));
        QCOMPARE(taken.size(), 1);
        QCOMPARE(taken.first().first().value<TakenBack>().text, u"soup"_s);
        QCOMPARE(bench.channel.stored(), QStringList());
        QCOMPARE(await(bench.channel.conversations->draft(entry)).value(), u"newer\nsoup"_s);
        bench.pass(10s);
        QCOMPARE(bench.onService(), QStringList());
        QCOMPARE(await(bench.channel.channels->undoLatest()).error().kind, ErrorKind::NotFound);
    }

    void aCommentGoesBackToItsThread()
    {
        HeldBench bench;
        arrive(bench.channel, u"hers"_s);
        QTRY_VERIFY(bench.channel.find(u"hers"_s));
        bench.channel.write(u"well"_s, bench.channel.find(u"hers"_s)->item);
        QVERIFY(await(bench.channel.channels->undo(bench.channel.find(u"well"_s)->row)));
        const auto entry = bench.channel.entryOf(bench.channel.cooking);
        QCOMPARE(
            await(bench.channel.conversations->draft(entry, bench.channel.find(u"hers"_s)->item)).value(), u"well"_s);
        QCOMPARE(bench.channel.stored(), QStringList{u"hers"_s});
    }

    void aDeletionIsHiddenAtOnceAndCanBeUndone()
    {
        HeldBench bench;
        bench.channel.channels->setHolding(0s, 8s);
        bench.channel.write(u"soup"_s);
        QTRY_COMPARE(bench.onService(), QStringList{u"soup"_s});
        QTRY_VERIFY(!bench.channel.find(u"soup"_s)->item.isEmpty());
        QSignalSpy held(bench.channel.channels.get(), &ChannelService::retractionHeld);
        const auto post = *bench.channel.find(u"soup"_s);
        QVERIFY(await(bench.channel.channels->retract(bench.channel.cooking, post.item)));
        QCOMPARE(bench.channel.stored(), QStringList());
        QTRY_COMPARE(held.size(), 1);
        QCOMPARE(held.first().at(0).toLongLong(), post.row);
        bench.pass(7s);
        QCOMPARE(bench.onService(), QStringList{u"soup"_s});
        QVERIFY(await(bench.channel.channels->undo(post.row)));
        QCOMPARE(bench.channel.stored(), QStringList{u"soup"_s});
        bench.pass(60s);
        QCOMPARE(bench.onService(), QStringList{u"soup"_s});
    }

    void whatIsReleasedGoesAtOnce()
    {
        HeldBench bench;
        bench.channel.write(u"soup"_s);
        QVERIFY(await(bench.channel.channels->releaseHeld()));
        QCOMPARE(bench.onService(), QStringList{u"soup"_s});
    }

    void aDeletionThatWasUndoneIsNotSentByTheWay()
    {
        HeldBench bench;
        bench.channel.channels->setHolding(0s, 8s);
        bench.channel.write(u"soup"_s);
        QTRY_VERIFY(bench.channel.find(u"soup"_s) && !bench.channel.find(u"soup"_s)->item.isEmpty());
        const auto post = *bench.channel.find(u"soup"_s);
        QVERIFY(await(bench.channel.channels->retract(bench.channel.cooking, post.item)));
        // the outbox reads what is due, and the undoing may come before it marks it as being sent
        bench.channel.disconnect();
        *bench.now = bench.now->addSecs(9);
        bench.channel.wire->isOnline = true;
        const auto started = bench.channel.channels->start({});
        const auto undone = await(bench.channel.channels->undo(post.row));
        (void)await(started);
        bench.channel.settle();
        QCOMPARE(bench.onService().isEmpty(), !undone);
        QCOMPARE(bench.channel.stored().isEmpty(), !undone);
    }

    void aMutedThreadCountsNothing()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto start = arrive(bench, u"hers"_s);
        QTRY_VERIFY(bench.find(u"hers"_s));
        QCOMPARE(bench.listed(bench.cooking).unread, 1);
        QVERIFY(await(bench.channels->setThreadNotices(bench.find(u"hers"_s)->row, ThreadNotices::Muted)));
        QCOMPARE(bench.listed(bench.cooking).unread, 0);
        QSignalSpy arrived(bench.channels.get(), &ChannelService::arrived);
        arrive(bench, u"and more"_s, start.item);
        QTRY_VERIFY(bench.find(u"and more"_s));
        QCOMPARE(bench.find(u"and more"_s)->state, DeliveryState::Received);
        QCOMPARE(bench.listed(bench.cooking).unread, 0);
        QCOMPARE(arrived.size(), 0);
        QCOMPARE(bench.threadsIn(bench.cooking).first().notices, ThreadNotices::Muted);
        QVERIFY(await(bench.channels->setThreadNotices(bench.find(u"hers"_s)->row, ThreadNotices::Usual)));
        arrive(bench, u"again"_s, start.item);
        QTRY_COMPARE(bench.listed(bench.cooking).unread, 1);
    }
};

CUMULET_TEST(HeldWritingTest)
#include "HeldWritingTest.moc"
