#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class RatingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areCountedAtWhatTheyRate();
    void oneAuthorCountsOnceWithTheNewest();
    void withoutATargetTheThreadIsRated();
    void comeBeforeTheirTarget();
    void aTargetInAnotherThreadIsFound();
    void goWithTheirItem();
    void ownCountsAtOnceAndIsSettledByItsEvent_data();
    void ownCountsAtOnceAndIsSettledByItsEvent();
    void theSameIsNotSentTwice();
    void anotherNumberReplacesTheEarlierOne();
    void whatWaitsIsForgottenWhenTakenBack();
    void whatIsOnItsWayCannotBeTakenBack();
    void takingBackHidesItUntilItIsRefused();
    void likingAgainForgetsTheWithdrawal();
    void refusedOneIsGone();
    void theyAreNoTextToBeKept();
};

static const ItemId p1 = ItemId::fromWire(u"p1"_s);
static const ItemId c1 = ItemId::fromWire(u"c1"_s);

static Post rating(const StoreBench &bench, const QString &item, const Jid &author, int number, int seconds,
    const QString &target = u"p1"_s)
{
    auto post = bench.post(item, u""_s, seconds, u"p1"_s);
    post.author = author;
    post.rating = number;
    post.target = ItemId::fromWire(target);
    return post;
}

static PostChanges keep(StoreBench &bench, const QList<Post> &posts)
{
    return valueOf(bench.channels->keepPosts(bench.account, bench.node, posts, true));
}

static Thread threadOf(StoreBench &bench, const ItemId &item = p1)
{
    const auto row = valueOf(bench.channels->threadOf(bench.account, bench.node, item));
    return valueOf(bench.channels->thread(row));
}

static void beginThread(StoreBench &bench)
{
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"Yum"_s, 2, u"p1"_s)});
}

static Result<PostChanges> like(StoreBench &bench, const QString &origin, int number = 5)
{
    return answerOf(
        bench.channels->enqueueRating(bench.account, bench.self, {bench.node, OriginId(origin), {}, p1, p1, number}));
}

static Result<PostChanges> takeBack(StoreBench &bench)
{
    return answerOf(bench.channels->withdrawRating(bench.account, bench.self, bench.node, p1));
}

static QList<ChannelStore::Waiting> waiting(StoreBench &bench)
{
    return valueOf(bench.channels->outbox(bench.account));
}

void RatingsTest::areCountedAtWhatTheyRate()
{
    StoreBench bench;
    beginThread(bench);
    const auto before = threadOf(bench);
    const auto changes = keep(bench,
        {rating(bench, u"r1"_s, bench.juliet, 5, 10), rating(bench, u"r2"_s, bench.mallory, 2, 11),
            rating(bench, u"r3"_s, bench.self, 4, 12, u"c1"_s)});
    QCOMPARE(changes.channels.first().changedThreads, QList{before.start.row});
    QVERIFY(changes.fresh.isEmpty());
    const auto thread = threadOf(bench);
    QCOMPARE(thread.start.ratings, (Ratings{2, 7, 0}));
    QCOMPARE(thread.comments.size(), 1);
    QCOMPARE(thread.comments.first().ratings, (Ratings{1, 4, 4}));
    QCOMPARE(thread.lastActivity, before.lastActivity);
    QCOMPARE(valueOf(bench.channels->post(thread.comments.first().row)).ratings, (Ratings{1, 4, 4}));
    const auto threads = valueOf(bench.channels->threads({thread.start.row}));
    QCOMPARE(threads.first().start.ratings, (Ratings{2, 7, 0}));
}

void RatingsTest::oneAuthorCountsOnceWithTheNewest()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r2"_s, bench.juliet, 2, 20), rating(bench, u"r1"_s, bench.juliet, 5, 10)});
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 2, 0}));
}

void RatingsTest::withoutATargetTheThreadIsRated()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r1"_s, bench.juliet, 5, 10, {})});
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 0}));
}

void RatingsTest::comeBeforeTheirTarget()
{
    StoreBench bench;
    const auto changes = keep(bench, {rating(bench, u"r1"_s, bench.juliet, 5, 10)});
    QCOMPARE(changes.missingStarts, QList{p1});
    beginThread(bench);
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 0}));
}

void RatingsTest::aTargetInAnotherThreadIsFound()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {bench.post(u"p2"_s, u"Stew"_s, 3)});
    const auto other = threadOf(bench, ItemId::fromWire(u"p2"_s));
    const auto changes = keep(bench, {rating(bench, u"r1"_s, bench.juliet, 5, 10, u"p2"_s)});
    QVERIFY(changes.channels.first().changedThreads.contains(other.start.row));
    QCOMPARE(threadOf(bench, ItemId::fromWire(u"p2"_s)).start.ratings, (Ratings{1, 5, 0}));
}

void RatingsTest::goWithTheirItem()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r1"_s, bench.juliet, 5, 10)});
    const auto changes = valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"r1"_s)}));
    QCOMPARE(changes.channels.first().changedThreads.size(), 1);
    QCOMPARE(threadOf(bench).start.ratings, Ratings());
}

void RatingsTest::ownCountsAtOnceAndIsSettledByItsEvent_data()
{
    QTest::addColumn<QString>("origin");
    QTest::newRow("the service keeps our id") << u"o1"_s;
    QTest::newRow("the service drops our id") << QString();
}

void RatingsTest::ownCountsAtOnceAndIsSettledByItsEvent()
{
    QFETCH(QString, origin);
    for (const bool answersFirst : {true, false}) {
        StoreBench bench;
        beginThread(bench);
        const auto changes = like(bench, u"o1"_s);
        QVERIFY(changes);
        QCOMPARE(changes->channels.first().changedThreads.size(), 1);
        bench.reopen();
        QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 5}));
        QCOMPARE(threadOf(bench).comments.size(), 1);
        const auto entry = waiting(bench).first();
        QCOMPARE(entry.post.rating, 5);
        QCOMPARE(entry.post.target, p1);
        QCOMPARE(entry.post.inReplyTo, p1);
        QVERIFY(entry.post.body.isEmpty());
        valueOf(bench.channels->setState(bench.account, entry.id, DeliveryState::Sending));
        auto event = rating(bench, u"r1"_s, bench.self, 5, 1000);
        event.originId = OriginId(origin);
        if (answersFirst) {
            valueOf(bench.channels->settle(bench.account, entry.id, ItemId::fromWire(u"r1"_s)));
        }
        keep(bench, {event});
        valueOf(bench.channels->settle(bench.account, entry.id, ItemId::fromWire(u"r1"_s)));
        QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 5}));
        QCOMPARE(bench.ask(u"SELECT count(*) FROM post WHERE rating > 0"_s), 1);
        QVERIFY(waiting(bench).isEmpty());
    }
}

void RatingsTest::theSameIsNotSentTwice()
{
    StoreBench bench;
    beginThread(bench);
    QVERIFY(like(bench, u"o1"_s));
    QVERIFY(like(bench, u"o2"_s)->isEmpty());
    QCOMPARE(waiting(bench).size(), 1);
}

void RatingsTest::anotherNumberReplacesTheEarlierOne()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r1"_s, bench.self, 3, 10)});
    QVERIFY(like(bench, u"o1"_s));
    const auto entries = waiting(bench);
    QCOMPARE(entries.size(), 2); // the service takes one of each person: the earlier one goes first
    QVERIFY(entries.at(0).isRetraction && entries.at(0).item == ItemId::fromWire(u"r1"_s));
    QCOMPARE(entries.at(1).post.rating, 5);
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 5}));
}

void RatingsTest::whatWaitsIsForgottenWhenTakenBack()
{
    StoreBench bench;
    beginThread(bench);
    QVERIFY(like(bench, u"o1"_s));
    const auto changes = takeBack(bench);
    QCOMPARE(changes->channels.first().changedThreads.size(), 1);
    QVERIFY(waiting(bench).isEmpty());
    QCOMPARE(threadOf(bench).start.ratings, Ratings());
    QVERIFY(takeBack(bench)->isEmpty()); // harmless to repeat
}

void RatingsTest::whatIsOnItsWayCannotBeTakenBack()
{
    StoreBench bench;
    beginThread(bench);
    QVERIFY(like(bench, u"o1"_s));
    valueOf(bench.channels->setState(bench.account, waiting(bench).first().id, DeliveryState::Sending));
    QCOMPARE(takeBack(bench).error().kind, ErrorKind::Conflict);
    QCOMPARE(threadOf(bench).start.ratings.own, 5);
}

void RatingsTest::takingBackHidesItUntilItIsRefused()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r1"_s, bench.self, 5, 10)});
    QCOMPARE(takeBack(bench)->channels.first().changedThreads.size(), 1);
    QCOMPARE(threadOf(bench).start.ratings, Ratings());
    const auto entry = waiting(bench).first();
    QVERIFY(entry.isRetraction);
    QCOMPARE(entry.item, ItemId::fromWire(u"r1"_s));
    valueOf(bench.channels->setState(bench.account, entry.id, DeliveryState::Failed, {ErrorKind::NotAllowed, {}}));
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 5}));
    QCOMPARE(threadOf(bench).comments.size(), 1);
    QVERIFY(takeBack(bench));
    valueOf(bench.channels->settle(bench.account, waiting(bench).first().id, {}));
    QCOMPARE(bench.ask(u"SELECT count(*) FROM post WHERE rating > 0"_s), 0);
}

void RatingsTest::likingAgainForgetsTheWithdrawal()
{
    StoreBench bench;
    beginThread(bench);
    keep(bench, {rating(bench, u"r1"_s, bench.self, 5, 10)});
    QVERIFY(takeBack(bench));
    QCOMPARE(like(bench, u"o1"_s)->channels.first().changedThreads.size(), 1);
    QVERIFY(waiting(bench).isEmpty());
    QCOMPARE(threadOf(bench).start.ratings, (Ratings{1, 5, 5}));
}

void RatingsTest::refusedOneIsGone()
{
    StoreBench bench;
    beginThread(bench);
    QVERIFY(like(bench, u"o1"_s));
    const auto changes = valueOf(bench.channels->setState(
        bench.account, waiting(bench).first().id, DeliveryState::Failed, {ErrorKind::NotAllowed, {}}));
    QCOMPARE(changes.channels.first().changedThreads.size(), 1);
    QCOMPARE(threadOf(bench).start.ratings, Ratings());
    QVERIFY(waiting(bench).isEmpty());
}

void RatingsTest::theyAreNoTextToBeKept()
{
    StoreBench bench;
    beginThread(bench);
    QVERIFY(like(bench, u"o1"_s));
    valueOf(bench.channels->removePosts(bench.account, bench.node, {p1}));
    QCOMPARE(bench.ask(u"SELECT count(*) FROM draft"_s), 0);
}

CUMULET_TEST(RatingsTest)
#include "RatingsTest.moc"
