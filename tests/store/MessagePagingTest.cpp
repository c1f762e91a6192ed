#include "SampleData.h"
#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class MessagePagingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyChatIsOnePage();
    void endsAreExact_data();
    void endsAreExact();
    void hundredThousandRowsEachExactlyOnce();
    void rowsOfOneInstantEachExactlyOnce();
    void pageAroundAPlace();
    void placeOfARow();
};

static Cursor placeOf(const Message &message)
{
    return {message.time.toMSecsSinceEpoch(), message.row};
}

static void fill(StoreBench &bench, int count, int perSecond = 1)
{
    QList<IncomingMessage> messages;
    for (int i = 0; i < count; ++i) {
        messages += bench.message(QString::number(i), u"text %1"_s.arg(i), i / perSecond - count);
    }
    valueOf(bench.chats->keep(bench.account, messages));
}

void MessagePagingTest::emptyChatIsOnePage()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    for (const auto direction : {PageRequest::Before, PageRequest::After}) {
        for (const auto &from : {std::optional<Cursor>(), std::optional(Cursor{5, 5})}) {
            const auto page = valueOf(bench.chats->page(chat, {from, direction, 10}));
            QVERIFY(page.rows.isEmpty() && page.atOldest && page.atNewest);
        }
    }
    const auto around = valueOf(bench.chats->pageAround(chat, {5, 5}, 10));
    QVERIFY(around.rows.isEmpty() && around.atOldest && around.atNewest);
}

void MessagePagingTest::endsAreExact_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("from"); // index of the cursor's row, -1: none
    QTest::addColumn<int>("direction");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("atOldest");
    QTest::addColumn<bool>("atNewest");
    const int before = PageRequest::Before;
    const int after = PageRequest::After;
    QTest::newRow("all fit exactly") << 10 << -1 << before << 10 << true << true;
    QTest::newRow("one too many") << 11 << -1 << before << 10 << false << true;
    QTest::newRow("the rest") << 11 << 1 << before << 1 << true << false;
    QTest::newRow("before the oldest") << 11 << 0 << before << 0 << true << false;
    QTest::newRow("after the newest") << 11 << 10 << after << 0 << false << true;
    QTest::newRow("the last ten") << 21 << 10 << after << 10 << false << true;
    QTest::newRow("not yet the last") << 22 << 10 << after << 10 << false << false;
    QTest::newRow("from the oldest on") << 5 << -1 << after << 5 << true << true;
}

void MessagePagingTest::endsAreExact()
{
    QFETCH(int, count);
    QFETCH(int, from);
    QFETCH(int, direction);
    StoreBench bench;
    fill(bench, count);
    const auto chat = bench.chatWith(bench.juliet);
    const auto all = bench.messages(chat);
    PageRequest request{{}, PageRequest::Direction(direction), 10};
    if (from >= 0) {
        request.from = placeOf(all.at(from));
    }
    const auto page = valueOf(bench.chats->page(chat, request));
    QTEST(int(page.rows.size()), "rows");
    QTEST(page.atOldest, "atOldest");
    QTEST(page.atNewest, "atNewest");
}

static void walk(StoreBench &bench, ConversationId chat, PageRequest request, qsizetype count)
{
    QSet<MessageRow> seen;
    std::optional<Cursor> last;
    bool isEnd = false;
    while (!isEnd) {
        const auto page = valueOf(bench.chats->page(chat, request));
        const bool isBefore = request.direction == PageRequest::Before;
        QVERIFY(!page.rows.isEmpty());
        for (qsizetype i = 1; i < page.rows.size(); ++i) {
            QVERIFY(placeOf(page.rows.at(i - 1)) < placeOf(page.rows.at(i)));
        }
        if (last) {
            QVERIFY(isBefore ? placeOf(page.rows.last()) < *last : placeOf(page.rows.first()) > *last);
        }
        for (const auto &row : page.rows) {
            QVERIFY(!seen.contains(row.row));
            seen += row.row;
        }
        last = placeOf(isBefore ? page.rows.first() : page.rows.last());
        request.from = last;
        isEnd = isBefore ? page.atOldest : page.atNewest;
    }
    QCOMPARE(seen.size(), count);
}

void MessagePagingTest::hundredThousandRowsEachExactlyOnce()
{
    StoreBench bench;
    bench.reopen();
    valueOf(bench.accounts->remove(bench.account));
    SampleData data(7,
        {.contacts = 3,
            .channels = 1,
            .messages = 110'000,
            .largeChat = 100'000,
            .largeChannel = 10,
            .otherChannel = 20,
            .largeThread = 0});
    const auto content = data.fill(*bench.database);
    QVERIFY(content);
    walk(bench, content->largeChat, {{}, PageRequest::Before, 997}, 100'000);
    walk(bench, content->largeChat, {{}, PageRequest::After, 1000}, 100'000);
    // in the middle as quick as at the end: by index, not by counting rows
    QCOMPARE(valueOf(bench.search->search(content->rareWord)).size(), 1);
}

void MessagePagingTest::rowsOfOneInstantEachExactlyOnce()
{
    StoreBench bench;
    fill(bench, 500, 100); // an archive that knows whole seconds only
    walk(bench, bench.chatWith(bench.juliet), {{}, PageRequest::Before, 7}, 500);
    walk(bench, bench.chatWith(bench.juliet), {{}, PageRequest::After, 7}, 500);
}

void MessagePagingTest::pageAroundAPlace()
{
    StoreBench bench;
    fill(bench, 100);
    const auto chat = bench.chatWith(bench.juliet);
    const auto all = bench.messages(chat);
    auto page = valueOf(bench.chats->pageAround(chat, placeOf(all.at(50)), 20));
    QCOMPARE(page.rows.size(), 20);
    QCOMPARE(page.rows.at(10).row, all.at(50).row);
    QVERIFY(!page.atOldest && !page.atNewest);
    page = valueOf(bench.chats->pageAround(chat, placeOf(all.at(10)), 20));
    QVERIFY(page.atOldest && !page.atNewest);
    QCOMPARE(page.rows.first().row, all.first().row);
    page = valueOf(bench.chats->pageAround(chat, placeOf(all.at(90)), 20));
    QVERIFY(!page.atOldest && page.atNewest);
    QCOMPARE(page.rows.last().row, all.last().row);
    page = valueOf(bench.chats->pageAround(chat, {0, 0}, 400));
    QVERIFY(page.atOldest && page.atNewest);
    QCOMPARE(page.rows.size(), 100);
}

void MessagePagingTest::placeOfARow()
{
    StoreBench bench;
    fill(bench, 3);
    const auto all = bench.messages(bench.chatWith(bench.juliet));
    QCOMPARE(valueOf(bench.chats->cursorOf(all.at(1).row)), placeOf(all.at(1)));
    const auto missing = answerOf(bench.chats->cursorOf(4711));
    QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
}

CUMULET_TEST(MessagePagingTest)
#include "MessagePagingTest.moc"
