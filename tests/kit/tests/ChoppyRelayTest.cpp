#include "kit/ChoppyRelay.h"
#include "kit/TestMain.h"
#include "kit/Waiting.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

/// Behind the relay stands a server that says back whatever it hears.
class ChoppyRelayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void itPassesOnBothWays();
    void piecesComeOneByOne();
    void whatIsSwallowedNeverComes();
    void whatIsDelayedComesLater();
    void itCutsAfterSoManyBytes();
    void refusedConnectionsAreTakenAgainOnTheSamePort();

private:
    bool connects();
    bool hears(const QByteArray &wanted);

    std::unique_ptr<QTcpServer> m_echo;
    std::unique_ptr<ChoppyRelay> m_relay;
    std::unique_ptr<QTcpSocket> m_client;
    QByteArray m_heard;
};

CUMULET_TEST(ChoppyRelayTest)

void ChoppyRelayTest::init()
{
    m_heard.clear();
    m_echo = std::make_unique<QTcpServer>();
    QVERIFY(m_echo->listen(QHostAddress::LocalHost));
    connect(m_echo.get(), &QTcpServer::newConnection, this, [this] {
        auto *const socket = m_echo->nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
    });
    m_relay = std::make_unique<ChoppyRelay>(u"127.0.0.1"_s, m_echo->serverPort());
    m_client = std::make_unique<QTcpSocket>();
    connect(m_client.get(), &QTcpSocket::readyRead, this, [this] { m_heard += m_client->readAll(); });
    QVERIFY(connects());
}

void ChoppyRelayTest::cleanup()
{
    m_client.reset();
    m_relay.reset();
    m_echo.reset();
}

bool ChoppyRelayTest::connects()
{
    m_client->connectToHost(QHostAddress(QHostAddress::LocalHost), m_relay->port());
    return waitFor([this] { return m_client->state() == QAbstractSocket::ConnectedState; }, 5'000);
}

bool ChoppyRelayTest::hears(const QByteArray &wanted)
{
    return waitFor([&] { return m_heard == wanted; }, 5'000);
}

void ChoppyRelayTest::itPassesOnBothWays()
{
    m_client->write("wherefore");
    QVERIFY(hears("wherefore"));
    QCOMPARE(m_relay->passed(ChoppyRelay::Side::Client), 9);
    QCOMPARE(m_relay->passed(ChoppyRelay::Side::Server), 9);
    QCOMPARE(m_relay->connections(), 1);
}

void ChoppyRelayTest::piecesComeOneByOne()
{
    m_relay->setPieces(ChoppyRelay::Side::Server, 1);
    QSignalSpy reads(m_client.get(), &QTcpSocket::readyRead);
    m_client->write("Привет");
    QVERIFY(hears("Привет"));
    QVERIFY(reads.size() >= 1);
}

void ChoppyRelayTest::whatIsSwallowedNeverComes()
{
    m_relay->setSwallowing(ChoppyRelay::Side::Server, true);
    m_client->write("lost");
    // the server's answer has reached the relay once it has been asked for again
    QVERIFY(waitFor([this] { return m_relay->passed(ChoppyRelay::Side::Client) == 4; }));
    QVERIFY(!waitFor([this] { return !m_heard.isEmpty(); }, 100));
    m_relay->setSwallowing(ChoppyRelay::Side::Server, false);
    m_client->write("found");
    QVERIFY(hears("found"));
}

void ChoppyRelayTest::whatIsDelayedComesLater()
{
    m_relay->setDelay(ChoppyRelay::Side::Client, 150);
    QElapsedTimer clock;
    clock.start();
    m_client->write("late");
    QVERIFY(hears("late"));
    QVERIFY(clock.elapsed() >= 140);
}

void ChoppyRelayTest::itCutsAfterSoManyBytes()
{
    QSignalSpy cut(m_relay.get(), &ChoppyRelay::connectionCut);
    m_relay->cutAfter(ChoppyRelay::Side::Client, 3);
    m_client->write("banished");
    QVERIFY(waitFor([&] { return cut.size() == 1 && m_client->state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(m_relay->passed(ChoppyRelay::Side::Client), 3);
    QVERIFY(connects());
    m_client->write("again");
    QVERIFY(hears("again"));
}

void ChoppyRelayTest::refusedConnectionsAreTakenAgainOnTheSamePort()
{
    const auto port = m_relay->port();
    m_relay->setRefusing(true);
    m_relay->cut();
    QVERIFY(waitFor([this] { return m_client->state() == QAbstractSocket::UnconnectedState; }));
    m_client->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(waitFor([this] { return m_client->state() == QAbstractSocket::UnconnectedState; }));
    QCOMPARE(m_client->error(), QAbstractSocket::ConnectionRefusedError);
    m_relay->setRefusing(false);
    QVERIFY(connects());
    QCOMPARE(m_relay->port(), port);
}

#include "ChoppyRelayTest.moc"
