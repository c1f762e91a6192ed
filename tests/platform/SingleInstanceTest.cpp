#include "platform/SingleInstance.h"

#include "kit/TestMain.h"

#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;

namespace cumulet {

// Hands over from another thread, as another process would, and gives the answer.
static bool handOverElsewhere(const QString &folder, const QStringList &arguments)
{
    std::atomic_bool isDone = false;
    bool isTaken = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        SingleInstance other(folder);
        isTaken = !other.claim() && other.handOver(arguments);
        isDone = true;
    }));
    thread->start();
    const bool isAnswered = QTest::qWaitFor([&] { return isDone.load(); }, 10'000);
    thread->wait();
    return isAnswered && isTaken;
}

class SingleInstanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondStartHandsItsArgumentsOver()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.claim());
        QVERIFY(first.claim());
        QSignalSpy received(&first, &SingleInstance::argumentsReceived);
        qputenv("XDG_ACTIVATION_TOKEN", "token-1");
        const QStringList arguments{u"cumulet"_s, u"xmpp:ő@example.net?message"_s, QString()};
        QVERIFY(handOverElsewhere(folder.path(), arguments));
        qunsetenv("XDG_ACTIVATION_TOKEN");
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.at(0).at(0).toStringList(), arguments);
        QCOMPARE(received.at(0).at(1).toString(), u"token-1"_s);
    }

    void eachProfileHasItsOwn()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        SingleInstance first(one.path());
        SingleInstance second(two.path());
        QVERIFY(first.claim());
        QVERIFY(second.claim());
    }

    void theSameFolderByAnotherPathIsTheSameProfile()
    {
        const QTemporaryDir folder;
        const QTemporaryDir elsewhere;
        const auto link = elsewhere.filePath(u"link"_s);
        QVERIFY(QFile::link(folder.path(), link));
        SingleInstance first(folder.path());
        SingleInstance second(link);
        QVERIFY(first.claim());
        QVERIFY(!second.claim());
    }

    void aFolderIsFreeAgainAfterwards()
    {
        const QTemporaryDir folder;
        {
            SingleInstance first(folder.path());
            QVERIFY(first.claim());
        }
        SingleInstance second(folder.path());
        QVERIFY(second.claim());
    }

    void whatAKilledProgramLeftBehindIsNoObstacle()
    {
        const QTemporaryDir folder;
        // a process that holds the lock and dies without cleaning up
        QProcess holder;
        holder.start(u"flock"_s, {folder.filePath(u"lock"_s), u"sh"_s, u"-c"_s, u"echo held; exec sleep 60"_s});
        if (!holder.waitForStarted()) {
            QSKIP("flock (util-linux) is not there");
        }
        QVERIFY(holder.waitForReadyRead());
        SingleInstance first(folder.path());
        QVERIFY(!first.claim());
        // flock holds the file as well as the program it started
        QProcess::execute(u"pkill"_s, {u"-KILL"_s, u"-P"_s, QString::number(holder.processId())});
        holder.kill();
        QVERIFY(holder.waitForFinished());
        QTRY_VERIFY(first.claim());
    }

    void nobodyListensMeansNo()
    {
        const QTemporaryDir folder;
        SingleInstance second(folder.path());
        QVERIFY(!second.handOver({u"x"_s}, 100));
    }

    void onlyTheUserMaySpeakToIt()
    {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.claim());
        QVERIFY(!(QFile::permissions(folder.filePath(u"lock"_s)) & (QFile::ReadOther | QFile::ReadGroup)));
    }
};

} // namespace cumulet

using cumulet::SingleInstanceTest;
CUMULET_TEST(SingleInstanceTest)
#include "SingleInstanceTest.moc"
