#include "StoreBench.h"
#include "kit/TestMain.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// The same things may come live, as a carbon, from the archive, as an answer to a question about the outbox, each
/// once or more, in any order. In the end the same is stored.
class MessageArrivalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theirMessageInAnyOrder();
    void ourMessageInAnyOrder();
    void correctionsInAnyOrder();
    void markersInAnyOrder();
    void ownReadingElsewhereInAnyOrder();
};

using Step = std::function<void(StoreBench &)>;

static Step keeping(std::function<IncomingMessage(StoreBench &)> make)
{
    return [make](StoreBench &bench) { valueOf(bench.chats->keep(bench.account, {make(bench)})); };
}

// runs all orders of the steps, each order in a chat of its own, and checks each result
static void inAnyOrder(
    StoreBench &bench, const QList<Step> &steps, const std::function<void()> &check,
    const std::function<void()> &prepare = [] {})
{
    QList<int> order(steps.size());
    std::iota(order.begin(), order.end(), 0);
    do {
        for (const auto &table : {u"message"_s, u"wording"_s, u"notice"_s, u"outbox"_s, u"conversation"_s}) {
            bench.ask(u"DELETE FROM "_s + table);
        }
        prepare();
        for (const auto step : std::as_const(order)) {
            steps.at(step)(bench);
        }
        check();
        if (QTest::currentTestFailed()) {
            qWarning() << "in the order" << order;
            return;
        }
    } while (std::next_permutation(order.begin(), order.end()));
}

void MessageArrivalTest::theirMessageInAnyOrder()
{
    StoreBench bench;
    const auto live = [](StoreBench &b) { return b.message(u"m1"_s, u"hello"_s, 1); };
    const QList<Step> steps{
        keeping(live), keeping([=](StoreBench &b) {
            auto carbon = live(b);
            carbon.isCarbon = true;
            return carbon;
        }),
        keeping([=](StoreBench &b) {
            auto withId = live(b);
            withId.archiveId = ArchiveId(u"a1"_s);
            return withId;
        }),
        keeping([=](StoreBench &b) { return StoreBench::archived(live(b), u"a1"_s); }),
        keeping([=](StoreBench &b) { return StoreBench::archived(live(b), u"a2"_s); }), // sent twice, it seems
    };
    inAnyOrder(bench, steps, [&bench] {
        const auto rows = bench.messages(bench.chatWith(bench.juliet));
        QCOMPARE(rows.size(), 2);
        QCOMPARE((QSet{rows.at(0).archiveId, rows.at(1).archiveId}), (QSet{ArchiveId(u"a1"_s), ArchiveId(u"a2"_s)}));
        QCOMPARE(valueOf(bench.conversations->entry(rows.first().conversation)).unread, 2);
    });
}

void MessageArrivalTest::ourMessageInAnyOrder()
{
    StoreBench bench;
    const OriginId origin(u"o1"_s);
    const auto echo = [](StoreBench &b) {
        auto message = b.own(u"o1"_s, u"hello"_s, 1);
        message.originId = OriginId(u"o1"_s);
        return message;
    };
    const QList<Step> steps{
        keeping([=](StoreBench &b) { return StoreBench::archived(echo(b), u"a1"_s); }),
        keeping(echo),
        [=](StoreBench &b) { valueOf(b.chats->settle(b.account, origin, ArchiveId(u"a1"_s))); },
        [=](StoreBench &b) { valueOf(b.chats->setState(b.account, origin, DeliveryState::Sending)); },
        [=](StoreBench &b) { valueOf(b.chats->setState(b.account, origin, DeliveryState::Sent)); },
        [=](StoreBench &b) {
            valueOf(
                b.chats->keepNotices(b.account, {{b.juliet, false, MessageId(u"o1"_s), DeliveryState::Delivered, {}}}));
        },
    };
    const auto prepare = [&] {
        valueOf(bench.chats->enqueue(bench.account, bench.chatWith(bench.juliet), origin, u"hello"_s));
    };
    inAnyOrder(
        bench, steps,
        [&bench] {
            const auto rows = bench.messages(bench.chatWith(bench.juliet));
            QCOMPARE(rows.size(), 1);
            QCOMPARE(rows.first().archiveId, ArchiveId(u"a1"_s));
            QCOMPARE(rows.first().state, DeliveryState::Delivered);
            QVERIFY(valueOf(bench.chats->outbox(bench.account)).isEmpty());
        },
        prepare);
}

void MessageArrivalTest::correctionsInAnyOrder()
{
    StoreBench bench;
    const QList<Step> steps{
        keeping([](StoreBench &b) { return b.message(u"m1"_s, u"helo"_s, 1); }),
        keeping([](StoreBench &b) { return StoreBench::archived(b.message(u"m1"_s, u"helo"_s, 1), u"a1"_s); }),
        keeping([](StoreBench &b) { return b.correction(u"c1"_s, u"m1"_s, u"hellow"_s, 2); }),
        keeping([](StoreBench &b) { return b.correction(u"c2"_s, u"m1"_s, u"hello"_s, 3); }),
        keeping([](StoreBench &b) {
            return StoreBench::archived(b.correction(u"c1"_s, u"m1"_s, u"hellow"_s, 2), u"a2"_s);
        }),
    };
    inAnyOrder(bench, steps, [&bench] {
        const auto rows = bench.messages(bench.chatWith(bench.juliet));
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().body, u"hello"_s);
        QVERIFY(rows.first().isCorrected);
        QCOMPARE(rows.first().archiveId, ArchiveId(u"a1"_s));
        QCOMPARE(valueOf(bench.conversations->entry(rows.first().conversation)).preview, u"hello"_s);
        QCOMPARE(valueOf(bench.search->search(u"hello"_s)).size(), 1);
        QCOMPARE(valueOf(bench.search->search(u"helo "_s)).size(), 0);
    });
}

void MessageArrivalTest::markersInAnyOrder()
{
    StoreBench bench;
    const auto notice = [](const QString &id, DeliveryState state) {
        return [=](StoreBench &b) {
            valueOf(b.chats->keepNotices(b.account, {{b.juliet, false, MessageId(id), state, {}}}));
        };
    };
    const QList<Step> steps{
        keeping([](StoreBench &b) { return StoreBench::archived(b.own(u"m1"_s, u"one"_s, 1), u"a1"_s); }),
        keeping([](StoreBench &b) { return StoreBench::archived(b.own(u"m2"_s, u"two"_s, 2), u"a2"_s); }),
        keeping([](StoreBench &b) { return StoreBench::archived(b.own(u"m3"_s, u"three"_s, 3), u"a3"_s); }),
        notice(u"m1"_s, DeliveryState::Delivered),
        notice(u"m2"_s, DeliveryState::Displayed),
        notice(u"m3"_s, DeliveryState::Delivered),
    };
    inAnyOrder(
        bench, steps,
        [&bench] {
            const auto rows = bench.messages(bench.chatWith(bench.juliet));
            QCOMPARE(rows.size(), 3);
            QCOMPARE(rows.at(0).state, DeliveryState::Displayed);
            QCOMPARE(rows.at(1).state, DeliveryState::Displayed);
            QCOMPARE(rows.at(2).state, DeliveryState::Delivered);
            QCOMPARE(bench.ask(u"SELECT count(*) FROM notice"_s), 0);
        },
        [&bench] { bench.chatWith(bench.juliet); });
}

void MessageArrivalTest::ownReadingElsewhereInAnyOrder()
{
    StoreBench bench;
    const QList<Step> steps{
        keeping([](StoreBench &b) { return StoreBench::archived(b.message(u"m1"_s, u"one"_s, 1), u"a1"_s); }),
        keeping([](StoreBench &b) { return StoreBench::archived(b.message(u"m2"_s, u"two"_s, 2), u"a2"_s); }),
        keeping([](StoreBench &b) { return StoreBench::archived(b.message(u"m3"_s, u"three"_s, 3), u"a3"_s); }),
        [](StoreBench &b) {
            valueOf(
                b.chats->keepNotices(b.account, {{b.juliet, true, MessageId(u"m2"_s), DeliveryState::Displayed, {}}}));
        },
    };
    inAnyOrder(
        bench, steps,
        [&bench] {
            const auto chat = bench.chatWith(bench.juliet);
            QCOMPARE(valueOf(bench.conversations->entry(chat)).unread, 1);
            QCOMPARE(valueOf(bench.conversations->readPosition(chat)).time, bench.at(2).toMSecsSinceEpoch());
        },
        [&bench] { bench.chatWith(bench.juliet); });
}

CUMULET_TEST(MessageArrivalTest)
#include "MessageArrivalTest.moc"
