#include "services/chat/SeenMarkers.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    void receive(const Jid &peer, const QString &body, bool isMarkable = true)
    {
        IncomingMessage message = from(peer, body);
        message.isMarkable = isMarkable;
        Q_EMIT chatWire->messageReceived(message);
        settle();
    }
    void see(const Jid &peer)
    {
        chat->markSeen(chatWith(peer), storedWith(peer).last());
        settle();
    }
    int unread(const Jid &peer) { return await(conversations->entry(chatWith(peer)))->unread; }
    QStringList marked() const
    {
        QStringList ids;
        for (const FakeChatWire::Notice &notice : std::as_const(chatWire->notices)) {
            if (notice.state == DeliveryState::Displayed) {
                ids.append(notice.message.text());
            }
        }
        return ids;
    }
};

} // namespace

class SeenMarkersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seeingMovesTheReadPositionAndTellsTheContactOnce()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.juliet, u"one"_s);
        bench.receive(bench.juliet, u"two"_s);
        QCOMPARE(bench.unread(bench.juliet), 2);
        QSignalSpy changed(bench.chat.get(), &ChatService::conversationsChanged);
        bench.see(bench.juliet);
        bench.see(bench.juliet);
        QCOMPARE(bench.unread(bench.juliet), 0);
        QCOMPARE(bench.marked(), QStringList({u"m-two"_s}));
        QCOMPARE(changed.size(), 1);
    }

    void onlyWhatAskedForItIsMarked()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.juliet, u"one"_s, false);
        bench.see(bench.juliet);
        QVERIFY(bench.marked().isEmpty());
        QCOMPARE(bench.unread(bench.juliet), 0);
    }

    void strangersDoNotLearnWhatWeRead()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.mallory, u"one"_s);
        bench.see(bench.mallory);
        QVERIFY(bench.marked().isEmpty());
        QCOMPARE(bench.unread(bench.mallory), 0);
    }

    void theirLastMessageBeforeOneOfOursIsMarked()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.juliet, u"one"_s);
        QVERIFY(await(bench.chat->send(bench.chatWith(bench.juliet), u"mine"_s)));
        bench.settle();
        bench.see(bench.juliet);
        QCOMPARE(bench.marked(), QStringList({u"m-one"_s}));
    }

    void withoutConnectionTheNewestMarkerWaits()
    {
        Bench bench;
        bench.receive(bench.juliet, u"one"_s);
        bench.see(bench.juliet);
        bench.receive(bench.juliet, u"two"_s);
        bench.see(bench.juliet);
        QVERIFY(bench.marked().isEmpty());
        QVERIFY(bench.start());
        QCOMPARE(bench.marked(), QStringList({u"m-two"_s}));
        bench.chat->stop();
        QVERIFY(bench.start());
        QCOMPARE(bench.marked().size(), 1);
    }

    void anOwnMarkerOfAnotherDeviceReadsHereToo()
    {
        Bench bench;
        bench.receive(bench.juliet, u"one"_s);
        Q_EMIT bench.chatWire->noticeReceived(
            {bench.juliet, true, MessageId(u"m-one"_s), DeliveryState::Displayed, QDateTime::currentDateTimeUtc()});
        bench.settle();
        QCOMPARE(bench.unread(bench.juliet), 0);
        QVERIFY(bench.marked().isEmpty());
    }
};

CUMULET_TEST(SeenMarkersTest)
#include "SeenMarkersTest.moc"
