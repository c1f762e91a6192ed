#include "SampleData.h"
#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// Accounts, and the small stores beside them: roster, pictures, settings.
class AccountStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack();
    void addressIsThereOnlyOnce();
    void unknownAccountIsNotFound();
    void removingTakesEverythingAlongAndShrinks();
    void removingLeavesTheOthers();
    void removalGoesOnAfterAKill();
    void rosterComesBackAndIsReplaced();
    void requestsWaitForAnAnswer();
    void picturesAreKeptOnceAndOnlyWhileShown();
    void preferencesAreKept();
};

static bool operatorSame(const Account &a, const Account &b)
{
    return a.id == b.id && a.jid == b.jid && a.host == b.host && a.port == b.port && a.isEnabled == b.isEnabled
        && a.asksForPassword == b.asksForPassword && a.trustedCertificate == b.trustedCertificate
        && a.channelService == b.channelService && a.statusText == b.statusText && a.show == b.show;
}

void AccountStoreTest::everyFieldComesBack()
{
    StoreBench bench;
    Account account;
    account.jid = bench.juliet;
    account.host = u"xmpp.example.org"_s;
    account.port = 5223;
    account.isEnabled = false;
    account.asksForPassword = true;
    account.trustedCertificate = QByteArray("\0\1\2\xff", 4);
    account.channelService = Jid::fromTrusted(u"channels.example.org"_s);
    account.statusText = u"on the balcony"_s;
    account.show = 3;
    account = valueOf(bench.accounts->save(account));
    QVERIFY(account.id > 0);
    bench.reopen();
    QVERIFY(operatorSame(valueOf(bench.accounts->accounts()).at(1), account));
    account.port = 0;
    account.statusText.clear();
    valueOf(bench.accounts->save(account));
    QVERIFY(operatorSame(valueOf(bench.accounts->accounts()).at(1), account));
}

void AccountStoreTest::addressIsThereOnlyOnce()
{
    StoreBench bench;
    Account account;
    account.jid = bench.self.withResource(u"desk"_s);
    auto result = answerOf(bench.accounts->save(account));
    QVERIFY(!result && result.error().kind == ErrorKind::Conflict);
    account.jid = bench.juliet;
    account = valueOf(bench.accounts->save(account));
    account.jid = bench.self;
    result = answerOf(bench.accounts->save(account));
    QVERIFY(!result && result.error().kind == ErrorKind::Conflict);
    QCOMPARE(valueOf(bench.accounts->accounts()).size(), 2);
}

void AccountStoreTest::unknownAccountIsNotFound()
{
    StoreBench bench;
    Account account;
    account.id = 99;
    account.jid = bench.juliet;
    const auto result = answerOf(bench.accounts->save(account));
    QVERIFY(!result && result.error().kind == ErrorKind::NotFound);
    account = Account();
    const auto empty = answerOf(bench.accounts->save(account));
    QVERIFY(!empty && empty.error().kind == ErrorKind::Malformed);
}

static qint64 rowsLeft(StoreBench &bench)
{
    qint64 rows = 0;
    for (const auto &table :
        {u"account"_s, u"archive_gap"_s, u"roster_item"_s, u"subscription_request"_s, u"avatar"_s, u"avatar_of"_s,
            u"conversation"_s, u"draft"_s, u"message"_s, u"wording"_s, u"notice"_s, u"outbox"_s, u"channel"_s,
            u"channel_member"_s, u"post"_s, u"post_outbox"_s, u"search_docsize"_s, u"search_waiting"_s}) {
        rows += bench.ask(u"SELECT count(*) FROM "_s + table);
    }
    return rows;
}

// something in every table
static void fillEverything(StoreBench &bench)
{
    valueOf(bench.rosters->keep(bench.account, {bench.juliet, u"Juliet"_s, {}, {}, false}));
    valueOf(bench.rosters->keepRequest(bench.account, {bench.mallory, u"hi"_s}));
    valueOf(bench.rosters->keepAvatar(bench.account, bench.juliet, {"abc", "data", u"image/png"_s}));
    valueOf(bench.chats->keepGap(bench.account, {0, ArchiveId(u"a"_s), ArchiveId(u"b"_s), {}}));
    const auto chat = bench.chatWith(bench.juliet);
    valueOf(bench.chats->keep(
        bench.account, {bench.message(u"m1"_s, u"helo"_s, 1), bench.correction(u"c1"_s, u"m1"_s, u"hello"_s, 2)}));
    valueOf(bench.chats->keepNotices(
        bench.account, {{bench.juliet, false, MessageId(u"later"_s), DeliveryState::Delivered, {}}}));
    valueOf(bench.chats->enqueue(bench.account, chat, OriginId(u"o1"_s), u"waiting"_s));
    valueOf(bench.conversations->setDraft(chat, {}, u"draft"_s));
    valueOf(bench.channels->replaceMembers(bench.account, bench.node, {{bench.node, bench.juliet, {}, {}}}));
    valueOf(bench.channels->keepPosts(bench.account, bench.node,
        {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"p2"_s, u"Yes"_s, 2, u"p1"_s)}, true));
    valueOf(bench.channels->enqueue(
        bench.account, bench.self, {bench.node, OriginId(u"o2"_s), u"mine"_s, ItemId::fromWire(u"p1"_s), {}}));
}

void AccountStoreTest::removingTakesEverythingAlongAndShrinks()
{
    StoreBench bench;
    fillEverything(bench);
    valueOf(bench.chats->keep(bench.account, {bench.message(u"big"_s, QString(200'000, u'x'), 5)}));
    QVERIFY(rowsLeft(bench) > 20);
    bench.reopen();
    const auto before = QFileInfo(bench.file()).size();
    valueOf(bench.accounts->remove(bench.account));
    QVERIFY(valueOf(bench.accounts->accounts()).isEmpty());
    QCOMPARE(rowsLeft(bench), 0);
    bench.reopen();
    QVERIFY(QFileInfo(bench.file()).size() < before - 150'000);
    QCOMPARE(bench.ask(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s), 0);
    QVERIFY(valueOf(bench.search->search(u"soup"_s)).isEmpty());
}

void AccountStoreTest::removingLeavesTheOthers()
{
    StoreBench bench;
    fillEverything(bench);
    Account other;
    other.jid = bench.juliet;
    other = valueOf(bench.accounts->save(other));
    auto message = bench.message(u"m1"_s, u"for juliet"_s, 1);
    message.peer = bench.self;
    valueOf(bench.chats->keep(other.id, {message}));
    valueOf(bench.accounts->remove(bench.account));
    QCOMPARE(valueOf(bench.accounts->accounts()).size(), 1);
    QCOMPARE(valueOf(bench.conversations->list()).size(), 1);
    QCOMPARE(valueOf(bench.search->search(u"juliet"_s)).size(), 1);
    QVERIFY(valueOf(bench.search->search(u"soup"_s)).isEmpty());
    QCOMPARE(bench.ask(u"SELECT count(*) FROM message"_s), 1);
    // numbers are not used again, and the address is free
    Account again;
    again.jid = bench.self;
    QVERIFY(valueOf(bench.accounts->save(again)).id > other.id);
}

void AccountStoreTest::removalGoesOnAfterAKill()
{
    StoreBench bench;
    fillEverything(bench);
    bench.ask(u"UPDATE account SET is_removed = 1, jid = 'x'"_s); // as the first step leaves it
    bench.reopen();
    QVERIFY(valueOf(bench.accounts->accounts()).isEmpty());
    QTRY_COMPARE(rowsLeft(bench), 0);
}

void AccountStoreTest::rosterComesBackAndIsReplaced()
{
    StoreBench bench;
    const RosterItem juliet{
        bench.juliet, u"Juliet"_s, {u"Family & friends"_s, u"Verona, Italy"_s}, PresenceSubscription::Both, false};
    const RosterItem mallory{bench.mallory, {}, {}, PresenceSubscription::None, true};
    valueOf(bench.rosters->replace(bench.account, {juliet, mallory}));
    bench.reopen();
    QCOMPARE(valueOf(bench.rosters->items(bench.account)), (QList{juliet, mallory}));
    auto renamed = juliet;
    renamed.name = u"J."_s;
    valueOf(bench.rosters->keep(bench.account, renamed));
    valueOf(bench.rosters->keep(bench.account, renamed));
    valueOf(bench.rosters->remove(bench.account, bench.mallory));
    QCOMPARE(valueOf(bench.rosters->items(bench.account)), QList{renamed});
    valueOf(bench.rosters->replace(bench.account, {mallory}));
    QCOMPARE(valueOf(bench.rosters->items(bench.account)), QList{mallory});
}

void AccountStoreTest::requestsWaitForAnAnswer()
{
    StoreBench bench;
    valueOf(bench.rosters->keepRequest(bench.account, {bench.juliet, {}}));
    valueOf(bench.rosters->keepRequest(bench.account, {bench.juliet, u"please"_s}));
    bench.reopen();
    QCOMPARE(valueOf(bench.rosters->requests(bench.account)), (QList{SubscriptionRequest{bench.juliet, u"please"_s}}));
    valueOf(bench.rosters->removeRequest(bench.account, bench.juliet));
    QVERIFY(valueOf(bench.rosters->requests(bench.account)).isEmpty());
}

void AccountStoreTest::picturesAreKeptOnceAndOnlyWhileShown()
{
    StoreBench bench;
    const Avatar rose{"aaaa", QByteArray("\x89PNG\0rose", 9), u"image/png"_s};
    const Avatar thorn{"bbbb", "thorn", u"image/jpeg"_s};
    valueOf(bench.rosters->keepAvatar(bench.account, bench.juliet, rose));
    valueOf(bench.rosters->keepAvatar(bench.account, bench.mallory, rose));
    valueOf(bench.rosters->keepAvatar(bench.account, bench.mallory, rose));
    QCOMPARE(bench.ask(u"SELECT count(*) FROM avatar"_s), 1);
    bench.reopen();
    QCOMPARE(valueOf(bench.rosters->avatar("aaaa")).data, rose.data);
    QCOMPARE(valueOf(bench.rosters->avatar("aaaa")).mediaType, rose.mediaType);
    QCOMPARE(valueOf(bench.rosters->avatarHashes(bench.account)).value(bench.juliet), rose.sha1);
    valueOf(bench.rosters->keepAvatar(bench.account, bench.juliet, thorn));
    QCOMPARE(bench.ask(u"SELECT count(*) FROM avatar"_s), 2);
    valueOf(bench.rosters->removeAvatar(bench.account, bench.mallory));
    const auto gone = answerOf(bench.rosters->avatar("aaaa"));
    QVERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    QCOMPARE(valueOf(bench.rosters->avatarHashes(bench.account)).size(), 1);
}

void AccountStoreTest::preferencesAreKept()
{
    StoreBench bench;
    valueOf(bench.preferences->set(u"theme"_s, u"dark"_s));
    valueOf(bench.preferences->set(u"theme"_s, u"light"_s));
    valueOf(bench.preferences->set(u"empty"_s, {}));
    bench.reopen();
    QCOMPARE(valueOf(bench.preferences->all()), (QHash<QString, QString>{{u"theme"_s, u"light"_s}, {u"empty"_s, {}}}));
}

CUMULET_TEST(AccountStoreTest)
#include "AccountStoreTest.moc"
