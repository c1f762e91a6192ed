#include "services/channel/DeletedPosts.h"

#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QRandomGenerator>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

class DeletedPostsTest : public QObject
{
    Q_OBJECT

    static QDateTime hourAgo() { return QDateTime::currentDateTimeUtc().addSecs(-3600); }
    /// What the service has, as ChannelBench::stored() tells it.
    static QStringList onService(const ChannelBench &bench)
    {
        QStringList bodies;
        const auto items = bench.server.nodes.value(bench.cooking).items;
        for (const auto &start : items) {
            if (!start.isThreadStart()) {
                continue;
            }
            bodies.append(start.body);
            for (const auto &comment : items) {
                if (comment.inReplyTo == start.item) {
                    bodies.append(u"> "_s + comment.body);
                }
            }
        }
        return bodies;
    }

private Q_SLOTS:
    void whatWasDeletedMeanwhileGoes_data()
    {
        QTest::addColumn<QString>("deleted");
        for (const auto &body : {u"0"_s, u"3"_s, u"9"_s, u"comment on 0"_s, u"comment on 3"_s, u"comment on 9"_s}) {
            QTest::newRow(qPrintable(body)) << body;
        }
    }
    void whatWasDeletedMeanwhileGoes()
    {
        QFETCH(const QString, deleted);
        ChannelBench bench;
        QVERIFY(bench.start());
        for (int i = 0; i < 10; ++i) {
            const auto post = bench.wire->live(bench.cooking, bench.juliet, QString::number(i));
            bench.wire->live(bench.cooking, bench.nurse, u"comment on %1"_s.arg(i), post.item);
        }
        bench.settle();
        QCOMPARE(bench.listed(bench.cooking).unread, 20);
        bench.disconnect();
        const auto gone = bench.server.take(bench.cooking, bench.find(deleted)->item);
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        bench.settle();
        QTRY_VERIFY(!bench.find(deleted));
        QCOMPARE(bench.stored(), onService(bench));
        QCOMPARE(bench.listed(bench.cooking).unread, 20 - gone.size());
    }

    void aChannelThatWasEmptiedIsEmpty()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        bench.wire->live(bench.cooking, bench.juliet, u"soup"_s);
        bench.settle();
        bench.disconnect();
        bench.server.nodes[bench.cooking].items.clear();
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        QTRY_COMPARE(bench.stored(), QStringList());
    }

    // comments, also deleted ones, lift old threads to other places: nothing that is there may ever go
    void afterRandomDeletionsTheNewestStretchIsAsOnTheService()
    {
        const auto seed = qEnvironmentVariableIntValue("CUMULET_SEED") != 0
            ? quint32(qEnvironmentVariableIntValue("CUMULET_SEED"))
            : QRandomGenerator::global()->generate();
        qInfo("CUMULET_SEED=%u", seed);
        QRandomGenerator dice(seed);
        for (int round = 0; round < 8; ++round) {
            ChannelBench bench;
            QVERIFY(bench.start());
            QList<Post> starts;
            const auto act = [&](bool isLive) {
                const auto &items = bench.server.nodes[bench.cooking].items;
                const auto kind = dice.bounded(10);
                if (kind < 4 || items.isEmpty()) {
                    const auto body = u"post %1"_s.arg(dice.generate());
                    isLive ? bench.wire->live(bench.cooking, bench.juliet, body)
                           : bench.server.put(bench.cooking, bench.juliet, body);
                } else if (kind < 7) {
                    const auto &answered = items.at(dice.bounded(int(items.size())));
                    const auto start = answered.isThreadStart() ? answered.item : answered.inReplyTo;
                    const auto body = u"comment %1"_s.arg(dice.generate());
                    isLive ? bench.wire->live(bench.cooking, bench.nurse, body, start)
                           : bench.server.put(bench.cooking, bench.nurse, body, start);
                } else {
                    const auto item = items.at(dice.bounded(int(items.size()))).item;
                    isLive ? bench.wire->liveRetract(bench.cooking, item)
                           : void(bench.server.take(bench.cooking, item));
                }
            };
            for (int i = 0; i < 90; ++i) {
                act(true);
            }
            bench.settle();
            QCOMPARE(bench.stored().size(), onService(bench).size());
            bench.disconnect();
            const auto before = bench.stored();
            const auto many = dice.bounded(60);
            for (int i = 0; i < many; ++i) {
                act(false);
            }
            bench.write(u"written meanwhile"_s);
            QVERIFY(bench.start());
            QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
            bench.settle();
            const auto stored = bench.stored();
            const auto service = onService(bench);
            for (const auto &body : service) {
                QVERIFY2(stored.contains(body) || !before.contains(body), qPrintable(u"lost: "_s + body));
            }
            for (const auto &post : bench.server.page(bench.cooking, {}, 50).posts) {
                const auto line = post.isThreadStart() ? post.body : u"> "_s + post.body;
                QVERIFY2(stored.contains(line), qPrintable(u"missing: "_s + line));
            }
            if (bench.server.page(bench.cooking, {}, 50).isComplete) {
                auto sorted = stored;
                auto expected = service;
                sorted.sort();
                expected.sort();
                QCOMPARE(sorted, expected);
            }
        }
    }

    void whatWaitsOrWasJustPublishedStays()
    {
        ChannelBench bench;
        const auto soup = bench.server.put(bench.cooking, bench.juliet, u"soup"_s, {}, hourAgo());
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        // the answer lies on its way while something is published
        bench.wire->script(u"thread"_s, {Fate::Kept});
        const auto thread = bench.channels->thread(bench.find(u"soup"_s)->row);
        bench.settle();
        bench.write(u"mine"_s, soup.item);
        bench.wire->live(bench.cooking, bench.nurse, u"hers"_s, soup.item);
        bench.settle();
        bench.wire->always = Fate::LostGoing;
        bench.write(u"waiting"_s, soup.item);
        bench.settle();
        bench.wire->letGo();
        bench.settle();
        auto stored = bench.stored();
        stored.sort();
        QCOMPARE(stored, QStringList({u"> hers"_s, u"> mine"_s, u"> waiting"_s, u"soup"_s}));
    }

    // our service's copy of a channel elsewhere has holes (buddycloud.md 6.3)
    void channelsOfOtherServersAreLeftAlone()
    {
        ChannelBench bench;
        const auto far = NodeId::fromTrusted(u"/user/opera@topics.example.net/posts"_s);
        bench.server.add(far, bench.nurse);
        bench.server.join(far, bench.romeo);
        for (int i = 0; i < 10; ++i) {
            bench.server.put(far, bench.nurse, QString::number(i), {}, hourAgo().addSecs(i));
        }
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(far)));
        bench.server.take(far, bench.find(u"4"_s, far)->item);
        QVERIFY(await(bench.channels->fetchNewest(far)));
        (void)await(bench.channels->thread(bench.find(u"4"_s, far)->row));
        bench.settle();
        QCOMPARE(bench.stored(far).size(), 10);
    }

    void aThreadIsNotTakenAwayWithItsChannel()
    {
        ChannelBench bench;
        bench.server.put(bench.cooking, bench.juliet, u"soup"_s, {}, hourAgo());
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        bench.server.nodes.remove(bench.cooking);
        (void)await(bench.channels->thread(bench.find(u"soup"_s)->row));
        bench.settle();
        QCOMPARE(bench.stored(), QStringList{u"soup"_s});
    }

    void aThreadThatCameInPartIsNotTakenForTheWhole()
    {
        ChannelBench bench;
        const auto soup = bench.server.put(bench.cooking, bench.juliet, u"soup"_s, {}, hourAgo());
        bench.server.put(bench.cooking, bench.juliet, u"salt"_s, soup.item, hourAgo());
        QVERIFY(bench.start());
        QVERIFY(await(bench.channels->fetchNewest(bench.cooking)));
        bench.server.nodes[bench.cooking].items.removeLast();
        bench.wire->givesWholeThreads = false;
        (void)await(bench.channels->thread(bench.find(u"soup"_s)->row));
        bench.settle();
        QCOMPARE(bench.stored(), QStringList({u"soup"_s, u"> salt"_s}));
    }
};

CUMULET_TEST(DeletedPostsTest)
#include "DeletedPostsTest.moc"
