// cumulet-feed as a person uses it: a file in, lines out.
#include "kit/TestMain.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class FeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatChangedIsSaid();
    void brokenAndUnfinishedFilesAreTold();
    void whatCannotBeReadIsAFailure();

private:
    struct Run
    {
        int status = -1;
        QString output;
    };
    Run feed(const QList<QByteArray> &contents);

    QTemporaryDir m_folder;
};

CUMULET_TEST(FeedTest)

FeedTest::Run FeedTest::feed(const QList<QByteArray> &contents)
{
    QStringList names;
    for (const auto &content : contents) {
        QFile file(m_folder.filePath(u"%1.xml"_s.arg(names.size())));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            return {};
        }
        names.append(file.fileName());
    }
    QProcess program;
    program.start(u"" CUMULET_BINARY_DIR "/tests/fuzz/cumulet-feed"_s, names);
    if (!program.waitForFinished(100'000)) {
        return {};
    }
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput())};
}

void FeedTest::whatChangedIsSaid()
{
    const auto run = feed({"<message from='juliet@example.org/balcony' to='@me@' type='chat' id='f1'><body>fed</body>"
                           "<request xmlns='urn:xmpp:receipts'/></message>"});
    QCOMPARE(run.status, 0);
    QVERIFY2(run.output.contains(u"connection: stands"_s), qPrintable(run.output));
    QVERIFY2(run.output.contains(u"+ message of juliet@example.org"_s), qPrintable(run.output));
    QVERIFY2(
        run.output.contains(u"+ juliet@example.org | juliet@example.org: fed (received)"_s), qPrintable(run.output));
    QVERIFY2(run.output.contains(u"<received xmlns=\"urn:xmpp:receipts\" id=\"f1\"/>"_s), qPrintable(run.output));
}

void FeedTest::brokenAndUnfinishedFilesAreTold()
{
    const auto run = feed(
        {"<message><body>x</wrong></message>", "<message><body>and then", "<message>\xff</message>", "<message/>"});
    QCOMPARE(run.status, 0);
    QVERIFY2(run.output.contains(u"ended: Malformed, broken XML"_s), qPrintable(run.output));
    QVERIFY2(run.output.contains(u"the bytes end inside an element"_s), qPrintable(run.output));
    QVERIFY2(run.output.contains(u"ended: Malformed, text that is not UTF-8"_s), qPrintable(run.output));
    QVERIFY2(run.output.contains(u"connection: stands"_s), qPrintable(run.output));
}

void FeedTest::whatCannotBeReadIsAFailure()
{
    QProcess program;
    program.start(u"" CUMULET_BINARY_DIR "/tests/fuzz/cumulet-feed"_s, {m_folder.filePath(u"is not there"_s)});
    QVERIFY(program.waitForFinished(100'000));
    QCOMPARE(program.exitCode(), 1);
}

#include "FeedTest.moc"
