#include "StoreBench.h"
#include "kit/TestMain.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class PostOutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsThereAtOnceAndAfterARestart();
    void commentsNeedTheirThread();
    void ownPostIsNeverDoubled_data();
    void ownPostIsNeverDoubled();
    void twinWithCommentsIsMerged();
    void sameTextOfOthersIsNotOurs();
    void textAloneOnlyCountsWhileSending();
    void twoEqualPostsTakeOneItemEach();
    void failureSaysWhyAndMayBeRetried();
    void discardGivesTheTextBack();
    void whatMayHaveArrivedIsNotGivenBack();
    void whatIsHeldSaysUntilWhenAndIsTakenBack();
    void whatIsReleasedIsHeldNoLonger();
    void retractionHidesAtOnce();
    void refusedRetractionBringsTheItemBack();
    void retractedCommentLeavesItsThread();
    void serviceTimeReplacesOurs();
    void whatWaitedStandsWhereItWasTaken();
};

static PostChanges write(StoreBench &bench, const QString &id, const QString &body, const QString &inReplyTo = {})
{
    return valueOf(bench.channels->enqueue(
        bench.account, bench.self, {bench.node, OriginId(id), body, ItemId::fromWire(inReplyTo), {}}));
}

static QList<Thread> threadsOf(StoreBench &bench)
{
    const auto id =
        valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
    return valueOf(bench.channels->page(id, {{}, PageRequest::Before, 100}, ThreadOrder::NewestPost, 100)).rows;
}

static ChannelStore::Waiting onlyWaiting(StoreBench &bench)
{
    const auto waiting = valueOf(bench.channels->outbox(bench.account));
    return waiting.size() == 1 ? waiting.first() : ChannelStore::Waiting{};
}

static Post ofService(
    const StoreBench &bench, const QString &item, const QString &origin, const QString &body, int seconds = 2)
{
    auto post = bench.post(item, body, seconds);
    post.author = bench.self;
    post.originId = OriginId(origin);
    return post;
}

static PostChanges keep(StoreBench &bench, const QList<Post> &posts)
{
    return valueOf(bench.channels->keepPosts(bench.account, bench.node, posts, true));
}

void PostOutboxTest::whatIsWrittenIsThereAtOnceAndAfterARestart()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p0"_s, u"Soup"_s, 0)});
    auto changes = write(bench, u"o1"_s, u"Stew"_s);
    QCOMPARE(changes.channels.first().insertedThreads.size(), 1);
    changes = write(bench, u"o2"_s, u"Yum"_s, u"p0"_s);
    QCOMPARE(changes.channels.first().changedThreads, QList{threadsOf(bench).first().start.row});
    QVERIFY(write(bench, u"o2"_s, u"Yum"_s, u"p0"_s).isEmpty());
    bench.reopen();
    const auto waiting = valueOf(bench.channels->outbox(bench.account));
    QCOMPARE(waiting.size(), 2);
    QCOMPARE(waiting.at(0).post.body, u"Stew"_s);
    QCOMPARE(waiting.at(0).post.originId, OriginId(u"o1"_s));
    QCOMPARE(waiting.at(0).post.node, bench.node);
    QCOMPARE(waiting.at(1).post.inReplyTo, ItemId::fromWire(u"p0"_s));
    QVERIFY(!waiting.at(0).isRetraction);
    const auto threads = threadsOf(bench);
    QCOMPARE(threads.size(), 2);
    QCOMPARE(threads.at(1).start.state, DeliveryState::Queued);
    QCOMPARE(threads.at(1).start.row, waiting.at(0).row);
    QVERIFY(threads.at(1).start.item.isEmpty());
    QCOMPARE(threads.at(0).comments.first().body, u"Yum"_s);
    QCOMPARE(threads.at(0).comments.first().author, bench.self);
}

void PostOutboxTest::commentsNeedTheirThread()
{
    StoreBench bench;
    const auto result = answerOf(bench.channels->enqueue(
        bench.account, bench.self, {bench.node, OriginId(u"o1"_s), u"Yum"_s, ItemId::fromWire(u"nothing"_s), {}}));
    QVERIFY(!result && result.error().kind == ErrorKind::NotFound);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
}

void PostOutboxTest::ownPostIsNeverDoubled_data()
{
    QTest::addColumn<QString>("origin");
    QTest::newRow("the service keeps our id") << u"o1"_s;
    QTest::newRow("the service drops our id") << QString();
}

// the result, the event, a page of items, each maybe twice, and a restart: in any order
void PostOutboxTest::ownPostIsNeverDoubled()
{
    QFETCH(QString, origin);
    StoreBench bench;
    QList<int> order{0, 1, 2, 3, 4};
    do {
        bench.ask(u"DELETE FROM conversation"_s);
        write(bench, u"o1"_s, u"Stew"_s);
        const auto waiting = onlyWaiting(bench);
        valueOf(bench.channels->setState(bench.account, waiting.id, DeliveryState::Sending));
        const auto item = ItemId::fromWire(u"p1"_s);
        for (const auto step : std::as_const(order)) {
            switch (step) {
            case 0:
                valueOf(bench.channels->settle(bench.account, waiting.id, item));
                break;
            case 1:
                keep(bench, {ofService(bench, u"p1"_s, origin, u"Stew"_s)});
                break;
            case 2:
                valueOf(bench.channels->keepPosts(
                    bench.account, bench.node, {ofService(bench, u"tag:a,b,p1"_s, origin, u"Stew"_s)}, false));
                break;
            case 3:
                valueOf(bench.channels->settle(bench.account, waiting.id, item));
                break;
            case 4:
                keep(bench, {bench.post(u"c1"_s, u"Yum"_s, 9, u"p1"_s)});
                break;
            }
        }
        const auto threads = threadsOf(bench);
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().start.row, waiting.row);
        QCOMPARE(threads.first().start.item, item);
        QCOMPARE(threads.first().start.state, DeliveryState::Sent);
        QCOMPARE(threads.first().start.published, bench.at(2));
        QCOMPARE(threads.first().comments.size(), 1);
        QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    } while (std::next_permutation(order.begin(), order.end()));
}

void PostOutboxTest::twinWithCommentsIsMerged()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    const auto waiting = onlyWaiting(bench); // still Queued: the text alone proves nothing
    keep(bench, {ofService(bench, u"p1"_s, {}, u"Stew"_s), bench.post(u"c1"_s, u"Yum"_s, 3, u"p1"_s)});
    QCOMPARE(threadsOf(bench).size(), 2);
    const auto changes = valueOf(bench.channels->settle(bench.account, waiting.id, ItemId::fromWire(u"p1"_s)));
    QCOMPARE(changes.channels.first().removedThreads.size(), 1);
    const auto threads = threadsOf(bench);
    QCOMPARE(threads.size(), 1);
    QCOMPARE(threads.first().start.row, waiting.row);
    QCOMPARE(threads.first().comments.size(), 1);
    QCOMPARE(bench.ask(u"SELECT unread FROM conversation WHERE kind = 1"_s), 1);
}

void PostOutboxTest::sameTextOfOthersIsNotOurs()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    valueOf(bench.channels->setState(bench.account, onlyWaiting(bench).id, DeliveryState::Sending));
    auto forged = ofService(bench, u"p1"_s, u"o1"_s, u"Stew"_s);
    forged.author = bench.mallory;
    keep(bench, {forged});
    QCOMPARE(threadsOf(bench).size(), 2);
    QCOMPARE(onlyWaiting(bench).state, DeliveryState::Sending);
}

void PostOutboxTest::textAloneOnlyCountsWhileSending()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    keep(bench, {ofService(bench, u"old"_s, {}, u"Stew"_s, -4000)});
    QCOMPARE(threadsOf(bench).size(), 2);
    valueOf(bench.channels->setState(bench.account, onlyWaiting(bench).id, DeliveryState::Sending));
    keep(bench, {ofService(bench, u"older"_s, {}, u"Stew"_s, -3000)}); // came out long before ours was written
    QCOMPARE(threadsOf(bench).size(), 3);
    keep(bench, {ofService(bench, u"elsewhere"_s, u"another-device"_s, u"Stew"_s)});
    QCOMPARE(threadsOf(bench).size(), 4);
    QCOMPARE(onlyWaiting(bench).state, DeliveryState::Sending);
    keep(bench, {ofService(bench, u"p1"_s, {}, u"Stew"_s)});
    QCOMPARE(threadsOf(bench).size(), 4);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
}

void PostOutboxTest::twoEqualPostsTakeOneItemEach()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    write(bench, u"o2"_s, u"Stew"_s);
    for (const auto &waiting : valueOf(bench.channels->outbox(bench.account))) {
        valueOf(bench.channels->setState(bench.account, waiting.id, DeliveryState::Sending));
    }
    keep(bench, {ofService(bench, u"p1"_s, {}, u"Stew"_s), ofService(bench, u"p2"_s, {}, u"Stew"_s)});
    QCOMPARE(threadsOf(bench).size(), 2);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
}

void PostOutboxTest::failureSaysWhyAndMayBeRetried()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    const auto waiting = onlyWaiting(bench);
    valueOf(
        bench.channels->setState(bench.account, waiting.id, DeliveryState::Failed, {ErrorKind::NotAllowed, u"no"_s}));
    bench.reopen();
    const auto post = threadsOf(bench).first().start;
    QCOMPARE(post.state, DeliveryState::Failed);
    QCOMPARE(post.error, (Error{ErrorKind::NotAllowed, u"no"_s}));
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    QVERIFY(!valueOf(bench.channels->retry(post.row)).isEmpty());
    QCOMPARE(onlyWaiting(bench).id, waiting.id);
    QCOMPARE(threadsOf(bench).first().start.state, DeliveryState::Queued);
    const auto missing = answerOf(bench.channels->retry(4711));
    QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
}

void PostOutboxTest::discardGivesTheTextBack()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p0"_s, u"Soup"_s, 0)});
    write(bench, u"o1"_s, u"Yum"_s, u"p0"_s);
    QCOMPARE(valueOf(bench.channels->discard(onlyWaiting(bench).row)), u"Yum"_s);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    const auto threads = threadsOf(bench);
    QVERIFY(threads.first().comments.isEmpty());
    QCOMPARE(threads.first().earlierComments, 0);
    QCOMPARE(threads.first().lastActivity, bench.at(0));
    const auto missing = answerOf(bench.channels->discard(threads.first().start.row));
    QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
}

void PostOutboxTest::whatMayHaveArrivedIsNotGivenBack()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    const auto waiting = onlyWaiting(bench);
    valueOf(bench.channels->setState(bench.account, waiting.id, DeliveryState::Sending));
    const auto text = answerOf(bench.channels->discard(waiting.row));
    QVERIFY(!text && text.error().kind == ErrorKind::Conflict);
    QCOMPARE(onlyWaiting(bench).row, waiting.row);
    valueOf(bench.channels->setState(bench.account, waiting.id, DeliveryState::Queued));
    QCOMPARE(valueOf(bench.channels->discard(waiting.row)), u"Stew"_s);
}

void PostOutboxTest::whatIsHeldSaysUntilWhenAndIsTakenBack()
{
    StoreBench bench;
    const auto until = QDateTime::currentDateTimeUtc().addSecs(5);
    valueOf(
        bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o1"_s), u"soup"_s, {}, {}}, until));
    bench.reopen();
    QCOMPARE(onlyWaiting(bench).notBefore.toMSecsSinceEpoch(), until.toMSecsSinceEpoch());
    const auto post = threadsOf(bench).first().start;
    QCOMPARE(post.heldUntil.toMSecsSinceEpoch(), until.toMSecsSinceEpoch());
    const auto channel =
        valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
    valueOf(bench.conversations->setDraft(channel, {}, u"newer"_s));
    const auto taken = valueOf(bench.channels->takeBack(post.row));
    QCOMPARE(taken.text, u"soup"_s);
    QCOMPARE(taken.changes.channels.first().removedThreads, QList<PostRow>{post.row});
    QCOMPARE(valueOf(bench.conversations->draft(channel)), u"newer\nsoup"_s);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    const auto again = answerOf(bench.channels->takeBack(post.row));
    QVERIFY(!again && again.error().kind == ErrorKind::NotFound);
}

void PostOutboxTest::whatIsReleasedIsHeldNoLonger()
{
    StoreBench bench;
    const auto until = QDateTime::currentDateTimeUtc().addSecs(5);
    valueOf(
        bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o1"_s), u"soup"_s, {}, {}}, until));
    QVERIFY(!valueOf(bench.channels->release(bench.account)).isEmpty());
    QVERIFY(!onlyWaiting(bench).notBefore.isValid());
    QVERIFY(!threadsOf(bench).first().start.heldUntil.isValid());
}

void PostOutboxTest::retractionHidesAtOnce()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"Yum"_s, 2, u"p1"_s)});
    const auto row = threadsOf(bench).first().start.row;
    const auto item = ItemId::fromWire(u"p1"_s);
    const auto changes = valueOf(bench.channels->enqueueRetraction(bench.account, bench.node, item));
    QCOMPARE(changes.channels.first().removedThreads, QList{row});
    QVERIFY(threadsOf(bench).isEmpty());
    QVERIFY(valueOf(bench.search->search(u"soup"_s)).isEmpty());
    QVERIFY(valueOf(bench.search->search(u"yum"_s)).isEmpty());
    QCOMPARE(bench.ask(u"SELECT unread FROM conversation WHERE kind = 1"_s), 0);
    const auto waiting = onlyWaiting(bench);
    QVERIFY(waiting.isRetraction);
    QCOMPARE(waiting.item, item);
    QCOMPARE(waiting.row, row);
    // a page that still holds the item does not show it again
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1)});
    QVERIFY(threadsOf(bench).isEmpty());
    valueOf(bench.channels->settle(bench.account, waiting.id, {}));
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    QCOMPARE(bench.ask(u"SELECT count(*) FROM post"_s), 0);
    const auto missing = answerOf(bench.channels->enqueueRetraction(bench.account, bench.node, item));
    QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
}

void PostOutboxTest::refusedRetractionBringsTheItemBack()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"Yum"_s, 2, u"p1"_s)});
    valueOf(bench.channels->enqueueRetraction(bench.account, bench.node, ItemId::fromWire(u"p1"_s)));
    const auto waiting = onlyWaiting(bench);
    valueOf(bench.channels->setState(bench.account, waiting.id, DeliveryState::Sending));
    QVERIFY(threadsOf(bench).isEmpty());
    const auto changes = valueOf(
        bench.channels->setState(bench.account, waiting.id, DeliveryState::Failed, {ErrorKind::NotAllowed, {}}));
    QCOMPARE(changes.channels.first().insertedThreads.size(), 1);
    QCOMPARE(threadsOf(bench).first().comments.size(), 1);
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    QCOMPARE(valueOf(bench.search->search(u"soup"_s)).size(), 1);
}

void PostOutboxTest::retractedCommentLeavesItsThread()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"Yum"_s, 2, u"p1"_s)});
    const auto changes =
        valueOf(bench.channels->enqueueRetraction(bench.account, bench.node, ItemId::fromWire(u"c1"_s)));
    QCOMPARE(changes.channels.first().changedThreads.size(), 1);
    const auto thread = threadsOf(bench).first();
    QVERIFY(thread.comments.isEmpty());
    QCOMPARE(thread.lastActivity, bench.at(1));
}

void PostOutboxTest::serviceTimeReplacesOurs()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    const auto waiting = onlyWaiting(bench);
    valueOf(bench.channels->settle(bench.account, waiting.id, ItemId::fromWire(u"p1"_s)));
    const auto changes = keep(bench, {ofService(bench, u"p1"_s, u"o1"_s, u"Stew"_s, 30)});
    QCOMPARE(changes.channels.first().changedThreads, QList{waiting.row});
    QCOMPARE(threadsOf(bench).first().start.published, bench.at(30));
    QCOMPARE(threadsOf(bench).first().lastActivity, bench.at(30));
}

// an event that would tell the service's time may never come
void PostOutboxTest::whatWaitedStandsWhereItWasTaken()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"Stew"_s);
    const auto waiting = onlyWaiting(bench);
    const auto written = threadsOf(bench).first().start.published;
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > written);
    valueOf(bench.channels->settle(bench.account, waiting.id, ItemId::fromWire(u"p1"_s)));
    QVERIFY(threadsOf(bench).first().start.published > written);
    QCOMPARE(threadsOf(bench).first().lastActivity, threadsOf(bench).first().start.published);
}

CUMULET_TEST(PostOutboxTest)
#include "PostOutboxTest.moc"
