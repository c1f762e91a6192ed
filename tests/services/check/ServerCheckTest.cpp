#include "services/check/ServerCheck.h"
#include "kit/TestMain.h"
#include "kit/fakes/FakeChannelDirectoryWire.h"
#include "services/ChannelBench.h"
#include "services/channel/ChannelChecks.h"
#include "services/channel/ChannelDirectory.h"

#include <QSignalSpy>

#include <algorithm>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using State = ServerCheck::State;
using Fate = FakeChannelWire::Fate;

/// What a server is found able to do.
class ServerCheckTest : public QObject
{
    Q_OBJECT

    static ServerCheck::Line lineOf(const ServerCheck &check, const char *subject)
    {
        const auto &lines = check.lines();
        const auto found = std::find_if(lines.cbegin(), lines.cend(),
            [subject](const ServerCheck::Line &line) { return line.subject == QLatin1String(subject); });
        return found == lines.cend() ? ServerCheck::Line() : *found;
    }

private Q_SLOTS:
    void everythingIsAskedOfTheServer()
    {
        ChannelBench bench;
        bench.server.services.append({Jid::fromTrusted(u"media.example.org"_s), {}, u"https://example.org/media"_s});
        FakeChannelDirectoryWire directoryWire(bench.server);
        ChannelDirectory directory(directoryWire, *bench.channels);
        QVERIFY(bench.start());
        ServerCheck check(channelChecks(*bench.channels, directory));
        QSignalSpy finished(&check, &ServerCheck::finished);
        QCOMPARE(lineOf(check, channelCheck::service).state, State::NotAsked); // on request only
        check.run();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(lineOf(check, channelCheck::service).state, State::Works);
        QVERIFY(lineOf(check, channelCheck::service).detail.startsWith(bench.server.address.text()));
        QCOMPARE(lineOf(check, channelCheck::registration).state, State::Works);
        QCOMPARE(lineOf(check, channelCheck::ownChannel).detail, bench.romeo.text());
        QCOMPARE(lineOf(check, channelCheck::directory).state, State::Works);
        QCOMPARE(lineOf(check, channelCheck::mediaServer).detail, u"https://example.org/media"_s);
        QCOMPARE(lineOf(check, channelCheck::archive).state, State::Works);
        QCOMPARE(lineOf(check, channelCheck::temporary).state, State::Missing);
        QCOMPARE(lineOf(check, channelCheck::temporary).error.kind, ErrorKind::NotFound);
    }

    void withoutAServiceNothingElseIsAsked()
    {
        ChannelBench bench;
        FakeChannelDirectoryWire directoryWire(bench.server);
        ChannelDirectory directory(directoryWire, *bench.channels);
        QVERIFY(bench.start());
        bench.wire->refusal = {ErrorKind::NotFound, u"none"_s};
        bench.wire->script(u"findService"_s, {Fate::Refused, Fate::Refused});
        ServerCheck check(channelChecks(*bench.channels, directory));
        QSignalSpy finished(&check, &ServerCheck::finished);
        check.run();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(lineOf(check, channelCheck::service).state, State::Missing);
        QCOMPARE(lineOf(check, channelCheck::mediaServer).state, State::NotAsked);
    }

    void itCanBeGivenUpAndBegunAnew()
    {
        ChannelBench bench;
        FakeChannelDirectoryWire directoryWire(bench.server);
        ChannelDirectory directory(directoryWire, *bench.channels);
        QVERIFY(bench.start());
        bench.wire->script(u"registerAccount"_s, {Fate::Kept});
        ServerCheck check(channelChecks(*bench.channels, directory));
        QSignalSpy finished(&check, &ServerCheck::finished);
        check.run();
        QTRY_COMPARE(lineOf(check, channelCheck::registration).state, State::Asking);
        check.cancel();
        QCOMPARE(finished.size(), 1);
        QVERIFY(!check.isRunning());
        bench.wire->letGo();
        bench.settle();
        QCOMPARE(lineOf(check, channelCheck::registration).state, State::NotAsked);
        check.run();
        QTRY_COMPARE(finished.size(), 2);
        QCOMPARE(lineOf(check, channelCheck::registration).state, State::Works);
    }

    void aChosenServiceIsAskedAlone()
    {
        ChannelBench bench;
        bench.channels->setChosenService(bench.server.address);
        QVERIFY(bench.start());
        QCOMPARE(bench.wire->count(u"findService"_s), 0);
        QCOMPARE(bench.channels->status().service, bench.server.address);
        // a wrong one is no channel service; nothing else is taken in its place
        bench.channels->setChosenService(Jid::fromTrusted(u"wrong.example.org"_s));
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Unavailable);
        QCOMPARE(bench.channels->status().error.kind, ErrorKind::Rejected);
        // without one it is looked for, at once
        bench.channels->setChosenService({});
        QTRY_COMPARE(bench.channels->status().state, ChannelServiceStatus::Ready);
        QCOMPARE(bench.wire->count(u"findService"_s), 1);
    }
};

CUMULET_TEST(ServerCheckTest)
#include "ServerCheckTest.moc"
