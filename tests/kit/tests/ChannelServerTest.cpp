#include "kit/ChannelServer.h"
#include "kit/LiveServer.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

class ChannelServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aServerTakesItIn_data();
    void aServerTakesItIn();
};

CUMULET_TEST(ChannelServerTest)

void ChannelServerTest::aServerTakesItIn_data()
{
    QTest::addColumn<LiveServer::Kind>("kind");
    for (const auto kind : LiveServer::kinds()) {
        QTest::addRow("%s", QMetaEnum::fromType<LiveServer::Kind>().valueToKey(int(kind))) << kind;
    }
}

void ChannelServerTest::aServerTakesItIn()
{
    QFETCH(const LiveServer::Kind, kind);
    if (const auto why = LiveServer::whyNot(kind); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    LiveServer server;
    QVERIFY2(server.start(kind), qPrintable(server.error()));
    if (const auto why = ChannelServer::whyNot(server); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    ChannelServer channels;
    QVERIFY2(channels.start(server), qPrintable(channels.error()));
    QCOMPARE(channels.domain(), server.settings().channels);
    if (!channels.isOurs()) {
        QSKIP("somebody else's channel service is not stopped");
    }
    QVERIFY(channels.kill());
    QVERIFY2(channels.again(), qPrintable(channels.error()));
    QVERIFY(channels.stop());
    QVERIFY2(channels.again(u"all-real"_s), qPrintable(channels.error()));
}

#include "ChannelServerTest.moc"
