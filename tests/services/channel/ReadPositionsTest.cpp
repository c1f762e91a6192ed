#include "services/channel/ReadPositions.h"

#include "kit/TestMain.h"
#include "services/ChannelBench.h"
#include "services/channel/ChannelStandings.h"

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

// Our account, as far as it keeps read positions; each device has a wire to it.
class FakeAccount
{
public:
    QHash<NodeId, QDateTime> kept;
    QList<class FakeReadPositionWire *> devices;
};

class FakeReadPositionWire : public ReadPositionWire
{
    Q_OBJECT

public:
    explicit FakeReadPositionWire(FakeAccount &account)
        : m_account(account)
    {
        account.devices.append(this);
    }
    ~FakeReadPositionWire() override { m_account.devices.removeAll(this); }

    Future<QList<ReadPosition>> positions() override
    {
        if (!isAble) {
            return failed<QList<ReadPosition>>({ErrorKind::Unsupported, u"service-unavailable"_s});
        }
        QList<ReadPosition> all;
        for (const auto &[node, time] : m_account.kept.asKeyValueRange()) {
            all.append({node, time});
        }
        return ready(all);
    }
    Future<Done> publish(const ReadPosition &position) override
    {
        published.append(position);
        m_account.kept.insert(position.node, position.upTo);
        for (auto *device : std::as_const(m_account.devices)) {
            Q_EMIT device->moved({position});
        }
        return ready(Done{});
    }

    bool isAble = true;
    QList<ReadPosition> published;

private:
    FakeAccount &m_account;
};

class ReadPositionsTest : public QObject
{
    Q_OBJECT

    struct Device
    {
        explicit Device(FakeAccount &account)
            : wire(account)
            , standings(parts())
            , positions(parts(), standings)
        {
            for (int i = 0; i < 3; ++i) {
                bench.server.put(bench.cooking, bench.juliet, QString::number(i), {}, at(i));
            }
            (void)bench.start();
            (void)await(standings.load());
            const auto posts = bench.server.nodes[bench.cooking].items;
            (void)await(bench.channelStore->removePosts(
                bench.account.id, bench.cooking, {posts.at(0).item, posts.at(1).item, posts.at(2).item}));
            (void)await(bench.channelStore->keepPosts(bench.account.id, bench.cooking, posts, true));
        }
        ChannelParts parts()
        {
            return {bench.account.id, bench.romeo, *bench.wire, *bench.channelStore, *bench.conversations,
                {.sharing = std::chrono::milliseconds(10)}, &wire};
        }
        void read(int post)
        {
            const Cursor cursor{at(post).toMSecsSinceEpoch(), 0};
            (void)await(bench.conversations->markRead(bench.entryOf(bench.cooking), cursor));
            positions.note(bench.cooking, at(post));
        }
        int unread() { return bench.listed(bench.cooking).unread; }

        ChannelBench bench;
        FakeReadPositionWire wire;
        ChannelStandings standings;
        ReadPositions positions;
    };
    static QDateTime at(int minutes)
    {
        static const auto begin = QDateTime::currentDateTimeUtc().addSecs(-3600);
        return begin.addSecs(60 * minutes);
    }

private Q_SLOTS:
    void twoDevicesAgree()
    {
        FakeAccount account;
        Device desk(account);
        Device lap(account);
        desk.positions.start();
        lap.positions.start();
        QCOMPARE(lap.unread(), 3);
        desk.read(0);
        desk.read(1);
        QTRY_COMPARE(lap.unread(), 1);
        QCOMPARE(desk.wire.published.size(), 1); // told once
        QCOMPARE(lap.wire.published.size(), 0); // and not told back
        lap.read(2);
        QTRY_COMPARE(desk.unread(), 0);
    }

    void whatWasReadElsewhereMeanwhileIsRead()
    {
        FakeAccount account;
        account.kept.insert(NodeId::fromTrusted(u"/user/cooking@topics.example.org/posts"_s), at(1));
        Device desk(account);
        QCOMPARE(desk.unread(), 3);
        desk.positions.start();
        QTRY_COMPARE(desk.unread(), 1);
        desk.bench.settle();
        QVERIFY(desk.wire.published.isEmpty());
    }

    void whatWasReadOfflineIsToldLater()
    {
        FakeAccount account;
        Device desk(account);
        desk.read(1);
        desk.bench.settle();
        QVERIFY(desk.wire.published.isEmpty());
        desk.positions.start();
        QTRY_COMPARE(desk.wire.published.size(), 1);
        QCOMPARE(account.kept.value(desk.bench.cooking), at(1));
    }

    void positionsNeverGoBack()
    {
        FakeAccount account;
        Device desk(account);
        desk.positions.start();
        desk.read(2);
        QTRY_COMPARE(desk.wire.published.size(), 1);
        account.kept.insert(desk.bench.cooking, at(0)); // another device was behind
        Q_EMIT desk.wire.moved({{desk.bench.cooking, at(0)}});
        desk.bench.settle();
        QCOMPARE(desk.unread(), 0);
        QCOMPARE(await(desk.bench.conversations->readPosition(desk.bench.entryOf(desk.bench.cooking)))->time,
            at(2).toMSecsSinceEpoch());
        desk.read(1);
        desk.bench.settle();
        QCOMPARE(desk.wire.published.size(), 1);

        // and what only this device knows is told again after a start
        Device other(account);
        other.read(2);
        other.positions.start();
        QTRY_COMPARE(account.kept.value(other.bench.cooking), at(2));
    }

    void whatMakesNoSenseIsIgnored()
    {
        FakeAccount account;
        Device desk(account);
        desk.positions.start();
        Q_EMIT desk.wire.moved({{desk.bench.cooking, QDateTime::currentDateTimeUtc().addYears(10)},
            {NodeId::fromTrusted(u"/user/stranger@example.net/posts"_s), at(2)}, {desk.bench.cooking, {}}});
        desk.bench.settle();
        QCOMPARE(desk.unread(), 3);
        QVERIFY(desk.bench.listed(NodeId::fromTrusted(u"/user/stranger@example.net/posts"_s)).id == 0);
    }

    void aServerThatKeepsNothingIsLeftAlone()
    {
        FakeAccount account;
        Device desk(account);
        desk.wire.isAble = false;
        desk.positions.start();
        desk.read(2);
        desk.bench.settle();
        QVERIFY(desk.wire.published.isEmpty());
        QCOMPARE(desk.unread(), 0);
    }
};

CUMULET_TEST(ReadPositionsTest)
#include "ReadPositionsTest.moc"
