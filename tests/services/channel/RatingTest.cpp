#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

/// Ratings, from the button to the service and back.
class RatingTest : public QObject
{
    Q_OBJECT

    static Post soup(ChannelBench &bench) { return bench.find(u"soup"_s).value_or(Post()); }
    static QList<Post> onService(const ChannelBench &bench)
    {
        QList<Post> ratings;
        for (const auto &post : bench.server.nodes.value(bench.cooking).items) {
            if (post.isRating()) {
                ratings.append(post);
            }
        }
        return ratings;
    }

private Q_SLOTS:
    void aLikeGoesAndIsTakenBack()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto start = bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        QVERIFY(await(bench.channels->rate(soup(bench), 5)));
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 5})); // at once
        bench.settle();
        QCOMPARE(onService(bench).size(), 1);
        QCOMPARE(onService(bench).first().target, start.item);
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 5}));
        QVERIFY(await(bench.channels->withdrawRating(soup(bench))));
        bench.settle();
        QVERIFY(onService(bench).isEmpty());
        QCOMPARE(soup(bench).ratings, Ratings());
        QCOMPARE(bench.channels->waiting(), 0);
    }

    void offlineItWaitsAndIsForgottenWhenTakenBack()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        bench.disconnect();
        QVERIFY(await(bench.channels->rate(soup(bench), 5)));
        QCOMPARE(bench.channels->waiting(), 1);
        bench.killAndRestart();
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 5}));
        QVERIFY(await(bench.channels->withdrawRating(soup(bench))));
        QVERIFY(await(bench.channels->rate(soup(bench), 4)));
        QVERIFY(bench.start());
        bench.settle();
        QCOMPARE(bench.wire->count(u"publish"_s), 1);
        QCOMPARE(onService(bench).first().rating, 4);
    }

    void othersChangeTheThreadAndNothingElse()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto start = bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        const auto before = bench.listed(bench.cooking);
        QSignalSpy threads(bench.channels.get(), &ChannelService::threadsChanged);
        QSignalSpy arrived(bench.channels.get(), &ChannelService::arrived);
        const auto rating = bench.wire->liveRate(bench.cooking, bench.juliet, 5, start.item, start.item);
        bench.settle();
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().at(2).value<QList<PostRow>>(), QList{soup(bench).row});
        QVERIFY(arrived.isEmpty());
        QCOMPARE(bench.listed(bench.cooking), before);
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 0}));
        bench.wire->liveRetract(bench.cooking, rating.item);
        bench.settle();
        QCOMPARE(threads.size(), 2);
        QCOMPARE(soup(bench).ratings, Ratings());
    }

    // the service takes one of each person and item: another device was faster
    void alreadyRatedIsNoFailure()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto start = bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        bench.server.rate(bench.cooking, bench.romeo, 5, start.item, start.item); // and the news got lost
        QSignalSpy refused(bench.channels.get(), &ChannelService::ratingRefused);
        QVERIFY(await(bench.channels->rate(soup(bench), 5)));
        bench.settle();
        QVERIFY(refused.isEmpty());
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 5}));
        QCOMPARE(bench.channels->waiting(), 0);
    }

    void aRefusalIsToldAndTheLikeGoes()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        QSignalSpy refused(bench.channels.get(), &ChannelService::ratingRefused);
        bench.wire->script(u"publish"_s, {Fate::Refused});
        QVERIFY(await(bench.channels->rate(soup(bench), 5)));
        bench.settle();
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.first().at(0).value<NodeId>(), bench.cooking);
        QCOMPARE(soup(bench).ratings, Ratings());
        QCOMPARE(bench.channels->waiting(), 0);
    }

    void anUnknownOutcomeEndsAsOneRating_data()
    {
        QTest::addColumn<int>("fate");
        QTest::addColumn<bool>("keepsOriginIds");
        for (const auto fate : {Fate::LostGoing, Fate::LostComing}) {
            for (const bool keepsOriginIds : {true, false}) {
                QTest::addRow("way %d, %s", int(fate), keepsOriginIds ? "our id kept" : "our id lost")
                    << int(fate) << keepsOriginIds;
            }
        }
    }
    void anUnknownOutcomeEndsAsOneRating()
    {
        QFETCH(const int, fate);
        QFETCH(const bool, keepsOriginIds);
        ChannelBench bench({.firstRetry = std::chrono::milliseconds(10)});
        bench.server.keepsOriginIds = keepsOriginIds;
        bench.wire->echoesFirst = false;
        QVERIFY(bench.start());
        bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        bench.wire->script(u"publish"_s, {Fate(fate)});
        QVERIFY(await(bench.channels->rate(soup(bench), 5)));
        QTRY_COMPARE(bench.channels->waiting(), 0);
        bench.settle();
        QCOMPARE(onService(bench).size(), 1);
        QCOMPARE(soup(bench).ratings, (Ratings{1, 5, 5}));
    }

    void whatIsNotOnTheServiceCannotBeRated()
    {
        ChannelBench bench;
        bench.write(u"soup"_s);
        QVERIFY(!await(bench.channels->rate(soup(bench), 5)));
        QVERIFY(!await(bench.channels->rate(soup(bench), 6)));
    }
};

CUMULET_TEST(RatingTest)
#include "RatingTest.moc"
