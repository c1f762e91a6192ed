#include "SampleData.h"
#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ThreadPagingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyChannelIsOnePage();
    void ordersDiffer();
    void everyThreadExactlyOnce_data();
    void everyThreadExactlyOnce();
    void newestCommentsComeAlong();
    void longThreadIsCutAtTwoThousand();
};

static ConversationId channelOf(StoreBench &bench)
{
    return valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
}

void ThreadPagingTest::emptyChannelIsOnePage()
{
    StoreBench bench;
    for (const auto order : {ThreadOrder::NewestPost, ThreadOrder::LatestActivity}) {
        const auto page = valueOf(bench.channels->page(channelOf(bench), {Cursor{1, 1}, PageRequest::After, 5}, order));
        QVERIFY(page.rows.isEmpty() && page.atOldest && page.atNewest);
    }
}

void ThreadPagingTest::ordersDiffer()
{
    StoreBench bench;
    valueOf(bench.channels->keepPosts(bench.account, bench.node,
        {bench.post(u"p1"_s, u"one"_s, 1), bench.post(u"p2"_s, u"two"_s, 2),
            bench.post(u"c1"_s, u"late"_s, 9, u"p1"_s)},
        true));
    const auto bodies = [&](ThreadOrder order) {
        QStringList list;
        for (const auto &thread : valueOf(bench.channels->page(channelOf(bench), {}, order)).rows) {
            list += thread.start.body;
        }
        return list;
    };
    QCOMPARE(bodies(ThreadOrder::NewestPost), (QStringList{u"one"_s, u"two"_s}));
    QCOMPARE(bodies(ThreadOrder::LatestActivity), (QStringList{u"two"_s, u"one"_s}));
    const auto row = valueOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"c1"_s)));
    QCOMPARE(valueOf(bench.channels->cursorOf(row, ThreadOrder::NewestPost)).time, bench.at(1).toMSecsSinceEpoch());
    QCOMPARE(valueOf(bench.channels->cursorOf(row, ThreadOrder::LatestActivity)).time, bench.at(9).toMSecsSinceEpoch());
}

void ThreadPagingTest::everyThreadExactlyOnce_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<int>("direction");
    QTest::newRow("newest post, back") << int(ThreadOrder::NewestPost) << int(PageRequest::Before);
    QTest::newRow("newest post, forth") << int(ThreadOrder::NewestPost) << int(PageRequest::After);
    QTest::newRow("activity, back") << int(ThreadOrder::LatestActivity) << int(PageRequest::Before);
    QTest::newRow("activity, forth") << int(ThreadOrder::LatestActivity) << int(PageRequest::After);
}

void ThreadPagingTest::everyThreadExactlyOnce()
{
    QFETCH(int, order);
    QFETCH(int, direction);
    StoreBench bench;
    valueOf(bench.accounts->remove(bench.account));
    SampleData data(3,
        {.contacts = 5,
            .channels = 2,
            .messages = 10,
            .largeChat = 5,
            .largeChannel = 3000,
            .otherChannel = 20,
            .largeThread = 0});
    const auto content = data.fill(*bench.database);
    QVERIFY(content);
    const auto count = bench.ask(u"SELECT count(*) FROM post WHERE in_reply_to IS NULL AND channel = "_s
        + QString::number(content->largeChannel));
    QVERIFY(count > 300);
    QSet<PostRow> seen;
    PageRequest request{{}, PageRequest::Direction(direction), 7};
    bool isEnd = false;
    while (!isEnd) {
        const auto page = valueOf(bench.channels->page(content->largeChannel, request, ThreadOrder(order), 1));
        QVERIFY(!page.rows.isEmpty());
        for (const auto &thread : page.rows) {
            QVERIFY(!seen.contains(thread.start.row));
            seen += thread.start.row;
        }
        const bool isBefore = direction == PageRequest::Before;
        const auto &end = isBefore ? page.rows.first() : page.rows.last();
        request.from = valueOf(bench.channels->cursorOf(end.start.row, ThreadOrder(order)));
        isEnd = isBefore ? page.atOldest : page.atNewest;
    }
    QCOMPARE(seen.size(), count);
}

void ThreadPagingTest::newestCommentsComeAlong()
{
    StoreBench bench;
    QList posts{bench.post(u"p1"_s, u"Soup"_s, 0)};
    for (int i = 1; i <= 10; ++i) {
        posts += bench.post(u"c%1"_s.arg(i), QString::number(i), i, u"p1"_s);
    }
    valueOf(bench.channels->keepPosts(bench.account, bench.node, posts, false));
    for (const int wanted : {0, 1, 3, 10, 50}) {
        const auto page = valueOf(bench.channels->page(channelOf(bench), {}, ThreadOrder::NewestPost, wanted));
        const auto &thread = page.rows.first();
        QCOMPARE(thread.comments.size(), std::min(wanted, 10));
        QCOMPARE(thread.earlierComments, 10 - std::min(wanted, 10));
        if (wanted > 0) {
            QCOMPARE(thread.comments.last().body, u"10"_s);
        }
        const auto threads = valueOf(bench.channels->threads({thread.start.row, 4711}, wanted));
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().comments.size(), thread.comments.size());
    }
}

void ThreadPagingTest::longThreadIsCutAtTwoThousand()
{
    StoreBench bench;
    QList posts{bench.post(u"p1"_s, u"Soup"_s, 0)};
    for (int i = 1; i <= 2005; ++i) {
        posts += bench.post(u"c%1"_s.arg(i), QString::number(i), i, u"p1"_s);
    }
    const auto changes = valueOf(bench.channels->keepPosts(bench.account, bench.node, posts, false));
    const auto thread = valueOf(bench.channels->thread(changes.channels.first().insertedThreads.first()));
    QCOMPARE(thread.comments.size(), 2000);
    QCOMPARE(thread.earlierComments, 5);
    QCOMPARE(thread.comments.last().body, u"2005"_s);
}

CUMULET_TEST(ThreadPagingTest)
#include "ThreadPagingTest.moc"
