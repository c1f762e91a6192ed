// Which contacts have a channel: a few at a time, and it can be stopped.
#include "services/channel/ContactChannels.h"
#include "kit/TestMain.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

QList<Jid> people(int count)
{
    QList<Jid> people;
    for (int i = 0; i < count; ++i) {
        people.append(Jid::fromTrusted(u"p%1@example.org"_s.arg(i)));
    }
    return people;
}

} // namespace

class ContactChannelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thoseWhoHaveOneAreFound();
    void tenAreAskedAtATime();
    void theSilentAreGivenUp();
    void itCanBeStopped();
};

void ContactChannelsTest::thoseWhoHaveOneAreFound()
{
    ChannelBench bench;
    const auto all = people(25);
    bench.server.add(NodeId::of(all.at(3)), all.at(3));
    bench.server.add(NodeId::of(all.at(24)), all.at(24));
    QVERIFY(bench.start());
    ContactChannels scan(*bench.channels);
    QSignalSpy found(&scan, &ContactChannels::found);
    scan.start(all);
    QTRY_VERIFY(!scan.isRunning());
    QCOMPARE(found.count(), 2);
    QCOMPARE(found.at(0).first().value<Channel>().node, NodeId::of(all.at(3)));
    QCOMPARE(found.at(1).first().value<Channel>().node, NodeId::of(all.at(24)));
    QCOMPARE(scan.asked(), 25);
}

void ContactChannelsTest::tenAreAskedAtATime()
{
    ChannelBench bench;
    QVERIFY(bench.start());
    bench.settle();
    const int before = bench.wire->count(u"describe"_s);
    bench.wire->script(u"describe"_s, QList<FakeChannelWire::Fate>(10, FakeChannelWire::Fate::Kept));
    ContactChannels scan(*bench.channels);
    scan.start(people(25));
    bench.settle();
    QCOMPARE(bench.wire->count(u"describe"_s) - before, 10);
    QCOMPARE(scan.asked(), 0);
    bench.wire->letGo();
    QTRY_COMPARE(scan.asked(), 25);
    QCOMPARE(bench.wire->count(u"describe"_s) - before, 25);
}

void ContactChannelsTest::theSilentAreGivenUp()
{
    ChannelBench bench;
    QVERIFY(bench.start());
    bench.wire->script(u"describe"_s, QList<FakeChannelWire::Fate>(3, FakeChannelWire::Fate::Kept));
    ContactChannels scan(*bench.channels, std::chrono::milliseconds(30));
    QSignalSpy found(&scan, &ContactChannels::found);
    const auto all = people(3);
    bench.server.add(NodeId::of(all.first()), all.first());
    scan.start(all);
    QTRY_VERIFY(!scan.isRunning());
    bench.wire->letGo(); // too late
    bench.settle();
    QVERIFY(found.isEmpty());
}

void ContactChannelsTest::itCanBeStopped()
{
    ChannelBench bench;
    QVERIFY(bench.start());
    bench.settle();
    bench.wire->script(u"describe"_s, QList<FakeChannelWire::Fate>(10, FakeChannelWire::Fate::Kept));
    const int before = bench.wire->count(u"describe"_s);
    ContactChannels scan(*bench.channels);
    QSignalSpy progressed(&scan, &ContactChannels::progressed);
    scan.start(people(25));
    scan.stop();
    QVERIFY(!scan.isRunning());
    bench.wire->letGo();
    bench.settle();
    QCOMPARE(bench.wire->count(u"describe"_s) - before, 10);
    QVERIFY(progressed.isEmpty());
}

CUMULET_TEST(ContactChannelsTest)
#include "ContactChannelsTest.moc"
