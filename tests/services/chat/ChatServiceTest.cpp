#include "services/chat/ChatService.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    void receive(const IncomingMessage &message)
    {
        Q_EMIT chatWire->messageReceived(message);
        settle();
    }
    QList<FakeChatWire::Notice> receiptFor(const Jid &peer, const QString &id) const
    {
        return {{peer, MessageId(id), DeliveryState::Delivered}};
    }
};

} // namespace

class ChatServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsStoredThenTold()
    {
        Bench bench;
        QVERIFY(bench.start());
        QSignalSpy changed(bench.chat.get(), &ChatService::messagesChanged);
        QSignalSpy arrived(bench.chat.get(), &ChatService::arrived);
        QSignalSpy listed(bench.chat.get(), &ChatService::conversationsChanged);
        bench.receive(bench.from(bench.juliet, u"hello"_s));
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"hello"_s}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).value<ConversationId>(), bench.chatWith(bench.juliet));
        QCOMPARE(changed.first().at(1).value<QList<MessageRow>>().size(), 1);
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(listed.size(), 1);
    }

    void aFloodIsToldInFewSignals()
    {
        Bench bench;
        QVERIFY(bench.start());
        QSignalSpy changed(bench.chat.get(), &ChatService::messagesChanged);
        for (int number = 0; number < 1000; ++number) {
            Q_EMIT bench.chatWire->messageReceived(bench.from(bench.juliet, QString::number(number)));
        }
        bench.settle();
        QCOMPARE(bench.storedWith(bench.juliet).size(), 1000);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.chatWire->notices.size(), 1000);
    }

    void aRepeatChangesNothing()
    {
        Bench bench;
        QVERIFY(bench.start());
        const IncomingMessage message = bench.from(bench.juliet, u"hello"_s);
        bench.receive(message);
        QSignalSpy changed(bench.chat.get(), &ChatService::messagesChanged);
        bench.receive(message);
        QCOMPARE(bench.storedWith(bench.juliet).size(), 1);
        QCOMPARE(changed.size(), 0);
    }

    void contactsGetAReceiptOnce()
    {
        Bench bench;
        QVERIFY(bench.start());
        const IncomingMessage message = bench.from(bench.juliet, u"hello"_s, u"m1"_s);
        Q_EMIT bench.chatWire->messageReceived(message);
        Q_EMIT bench.chatWire->messageReceived(message); // twice in one turn
        bench.settle();
        bench.receive(message); // and again later
        QCOMPARE(bench.chatWire->notices, bench.receiptFor(bench.juliet, u"m1"_s));
    }

    void nobodyElseGetsAReceipt_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"stranger", "carbon", "own", "archive", "not asked for", "without id"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }

    void nobodyElseGetsAReceipt()
    {
        QFETCH(QString, what);
        Bench bench;
        QVERIFY(bench.start());
        IncomingMessage message = bench.from(what == u"stranger" ? bench.mallory : bench.juliet, u"hello"_s, u"m1"_s);
        if (what == u"own") {
            message = bench.ownTo(bench.juliet, u"hello"_s, OriginId(u"o1"_s));
        }
        message.isCarbon = what == u"carbon";
        message.isFromArchive = what == u"archive";
        message.wantsReceipt = what != u"not asked for";
        if (what == u"without id") {
            message.messageId = {};
        }
        bench.receive(message);
        QVERIFY(bench.chatWire->notices.isEmpty());
    }

    void aCarbonOfAnotherDeviceIsShownAsOurs()
    {
        Bench bench;
        QVERIFY(bench.start());
        IncomingMessage carbon = bench.ownTo(bench.juliet, u"from the phone"_s, OriginId(u"o1"_s));
        carbon.isCarbon = true;
        QSignalSpy arrived(bench.chat.get(), &ChatService::arrived);
        bench.receive(carbon);
        QVERIFY(bench.storedWith(bench.juliet).first().isOwn);
        QCOMPARE(bench.storedWith(bench.juliet).first().state, DeliveryState::Sent);
        QCOMPARE(arrived.size(), 0);
    }

    void receiptsAndMarkersMoveAMessageForwardOnly()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(await(bench.chat->send(bench.chatWith(bench.juliet), u"hello"_s)));
        bench.settle();
        const MessageId id(bench.chatWire->sent.first().originId.text());
        const auto say = [&](DeliveryState state) {
            Q_EMIT bench.chatWire->noticeReceived({bench.juliet, false, id, state, QDateTime::currentDateTimeUtc()});
            bench.settle();
            return bench.storedWith(bench.juliet).first().state;
        };
        QCOMPARE(say(DeliveryState::Delivered), DeliveryState::Delivered);
        QCOMPARE(say(DeliveryState::Displayed), DeliveryState::Displayed);
        QCOMPARE(say(DeliveryState::Delivered), DeliveryState::Displayed);
    }

    void aCorrectionReplacesTheText()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.from(bench.juliet, u"helo"_s, u"m1"_s));
        IncomingMessage correction = bench.from(bench.juliet, u"hello"_s, u"m2"_s);
        correction.replaces = MessageId(u"m1"_s);
        bench.receive(correction);
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"hello"_s}));
        QVERIFY(bench.storedWith(bench.juliet).first().isCorrected);
    }

    void onlyTheNewestOwnMessageOfTodayIsOfferedForCorrection()
    {
        Bench bench;
        QVERIFY(bench.start());
        const ConversationId chat = bench.chatWith(bench.juliet);
        QCOMPARE(await(bench.chat->lastCorrectable(chat)).error().kind, ErrorKind::NotFound);
        IncomingMessage old = bench.ownTo(bench.juliet, u"long ago"_s, OriginId(u"o1"_s));
        old.time = QDateTime::currentDateTimeUtc().addDays(-2);
        bench.receive(old);
        QCOMPARE(await(bench.chat->lastCorrectable(chat)).error().kind, ErrorKind::NotFound);
        QVERIFY(await(bench.chat->send(chat, u"one"_s)));
        QVERIFY(await(bench.chat->send(chat, u"two"_s)));
        bench.receive(bench.from(bench.juliet, u"theirs"_s));
        QCOMPARE(await(bench.chat->lastCorrectable(chat))->body, u"two"_s);
    }

    void onlyOwnMessagesCanBeCorrected()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.receive(bench.from(bench.juliet, u"theirs"_s));
        const Message theirs = bench.storedWith(bench.juliet).first();
        const auto sent = await(bench.chat->send(theirs.conversation, u"changed"_s, theirs.row));
        QCOMPARE(sent.error().kind, ErrorKind::NotAllowed);
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"theirs"_s}));
    }

    void emptyAndEndlessTextsAreRefused()
    {
        Bench bench;
        const ConversationId chat = bench.chatWith(bench.juliet);
        QVERIFY(!await(bench.chat->send(chat, {})));
        QCOMPARE(await(bench.chat->send(chat, QString(300'000, u'x'))).error().kind, ErrorKind::TooLarge);
    }

    void typingGoesToThePeerOfTheConversation()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.chat->noteTyping(bench.chatWith(bench.juliet), false);
        bench.settle();
        QCOMPARE(bench.chatWire->states, QList<FakeChatWire::SentState>({{bench.juliet, ChatState::Composing}}));
    }

    void theirTypingIsShownUntilTheyWrite()
    {
        Bench bench;
        QVERIFY(bench.start());
        QSignalSpy changed(bench.chat.get(), &ChatService::chatStateChanged);
        Q_EMIT bench.chatWire->chatStateReceived(bench.juliet, ChatState::Composing);
        QCOMPARE(bench.chat->chatStateOf(bench.juliet), ChatState::Composing);
        bench.receive(bench.from(bench.juliet, u"hello"_s));
        QCOMPARE(bench.chat->chatStateOf(bench.juliet), ChatState::Active);
        QCOMPARE(changed.size(), 2);
    }

    void endingInTheMiddleOfEverythingIsHarmless()
    {
        Bench bench;
        for (int number = 0; number < 500; ++number) {
            bench.archive.add(bench.from(bench.juliet, QString::number(number)));
        }
        (void)bench.chat->start(false);
        (void)bench.chat->send(bench.chatWith(bench.juliet), u"hello"_s);
        (void)bench.chat->fetchOlder(bench.chatWith(bench.juliet));
        Q_EMIT bench.chatWire->messageReceived(bench.from(bench.nurse, u"live"_s));
        bench.killAndRestart();
        QVERIFY(bench.start());
        bench.settle();
        QCOMPARE(bench.chatWire->sentBodies(), QStringList({u"hello"_s}));
        QCOMPARE(bench.bodiesWith(bench.nurse), QStringList({u"live"_s}));
        // the first login was cut off: what it did not reach is read when somebody scrolls there
        while (await(bench.chat->fetchOlder(bench.chatWith(bench.juliet)))) {}
        QCOMPARE(bench.storedWith(bench.juliet).size(), 501);
    }
};

CUMULET_TEST(ChatServiceTest)
#include "ChatServiceTest.moc"
