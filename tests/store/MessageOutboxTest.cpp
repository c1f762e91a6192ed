#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class MessageOutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsThereAtOnceAndAfterARestart();
    void writingTwiceUnderOneIdIsOneMessage();
    void waitingComesInTheOrderItWasWritten();
    void statesMoveTheRow();
    void neverBackwardFromSent();
    void failureSaysWhyAndMayBeRetried();
    void bounceAfterSentWaitsForTheUser();
    void archiveDoesNotUndoABounce();
    void discardGivesTheTextBack();
    void newMessagesStandBelowWhatIsThere();
    void correctionWaitsAndShowsAtOnce();
    void discardedCorrectionBringsTheOldTextBack();
    void correctionOfAnotherDeviceAppliesOnlyToOurs();
    void peerCannotCorrectOurMessage();
    void onlyOwnMessagesCanBeCorrected();
    void unknownChatIsNotFound();
    void receiptForTheCorrectionCounts();
};

static MessageChanges write(StoreBench &bench, const QString &id, const QString &body, MessageRow corrects = 0)
{
    return valueOf(bench.chats->enqueue(bench.account, bench.chatWith(bench.juliet), OriginId(id), body, corrects));
}

static Message only(StoreBench &bench)
{
    const auto rows = bench.messages(bench.chatWith(bench.juliet));
    if (rows.size() != 1) {
        QTest::qFail("not one message", __FILE__, __LINE__);
        return {};
    }
    return rows.first();
}

static MessageChanges setState(StoreBench &bench, const QString &id, DeliveryState state, const Error &error = {})
{
    return valueOf(bench.chats->setState(bench.account, OriginId(id), state, error));
}

void MessageOutboxTest::whatIsWrittenIsThereAtOnceAndAfterARestart()
{
    StoreBench bench;
    const auto changes = write(bench, u"o1"_s, u"hello"_s);
    QCOMPARE(changes.conversations.size(), 1);
    QCOMPARE(changes.conversations.first().inserted.size(), 1);
    QVERIFY(changes.fresh.isEmpty());
    bench.reopen();
    const auto row = only(bench);
    QVERIFY(row.isOwn);
    QCOMPARE(row.state, DeliveryState::Queued);
    QCOMPARE(row.originId, OriginId(u"o1"_s));
    QCOMPARE(row.sender, bench.self);
    const auto waiting = valueOf(bench.chats->outbox(bench.account));
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(waiting.first().row, row.row);
    QCOMPARE(waiting.first().message.to, bench.juliet);
    QCOMPARE(waiting.first().message.body, u"hello"_s);
    QCOMPARE(waiting.first().message.originId, OriginId(u"o1"_s));
    QVERIFY(waiting.first().message.replaces.isEmpty());
    const auto entry = valueOf(bench.conversations->entry(row.conversation));
    QCOMPARE(entry.preview, u"hello"_s);
    QVERIFY(entry.previewIsOwn);
    QCOMPARE(entry.previewState, int(DeliveryState::Queued));
}

void MessageOutboxTest::writingTwiceUnderOneIdIsOneMessage()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    QVERIFY(write(bench, u"o1"_s, u"hello"_s).isEmpty());
    setState(bench, u"o1"_s, DeliveryState::Sent);
    QVERIFY(write(bench, u"o1"_s, u"hello"_s).isEmpty());
    QCOMPARE(only(bench).state, DeliveryState::Sent);
}

void MessageOutboxTest::waitingComesInTheOrderItWasWritten()
{
    StoreBench bench;
    for (int i = 0; i < 50; ++i) {
        write(bench, QString::number((i * 37) % 50), u"text %1"_s.arg(i));
    }
    const auto waiting = valueOf(bench.chats->outbox(bench.account));
    QCOMPARE(waiting.size(), 50);
    for (int i = 0; i < 50; ++i) {
        QCOMPARE(waiting.at(i).message.body, u"text %1"_s.arg(i));
    }
}

void MessageOutboxTest::statesMoveTheRow()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    const auto changes = setState(bench, u"o1"_s, DeliveryState::Sending);
    QCOMPARE(changes.conversations.first().changed, QList{only(bench).row});
    QCOMPARE(only(bench).state, DeliveryState::Sending);
    QCOMPARE(valueOf(bench.chats->outbox(bench.account)).first().state, DeliveryState::Sending);
    setState(bench, u"o1"_s, DeliveryState::Queued);
    QCOMPARE(only(bench).state, DeliveryState::Queued);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    QCOMPARE(only(bench).state, DeliveryState::Sent);
    QVERIFY(valueOf(bench.chats->outbox(bench.account)).isEmpty());
}

void MessageOutboxTest::neverBackwardFromSent()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    valueOf(bench.chats->settle(bench.account, OriginId(u"o1"_s), ArchiveId(u"a1"_s)));
    for (const auto state : {DeliveryState::Queued, DeliveryState::Sending, DeliveryState::Sent}) {
        QVERIFY(setState(bench, u"o1"_s, state).isEmpty());
        QCOMPARE(only(bench).state, DeliveryState::Sent);
    }
    valueOf(bench.chats->keepNotices(bench.account,
        {{bench.juliet, false, MessageId(u"o1"_s), DeliveryState::Displayed, {}},
            {bench.juliet, false, MessageId(u"o1"_s), DeliveryState::Delivered, {}}}));
    QCOMPARE(only(bench).state, DeliveryState::Displayed);
}

void MessageOutboxTest::failureSaysWhyAndMayBeRetried()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    setState(bench, u"o1"_s, DeliveryState::Failed, {ErrorKind::NotAllowed, u"blocked"_s});
    bench.reopen();
    QCOMPARE(only(bench).state, DeliveryState::Failed);
    QCOMPARE(only(bench).error, (Error{ErrorKind::NotAllowed, u"blocked"_s}));
    QVERIFY(valueOf(bench.chats->outbox(bench.account)).isEmpty());
    setState(bench, u"o1"_s, DeliveryState::Queued);
    QCOMPARE(valueOf(bench.chats->outbox(bench.account)).size(), 1);
    QCOMPARE(only(bench).state, DeliveryState::Queued);
}

void MessageOutboxTest::bounceAfterSentWaitsForTheUser()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    setState(bench, u"o1"_s, DeliveryState::Failed, {ErrorKind::NotFound, u"no such person"_s});
    QCOMPARE(only(bench).state, DeliveryState::Failed);
    QCOMPARE(only(bench).error.kind, ErrorKind::NotFound);
    QCOMPARE(valueOf(bench.chats->discard(only(bench).row)), u"hello"_s);
}

void MessageOutboxTest::archiveDoesNotUndoABounce()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"hello"_s);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    setState(bench, u"o1"_s, DeliveryState::Failed, {ErrorKind::NotFound, u"no such person"_s});
    valueOf(bench.chats->keep(bench.account, {StoreBench::archived(bench.own(u"o1"_s, u"hello"_s, 0), u"a1"_s)}));
    QCOMPARE(only(bench).state, DeliveryState::Failed);
    QCOMPARE(only(bench).archiveId, ArchiveId(u"a1"_s));
}

void MessageOutboxTest::discardGivesTheTextBack()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"before"_s, -60)}));
    write(bench, u"o1"_s, u"never mind"_s);
    const auto rows = bench.messages(bench.chatWith(bench.juliet));
    QCOMPARE(valueOf(bench.chats->discard(rows.last().row)), u"never mind"_s);
    QCOMPARE(only(bench).body, u"before"_s);
    QCOMPARE(valueOf(bench.conversations->entry(rows.first().conversation)).preview, u"before"_s);
    QVERIFY(valueOf(bench.search->search(u"never"_s)).isEmpty());
    const auto again = answerOf(bench.chats->discard(rows.last().row));
    QVERIFY(!again && again.error().kind == ErrorKind::NotFound);
    const auto theirs = answerOf(bench.chats->discard(rows.first().row));
    QVERIFY(!theirs && theirs.error().kind == ErrorKind::NotFound);
}

void MessageOutboxTest::newMessagesStandBelowWhatIsThere()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"their clock is ahead"_s, 600)}));
    write(bench, u"o1"_s, u"answer"_s);
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).last().body, u"answer"_s);
}

void MessageOutboxTest::correctionWaitsAndShowsAtOnce()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"helo"_s);
    const auto row = only(bench).row;
    write(bench, u"c1"_s, u"hello"_s, row);
    QCOMPARE(only(bench).body, u"hello"_s);
    QVERIFY(only(bench).isCorrected);
    auto waiting = valueOf(bench.chats->outbox(bench.account));
    QCOMPARE(waiting.size(), 2);
    QCOMPARE(waiting.at(0).message.body, u"helo"_s); // as it was written
    QCOMPARE(waiting.at(1).message.body, u"hello"_s);
    QCOMPARE(waiting.at(1).message.replaces, MessageId(u"o1"_s));
    QCOMPARE(waiting.at(1).row, row);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    QCOMPARE(only(bench).state, DeliveryState::Queued); // the correction still waits
    setState(bench, u"c1"_s, DeliveryState::Sending);
    QCOMPARE(only(bench).state, DeliveryState::Sending);
    // it comes back from the archive before its acknowledgement does
    auto echo = bench.own(u"c1"_s, u"hello"_s, 5);
    echo.replaces = MessageId(u"o1"_s);
    valueOf(bench.chats->keep(bench.account, {StoreBench::archived(echo, u"a2"_s)}));
    QCOMPARE(only(bench).state, DeliveryState::Sent);
    QVERIFY(valueOf(bench.chats->outbox(bench.account)).isEmpty());
}

void MessageOutboxTest::discardedCorrectionBringsTheOldTextBack()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"helo"_s);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    const auto row = only(bench).row;
    write(bench, u"c1"_s, u"hello"_s, row);
    setState(bench, u"c1"_s, DeliveryState::Failed, {ErrorKind::TooLarge, {}});
    QCOMPARE(only(bench).state, DeliveryState::Failed);
    QCOMPARE(valueOf(bench.chats->discard(row)), u"hello"_s);
    QCOMPARE(only(bench).body, u"helo"_s);
    QVERIFY(!only(bench).isCorrected);
    QCOMPARE(only(bench).state, DeliveryState::Sent);
    QCOMPARE(valueOf(bench.search->search(u"helo"_s)).size(), 1);
    QCOMPARE(valueOf(bench.search->search(u"hello"_s)).size(), 0);
}

void MessageOutboxTest::correctionOfAnotherDeviceAppliesOnlyToOurs()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"helo"_s);
    auto correction = bench.own(u"c1"_s, u"hello"_s, 5);
    correction.replaces = MessageId(u"o1"_s);
    valueOf(bench.chats->keep(bench.account, {correction}));
    QCOMPARE(only(bench).body, u"hello"_s);
    QCOMPARE(only(bench).state, DeliveryState::Queued);
}

void MessageOutboxTest::peerCannotCorrectOurMessage()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"I owe you 5"_s);
    valueOf(bench.chats->keep(bench.account, {bench.correction(u"c1"_s, u"o1"_s, u"I owe you 5000"_s, 5)}));
    QCOMPARE(only(bench).body, u"I owe you 5"_s);
    // nor can somebody else's correction touch theirs
    auto forged = bench.correction(u"c2"_s, u"m1"_s, u"forged"_s, 6);
    forged.peer = bench.mallory;
    forged.from = bench.mallory;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"true"_s, 4), forged}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).last().body, u"true"_s);
}

void MessageOutboxTest::onlyOwnMessagesCanBeCorrected()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"hers"_s, 1)}));
    const auto chat = bench.chatWith(bench.juliet);
    const auto result =
        answerOf(bench.chats->enqueue(bench.account, chat, OriginId(u"c1"_s), u"mine"_s, only(bench).row));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::NotFound);
    QCOMPARE(only(bench).body, u"hers"_s);
}

void MessageOutboxTest::unknownChatIsNotFound()
{
    StoreBench bench;
    const auto result = answerOf(bench.chats->enqueue(bench.account, 4711, OriginId(u"o1"_s), u"x"_s));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::NotFound);
}

void MessageOutboxTest::receiptForTheCorrectionCounts()
{
    StoreBench bench;
    write(bench, u"o1"_s, u"helo"_s);
    setState(bench, u"o1"_s, DeliveryState::Sent);
    write(bench, u"c1"_s, u"hello"_s, only(bench).row);
    setState(bench, u"c1"_s, DeliveryState::Sending);
    valueOf(bench.chats->keepNotices(
        bench.account, {{bench.juliet, false, MessageId(u"c1"_s), DeliveryState::Delivered, {}}}));
    QCOMPARE(only(bench).state, DeliveryState::Delivered);
    QVERIFY(valueOf(bench.chats->outbox(bench.account)).isEmpty());
}

CUMULET_TEST(MessageOutboxTest)
#include "MessageOutboxTest.moc"
