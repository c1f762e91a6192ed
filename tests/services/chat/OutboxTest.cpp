#include "services/chat/Outbox.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    Bench() { archiveSent(); }
    void kill()
    {
        killAndRestart();
        archiveSent();
    }
    void write(const QString &body) { QVERIFY(await(chat->send(chatWith(juliet), body))); }
    DeliveryState state(const QString &body)
    {
        const QList<Message> rows = storedWith(juliet);
        for (const Message &message : rows) {
            if (message.body == body) {
                return message.state;
            }
        }
        return DeliveryState::Received;
    }
    // what arrived at the server, in its order
    QStringList arrived()
    {
        QStringList bodies;
        ArchiveRequest all;
        all.limit = 10'000;
        const auto page = await(archive.page(all));
        for (const IncomingMessage &message : page->messages) {
            bodies.append(message.body);
        }
        return bodies;
    }
};

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsInTheDatabaseBeforeItIsSent();
    void aMessageWrittenOfflineWaitsAndGoesLater();
    void manyGoInOrder();
    void isCommittedAsSendingBeforeItIsHandedOver();
    void isSentWhenAcknowledged();
    void aRefusedMessageSaysWhyAndTheOthersGo();
    void aRefusalByTheOtherServerCountsToo();
    void aRefusedMessageCanBeTriedAgain();
    void aDiscardedMessageIsNotSent();
    void whatIsUnderWayCannotBeDiscarded();
    void anUnknownOutcomeStaysUnknownWithoutConnection();
    void lossAtEveryStepLeavesExactlyOneMessage_data();
    void lossAtEveryStepLeavesExactlyOneMessage();
    void killAtEveryStepLeavesExactlyOneMessage_data();
    void killAtEveryStepLeavesExactlyOneMessage();
    void unknownOnesComeBeforeNewOnes();
    void nothingIsSentWhileTheArchiveDoesNotAnswer();
    void withoutAnArchiveTheSameIdIsSentAgain();
    void aResumedStreamLeavesWhatIsWithTheWire();
    void anAnswerOfTheFormerStreamIsWaitedFor();
    void countsWhatWaits();
    void aCorrectionGoesWithTheIdItReplaces();
    void aRefusedCorrectionCanBeTriedAgain();
};

void OutboxTest::aMessageIsInTheDatabaseBeforeItIsSent()
{
    Bench bench;
    QVERIFY(bench.start());
    bool wasStored = false;
    bench.chatWire->onSend = [&](const OutgoingMessage &) { wasStored = !bench.storedWith(bench.juliet).isEmpty(); };
    bench.write(u"hello"_s);
    bench.settle();
    QVERIFY(wasStored);
}

void OutboxTest::aMessageWrittenOfflineWaitsAndGoesLater()
{
    Bench bench;
    bench.write(u"hello"_s);
    bench.settle();
    QVERIFY(bench.chatWire->sent.isEmpty());
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Queued);
    bench.kill();
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.chatWire->sentBodies(), QStringList({u"hello"_s}));
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sent);
}

void OutboxTest::manyGoInOrder()
{
    Bench bench;
    QStringList expected;
    for (int number = 0; number < 250; ++number) {
        expected.append(u"offline %1"_s.arg(number));
        (void)bench.chat->send(bench.chatWith(bench.juliet), expected.last());
    }
    QVERIFY(bench.start());
    for (int number = 0; number < 250; ++number) {
        expected.append(u"online %1"_s.arg(number));
        (void)bench.chat->send(bench.chatWith(bench.juliet), expected.last());
    }
    QTRY_COMPARE(bench.chat->waiting(), 0);
    QCOMPARE(bench.chatWire->sentBodies(), expected);
    QCOMPARE(bench.arrived(), expected);
}

void OutboxTest::isCommittedAsSendingBeforeItIsHandedOver()
{
    Bench bench;
    QVERIFY(bench.start());
    DeliveryState stateWhenSent = DeliveryState::Failed;
    bench.chatWire->onSend = [&](const OutgoingMessage &) { stateWhenSent = bench.state(u"hello"_s); };
    bench.write(u"hello"_s);
    bench.settle();
    QCOMPARE(stateWhenSent, DeliveryState::Sending);
}

void OutboxTest::isSentWhenAcknowledged()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sending);
    QSignalSpy changed(bench.chat.get(), &ChatService::messagesChanged);
    bench.chatWire->pending.answer(Done{});
    bench.settle();
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sent);
    QCOMPARE(changed.size(), 1);
}

void OutboxTest::aRefusedMessageSaysWhyAndTheOthersGo()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"one"_s);
    bench.write(u"two"_s);
    bench.settle();
    bench.chatWire->pending.answer(Error{ErrorKind::NotAllowed, u"blocked"_s});
    bench.chatWire->pending.answer(Done{});
    bench.settle();
    const QList<Message> rows = bench.storedWith(bench.juliet);
    QCOMPARE(rows.at(0).state, DeliveryState::Failed);
    QCOMPARE(rows.at(0).error, (Error{ErrorKind::NotAllowed, u"blocked"_s}));
    QCOMPARE(rows.at(1).state, DeliveryState::Sent);
}

void OutboxTest::aRefusalByTheOtherServerCountsToo()
{
    Bench bench;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    Q_EMIT bench.chatWire->messageRefused(
        bench.chatWire->sent.first().originId, {ErrorKind::NotFound, u"no such user"_s});
    bench.settle();
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Failed);
    Q_EMIT bench.chatWire->messageRefused(OriginId(u"never sent"_s), {ErrorKind::NotFound, {}});
    bench.settle();
    QCOMPARE(bench.storedWith(bench.juliet).size(), 1);
}

void OutboxTest::aRefusedMessageCanBeTriedAgain()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    bench.chatWire->pending.answer(Error{ErrorKind::NotAllowed, {}});
    bench.settle();
    const OriginId id = bench.chatWire->sent.first().originId;
    bench.chatWire->acknowledges = true;
    QVERIFY(await(bench.chat->retry(bench.storedWith(bench.juliet).first().row)));
    bench.settle();
    QCOMPARE(bench.chatWire->sent.size(), 2);
    QCOMPARE(bench.chatWire->sent.last().originId, id);
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sent);
}

void OutboxTest::aDiscardedMessageIsNotSent()
{
    Bench bench;
    bench.write(u"keep"_s);
    bench.write(u"discard"_s);
    const auto text = await(bench.chat->discard(bench.storedWith(bench.juliet).last().row));
    QCOMPARE(*text, u"discard"_s);
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.chatWire->sentBodies(), QStringList({u"keep"_s}));
    QCOMPARE(bench.chat->waiting(), 0);
}

void OutboxTest::whatIsUnderWayCannotBeDiscarded()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    const auto text = await(bench.chat->discard(bench.storedWith(bench.juliet).first().row));
    QVERIFY(!text);
    QCOMPARE(text.error().kind, ErrorKind::Conflict);
}

void OutboxTest::anUnknownOutcomeStaysUnknownWithoutConnection()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    bench.chat->stop();
    bench.chatWire->pending.answer(Error{ErrorKind::Offline, {}});
    bench.settle();
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sending);
    QCOMPARE(bench.chatWire->sent.size(), 1);
}

namespace {

// the places where the road of a message can be cut
enum Step { BeforeSending, HandedOverAndLost, ArrivedButNotAcknowledged, Acknowledged };

} // namespace

void OutboxTest::lossAtEveryStepLeavesExactlyOneMessage_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<ErrorKind>("outcome");
    for (const ErrorKind outcome :
        {ErrorKind::Offline, ErrorKind::Timeout, ErrorKind::Unreachable, ErrorKind::Canceled}) {
        const int kind = int(outcome);
        QTest::addRow("before sending, %d", kind) << int(BeforeSending) << outcome;
        QTest::addRow("handed over and lost, %d", kind) << int(HandedOverAndLost) << outcome;
        QTest::addRow("arrived, not acknowledged, %d", kind) << int(ArrivedButNotAcknowledged) << outcome;
        QTest::addRow("acknowledged, %d", kind) << int(Acknowledged) << outcome;
    }
}

void OutboxTest::lossAtEveryStepLeavesExactlyOneMessage()
{
    QFETCH(int, step);
    QFETCH(ErrorKind, outcome);
    Bench bench;
    bench.chatWire->acknowledges = step == Acknowledged;
    if (step == HandedOverAndLost) {
        bench.chatWire->onSend = {};
    }
    if (step != BeforeSending) {
        QVERIFY(bench.start());
    }
    bench.write(u"one"_s);
    bench.write(u"two"_s);
    bench.settle();
    bench.chat->stop();
    bench.chatWire->pending.answerAll(Error{outcome, {}});
    bench.settle();
    bench.chatWire->acknowledges = true;
    bench.archiveSent();
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.arrived(), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(bench.state(u"one"_s), DeliveryState::Sent);
    QCOMPARE(bench.state(u"two"_s), DeliveryState::Sent);
    QCOMPARE(bench.chat->waiting(), 0);
}

void OutboxTest::killAtEveryStepLeavesExactlyOneMessage_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("before sending") << int(BeforeSending);
    QTest::newRow("handed over and lost") << int(HandedOverAndLost);
    QTest::newRow("arrived, not acknowledged") << int(ArrivedButNotAcknowledged);
    QTest::newRow("acknowledged") << int(Acknowledged);
}

void OutboxTest::killAtEveryStepLeavesExactlyOneMessage()
{
    QFETCH(int, step);
    Bench bench;
    bench.chatWire->acknowledges = step == Acknowledged;
    if (step == HandedOverAndLost) {
        bench.chatWire->onSend = {};
    }
    if (step != BeforeSending) {
        QVERIFY(bench.start());
    }
    QStringList expected;
    for (int number = 0; number < 80; ++number) { // more than are under way at a time
        expected.append(u"n%1"_s.arg(number));
        (void)bench.chat->send(bench.chatWith(bench.juliet), expected.last());
    }
    bench.settle();
    bench.kill();
    QVERIFY(bench.start());
    QTRY_COMPARE(bench.chat->waiting(), 0);
    QCOMPARE(bench.arrived(), expected);
    QCOMPARE(bench.bodiesWith(bench.juliet), expected);
}

void OutboxTest::unknownOnesComeBeforeNewOnes()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    bench.chatWire->onSend = {}; // nothing arrives
    QVERIFY(bench.start());
    bench.write(u"unknown"_s);
    bench.settle();
    bench.chat->stop();
    bench.write(u"new"_s);
    bench.kill();
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.arrived(), QStringList({u"unknown"_s, u"new"_s}));
}

void OutboxTest::nothingIsSentWhileTheArchiveDoesNotAnswer()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"unknown"_s);
    bench.settle();
    bench.kill();
    bench.write(u"new"_s);
    // the catch-up and the settlement both go unanswered
    bench.archive.failures = {Error{ErrorKind::Timeout, {}}, Error{ErrorKind::Timeout, {}}};
    QVERIFY(!bench.start());
    bench.settle();
    QVERIFY(bench.chatWire->sent.isEmpty());
    QCOMPARE(bench.state(u"unknown"_s), DeliveryState::Sending);
    bench.chat->stop();
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.arrived(), QStringList({u"unknown"_s, u"new"_s}));
}

void OutboxTest::withoutAnArchiveTheSameIdIsSentAgain()
{
    Bench bench;
    bench.archive.isSupported = false;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    const OriginId id = bench.chatWire->sent.first().originId;
    bench.kill();
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.chatWire->sent.size(), 1);
    QCOMPARE(bench.chatWire->sent.first().originId, id);
}

void OutboxTest::aResumedStreamLeavesWhatIsWithTheWire()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    QVERIFY(bench.start());
    bench.write(u"hello"_s);
    bench.settle();
    bench.chat->stop();
    QVERIFY(bench.start(true));
    bench.settle();
    QCOMPARE(bench.chatWire->sent.size(), 1); // the stream itself sends it again
    bench.chatWire->pending.answer(Done{});
    bench.settle();
    QCOMPARE(bench.state(u"hello"_s), DeliveryState::Sent);
}

void OutboxTest::anAnswerOfTheFormerStreamIsWaitedFor()
{
    Bench bench;
    bench.chatWire->acknowledges = false;
    bench.chatWire->onSend = {};
    QVERIFY(bench.start());
    bench.write(u"one"_s);
    bench.settle();
    bench.chat->stop();
    bench.write(u"two"_s);
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.chatWire->sentBodies(), QStringList({u"one"_s})); // the wire may still send it again by itself
    bench.chatWire->acknowledges = true;
    bench.archiveSent();
    bench.chatWire->pending.answer(Error{ErrorKind::Offline, {}});
    bench.settle();
    QCOMPARE(bench.arrived(), QStringList({u"one"_s, u"two"_s}));
}

void OutboxTest::countsWhatWaits()
{
    Bench bench;
    QSignalSpy changed(bench.chat.get(), &ChatService::waitingChanged);
    bench.write(u"one"_s);
    bench.write(u"two"_s);
    QCOMPARE(bench.chat->waiting(), 2);
    QCOMPARE(changed.size(), 2);
    bench.kill();
    QCOMPARE(bench.chat->waiting(), 2);
    QVERIFY(bench.start());
    bench.settle();
    QCOMPARE(bench.chat->waiting(), 0);
}

void OutboxTest::aCorrectionGoesWithTheIdItReplaces()
{
    Bench bench;
    QVERIFY(bench.start());
    bench.write(u"helo"_s);
    bench.settle();
    const auto last = await(bench.chat->lastCorrectable(bench.chatWith(bench.juliet)));
    QVERIFY(await(bench.chat->send(last->conversation, u"hello"_s, last->row)));
    QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"hello"_s})); // on the screen at once
    bench.settle();
    QCOMPARE(bench.chatWire->sent.last().body, u"hello"_s);
    QCOMPARE(bench.chatWire->sent.last().replaces.text(), bench.chatWire->sent.first().originId.text());
    QVERIFY(bench.chatWire->sent.last().originId != bench.chatWire->sent.first().originId);
    QVERIFY(bench.storedWith(bench.juliet).first().isCorrected);
}

void OutboxTest::aRefusedCorrectionCanBeTriedAgain()
{
    Bench bench;
    QVERIFY(bench.start());
    bench.write(u"helo"_s);
    bench.settle();
    bench.chatWire->acknowledges = false;
    const auto last = await(bench.chat->lastCorrectable(bench.chatWith(bench.juliet)));
    QVERIFY(await(bench.chat->send(last->conversation, u"hello"_s, last->row)));
    bench.settle();
    bench.chatWire->pending.answer(Error{ErrorKind::NotAllowed, {}});
    bench.settle();
    QCOMPARE(bench.storedWith(bench.juliet).first().state, DeliveryState::Failed);
    bench.chatWire->acknowledges = true;
    QVERIFY(await(bench.chat->retry(last->row)));
    bench.settle();
    QCOMPARE(bench.storedWith(bench.juliet).first().state, DeliveryState::Sent);
    QCOMPARE(bench.chatWire->sentBodies(), QStringList({u"helo"_s, u"hello"_s, u"hello"_s}));
    QCOMPARE(bench.chatWire->sent.last().replaces.text(), bench.chatWire->sent.first().originId.text());
}

CUMULET_TEST(OutboxTest)
#include "OutboxTest.moc"
