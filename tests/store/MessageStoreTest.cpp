#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class MessageStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack();
    void repeatChangesNothing_data();
    void repeatChangesNothing();
    void changesTellRowsInOrder();
    void archiveOnlyAddsItsId();
    void ownMessagesOfOtherDevicesAreNotUnread();
    void historyFromBeforeTheAccountIsRead();
    void progressIsKeptWithTheMessages();
    void sameIdOfTwoPeopleAreTwoMessages();
    void sameIdWithAnotherTextIsAnotherMessage();
    void sameIdAndTextOnAnotherDayIsAnotherMessage();
    void reusedArchivedIdsAreAllKept();
    void peerCannotSettleOurMessage();
    void messagesWithoutIdAreNotMixedUp();
    void archiveFindsLiveMessageWithoutId();
    void uuidsComeBackAsTheyWere();
    void hugeAndEmptyTexts();
    void futureTimesAreBroughtBack();
    void liveMessagesStandBelowWhatIsThere();
    void lateMessagesAreTold();
    void gapsAreKept();
    void historyOfAConversation();
};

void MessageStoreTest::everyFieldComesBack()
{
    StoreBench bench;
    auto message = bench.message(u"m1"_s, u"Wherefore art thou\nRomeo? 🌹"_s, 1);
    message.originId = OriginId(u"o1"_s);
    message.archiveId = ArchiveId(u"a1"_s);
    message.wantsReceipt = true;
    message.isMarkable = true;
    const auto changes = valueOf(bench.chats->keep(bench.account, {message}));
    QCOMPARE(changes.fresh.size(), 1);
    bench.reopen();
    const auto stored = valueOf(bench.chats->messages(changes.conversations.first().inserted)).value(0);
    QCOMPARE(stored.sender, message.from);
    QCOMPARE(stored.messageId, message.messageId);
    QCOMPARE(stored.originId, message.originId);
    QCOMPARE(stored.archiveId, message.archiveId);
    QCOMPARE(stored.body, message.body);
    QCOMPARE(stored.time.toMSecsSinceEpoch(), message.time.toMSecsSinceEpoch());
    QVERIFY(stored.wantsReceipt && stored.isMarkable && !stored.isOwn && !stored.isCorrected);
    QCOMPARE(stored.state, DeliveryState::Received);
    QCOMPARE(stored.conversation, bench.chatWith(bench.juliet));
}

void MessageStoreTest::repeatChangesNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("live") << 0;
    QTest::newRow("live with archive id") << 1;
    QTest::newRow("archive") << 2;
    QTest::newRow("own") << 3;
    QTest::newRow("correction") << 4;
    QTest::newRow("correction of something unknown") << 5;
}

void MessageStoreTest::repeatChangesNothing()
{
    QFETCH(int, kind);
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m0"_s, u"first"_s, 0)}));
    auto message = bench.message(u"m1"_s, u"hello"_s, 1);
    switch (kind) {
    case 1:
        message.archiveId = ArchiveId(u"a1"_s);
        break;
    case 2:
        message = StoreBench::archived(message, u"a1"_s);
        break;
    case 3:
        message = bench.own(u"m1"_s, u"hello"_s, 1);
        break;
    case 4:
        message.replaces = MessageId(u"m0"_s);
        break;
    case 5:
        message.replaces = MessageId(u"m9"_s);
        break;
    }
    valueOf(bench.chats->keep(bench.account, {message, message}));
    const auto before = bench.content();
    const auto changes = valueOf(bench.chats->keep(bench.account, {message, message}));
    QVERIFY(changes.isEmpty() && changes.fresh.isEmpty());
    QCOMPARE(bench.content(), before);
}

void MessageStoreTest::changesTellRowsInOrder()
{
    StoreBench bench;
    auto other = bench.message(u"x"_s, u"other"_s, 2);
    other.peer = bench.mallory;
    other.from = bench.mallory;
    const auto changes = valueOf(bench.chats->keep(
        bench.account, {bench.message(u"b"_s, u"second"_s, 5), other, bench.message(u"a"_s, u"first"_s, 3)}));
    QCOMPARE(changes.conversations.size(), 2);
    for (const auto &of : changes.conversations) {
        const auto rows = valueOf(bench.chats->messages(of.inserted));
        if (of.conversation == bench.chatWith(bench.juliet)) {
            QCOMPARE(rows.size(), 2);
            QCOMPARE(rows.at(0).body, u"first"_s);
        } else {
            QCOMPARE(rows.size(), 1);
        }
        QVERIFY(of.changed.isEmpty());
    }
    QCOMPARE(changes.fresh.size(), 3);
}

void MessageStoreTest::archiveOnlyAddsItsId()
{
    StoreBench bench;
    const auto live = bench.message(u"m1"_s, u"hello"_s, 1);
    valueOf(bench.chats->keep(bench.account, {live}));
    auto again = StoreBench::archived(live, u"a1"_s);
    again.time = live.time.addMSecs(-1234);
    const auto changes = valueOf(bench.chats->keep(bench.account, {again}));
    QVERIFY(changes.isEmpty());
    const auto rows = bench.messages(bench.chatWith(bench.juliet));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().archiveId, ArchiveId(u"a1"_s));
    QCOMPARE(rows.first().time.toMSecsSinceEpoch(), live.time.toMSecsSinceEpoch());
}

void MessageStoreTest::ownMessagesOfOtherDevicesAreNotUnread()
{
    StoreBench bench;
    const auto changes = valueOf(bench.chats->keep(bench.account, {bench.own(u"m1"_s, u"from my phone"_s, 1)}));
    QVERIFY(changes.fresh.isEmpty());
    const auto row = bench.messages(bench.chatWith(bench.juliet)).value(0);
    QVERIFY(row.isOwn);
    QCOMPARE(row.state, DeliveryState::Sent);
    QCOMPARE(row.sender, bench.self.withResource(u"phone"_s));
    QCOMPARE(valueOf(bench.conversations->entry(row.conversation)).unread, 0);
}

void MessageStoreTest::historyFromBeforeTheAccountIsRead()
{
    StoreBench bench;
    const auto old = StoreBench::archived(bench.message(u"m1"_s, u"last year"_s, -30'000'000), u"a1"_s);
    const auto missed = StoreBench::archived(bench.message(u"m2"_s, u"while offline"_s, 10), u"a2"_s);
    const auto changes = valueOf(bench.chats->keep(bench.account, {old, missed}));
    QCOMPARE(changes.fresh.size(), 1);
    QCOMPARE(changes.fresh.first().body, u"while offline"_s);
    const auto chat = bench.chatWith(bench.juliet);
    QCOMPARE(valueOf(bench.conversations->entry(chat)).unread, 1);
    // reading begins after the history
    QCOMPARE(valueOf(bench.conversations->readPosition(chat)).time, old.time.toMSecsSinceEpoch());
}

void MessageStoreTest::progressIsKeptWithTheMessages()
{
    StoreBench bench;
    QVERIFY(!valueOf(bench.chats->archiveProgress(bench.account)).isKnown());
    valueOf(bench.chats->keep(bench.account, {}, {ArchiveId(u"a7"_s)}));
    bench.reopen();
    QCOMPARE(valueOf(bench.chats->archiveProgress(bench.account)).newest, ArchiveId(u"a7"_s));
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"x"_s, 1)}));
    QCOMPARE(valueOf(bench.chats->archiveProgress(bench.account)).newest, ArchiveId(u"a7"_s));
}

void MessageStoreTest::sameIdOfTwoPeopleAreTwoMessages()
{
    StoreBench bench;
    auto forged = bench.message(u"m1"_s, u"hello"_s, 2);
    forged.peer = bench.mallory;
    forged.from = bench.mallory;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"hello"_s, 1), forged}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 1);
    QCOMPARE(bench.messages(bench.chatWith(bench.mallory)).size(), 1);
    // nor are we and they the same, in one conversation
    valueOf(bench.chats->keep(bench.account, {bench.own(u"m1"_s, u"hello"_s, 3)}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 2);
}

void MessageStoreTest::sameIdWithAnotherTextIsAnotherMessage()
{
    StoreBench bench;
    QList<IncomingMessage> messages;
    for (int i = 0; i < 100; ++i) {
        messages += bench.message(u"same"_s, u"text %1"_s.arg(i), i);
    }
    valueOf(bench.chats->keep(bench.account, messages));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 100);
    QVERIFY(valueOf(bench.chats->keep(bench.account, messages)).isEmpty());
}

void MessageStoreTest::sameIdAndTextOnAnotherDayIsAnotherMessage()
{
    StoreBench bench;
    const auto yesterday = bench.message(u"1"_s, u"ok"_s, -100'000);
    const auto today = bench.message(u"1"_s, u"ok"_s, 0);
    for (int i = 0; i < 2; ++i) {
        valueOf(bench.chats->keep(bench.account, {yesterday, today}));
        QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 2);
    }
}

void MessageStoreTest::reusedArchivedIdsAreAllKept()
{
    StoreBench bench;
    QList<IncomingMessage> messages;
    for (int i = 0; i < 60; ++i) { // more than the probes for one identity
        messages += StoreBench::archived(bench.message(u"1"_s, u"alarm"_s, i), u"a%1"_s.arg(i));
    }
    valueOf(bench.chats->keep(bench.account, messages));
    QVERIFY(valueOf(bench.chats->keep(bench.account, messages)).isEmpty());
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 60);
}

void MessageStoreTest::peerCannotSettleOurMessage()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    const OriginId origin(u"ours"_s);
    valueOf(bench.chats->enqueue(bench.account, chat, origin, u"hello"_s));
    auto forged = bench.message(u"ours"_s, u"hello"_s, 3);
    forged.originId = origin;
    valueOf(bench.chats->keep(bench.account, {forged}));
    QCOMPARE(bench.messages(chat).size(), 2);
    QCOMPARE(valueOf(bench.chats->outbox(bench.account)).size(), 1);
}

void MessageStoreTest::messagesWithoutIdAreNotMixedUp()
{
    StoreBench bench;
    const auto first = bench.message({}, u"ok"_s, 1);
    const auto second = bench.message({}, u"ok"_s, 2);
    valueOf(bench.chats->keep(bench.account, {first, second}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 2);
    QVERIFY(valueOf(bench.chats->keep(bench.account, {first, second})).isEmpty());
}

void MessageStoreTest::archiveFindsLiveMessageWithoutId()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message({}, u"ok"_s, 1)}));
    const auto archived = StoreBench::archived(bench.message({}, u"ok"_s, 3), u"a1"_s);
    const auto another = StoreBench::archived(bench.message({}, u"ok"_s, 4), u"a2"_s);
    valueOf(bench.chats->keep(bench.account, {archived}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 1);
    valueOf(bench.chats->keep(bench.account, {archived, another}));
    QCOMPARE(bench.messages(bench.chatWith(bench.juliet)).size(), 2);
}

void MessageStoreTest::uuidsComeBackAsTheyWere()
{
    StoreBench bench;
    const QStringList ids{u"9f0f1c52-6d3a-4b3e-8f0e-00000000000f"_s, u"9F0F1C52-6d3a-4b3e-8f0e-00000000000f"_s,
        u"9f0f1c52-6d3a-4b3e-8f0e-00000000000g"_s, u"9f0f1c526d3a-4b3e-8f0e-000-0000000000f"_s,
        u"00000000-0000-0000-0000-000000000000"_s, u"Ünïcode 😀"_s};
    QList<IncomingMessage> messages;
    for (const auto &id : ids) {
        messages += bench.message(id, id, int(messages.size()));
        messages.last().archiveId = ArchiveId(id);
        messages.last().originId = OriginId(u"x"_s + id);
    }
    valueOf(bench.chats->keep(bench.account, messages));
    QVERIFY(valueOf(bench.chats->keep(bench.account, messages)).isEmpty());
    const auto rows = bench.messages(bench.chatWith(bench.juliet));
    QCOMPARE(rows.size(), ids.size());
    for (const auto &row : rows) {
        QCOMPARE(row.messageId.text(), row.body);
        QCOMPARE(row.archiveId.text(), row.body);
        QCOMPARE(row.originId.text(), u"x"_s + row.body);
    }
}

void MessageStoreTest::hugeAndEmptyTexts()
{
    StoreBench bench;
    auto nobody = bench.message(u"m3"_s, u"x"_s, 3);
    nobody.peer = Jid();
    valueOf(bench.chats->keep(
        bench.account, {bench.message(u"m1"_s, QString(1'000'000, u'x'), 1), bench.message(u"m2"_s, {}, 2), nobody}));
    const auto rows = bench.messages(bench.chatWith(bench.juliet));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().body.size(), 256 * 1024);
    QVERIFY(valueOf(bench.conversations->entry(rows.first().conversation)).preview.size() <= 200);
    QVERIFY(!valueOf(bench.chats->keep(bench.account + 77, {bench.message(u"m1"_s, u"x"_s, 1)})).fresh.size());
}

void MessageStoreTest::futureTimesAreBroughtBack()
{
    StoreBench bench;
    auto message = bench.message(u"m1"_s, u"from the year 2200"_s, 1);
    message.time = QDateTime(QDate(2200, 1, 1), QTime(0, 0), QTimeZone::UTC);
    auto timeless = bench.message(u"m2"_s, u"no time"_s, 1);
    timeless.time = QDateTime();
    valueOf(bench.chats->keep(bench.account, {message, timeless}));
    for (const auto &row : bench.messages(bench.chatWith(bench.juliet))) {
        QVERIFY(qAbs(row.time.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    }
}

void MessageStoreTest::liveMessagesStandBelowWhatIsThere()
{
    StoreBench bench;
    // our clock is behind the server's
    valueOf(bench.chats->keep(bench.account, {StoreBench::archived(bench.message(u"m1"_s, u"one"_s, 60), u"a1"_s)}));
    const auto chat = bench.chatWith(bench.juliet);
    const auto read = bench.messages(chat).first();
    valueOf(bench.conversations->markRead(chat, {read.time.toMSecsSinceEpoch(), read.row}));
    auto live = bench.message(u"m2"_s, u"two"_s, 0);
    live.time = QDateTime::currentDateTimeUtc();
    QCOMPARE(valueOf(bench.chats->keep(bench.account, {live})).fresh.size(), 1);
    QCOMPARE(bench.messages(chat).last().body, u"two"_s);
    QCOMPARE(valueOf(bench.conversations->entry(chat)).unread, 1);
}

void MessageStoreTest::lateMessagesAreTold()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m2"_s, u"two"_s, 60)}));
    const auto chat = bench.chatWith(bench.juliet);
    const auto read = bench.messages(chat).first();
    valueOf(bench.conversations->markRead(chat, {read.time.toMSecsSinceEpoch(), read.row}));
    // it was held up on its way, and lies before what was read: no counter, but a notice
    QCOMPARE(valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"one"_s, 10)})).fresh.size(), 1);
    QCOMPARE(valueOf(bench.conversations->entry(chat)).unread, 0);
    QVERIFY(valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"one"_s, 10)})).fresh.isEmpty());
}

void MessageStoreTest::gapsAreKept()
{
    StoreBench bench;
    valueOf(bench.chats->keepGap(bench.account, {0, ArchiveId(u"a1"_s), ArchiveId(u"a9"_s), bench.at(5)}));
    bench.reopen();
    auto gaps = valueOf(bench.chats->gaps(bench.account));
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps.first().before, ArchiveId(u"a9"_s));
    gaps.first().before = ArchiveId(u"a5"_s);
    valueOf(bench.chats->keepGap(bench.account, gaps.first()));
    gaps = valueOf(bench.chats->gaps(bench.account));
    QCOMPARE(gaps.size(), 1);
    QCOMPARE(gaps.first().before, ArchiveId(u"a5"_s));
    QCOMPARE(gaps.first().after, ArchiveId(u"a1"_s));
    valueOf(bench.chats->removeGap(gaps.first().id));
    QVERIFY(valueOf(bench.chats->gaps(bench.account)).isEmpty());
}

void MessageStoreTest::historyOfAConversation()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    QVERIFY(valueOf(bench.chats->history(chat)).oldest.isEmpty());
    valueOf(bench.chats->keep(bench.account,
        {bench.message(u"m0"_s, u"live"_s, 0), StoreBench::archived(bench.message(u"m2"_s, u"two"_s, 20), u"a2"_s)}));
    valueOf(bench.chats->keep(bench.account,
        {StoreBench::archived(bench.message(u"m1"_s, u"one"_s, 10), u"a1"_s),
            StoreBench::archived(bench.message(u"m3"_s, u"three"_s, 30), u"a3"_s)}));
    auto history = valueOf(bench.chats->history(chat));
    QCOMPARE(history.oldest, ArchiveId(u"a1"_s));
    QCOMPARE(history.oldestTime, bench.at(10));
    QVERIFY(!history.isComplete);
    valueOf(bench.chats->setHistoryComplete(chat));
    QVERIFY(valueOf(bench.chats->history(chat)).isComplete);
}

CUMULET_TEST(MessageStoreTest)
#include "MessageStoreTest.moc"
