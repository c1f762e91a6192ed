#include "kit/LiveServer.h"
#include "kit/TestMain.h"
#include "kit/Waiting.h"

#include <QDir>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

class LiveServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itAnswersWithItsFeatures_data();
    void itAnswersWithItsFeatures();
    void anArchiveIsFilled_data();
    void anArchiveIsFilled();
    void itComesBackAfterAPowerCut();
    void nothingIsLeftOfIt();

private:
    static bool answers(const LiveServer &server);
    static void kinds();
};

CUMULET_TEST(LiveServerTest)

void LiveServerTest::initTestCase()
{
    if (LiveServer::isExternal()) {
        QSKIP("this tests the servers of our own");
    }
}

void LiveServerTest::kinds()
{
    QTest::addColumn<LiveServer::Kind>("kind");
    for (const auto kind : LiveServer::kinds()) {
        QTest::addRow("%s", QMetaEnum::fromType<LiveServer::Kind>().valueToKey(int(kind))) << kind;
    }
}

bool LiveServerTest::answers(const LiveServer &server)
{
    QTcpSocket socket;
    socket.connectToHost(server.settings().address, server.settings().port);
    if (!waitFor([&] {
            return socket.state() != QAbstractSocket::ConnectingState
                && socket.state() != QAbstractSocket::HostLookupState;
        })
        || socket.state() != QAbstractSocket::ConnectedState) {
        return false;
    }
    socket.write(
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='"
        + server.settings().host.toUtf8() + "'>");
    QByteArray said;
    return waitFor([&] {
        said += socket.readAll();
        return said.contains("</stream:features>");
    });
}

void LiveServerTest::itAnswersWithItsFeatures_data()
{
    kinds();
}

void LiveServerTest::itAnswersWithItsFeatures()
{
    QFETCH(const LiveServer::Kind, kind);
    if (const auto why = LiveServer::whyNot(kind); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    LiveServer server;
    QVERIFY2(server.start(kind), qPrintable(server.error()));
    QVERIFY(answers(server));
    QCOMPARE(server.certificates().size(), 1);
    const auto romeo = server.account(u"romeo"_s);
    QVERIFY2(romeo, qPrintable(server.error()));
    QCOMPARE(romeo->jid, u"romeo@verona.example"_s);
    QCOMPARE(server.account(u"romeo"_s)->password, romeo->password);
    const auto fresh = server.freshAccount(u"nurse"_s);
    QVERIFY2(fresh, qPrintable(server.error()));
    QVERIFY(server.freshAccount(u"nurse"_s)->jid != fresh->jid);
}

void LiveServerTest::anArchiveIsFilled_data()
{
    kinds();
}

void LiveServerTest::anArchiveIsFilled()
{
    QFETCH(const LiveServer::Kind, kind);
    if (const auto why = LiveServer::whyNot(kind); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    LiveServer server;
    QVERIFY2(server.start(kind), qPrintable(server.error()));
    QVERIFY(server.account(u"romeo"_s) && server.account(u"juliet"_s));
    QList<ArchivedMessage> messages;
    for (int i = 0; i < 10'000; ++i) {
        messages.append({u"juliet"_s, u"romeo"_s, u"Письмо %1 你好 🌹 <&>"_s.arg(i), {}, {}});
    }
    // whoever comes meanwhile is kept, although the archive is locked
    QStringList arguments{u"user"_s, server.folder()};
    for (int i = 0; i < 60; ++i) {
        arguments += {u"newcomer-%1"_s.arg(i), u"password"_s};
    }
    QProcess newcomers;
    newcomers.setProcessChannelMode(QProcess::MergedChannels);
    newcomers.start(QStringLiteral(CUMULET_SOURCE_DIR "/tests/kit/servers/servers.sh"), arguments);
    QVERIFY2(server.fillArchive(messages), qPrintable(server.error()));
    QVERIFY(waitFor([&] { return newcomers.state() == QProcess::NotRunning; }, 60'000));
    QVERIFY2(newcomers.exitCode() == 0, newcomers.readAll().constData());
    // that clients can read it is the business of the live tests; here: the server still answers
    QVERIFY(answers(server));
}

void LiveServerTest::itComesBackAfterAPowerCut()
{
    if (const auto why = LiveServer::whyNot(LiveServer::Kind::Prosody); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    LiveServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));
    QVERIFY2(server.kill(), qPrintable(server.error()));
    QVERIFY(!answers(server));
    QVERIFY2(server.again(), qPrintable(server.error()));
    QVERIFY(answers(server));
    QVERIFY2(server.stop(), qPrintable(server.error()));
    QVERIFY(!answers(server));
    QVERIFY2(server.again(), qPrintable(server.error()));
    QVERIFY(answers(server));
}

void LiveServerTest::nothingIsLeftOfIt()
{
    if (const auto why = LiveServer::whyNot(LiveServer::Kind::Prosody); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    auto server = std::make_unique<LiveServer>();
    QVERIFY2(server->start(), qPrintable(server->error()));
    const auto folder = server->folder();
    QFile pid(folder + u"/pid"_s);
    QVERIFY(pid.open(QIODevice::ReadOnly));
    const auto process = u"/proc/"_s + QString::fromLatin1(pid.readAll().trimmed());
    QVERIFY(QDir(process).exists());
    server.reset();
    QVERIFY(!QDir(folder).exists());
    QVERIFY(!QDir(process).exists());
}

#include "LiveServerTest.moc"
