// Finding channels, over a directory and without one.
#include "services/channel/ChannelDirectory.h"
#include "kit/TestMain.h"
#include "kit/fakes/FakeChannelDirectoryWire.h"
#include "services/ChannelBench.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

struct DirectoryBench : ChannelBench
{
    NodeId add(const QString &name, AccessModel access = AccessModel::Open)
    {
        const auto node = NodeId::of(Jid::fromTrusted(name + u"@topics.example.org"_s));
        server.add(node, juliet, access).face.title = u"About "_s + name;
        return node;
    }
    QStringList names(const FoundChannels &found) const
    {
        QStringList names;
        for (const auto &row : found.rows) {
            names.append(row.node.channel().local());
        }
        return names;
    }

    FakeChannelDirectoryWire directoryWire{server};
    ChannelDirectory directory{directoryWire, *channels};
};

} // namespace

class ChannelDirectoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutADirectoryItIsNotFound();
    void suggestionsLeaveOutWhatWeFollow();
    void similarOnesLeaveOutTheOneAskedFor();
    void everythingHereComesInPagesAndIsDescribed();
    void followedPostsAreAskedOfTheService();
    void withoutAServiceThereIsNothingHere();
};

void ChannelDirectoryTest::withoutADirectoryItIsNotFound()
{
    DirectoryBench bench;
    QVERIFY(bench.start());
    QVERIFY(await(bench.directory.find()));
    bench.directoryWire.hasDirectory = false;
    QCOMPARE(await(bench.directory.find()).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(bench.directory.suggested(0)).error().kind, ErrorKind::NotFound);
    QVERIFY(await(bench.directory.here({}, 0)));
}

void ChannelDirectoryTest::suggestionsLeaveOutWhatWeFollow()
{
    DirectoryBench bench;
    bench.add(u"baking"_s);
    QVERIFY(bench.start());
    QCOMPARE(bench.names(await(bench.directory.suggested(0)).value()), QStringList{u"baking"_s});
    QVERIFY(await(bench.channels->follow(bench.add(u"baking"_s))));
    QVERIFY(await(bench.directory.suggested(0)).value().rows.isEmpty());
}

void ChannelDirectoryTest::similarOnesLeaveOutTheOneAskedFor()
{
    DirectoryBench bench;
    const auto baking = bench.add(u"baking"_s);
    bench.add(u"grilling"_s);
    QVERIFY(bench.start());
    QCOMPARE(bench.names(await(bench.directory.similarTo(baking)).value()), QStringList{u"grilling"_s});
}

void ChannelDirectoryTest::everythingHereComesInPagesAndIsDescribed()
{
    DirectoryBench bench;
    for (int i = 10; i < 40; ++i) {
        bench.add(u"c%1"_s.arg(i), i % 2 ? AccessModel::Open : AccessModel::Authorize);
    }
    QVERIFY(bench.start());
    QSignalSpy described(&bench.directory, &ChannelDirectory::described);
    const auto first = await(bench.directory.here({}, 0)).value();
    QCOMPARE(first.rows.size(), 20);
    QCOMPARE(first.next, 20);
    QTRY_COMPARE(described.count(), 20);
    const auto face = described.first().first().value<FoundChannel>();
    QCOMPARE(face.title, u"About "_s + face.node.channel().local());
    const auto second = await(bench.directory.here({}, first.next)).value();
    QCOMPARE(second.rows.size(), 12);
    QCOMPARE(second.next, -1);
    QCOMPARE(bench.directoryWire.asked.filter(u"channelsOf"_s).size(), 1);
    QTRY_COMPARE(described.count(), 32);
    // words are looked for in what is known already
    QCOMPARE(bench.names(await(bench.directory.here(u"C1"_s, 0)).value()).size(), 10);
    QCOMPARE(bench.directoryWire.asked.filter(u"channelsOf"_s).size(), 1);
}

void ChannelDirectoryTest::followedPostsAreAskedOfTheService()
{
    DirectoryBench bench;
    bench.directoryWire.hasDirectory = false;
    bench.server.put(bench.cooking, bench.juliet, u"pasta with basil"_s);
    QVERIFY(bench.start());
    const auto found = await(bench.directory.followedPosts(u"basil"_s, 0));
    QVERIFY(found);
    QCOMPARE(found->rows.size(), 1);
    QCOMPARE(bench.directoryWire.asked, QStringList{u"followedPostsByWords channels.example.org basil 0"_s});
}

void ChannelDirectoryTest::withoutAServiceThereIsNothingHere()
{
    DirectoryBench bench;
    QCOMPARE(await(bench.directory.here({}, 0)).error().kind, ErrorKind::Offline); // not connected yet
    bench.wire->refusal = {ErrorKind::NotFound, {}};
    bench.wire->script(u"findService"_s, {FakeChannelWire::Fate::Refused});
    (void)bench.start();
    QCOMPARE(await(bench.directory.here({}, 0)).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(bench.directory.followedPosts(u"x"_s, 0)).error().kind, ErrorKind::NotFound);
    QVERIFY(bench.directoryWire.asked.isEmpty());
}

CUMULET_TEST(ChannelDirectoryTest)
#include "ChannelDirectoryTest.moc"
