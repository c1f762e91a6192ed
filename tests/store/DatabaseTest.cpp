#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QFile>
#include <QFileInfo>

#include <semaphore>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;
using Obstacle = Database::Obstacle;

class DatabaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreHeardInTheOrderOfTheQuestions();
    void newFileIsPrivate();
    void looseModeIsTightened();
    void whatIsNoDatabaseIsRefusedUntouched_data();
    void whatIsNoDatabaseIsRefusedUntouched();
    void databaseOfAnotherProgramIsRefused();
    void truncatedDatabaseIsRefusedUntouched();
    void newerDatabaseIsRefusedUntouched();
    void placeThatCannotBeWrittenIsTold();
    void startingAfreshKeepsTheOldFile();
    void failedJobLeavesNothing();
    void failedStatementFailsTheWholeJob();
    void jobsRunInOrder();
    void jobsWithoutAnOpenFileFail();
    void closingFinishesTheJobsGiven();
    void memoryWorksToo();
    void survivesChangeOfSafety();
};

static QByteArray bytesOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

static Obstacle obstacleOf(const QString &file)
{
    Database database;
    return valueOf(database.open(file)).obstacle;
}

void DatabaseTest::newFileIsPrivate()
{
    StoreBench bench;
    for (const auto &ending : {u""_s, u"-wal"_s, u"-shm"_s}) {
        const QFileInfo info(bench.file() + ending);
        QVERIFY2(info.exists(), qPrintable(info.filePath()));
        QCOMPARE(info.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
    }
    QCOMPARE(bench.ask(u"PRAGMA foreign_keys"_s), 1);
}

void DatabaseTest::looseModeIsTightened()
{
    StoreBench bench;
    bench.database.reset();
    QVERIFY(QFile::setPermissions(bench.file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    bench.reopen();
    QVERIFY(!(QFileInfo(bench.file()).permissions() & QFile::ReadOther));
}

void DatabaseTest::whatIsNoDatabaseIsRefusedUntouched_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("Dear diary");
    QTest::newRow("long text") << QByteArray("x").repeated(20'000);
    QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("header and zeros") << QByteArray("SQLite format 3\0", 16) + QByteArray(8176, '\0');
    QTest::newRow("header and noise") << QByteArray("SQLite format 3\0", 16) + QByteArray("\x10\x5a").repeated(5000);
}

void DatabaseTest::whatIsNoDatabaseIsRefusedUntouched()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    const auto file = folder.filePath(u"store.sqlite"_s);
    write(file, bytes);
    const auto obstacle = obstacleOf(file);
    QVERIFY(obstacle == Obstacle::Damaged || obstacle == Obstacle::Newer); // noise may look like a high version
    QCOMPARE(bytesOf(file), bytes);
}

void DatabaseTest::databaseOfAnotherProgramIsRefused()
{
    StoreBench bench;
    bench.ask(u"PRAGMA application_id = 12345"_s);
    bench.database.reset();
    const auto before = bytesOf(bench.file());
    QCOMPARE(obstacleOf(bench.file()), Obstacle::Damaged);
    QCOMPARE(bytesOf(bench.file()), before);
}

void DatabaseTest::truncatedDatabaseIsRefusedUntouched()
{
    StoreBench bench;
    bench.database.reset();
    const auto half = bytesOf(bench.file()).first(3 * 4096 + 1000);
    write(bench.file(), half);
    QCOMPARE(obstacleOf(bench.file()), Obstacle::Damaged);
    QCOMPARE(bytesOf(bench.file()), half);
}

void DatabaseTest::newerDatabaseIsRefusedUntouched()
{
    StoreBench bench;
    bench.ask(u"PRAGMA user_version = 9999"_s);
    bench.database.reset();
    const auto before = bytesOf(bench.file());
    QCOMPARE(obstacleOf(bench.file()), Obstacle::Newer);
    QCOMPARE(bytesOf(bench.file()), before);
}

void DatabaseTest::placeThatCannotBeWrittenIsTold()
{
    const QTemporaryDir folder;
    QCOMPARE(obstacleOf(folder.path()), Obstacle::NotWritable);
    write(folder.filePath(u"file"_s), "x");
    QCOMPARE(obstacleOf(folder.filePath(u"file/store.sqlite"_s)), Obstacle::NotWritable);
}

void DatabaseTest::startingAfreshKeepsTheOldFile()
{
    const QTemporaryDir folder;
    const auto file = folder.filePath(u"store.sqlite"_s);
    write(file, "precious");
    write(file + u"-wal"_s, "log");
    Database database;
    QCOMPARE(valueOf(database.open(file)).obstacle, Obstacle::Damaged);
    const auto opened = valueOf(database.startAfresh(file));
    QCOMPARE(opened.obstacle, Obstacle::None);
    QVERIFY(opened.copy.startsWith(file + u".broken-"_s));
    QCOMPARE(bytesOf(opened.copy), QByteArray("precious"));
    QCOMPARE(bytesOf(opened.copy + u"-wal"_s), QByteArray("log"));
    PreferenceStore preferences(database);
    valueOf(preferences.set(u"key"_s, u"value"_s));
    // a second time within the same second must not lose the first copy
    const auto again = valueOf(database.startAfresh(file));
    QVERIFY(again.copy != opened.copy);
    QVERIFY(valueOf(preferences.all()).isEmpty());
}

void DatabaseTest::failedJobLeavesNothing()
{
    StoreBench bench;
    const auto result = answerOf(bench.database->run<Done>([](Connection &connection) -> Result<Done> {
        connection.statement(u"INSERT INTO preference (key, value) VALUES ('a', 'b')"_s).run();
        return Error{ErrorKind::Conflict, u"changed my mind"_s};
    }));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Conflict);
    QVERIFY(valueOf(bench.preferences->all()).isEmpty());
}

void DatabaseTest::failedStatementFailsTheWholeJob()
{
    StoreBench bench;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"failed: .*"_s));
    const auto result = answerOf(bench.database->run<Done>([](Connection &connection) -> Result<Done> {
        connection.statement(u"INSERT INTO preference (key, value) VALUES ('a', 'b')"_s).run();
        connection.statement(u"INSERT INTO preference (key) VALUES ('c')"_s).run();
        connection.statement(u"INSERT INTO preference (key, value) VALUES ('d', 'e')"_s).run();
        return Done{};
    }));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Storage);
    QVERIFY(valueOf(bench.preferences->all()).isEmpty());
    // the next one is not touched by it
    valueOf(bench.preferences->set(u"key"_s, u"value"_s));
    QCOMPARE(valueOf(bench.preferences->all()).size(), 1);
}

void DatabaseTest::jobsRunInOrder()
{
    StoreBench bench;
    for (int i = 0; i < 200; ++i) {
        bench.preferences->set(u"count"_s, QString::number(i));
    }
    QCOMPARE(valueOf(bench.preferences->all()).value(u"count"_s), u"199"_s);
}

void DatabaseTest::jobsWithoutAnOpenFileFail()
{
    Database database;
    PreferenceStore preferences(database);
    const auto result = answerOf(preferences.set(u"a"_s, u"b"_s));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Storage);
    const auto questions = answerOf(preferences.all());
    QVERIFY(!questions);
}

void DatabaseTest::closingFinishesTheJobsGiven()
{
    StoreBench bench;
    for (int i = 0; i < 100; ++i) {
        bench.preferences->set(QString::number(i), u"x"_s);
    }
    bench.reopen();
    QCOMPARE(valueOf(bench.preferences->all()).size(), 100);
}

void DatabaseTest::memoryWorksToo()
{
    Database database;
    QCOMPARE(valueOf(database.open(u":memory:"_s)).obstacle, Obstacle::None);
    PreferenceStore preferences(database);
    valueOf(preferences.set(u"a"_s, u"b"_s));
    QCOMPARE(valueOf(preferences.all()).value(u"a"_s), u"b"_s);
}

void DatabaseTest::survivesChangeOfSafety()
{
    StoreBench bench;
    const auto synchronous = [&bench](Database::Safety safety) {
        return valueOf(bench.database->run<qint64>(
            [](Connection &connection) -> Result<qint64> { return connection.ask(u"PRAGMA synchronous"_s); }, safety));
    };
    QCOMPARE(synchronous(Database::Safety::Process), 1); // NORMAL
    QCOMPARE(synchronous(Database::Safety::Power), 2); // FULL
    QCOMPARE(synchronous(Database::Safety::Process), 1);
}

// a continuation of a finished future runs at once: nothing asked later may be heard of first
void DatabaseTest::answersAreHeardInTheOrderOfTheQuestions()
{
    Database database;
    QVERIFY(answerOf(database.open(u":memory:"_s)));
    QStringList heard;
    std::counting_semaphore<> ran(0);
    const auto ask = [&database, &ran] {
        return database.run<Done>([&ran](Connection &) -> Result<Done> {
            ran.release();
            return Done{};
        });
    };
    whenDone(ask(), this, [&heard](const Result<Done> &) { heard.append(u"first"_s); });
    ran.acquire();
    const auto second = ask();
    ran.acquire();
    // one more has begun: the answer of the second was given, and waits for the event loop
    const auto third = ask();
    ran.acquire();
    whenDone(second, this, [&heard](const Result<Done> &) { heard.append(u"second"_s); });
    QVERIFY(heard.isEmpty());
    QTRY_COMPARE(heard, QStringList({u"first"_s, u"second"_s}));
}

CUMULET_TEST(DatabaseTest)
#include "DatabaseTest.moc"
