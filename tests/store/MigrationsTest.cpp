#include "store/sql/Migrations.h"
#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class MigrationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionsCountUpFromOne();
    void stepsAreCutAtTheirReasons();
    void failingStepLeavesVersionAndContent();
    void laterFileMayFailAlone();
    void everyVersionBecomesTheNewest_data();
    void everyVersionBecomesTheNewest();
    void upgradedSampleWorks();
};

static QString textOf(const QString &name)
{
    QFile file(QStringLiteral(CUMULET_SOURCE_DIR) + u"/tests/store/samples/"_s + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// everything SQLite knows of the tables, one a line, without regard to white space
static QString schemaOf(Connection &connection)
{
    QString schema;
    auto select =
        connection.statement(u"SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'search\\_%' ESCAPE '\\' "
                             "OR name = 'search_waiting' ORDER BY type, name"_s);
    select.run();
    while (select.next()) {
        schema += select.text(0) + u' ' + select.text(1) + u' ' + select.text(2).simplified() + u'\n';
    }
    return schema;
}

static bool openNew(Connection &connection, const QTemporaryDir &folder)
{
    return connection.open(folder.filePath(u"store.sqlite"_s)) && connection.prepare(true);
}

static bool runSteps(Connection &connection, const QString &text)
{
    for (const auto &step : stepsOf(text)) {
        connection.execute(step);
    }
    return !connection.hasFailed();
}

void MigrationsTest::versionsCountUpFromOne()
{
    int version = 0;
    for (const auto &migration : allMigrations()) {
        QCOMPARE(migration.version, ++version);
        QVERIFY(!migration.steps.isEmpty());
        QVERIFY2(!textOf(u"%1.schema"_s.arg(version, 4, 10, QChar(u'0'))).isEmpty(), qPrintable(migration.name));
    }
    QVERIFY(version > 0);
}

void MigrationsTest::stepsAreCutAtTheirReasons()
{
    const auto steps = stepsOf(u"-- a comment\n\n-- step: one\nSELECT 1;\n-- more words\n-- step: two\n"
                               "CREATE TRIGGER t BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"_s);
    QCOMPARE(steps, (QStringList{u"SELECT 1;"_s, u"CREATE TRIGGER t BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;"_s}));
}

void MigrationsTest::failingStepLeavesVersionAndContent()
{
    const QTemporaryDir folder;
    Connection connection;
    QVERIFY(openNew(connection, folder));
    QVERIFY(migrate(connection, allMigrations()));
    const auto version = versionOf(connection);
    const auto schema = schemaOf(connection);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"failed: .*"_s));
    const auto result = migrate(connection,
        {{version + 1, u"bad.sql"_s, {u"CREATE TABLE extra (id)"_s, u"DROP TABLE preference"_s, u"NONSENSE"_s}}});
    QVERIFY(!result);
    QVERIFY(result.error().detail.startsWith(u"bad.sql"_s));
    connection.begin();
    QCOMPARE(versionOf(connection), version);
    QCOMPARE(schemaOf(connection), schema);
    connection.rollback();
}

void MigrationsTest::laterFileMayFailAlone()
{
    const QTemporaryDir folder;
    Connection connection;
    QVERIFY(openNew(connection, folder));
    QVERIFY(migrate(connection, allMigrations()));
    const auto version = versionOf(connection);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"failed: .*"_s));
    QVERIFY(!migrate(connection,
        {{version + 1, u"good.sql"_s, {u"CREATE TABLE extra (id)"_s}},
            {version + 2, u"bad.sql"_s, {u"CREATE TABLE extra (id)"_s}}}));
    connection.begin();
    QCOMPARE(versionOf(connection), version + 1);
    connection.rollback();
}

void MigrationsTest::everyVersionBecomesTheNewest_data()
{
    QTest::addColumn<int>("version");
    for (const auto &migration : allMigrations()) {
        QTest::addRow("%d", migration.version) << migration.version;
    }
}

void MigrationsTest::everyVersionBecomesTheNewest()
{
    QFETCH(int, version);
    const auto name = u"%1"_s.arg(version, 4, 10, QChar(u'0'));
    const QTemporaryDir folder;
    const QTemporaryDir freshFolder;
    Connection old;
    Connection fresh;
    QVERIFY(openNew(old, folder) && openNew(fresh, freshFolder));
    QVERIFY(migrate(old, allMigrations().first(version)));
    if (qEnvironmentVariableIsSet("CUMULET_WRITE_SAMPLES")) { // for the author of a new migration
        QFile file(QStringLiteral(CUMULET_SOURCE_DIR) + u"/tests/store/samples/"_s + name + u".schema"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(schemaOf(old).toUtf8());
    }
    QCOMPARE(schemaOf(old), textOf(name + u".schema"_s));
    QVERIFY(runSteps(old, textOf(name + u".sql"_s)));
    QVERIFY(migrate(old, allMigrations()));
    QVERIFY(migrate(fresh, allMigrations()));
    QCOMPARE(versionOf(old), allMigrations().last().version);
    QCOMPARE(schemaOf(old), schemaOf(fresh));
    QCOMPARE(old.ask(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s), 0);
    QCOMPARE(old.ask(u"SELECT count(*) FROM pragma_foreign_key_check"_s), 0);
    QCOMPARE(old.ask(u"SELECT count(*) FROM message"_s), 4);
}

// what the oldest version wrote is what the newest program shows
void MigrationsTest::upgradedSampleWorks()
{
    StoreBench bench;
    bench.database.reset();
    QVERIFY(QFile::remove(bench.file()));
    {
        Connection connection;
        QVERIFY(connection.open(bench.file()) && connection.prepare(true));
        QVERIFY(migrate(connection, allMigrations().first(1)));
        QVERIFY(runSteps(connection, textOf(u"0001.sql"_s)));
    }
    bench.reopen();
    QCOMPARE(valueOf(bench.accounts->accounts()).first().jid, bench.self);
    const auto list = valueOf(bench.conversations->list());
    QCOMPARE(list.size(), 2);
    QCOMPARE(list.first().title, u"Cooking"_s);
    QCOMPARE(list.last().unread, 1);
    const auto messages = bench.messages(list.last().id);
    QCOMPARE(messages.size(), 4);
    QCOMPARE(messages.at(0).sender, bench.juliet.withResource(u"balcony"_s));
    QCOMPARE(messages.at(2).messageId, MessageId(u"9f0f1c52-6d3a-4b3e-8f0e-00000000000f"_s));
    QVERIFY(messages.at(1).isCorrected);
    QCOMPARE(valueOf(bench.chats->outbox(1)).size(), 1);
    QCOMPARE(valueOf(bench.search->search(u"wherefore"_s)).size(), 1);
    QCOMPARE(valueOf(bench.search->search(u"soup"_s)).size(), 1);
    const auto thread = valueOf(bench.channels->thread(1));
    QCOMPARE(thread.comments.size(), 1);
    QCOMPARE(valueOf(bench.preferences->all()).value(u"theme"_s), u"dark"_s);
}

CUMULET_TEST(MigrationsTest)
#include "MigrationsTest.moc"
