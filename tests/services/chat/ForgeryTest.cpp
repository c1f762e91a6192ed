// What the wire let through by mistake, or what a stranger may say truthfully about himself: at the level of the
// services it must not change anything of anybody else.
#include "services/chat/ChatService.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

// a conversation with Juliet: one message each, ours acknowledged
struct Bench : ChatBench
{
    Bench()
    {
        (void)start();
        Q_EMIT chatWire->messageReceived(from(juliet, u"theirs"_s, u"m1"_s));
        settle();
        (void)await(chat->send(chatWith(juliet), u"mine"_s));
        settle();
        ownId = MessageId(chatWire->sent.first().originId.text());
        chatWire->notices.clear();
        before = storedWith(juliet);
    }
    bool isUnchanged()
    {
        settle();
        const QList<Message> now = storedWith(juliet);
        return now.size() == 2 && now.at(0).body == u"theirs" && now.at(1).body == u"mine"
            && now.at(1).state == DeliveryState::Sent && now.at(0).revision == before.at(0).revision
            && now.at(1).revision == before.at(1).revision;
    }
    Jid sender(const QString &who) const
    {
        return who == u"stranger"           ? mallory
            : who == u"other contact"       ? nurse
            : who == u"server"              ? Jid::fromTrusted(u"example.org"_s)
            : who == u"ourselves"           ? romeo
            : who == u"similar address"     ? Jid::fromTrusted(u"juliet@example.org.evil.example"_s)
            : who == u"address as resource" ? mallory.withResource(juliet.text())
                                            : Jid();
    }
    MessageId ownId;
    QList<Message> before;
};

void addSenders()
{
    QTest::addColumn<QString>("who");
    for (const char *who :
        {"stranger", "other contact", "server", "ourselves", "similar address", "address as resource", "nobody"}) {
        QTest::newRow(who) << QString::fromLatin1(who);
    }
}

} // namespace

class ForgeryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receiptsOfOthersChangeNothing_data() { addSenders(); }
    void receiptsOfOthersChangeNothing()
    {
        QFETCH(QString, who);
        Bench bench;
        for (const DeliveryState state : {DeliveryState::Delivered, DeliveryState::Displayed}) {
            Q_EMIT bench.chatWire->noticeReceived(
                {bench.sender(who), false, bench.ownId, state, QDateTime::currentDateTimeUtc()});
        }
        QVERIFY(bench.isUnchanged());
    }

    void correctionsOfOthersChangeNothing_data() { addSenders(); }
    void correctionsOfOthersChangeNothing()
    {
        QFETCH(QString, who);
        Bench bench;
        for (const MessageId &target : {MessageId(u"m1"_s), bench.ownId}) {
            IncomingMessage correction = bench.from(bench.sender(who), u"forged"_s, u"c-"_s + target.text());
            correction.replaces = target;
            Q_EMIT bench.chatWire->messageReceived(correction);
        }
        QVERIFY(bench.isUnchanged());
    }

    void aMessageInSomebodyElsesConversationIsDropped_data() { addSenders(); }
    void aMessageInSomebodyElsesConversationIsDropped()
    {
        QFETCH(QString, who);
        Bench bench;
        IncomingMessage message = bench.from(bench.juliet, u"forged"_s);
        message.from = bench.sender(who);
        Q_EMIT bench.chatWire->messageReceived(message);
        message.isCarbon = true;
        Q_EMIT bench.chatWire->messageReceived(message);
        QVERIFY(bench.isUnchanged());
    }

    void nobodyElseWritesAsOurselves_data()
    {
        QTest::addColumn<QString>("who");
        for (const char *who :
            {"stranger", "other contact", "server", "similar address", "address as resource", "nobody"}) {
            QTest::newRow(who) << QString::fromLatin1(who);
        }
    }
    void nobodyElseWritesAsOurselves()
    {
        QFETCH(QString, who);
        Bench bench;
        IncomingMessage message = bench.ownTo(bench.juliet, u"forged"_s, OriginId(u"o1"_s));
        message.from = bench.sender(who);
        Q_EMIT bench.chatWire->messageReceived(message);
        QVERIFY(bench.isUnchanged());
    }

    void thePeerCannotCorrectOurMessage()
    {
        Bench bench;
        IncomingMessage correction = bench.from(bench.juliet, u"forged"_s, u"c1"_s);
        correction.replaces = bench.ownId;
        Q_EMIT bench.chatWire->messageReceived(correction);
        QVERIFY(bench.isUnchanged());
    }

    void ourOwnCorrectionElsewhereDoesNotChangeTheirMessage()
    {
        Bench bench;
        IncomingMessage correction = bench.ownTo(bench.juliet, u"forged"_s, OriginId(u"c1"_s));
        correction.replaces = MessageId(u"m1"_s);
        Q_EMIT bench.chatWire->messageReceived(correction);
        QVERIFY(bench.isUnchanged());
    }

    void correctionsInCirclesEnd()
    {
        Bench bench;
        for (const auto &[id, target] : {std::pair(u"a"_s, u"a"_s), {u"b"_s, u"c"_s}, {u"c"_s, u"b"_s}}) {
            IncomingMessage correction = bench.from(bench.juliet, u"round "_s + id, id);
            correction.replaces = MessageId(target);
            Q_EMIT bench.chatWire->messageReceived(correction);
        }
        bench.settle();
        QVERIFY(bench.bodiesWith(bench.juliet).contains(u"theirs"_s));
        QVERIFY(bench.bodiesWith(bench.juliet).contains(u"mine"_s));
    }

    void aMessageIdOfOursFromAnotherIsAnotherMessage()
    {
        Bench bench;
        IncomingMessage message = bench.from(bench.juliet, u"copied id"_s, bench.ownId.text());
        message.originId = OriginId(bench.ownId.text());
        Q_EMIT bench.chatWire->messageReceived(message);
        bench.settle();
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"theirs"_s, u"mine"_s, u"copied id"_s}));
    }

    void aNoticeThatIsNotOursDoesNotMarkAsRead()
    {
        Bench bench;
        Q_EMIT bench.chatWire->messageReceived(bench.from(bench.juliet, u"unread"_s, u"m9"_s));
        bench.settle();
        const int unread = await(bench.conversations->entry(bench.chatWith(bench.juliet)))->unread;
        QVERIFY(unread > 0);
        for (const Jid &peer : {bench.mallory, bench.juliet}) {
            Q_EMIT bench.chatWire->noticeReceived(
                {peer, false, MessageId(u"m9"_s), DeliveryState::Displayed, QDateTime::currentDateTimeUtc()});
        }
        bench.settle();
        QCOMPARE(await(bench.conversations->entry(bench.chatWith(bench.juliet)))->unread, unread);
    }

    void strangersLearnNothing()
    {
        Bench bench;
        Q_EMIT bench.chatWire->messageReceived(bench.from(bench.mallory, u"are you there?"_s));
        Q_EMIT bench.chatWire->chatStateReceived(bench.mallory, ChatState::Composing);
        bench.settle();
        bench.chat->markSeen(bench.chatWith(bench.mallory), bench.storedWith(bench.mallory).last());
        bench.chat->noteTyping(bench.chatWith(bench.mallory), false);
        bench.settle();
        QVERIFY(bench.chatWire->notices.isEmpty());
        QVERIFY(bench.chatWire->states.isEmpty());
        QCOMPARE(bench.chat->chatStateOf(bench.mallory), ChatState::None);
    }
};

CUMULET_TEST(ForgeryTest)
#include "ForgeryTest.moc"
