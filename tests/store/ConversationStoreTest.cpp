#include "StoreBench.h"
#include "kit/TestMain.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ConversationStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listIsSortedByLastActivity();
    void titlesComeFromRosterAndChannel();
    void ensureIsHarmlessToRepeat();
    void ensureNeedsAnAccount();
    void openedChannelIsNotInTheList();
    void ownChannelIsAlwaysInTheList();
    void hiddenUntilSomethingNewComes();
    void olderMessagesDoNotUnhide();
    void previewFollowsTheNewest();
    void previewIsOneShortLine();
    void readPositionOnlyMovesForward();
    void draftsAndAnchorSurvive();
    void unreadCountersMatchARecount();
};

static IncomingMessage from(const StoreBench &bench, const Jid &peer, int seconds)
{
    auto message = bench.message(u"m%1"_s.arg(seconds), u"text %1"_s.arg(seconds), seconds);
    message.peer = peer;
    message.from = peer;
    return message;
}

static QStringList listed(StoreBench &bench)
{
    QStringList names;
    for (const auto &entry : valueOf(bench.conversations->list())) {
        names += entry.jid.text();
    }
    return names;
}

void ConversationStoreTest::listIsSortedByLastActivity()
{
    StoreBench bench;
    const auto nurse = Jid::fromTrusted(u"nurse@example.org"_s);
    valueOf(bench.chats->keep(
        bench.account, {from(bench, bench.juliet, 20), from(bench, bench.mallory, 10), from(bench, nurse, 30)}));
    QCOMPARE(listed(bench), (QStringList{nurse.text(), bench.juliet.text(), bench.mallory.text()}));
    valueOf(bench.chats->keep(bench.account, {from(bench, bench.mallory, 40)}));
    QCOMPARE(listed(bench).first(), bench.mallory.text());
    QCOMPARE(valueOf(bench.conversations->list(2)).size(), 2);
    const auto entry = valueOf(bench.conversations->list()).first();
    QCOMPARE(entry.lastActivity, bench.at(40));
    QCOMPARE(entry.unread, 2);
    QCOMPARE(entry.account, bench.account);
}

void ConversationStoreTest::titlesComeFromRosterAndChannel()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    QVERIFY(valueOf(bench.conversations->entry(chat)).title.isEmpty());
    valueOf(bench.rosters->keep(bench.account, {bench.juliet, u"Juliet C."_s, {}, {}, false}));
    QCOMPARE(valueOf(bench.conversations->entry(chat)).title, u"Juliet C."_s);
    Channel channel;
    channel.node = bench.node;
    channel.title = u"Cooking"_s;
    const auto id = valueOf(bench.channels->keepChannel(bench.account, channel));
    valueOf(bench.channels->keepPosts(bench.account, bench.node, {bench.post(u"p1"_s, u"Soup"_s, 1)}, true));
    const auto entry = valueOf(bench.conversations->entry(id));
    QCOMPARE(entry.title, u"Cooking"_s);
    QCOMPARE(entry.previewAuthor, bench.juliet.text()); // the roster of now gives the name
    QCOMPARE(entry.preview, u"Soup"_s);
}

void ConversationStoreTest::ensureIsHarmlessToRepeat()
{
    StoreBench bench;
    const auto first = valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Chat, bench.juliet));
    const auto second = valueOf(
        bench.conversations->ensure(bench.account, Conversation::Kind::Chat, bench.juliet.withResource(u"phone"_s)));
    QCOMPARE(first, second);
    QVERIFY(first.lastActivity.isValid());
    const auto channel = valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.juliet));
    QVERIFY(channel.id != first.id);
}

void ConversationStoreTest::ensureNeedsAnAccount()
{
    StoreBench bench;
    const auto result = answerOf(bench.conversations->ensure(77, Conversation::Kind::Chat, bench.juliet));
    QVERIFY(!result && result.error().kind == ErrorKind::NotFound);
}

void ConversationStoreTest::openedChannelIsNotInTheList()
{
    StoreBench bench;
    const auto entry =
        valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel()));
    valueOf(bench.channels->keepPosts(bench.account, bench.node, {bench.post(u"p1"_s, u"Soup"_s, 1)}, false));
    QVERIFY(listed(bench).isEmpty());
    QVERIFY(valueOf(bench.conversations->entries({entry.id})).isEmpty());
    QVERIFY(valueOf(bench.channels->channel(bench.account, bench.node)).node == bench.node);
    const auto follow = [&](NodeSubscription subscription) {
        valueOf(
            bench.channels->keepMembership(bench.account, {bench.node, bench.self, Affiliation::Member, subscription}));
    };
    for (const auto subscription :
        {NodeSubscription::Pending, NodeSubscription::Invited, NodeSubscription::Subscribed}) {
        follow(subscription);
        QCOMPARE(listed(bench), QStringList{bench.node.channel().text()});
        follow(NodeSubscription::None);
        QVERIFY(listed(bench).isEmpty());
    }
    QCOMPARE(
        valueOf(bench.channels->page(entry.id, {}, ThreadOrder::NewestPost)).rows.size(), 1); // what was read stays
}

void ConversationStoreTest::ownChannelIsAlwaysInTheList()
{
    StoreBench bench;
    const auto entry = valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.self));
    QVERIFY(entry.isOwnChannel);
    QCOMPARE(listed(bench), QStringList{bench.self.text()});
    valueOf(bench.channels->replaceMemberships(bench.account, {}));
    QCOMPARE(listed(bench), QStringList{bench.self.text()});
}

void ConversationStoreTest::hiddenUntilSomethingNewComes()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {from(bench, bench.juliet, 1)}));
    const auto chat = valueOf(bench.conversations->list()).first().id;
    valueOf(bench.conversations->setHidden(chat, true));
    QVERIFY(listed(bench).isEmpty());
    QVERIFY(valueOf(bench.conversations->entry(chat)).isHidden);
    valueOf(bench.chats->keep(bench.account, {from(bench, bench.juliet, 1)}));
    QVERIFY(listed(bench).isEmpty()); // a repeat is nothing new
    valueOf(bench.chats->keep(bench.account, {from(bench, bench.juliet, 2)}));
    QCOMPARE(listed(bench).size(), 1);
    valueOf(bench.conversations->setHidden(chat, true));
    bench.chatWith(bench.juliet);
    QCOMPARE(listed(bench).size(), 1);
}

void ConversationStoreTest::olderMessagesDoNotUnhide()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {from(bench, bench.juliet, 100)}));
    const auto chat = valueOf(bench.conversations->list()).first().id;
    valueOf(bench.conversations->setHidden(chat, true));
    valueOf(bench.chats->keep(bench.account, {StoreBench::archived(from(bench, bench.juliet, 5), u"a1"_s)}));
    QVERIFY(listed(bench).isEmpty());
    QCOMPARE(valueOf(bench.conversations->entry(chat)).preview, u"text 100"_s);
}

void ConversationStoreTest::previewFollowsTheNewest()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"one"_s, 1)}));
    const auto chat = bench.chatWith(bench.juliet);
    const auto preview = [&] { return valueOf(bench.conversations->entry(chat)).preview; };
    QCOMPARE(preview(), u"one"_s);
    valueOf(bench.chats->keep(bench.account, {bench.correction(u"c1"_s, u"m1"_s, u"One."_s, 2)}));
    QCOMPARE(preview(), u"One."_s);
    valueOf(bench.chats->keep(bench.account, {bench.own(u"m2"_s, u"two"_s, 3)}));
    QCOMPARE(preview(), u"two"_s);
    const auto entry = valueOf(bench.conversations->entry(chat));
    QVERIFY(entry.previewIsOwn);
    QVERIFY(entry.previewAuthor.isEmpty());
    QCOMPARE(entry.previewState, int(DeliveryState::Sent));
}

void ConversationStoreTest::previewIsOneShortLine()
{
    StoreBench bench;
    valueOf(bench.chats->keep(bench.account, {bench.message(u"m1"_s, u"one\n\n two\t"_s + QString(500, u'x'), 1)}));
    const auto preview = valueOf(bench.conversations->list()).first().preview;
    QVERIFY(preview.startsWith(u"one two xxx"_s));
    QCOMPARE(preview.size(), 200);
}

void ConversationStoreTest::readPositionOnlyMovesForward()
{
    StoreBench bench;
    QList<IncomingMessage> messages;
    for (int i = 0; i < 10; ++i) {
        messages += from(bench, bench.juliet, i);
    }
    valueOf(bench.chats->keep(bench.account, messages));
    const auto chat = bench.chatWith(bench.juliet);
    const auto rows = bench.messages(chat);
    const auto place = [&](int i) { return Cursor{rows.at(i).time.toMSecsSinceEpoch(), rows.at(i).row}; };
    QCOMPARE(valueOf(bench.conversations->readPosition(chat)), Cursor{});
    QCOMPARE(valueOf(bench.conversations->markRead(chat, place(5))).unread, 4);
    QCOMPARE(valueOf(bench.conversations->markRead(chat, place(2))).unread, 4);
    bench.reopen();
    QCOMPARE(valueOf(bench.conversations->readPosition(chat)), place(5));
    QCOMPARE(valueOf(bench.conversations->markRead(chat, place(9))).unread, 0);
    const auto missing = answerOf(bench.conversations->markRead(4711, place(9)));
    QVERIFY(!missing && missing.error().kind == ErrorKind::NotFound);
}

void ConversationStoreTest::draftsAndAnchorSurvive()
{
    StoreBench bench;
    const auto chat = bench.chatWith(bench.juliet);
    const auto thread = ItemId::fromWire(u"p1"_s);
    valueOf(bench.conversations->setDraft(chat, {}, u"Dear"_s));
    valueOf(bench.conversations->setDraft(chat, {}, u"Dear Juliet"_s));
    valueOf(bench.conversations->setDraft(chat, thread, u"a comment"_s));
    valueOf(bench.conversations->setAnchor(chat, u"row 7 + 12"_s));
    bench.reopen();
    QCOMPARE(valueOf(bench.conversations->draft(chat)), u"Dear Juliet"_s);
    QCOMPARE(valueOf(bench.conversations->draft(chat, thread)), u"a comment"_s);
    QCOMPARE(valueOf(bench.conversations->entry(chat)).draft, u"Dear Juliet"_s);
    QCOMPARE(valueOf(bench.conversations->anchor(chat)), u"row 7 + 12"_s);
    valueOf(bench.conversations->setDraft(chat, {}, {}));
    QVERIFY(valueOf(bench.conversations->draft(chat)).isEmpty());
    QCOMPARE(bench.ask(u"SELECT count(*) FROM draft"_s), 1);
}

// any sequence of arrivals, repeats, reading, hiding and removals leaves the counters as a recount would give them
void ConversationStoreTest::unreadCountersMatchARecount()
{
    StoreBench bench;
    QRandomGenerator random(42);
    const QList<Jid> peers{bench.juliet, bench.mallory};
    const auto channel =
        valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
    QList<Cursor> ends{{0, 0}, {0, 0}};
    for (int i = 0; i < 400; ++i) {
        const auto peer = peers.at(random.bounded(2));
        const int second = random.bounded(200);
        auto message = from(bench, peer, second);
        const auto item = u"p%1"_s.arg(random.bounded(60));
        switch (random.bounded(8)) {
        case 0:
            valueOf(bench.chats->keep(bench.account, {message}));
            break;
        case 1:
            valueOf(
                bench.chats->keep(bench.account, {StoreBench::archived(message, peer.text() + u"a%1"_s.arg(second))}));
            break;
        case 2:
            valueOf(bench.conversations->markRead(bench.chatWith(peer), {bench.at(second).toMSecsSinceEpoch(), 1000}));
            break;
        case 3:
            valueOf(bench.chats->keepNotices(
                bench.account, {{peer, true, message.messageId, DeliveryState::Displayed, {}}}));
            break;
        case 4:
        case 5: {
            const auto start = random.bounded(2) == 0 ? QString() : u"p%1"_s.arg(random.bounded(60));
            const auto body = random.bounded(3) == 0 ? u"hi romeo!"_s : u"hi"_s;
            valueOf(bench.channels->keepPosts(
                bench.account, bench.node, {bench.post(item, body, second, start)}, random.bounded(4) != 0));
            break;
        }
        case 6:
            valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(item)}));
            break;
        case 7:
            valueOf(bench.conversations->markRead(channel, {bench.at(second / 2).toMSecsSinceEpoch(), 0}));
            break;
        }
        QCOMPARE(bench.ask(u"SELECT count(*) FROM conversation c WHERE unread <> "
                           "(SELECT count(*) FROM message m WHERE m.conversation = c.id AND m.is_unread = 1) + "
                           "(SELECT count(*) FROM post p WHERE p.channel = c.id AND p.is_unread = 1)"_s),
            0);
        QCOMPARE(bench.ask(u"SELECT count(*) FROM conversation c WHERE mentions <> (SELECT count(*) FROM post p "
                           "WHERE p.channel = c.id AND p.is_unread = 1 AND p.is_mention = 1)"_s),
            0);
        QCOMPARE(bench.ask(u"SELECT count(*) FROM post s WHERE in_reply_to IS NULL AND comments <> "
                           "(SELECT count(*) FROM post c WHERE c.thread = s.id AND c.is_shown = 1)"_s),
            0);
    }
    QVERIFY(bench.ask(u"SELECT sum(unread) FROM conversation"_s) > 0);
    for (const auto &peer : peers) {
        valueOf(bench.conversations->markRead(bench.chatWith(peer), {bench.at(1000).toMSecsSinceEpoch(), 0}));
    }
    QCOMPARE(valueOf(bench.conversations->markRead(channel, {bench.at(1000).toMSecsSinceEpoch(), 0})).unread, 0);
    QCOMPARE(bench.ask(u"SELECT sum(unread) + sum(mentions) FROM conversation"_s), 0);
}

CUMULET_TEST(ConversationStoreTest)
#include "ConversationStoreTest.moc"
