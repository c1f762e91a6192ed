#include "services/channel/ChannelOutbox.h"

#include "kit/TestMain.h"
#include "services/ChannelBench.h"
#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

class ChannelOutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPostIsShownAtOnceAndSentWhenTheServiceIsThere()
    {
        ChannelBench bench;
        QSignalSpy threads(bench.channels.get(), &ChannelService::threadsChanged);
        bench.write(u"soup"_s);
        QCOMPARE(threads.size(), 1);
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Queued);
        QCOMPARE(bench.channels->waiting(), 1);
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList{u"soup"_s});
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Sent);
        QCOMPARE(bench.channels->waiting(), 0);
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
    }

    void manyGoInOrder()
    {
        ChannelBench bench;
        QStringList bodies;
        for (int i = 0; i < 30; ++i) {
            bodies.append(QString::number(i));
            bench.write(bodies.last());
        }
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking), bodies);
        QCOMPARE(bench.stored(), bodies);
    }

    void isCommittedAsSendingBeforeItLeaves()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::Kept});
        bench.write(u"soup"_s);
        bench.settle();
        QCOMPARE(bench.wire->count(u"publish"_s), 1);
        const auto waiting = await(bench.channelStore->outbox(bench.account.id)).value();
        QVERIFY(waiting.isEmpty() || waiting.first().state == DeliveryState::Sending); // the event may be faster
        bench.wire->letGo();
        bench.settle();
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
        QCOMPARE(bench.channels->waiting(), 0);
    }

    // Every way in which one attempt can get lost, with and without our id in the entry, with and without the event:
    // in the end the service has it once, and so have we.
    void aLostAttemptEndsAsOnePost_data()
    {
        QTest::addColumn<int>("fate");
        QTest::addColumn<bool>("keepsOriginIds");
        QTest::addColumn<bool>("echoes");
        QTest::addColumn<int>("end"); // 0: disconnected, 1: killed, 2: goes on
        int number = 0;
        for (const auto fate : {Fate::LostGoing, Fate::LostComing, Fate::Kept}) {
            for (const bool keepsOriginIds : {true, false}) {
                for (const bool echoes : {true, false}) {
                    for (const int end : {0, 1, 2}) {
                        QTest::newRow(qPrintable(u"way %1"_s.arg(++number)))
                            << int(fate) << keepsOriginIds << echoes << end;
                    }
                }
            }
        }
    }
    void aLostAttemptEndsAsOnePost()
    {
        QFETCH(const int, fate);
        QFETCH(const int, end);
        ChannelBench bench;
        bench.timing.firstRetry = std::chrono::milliseconds(10);
        bench.killAndRestart();
        QFETCH(const bool, keepsOriginIds);
        QFETCH(const bool, echoes);
        bench.server.keepsOriginIds = keepsOriginIds;
        bench.wire->echoesFirst = echoes;
        QVERIFY(bench.start());
        bench.server.put(bench.cooking, bench.juliet, u"before"_s);
        bench.write(u"soup"_s);
        bench.write(u"soup"_s); // on purpose twice
        bench.settle();
        const QStringList twice = bench.server.bodies(bench.cooking);
        QCOMPARE(twice.count(u"soup"_s), 2);

        bench.wire->script(u"publish"_s, {Fate(fate)});
        bench.write(u"salad"_s);
        bench.write(u"cake"_s);
        QTRY_VERIFY(bench.wire->count(u"publish"_s) >= 3);
        if (end == 0) {
            bench.disconnect();
            bench.wire->letGo();
            QVERIFY(bench.start());
        } else if (end == 1) {
            bench.killAndRestart();
            QVERIFY(bench.start());
        } else {
            bench.wire->letGo();
        }
        QTRY_COMPARE(bench.channels->waiting(), 0);
        bench.settle();
        const QStringList wanted{u"before"_s, u"soup"_s, u"soup"_s, u"salad"_s, u"cake"_s};
        QCOMPARE(bench.server.bodies(bench.cooking), wanted);
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        auto stored = bench.stored();
        stored.sort();
        auto sorted = wanted;
        sorted.sort();
        QCOMPARE(stored, sorted);
    }

    void aKillAtEveryStepLosesAndDoublesNothing()
    {
        // the process ends after so many turns of the event loop, wherever that is
        for (int turns = 0; turns < 60; turns += 1) {
            ChannelBench bench;
            QVERIFY(bench.start());
            QStringList bodies;
            for (const auto &body : {u"a"_s, u"b"_s, u"c"_s}) {
                bodies.append(body);
                bench.write(body);
            }
            for (int turn = 0; turn < turns; ++turn) {
                if (turn % 3 == 0) {
                    (void)await(bench.database->settle());
                }
                QCoreApplication::processEvents();
            }
            bench.killAndRestart();
            QVERIFY(bench.start());
            QCOMPARE(bench.server.bodies(bench.cooking), bodies);
            QCOMPARE(bench.stored(), bodies);
            QCOMPARE(bench.channels->waiting(), 0);
        }
    }

    void anOutcomeIsLookedForBehindManyNewerPosts()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->echoesFirst = false;
        bench.wire->script(u"publish"_s, {Fate::LostComing});
        bench.wire->script(u"posts"_s, {Fate::LostGoing});
        bench.write(u"soup"_s);
        bench.settle();
        bench.disconnect();
        for (int i = 0; i < 130; ++i) {
            bench.server.put(bench.cooking, bench.juliet, QString::number(i));
        }
        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking).count(u"soup"_s), 1);
        QCOMPARE(bench.stored().count(u"soup"_s), 1);
        QCOMPARE(bench.channels->waiting(), 0);
    }

    void aRefusalSaysWhyAndTheOthersGo()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::Refused});
        bench.write(u"soup"_s);
        bench.write(u"salad"_s);
        bench.settle();
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Failed);
        QCOMPARE(bench.find(u"soup"_s)->error.kind, ErrorKind::NotAllowed);
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList{u"salad"_s});

        QVERIFY(await(bench.channels->retry(bench.find(u"soup"_s)->row)));
        bench.settle();
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList({u"salad"_s, u"soup"_s}));
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Sent);
    }

    void aDiscardedPostIsNotSentAndGivesItsTextBack()
    {
        ChannelBench bench;
        const auto start = bench.server.put(bench.cooking, bench.juliet, u"start"_s);
        QVERIFY(bench.start());
        bench.disconnect();
        bench.write(u"soup"_s);
        bench.write(u"comment"_s, start.item);
        QSignalSpy threads(bench.channels.get(), &ChannelService::threadsChanged);
        const auto row = bench.find(u"soup"_s)->row;
        QCOMPARE(await(bench.channels->discard(row)).value(), u"soup"_s);
        QCOMPARE(threads.last().at(3).value<QList<PostRow>>(), QList<PostRow>{row});
        QCOMPARE(await(bench.channels->discard(bench.find(u"comment"_s)->row)).value(), u"comment"_s);
        QCOMPARE(threads.last().at(2).value<QList<PostRow>>(), QList<PostRow>{bench.find(u"start"_s)->row});
        bench.settle();
        QCOMPARE(bench.channels->waiting(), 0);
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList{u"start"_s});
    }

    // a continuation that is set when its answer is there already runs at once, before older answers that still queue
    void whatIsWrittenWhileTheOutboxIsReadIsNotForgotten()
    {
        ChannelBench bench;
        const ChannelParts parts{bench.account.id, bench.romeo, *bench.wire, *bench.channelStore, *bench.conversations};
        ChannelStandings standings(parts);
        ChannelIntake intake(parts, standings);
        ChannelOutbox outbox(parts, intake, standings);
        bench.wire->isOnline = true;
        outbox.open();
        bench.settle();
        outbox.flush(); // asks
        bench.letTheStoreWork(); // and has an empty answer, that nobody has heard yet
        const OutgoingPost soup{bench.cooking, makeOriginId(), u"soup"_s, {}, {}};
        const auto written = bench.channelStore->enqueue(bench.account.id, bench.romeo, soup);
        bench.letTheStoreWork();
        outbox.noteEnqueued();
        QCOMPARE(outbox.waiting(), 1);
        QVERIFY(QTest::qWaitFor([&] { return outbox.waiting() == 0; }));
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList{u"soup"_s}); // not "none", as the old answer had it
        bench.settle();
    }

    void whatIsDiscardedInTimeIsNeverSent()
    {
        int discarded = 0;
        for (int turns = 0; turns < 8; ++turns) {
            ChannelBench bench;
            QVERIFY(bench.start());
            const OutgoingPost soup{bench.cooking, makeOriginId(), u"soup"_s, {}, {}};
            QVERIFY(await(bench.channelStore->enqueue(bench.account.id, bench.romeo, soup)));
            const auto row = await(bench.channelStore->outbox(bench.account.id)).value().first().row;
            const auto retried = bench.channels->retry(row); // sets the outbox going
            for (int turn = 0; turn <= turns; ++turn) {
                // the store has answered, and nobody has heard it yet
                bench.letTheStoreWork();
                if (turn < turns) {
                    QCoreApplication::processEvents();
                }
            }
            // both questions stand in the store's queue together: nothing comes between them
            const auto state = bench.channelStore->post(row);
            const auto text = bench.channelStore->discard(row);
            const auto post = await(state);
            if (post && post->state == DeliveryState::Queued && await(text)) {
                ++discarded;
                bench.settle();
                QCOMPARE(bench.server.bodies(bench.cooking), QStringList());
            }
            bench.settle();
            QVERIFY(retried.isFinished());
        }
        QVERIFY(discarded > 1);
    }

    void aSilentNodeHoldsUpOnlyItself()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::LostGoing});
        bench.write(u"soup"_s);
        bench.write(u"salad"_s);
        bench.write(bench.own, u"diary"_s);
        bench.settle();
        QCOMPARE(bench.server.bodies(bench.own), QStringList{u"diary"_s});
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList()); // in order: salad waits for soup
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Sending);
        bench.disconnect();
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList({u"soup"_s, u"salad"_s}));
    }

    void itIsTriedAgainByItself()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(20)});
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::LostGoing, Fate::LostGoing});
        bench.write(u"soup"_s);
        QTRY_COMPARE(bench.server.bodies(bench.cooking), QStringList{u"soup"_s});
        QTRY_COMPARE(bench.channels->waiting(), 0);
    }

    void tooManyRequestsWaitAWhile()
    {
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(20)});
        QVERIFY(bench.start());
        bench.wire->refusal = {ErrorKind::SlowDown, u"resource-constraint"_s};
        bench.wire->script(u"publish"_s, {Fate::Refused});
        bench.write(u"soup"_s);
        QTRY_COMPARE(bench.server.bodies(bench.cooking), QStringList{u"soup"_s});
        QTRY_COMPARE(bench.channels->waiting(), 0);
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
    }

    void aRetractionIsHarmlessToRepeat_data()
    {
        QTest::addColumn<int>("fate");
        for (const auto fate : {Fate::Answered, Fate::LostGoing, Fate::LostComing}) {
            QTest::newRow(qPrintable(u"fate %1"_s.arg(int(fate)))) << int(fate);
        }
    }
    void aRetractionIsHarmlessToRepeat()
    {
        QFETCH(const int, fate);
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.write(u"soup"_s);
        bench.settle();
        bench.wire->script(u"retract"_s, {Fate(fate)});
        QVERIFY(await(bench.channels->retract(bench.cooking, bench.find(u"soup"_s)->item)));
        QCOMPARE(bench.stored(), QStringList()); // at once
        bench.settle();
        bench.killAndRestart();
        QVERIFY(bench.start());
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList());
        QCOMPARE(bench.stored(), QStringList());
        QCOMPARE(bench.channels->waiting(), 0);
    }

    void aRefusedRetractionBringsThePostBack()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"hers"_s);
        QVERIFY(bench.start());
        bench.wire->script(u"retract"_s, {Fate::Refused});
        QVERIFY(await(bench.channels->retract(bench.cooking, bench.find(u"hers"_s)->item)));
        bench.settle();
        QCOMPARE(bench.stored(), QStringList{u"hers"_s});
    }

    void aBannedNodeIsNotReadToSettle()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::LostGoing});
        bench.wire->script(u"posts"_s, {Fate::LostGoing});
        bench.write(u"soup"_s);
        bench.settle();
        bench.disconnect();
        bench.server.join(bench.cooking, bench.romeo, Affiliation::Outcast);
        bench.wire->asked.clear();
        QVERIFY(bench.start());
        QCOMPARE(bench.wire->count(u"posts"_s), 0);
        QCOMPARE(bench.find(u"soup"_s)->state, DeliveryState::Failed);
        QCOMPARE(bench.find(u"soup"_s)->error.kind, ErrorKind::NotAllowed);
    }

    void nothingAndTooMuchAreRefusedAtOnce()
    {
        ChannelBench bench;
        QCOMPARE(await(bench.channels->post(bench.cooking, u" \n "_s)).error().kind, ErrorKind::Rejected);
        QCOMPARE(await(bench.channels->post(bench.cooking, QString(300'000, u'a'))).error().kind, ErrorKind::TooLarge);
        QCOMPARE(bench.channels->waiting(), 0);
    }
};

CUMULET_TEST(ChannelOutboxTest)
#include "ChannelOutboxTest.moc"
