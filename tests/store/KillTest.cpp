#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QProcess>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// A program that writes is killed at random moments: what it was told to be stored is stored, all of a job or
/// nothing of it.
class KillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedProgramLosesNothingItWasPromised();
};

// runs the victim until it has said so many lines, then kills it and gives all complete lines
static QStringList killAfter(const QString &file, int lines)
{
    QProcess victim;
    victim.start(QCoreApplication::applicationDirPath() + u"/cumulet_store_victim"_s, {file});
    QByteArray said;
    while (said.count('\n') < lines && victim.waitForReadyRead(30'000)) {
        said += victim.readAllStandardOutput();
    }
    victim.kill();
    victim.waitForFinished();
    said += victim.readAllStandardOutput();
    return QString::fromUtf8(said.first(said.lastIndexOf('\n') + 1)).split(u'\n', Qt::SkipEmptyParts);
}

struct Promises
{
    QSet<QString> messages;
    QSet<QString> posts;
    QSet<QString> progress;
    QSet<QString> sending;

    void add(const QStringList &lines)
    {
        for (const auto &line : lines) {
            const auto id = line.section(u' ', 1);
            if (line.startsWith("message "_L1)) {
                messages += id;
            } else if (line.startsWith("post "_L1)) {
                posts += id;
            } else if (line.startsWith("progress "_L1)) {
                progress += id;
            } else if (line.startsWith("sending "_L1)) {
                sending += id;
            }
        }
    }
};

static void check(const QString &file, const Promises &promised)
{
    Database database;
    const auto opened = valueOf(database.open(file));
    QCOMPARE(opened.obstacle, Database::Obstacle::None);
    const auto ask = [&database](const QString &sql) {
        return valueOf(
            database.run<qint64>([sql](Connection &connection) -> Result<qint64> { return connection.ask(sql); }));
    };
    QCOMPARE(ask(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s), 0);
    QCOMPARE(ask(u"SELECT count(*) FROM pragma_foreign_key_check"_s), 0);
    QSet<QString> messages;
    QSet<QString> sending;
    for (const auto &waiting : valueOf(MessageStore(database).outbox(1))) {
        QVERIFY(!messages.contains(waiting.message.originId.text()));
        messages += waiting.message.originId.text();
        if (waiting.state == DeliveryState::Sending) {
            sending += waiting.message.originId.text();
        }
    }
    QVERIFY((promised.messages - messages).isEmpty());
    QVERIFY((promised.sending - sending).isEmpty());
    QSet<QString> posts;
    for (const auto &waiting : valueOf(ChannelStore(database).outbox(1))) {
        posts += waiting.post.originId.text();
    }
    QVERIFY((promised.posts - posts).isEmpty());
    // batches are there as a whole, with the progress that belongs to them
    const auto received = ask(u"SELECT count(*) FROM message WHERE state = 0"_s);
    QCOMPARE(received % 30, 0);
    QVERIFY(received >= promised.progress.size() * 30);
    QCOMPARE(ask(u"SELECT count(*) FROM account a JOIN message m ON m.account = a.id "
                 "WHERE a.archive_newest = m.archive_id"_s),
        1);
    QCOMPARE(ask(u"SELECT count(*) FROM conversation c WHERE kind = 0 AND unread <> "
                 "(SELECT count(*) FROM message m WHERE m.conversation = c.id AND m.is_unread = 1)"_s),
        0);
    QVERIFY(!valueOf(SearchStore(database).search(u"received"_s)).isEmpty());
}

void KillTest::killedProgramLosesNothingItWasPromised()
{
    const QTemporaryDir folder;
    const auto file = folder.filePath(u"store.sqlite"_s);
    Promises promised;
    QRandomGenerator random(QRandomGenerator::securelySeeded());
    for (int round = 0; round < 10; ++round) {
        const auto lines = killAfter(file, 5 + int(random.bounded(60)));
        QVERIFY(!lines.isEmpty());
        promised.add(lines);
        check(file, promised);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
}

CUMULET_TEST(KillTest)
#include "KillTest.moc"
