#include "services/channel/ChannelLines.h"
#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

/// What channels and people say of themselves, and what we say.
class ChannelLinesTest : public QObject
{
    Q_OBJECT

    static NodeId statusOf(const Jid &jid) { return NodeId::of(jid, u"status"_s); }
    static QString shown(ChannelBench &bench, const Jid &jid)
    {
        return await(bench.channels->lines().stored(jid)).value().text;
    }
    static bool waits(ChannelBench &bench)
    {
        return await(bench.channels->lines().stored(bench.romeo)).value().isWaiting;
    }
    static QStringList said(const ChannelBench &bench) { return bench.server.bodies(statusOf(bench.romeo)); }

private Q_SLOTS:
    void theNewestEntryIsReadAndHeardOf()
    {
        ChannelBench bench;
        const auto node = statusOf(bench.cooking.channel());
        bench.server.add(node, bench.juliet);
        bench.server.put(node, bench.juliet, u"closed"_s);
        bench.server.put(node, bench.juliet, u"Soup\n  today"_s);
        QVERIFY(bench.start());
        const QSignalSpy changed(&bench.channels->lines(), &ChannelLines::statusChanged);
        QCOMPARE(await(bench.channels->lines().status(node.channel())).value().text, QString());
        QTRY_COMPARE(shown(bench, node.channel()), u"Soup today"_s); // one line
        QCOMPARE(changed.size(), 1);
        bench.settle();
        QCOMPARE(bench.server.nodes.value(node).members.value(bench.romeo).subscription, NodeSubscription::Subscribed);
        bench.wire->live(node, bench.juliet, u"Bread today"_s);
        QTRY_COMPARE(shown(bench, node.channel()), u"Bread today"_s);
        bench.killAndRestart();
        QCOMPARE(shown(bench, node.channel()), u"Bread today"_s); // also offline
    }

    void newsOfStrangersAreNotKept()
    {
        ChannelBench bench;
        QVERIFY(bench.start());
        const auto stranger = Jid::fromTrusted(u"mallory@example.net"_s);
        Post post;
        post.node = statusOf(stranger);
        post.item = ItemId::fromWire(u"s1"_s);
        post.author = stranger;
        post.body = u"look here"_s;
        post.published = QDateTime::currentDateTimeUtc();
        Q_EMIT bench.wire->postsReceived(post.node, {post});
        bench.settle();
        QCOMPARE(shown(bench, stranger), QString());
    }

    void ourStatusWaitsOfflineAndIsSaidOnce()
    {
        ChannelBench bench;
        bench.server.add(statusOf(bench.romeo), bench.romeo);
        QVERIFY(await(bench.channels->lines().setOwnStatus(u"On the  wall"_s)));
        QCOMPARE(shown(bench, bench.romeo), u"On the wall"_s);
        QVERIFY(waits(bench));
        bench.killAndRestart();
        QVERIFY(waits(bench));
        QVERIFY(said(bench).isEmpty());
        QVERIFY(bench.start());
        QTRY_COMPARE(said(bench), QStringList{u"On the wall"_s});
        QTRY_VERIFY(!waits(bench));
        QVERIFY(await(bench.channels->lines().setOwnStatus(u"Asleep"_s)));
        QTRY_COMPARE(said(bench), (QStringList{u"On the wall"_s, u"Asleep"_s}));
        QTRY_VERIFY(!waits(bench));
    }

    void anUnknownOutcomeIsNotSaidTwice()
    {
        ChannelBench bench;
        bench.server.add(statusOf(bench.romeo), bench.romeo);
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::LostComing});
        QVERIFY(await(bench.channels->lines().setOwnStatus(u"On the wall"_s)));
        QTRY_COMPARE(said(bench).size(), 1);
        bench.settle();
        bench.disconnect();
        QVERIFY(bench.start());
        QTRY_VERIFY(!waits(bench));
        QCOMPARE(said(bench), QStringList{u"On the wall"_s});
    }

    void aRefusalIsToldAndKeepsTheWords()
    {
        ChannelBench bench;
        bench.server.add(statusOf(bench.romeo), bench.romeo);
        QVERIFY(bench.start());
        bench.wire->script(u"publish"_s, {Fate::Refused});
        const QSignalSpy refused(&bench.channels->lines(), &ChannelLines::statusRefused);
        QVERIFY(await(bench.channels->lines().setOwnStatus(u"On the wall"_s)));
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(shown(bench, bench.romeo), u"On the wall"_s);
        QVERIFY(waits(bench));
    }

    void placesAreReadUnderAllTheirNames()
    {
        ChannelBench bench;
        const auto put = [&](const QString &type, const QString &body, const QString &place) {
            const auto node = NodeId::of(bench.juliet, type);
            bench.server.add(node, bench.juliet);
            bench.server.put(node, bench.juliet, body);
            bench.server.nodes[node].items.last().place = place;
        };
        put(u"geo/current"_s, u"Home"_s, u"Verona"_s);
        put(u"geoloc-future"_s, u"Mantua"_s, {});
        QVERIFY(bench.start());
        const Places expected{{}, u"Verona"_s, u"Mantua"_s};
        QCOMPARE(await(bench.channels->lines().places(bench.juliet)).value(), expected);
        QCOMPARE(bench.wire->count(u"publish"_s), 0); // nothing is told of ours
    }

    void leavingAChannelLeavesItsStatus()
    {
        ChannelBench bench;
        const auto node = statusOf(bench.cooking.channel());
        bench.server.add(node, bench.juliet);
        bench.server.put(node, bench.juliet, u"Soup"_s);
        QVERIFY(bench.start());
        (void)await(bench.channels->lines().status(node.channel()));
        QTRY_VERIFY(bench.server.nodes.value(node).members.contains(bench.romeo));
        QVERIFY(await(bench.channels->unfollow(bench.cooking)));
        QTRY_VERIFY(!bench.server.nodes.value(node).members.contains(bench.romeo));
    }
};

CUMULET_TEST(ChannelLinesTest)
#include "ChannelLinesTest.moc"
