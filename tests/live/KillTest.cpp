// The program dies at random moments while it writes and sends, and is started again: whatever it had taken from the
// person's hands is on the server exactly once, in the order it was written.
#include "kit/ChannelServer.h"
#include "kit/TemporaryProfile.h"
#include "kit/TestMain.h"
#include "live/LiveStage.h"
#include "live/ServerRecord.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

constexpr int messages = 400;
constexpr int posts = 100;
constexpr int kills = 8;

} // namespace

class KillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everythingIsThereOnce();

private:
    enum class End { Killed, Done, Failed };
    /// Lets it run until it has said so many lines that begin with that word, then kills it; less than zero: until its
    /// own end.
    End run(const QStringList &arguments, const QByteArray &word, int lines);
    static QStringList expected(const QString &tag, int count);

    LiveStage m_stage;
    ChannelServer m_channels;
};

CUMULET_TEST(KillTest)

void KillTest::initTestCase()
{
    ENTER_STAGE(m_stage, LiveServer::Kind::Prosody);
    if (const auto why = ChannelServer::whyNot(m_stage.server()); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QVERIFY2(m_channels.start(m_stage.server()), qPrintable(m_channels.error()));
}

QStringList KillTest::expected(const QString &tag, int count)
{
    QStringList all;
    for (int i = 0; i < count; ++i) {
        all.append(u"%1 %2 爱 🌹"_s.arg(tag).arg(i, 4, 10, '0'_L1));
    }
    return all;
}

KillTest::End KillTest::run(const QStringList &arguments, const QByteArray &word, int lines)
{
    QProcess process;
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(CUMULET_BINARY_DIR "/tests/live/cumulet-sender"), arguments);
    int said = 0;
    QByteArray last;
    // its own event loop: a kill between two looks would always come at the same places
    connect(&process, &QProcess::readyRead, &process, [&] {
        while (process.canReadLine()) {
            last = process.readLine().trimmed();
            if (last.startsWith(word) && ++said == lines) {
                process.kill();
            }
        }
    });
    if (!waitFor([&process] { return process.state() == QProcess::NotRunning; }, 4 * liveLimit)) {
        qWarning() << "it hangs; last it said:" << last;
        process.kill();
        process.waitForFinished();
        return End::Failed;
    }
    if (process.exitStatus() == QProcess::CrashExit && lines >= 0 && said >= lines) {
        return End::Killed;
    }
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 && last == "done") {
        return End::Done;
    }
    qWarning() << "it ended with" << process.exitCode() << process.errorString() << "; last it said:" << last;
    return End::Failed;
}

void KillTest::everythingIsThereOnce()
{
    const auto romeo = m_stage.freshSettings(u"romeo"_s);
    QVERIFY2(romeo, qPrintable(m_stage.error()));
    const auto juliet = m_stage.freshSettings(u"juliet"_s);
    QVERIFY2(juliet, qPrintable(m_stage.error()));
    const quint32 seed = qEnvironmentVariableIsSet("CUMULET_SEED") ? qEnvironmentVariable("CUMULET_SEED").toUInt()
                                                                   : QRandomGenerator::global()->generate();
    qInfo("CUMULET_SEED=%u", seed);
    QRandomGenerator dice(seed);
    const TemporaryProfile profile;
    const QString tag = QUuid::createUuid().toString(QUuid::Id128).left(8);
    const QDateTime begun = QDateTime::currentDateTimeUtc().addSecs(-60);
    const QStringList arguments{profile.path(), romeo->jid.text(), romeo->password, romeo->host,
        QString::number(romeo->port), m_stage.server().settings().certificateFile, juliet->jid.text(),
        QString::number(messages), QString::number(posts), tag};
    QElapsedTimer clock;
    clock.start();
    int killed = 0;
    int killedSending = 0;
    End end = End::Killed;
    while (end == End::Killed) {
        // one time in four while it writes, which is before it is online; otherwise while it sends
        const bool isEarly = dice.bounded(4) == 0;
        const int lines = killed < kills ? 1 + int(dice.bounded((messages + posts) / (2 * kills))) : -1;
        end = run(arguments, isEarly ? "written" : "sent", lines);
        killedSending += end == End::Killed && !isEarly ? 1 : 0;
        killed += end == End::Killed ? 1 : 0;
    }
    QCOMPARE(end, End::Done);
    QVERIFY(killedSending > 0);
    qInfo("killed %d times, %d of them while sending, done after %lld ms", killed, killedSending, clock.elapsed());

    ServerRecord record(*romeo, m_stage.options());
    QVERIFY2(record.logIn(), qPrintable(record.error()));
    QCOMPARE(record.archivedBodies(juliet->jid, begun).filter(tag), expected(tag, messages));
    QCOMPARE(record.itemBodies(NodeId::of(romeo->jid)).filter(tag), expected(tag, posts));
    ServerRecord others(*juliet, m_stage.options());
    QVERIFY2(others.logIn(), qPrintable(others.error()));
    QCOMPARE(others.archivedBodies(romeo->jid, begun).filter(tag), expected(tag, messages));

    // and in the program itself
    const auto client = m_stage.client(*romeo, profile.path());
    QVERIFY2(client, qPrintable(m_stage.error()));
    QCOMPARE(client->bodies(juliet->jid).filter(tag), expected(tag, messages));
    QCOMPARE(client->lines(client->ownChannel()).filter(tag), expected(tag, posts));
}

#include "KillTest.moc"
