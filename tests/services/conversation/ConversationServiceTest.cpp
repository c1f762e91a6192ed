#include "services/conversation/ConversationService.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class ConversationServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chatsAndChannelsAreInOneList()
    {
        HouseholdBench bench;
        QSignalSpy total(bench.conversations.get(), &ConversationService::totalUnreadChanged);
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.chat.settle();
        QStringList names;
        for (const auto &entry : bench.conversations->entries()) {
            names.append(entry.jid.text());
        }
        names.sort();
        QCOMPARE(
            names, QStringList({u"cooking@topics.example.org"_s, u"juliet@example.org"_s, u"romeo@example.org"_s}));
        QCOMPARE(bench.conversations->totalUnread(), 2);
        QCOMPARE(total.last().first().toInt(), 2);
    }

    void manyChangesAreReadTogether()
    {
        HouseholdBench bench;
        bench.start();
        const auto id = bench.chat.chatWith(bench.chat.juliet);
        QSignalSpy changed(bench.conversations.get(), &ConversationService::entryChanged);
        for (int i = 0; i < 100; ++i) {
            bench.conversations->refresh({id});
        }
        bench.chat.settle();
        QCOMPARE(changed.size(), 1);
        bench.conversations->refresh({id});
        bench.chat.settle();
        QCOMPARE(changed.size(), 1); // nothing is different
    }

    void everythingOfAChannelAndAChatIsReadAtOnce()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        bench.receive(bench.chat.juliet, u"hello?"_s);
        const auto start = bench.wire.live(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"and bread"_s, start.item);
        bench.chat.settle();
        QCOMPARE(bench.conversations->totalUnread(), 4);
        const auto entries = bench.conversations->entries().values();
        for (const auto &entry : entries) {
            QVERIFY(await(bench.conversations->markAllRead(entry.id)));
        }
        QCOMPARE(bench.conversations->totalUnread(), 0);
        const auto chat = bench.chat.chatWith(bench.chat.juliet);
        QCOMPARE(await(bench.conversations->readPosition(chat)).value().row,
            bench.chat.storedWith(bench.chat.juliet).last().row);
        const auto before = await(bench.conversations->readPosition(chat)).value();
        QVERIFY(await(bench.conversations->markAllRead(chat))); // nothing is unread: nothing moves
        QCOMPARE(await(bench.conversations->readPosition(chat)).value(), before);
    }

    void theListKnowsWhatIsUnusualAboutAChannel()
    {
        HouseholdBench bench;
        bench.start();
        const auto standing = [&](const NodeId &node) {
            const auto entries = bench.conversations->entries();
            const auto found = std::find_if(entries.cbegin(), entries.cend(),
                [&](const Conversation &entry) { return entry.jid == node.channel(); });
            return found == entries.cend() ? Conversation::Standing::Usual : found->standing;
        };
        const auto music = NodeId::of(Jid::fromTrusted(u"music@topics.example.org"_s));
        bench.server.add(music, bench.chat.juliet);
        const auto tell = [&](NodeSubscription subscription) {
            Q_EMIT bench.wire.membershipChanged(music, bench.chat.romeo, std::nullopt, subscription);
        };
        tell(NodeSubscription::Pending);
        QTRY_COMPARE(standing(music), Conversation::Standing::Pending);
        tell(NodeSubscription::Invited);
        QTRY_COMPARE(standing(music), Conversation::Standing::Invited);
        tell(NodeSubscription::Subscribed);
        QTRY_COMPARE(standing(music), Conversation::Standing::Usual);
        Q_EMIT bench.wire.membershipChanged(bench.cooking, bench.chat.romeo, Affiliation::Outcast, std::nullopt);
        QTRY_COMPARE(standing(bench.cooking), Conversation::Standing::Banned);
        Q_EMIT bench.wire.channelDeleted(bench.cooking);
        QTRY_COMPARE(standing(bench.cooking), Conversation::Standing::Gone);
    }

    void readingLowersTheCounters()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        const auto id = bench.chat.chatWith(bench.chat.juliet);
        const auto message = bench.chat.storedWith(bench.chat.juliet).last();
        QVERIFY(await(bench.conversations->markRead(id, {message.time.toMSecsSinceEpoch(), message.row})));
        QCOMPARE(bench.conversations->entry(id)->unread, 0);
        QCOMPARE(bench.conversations->totalUnread(), 0);
        QCOMPARE(await(bench.conversations->readPosition(id))->row, message.row);
    }

    void aClosedChatComesBackWithTheNextMessage()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        const auto id = bench.chat.chatWith(bench.chat.juliet);
        QSignalSpy removed(bench.conversations.get(), &ConversationService::entryRemoved);
        QVERIFY(await(bench.conversations->close(id)));
        QCOMPARE(removed.size(), 1);
        QVERIFY(!bench.conversations->entry(id));
        bench.receive(bench.chat.juliet, u"hello?"_s);
        QVERIFY(bench.conversations->entry(id));
    }

    void aChannelThatIsOnlyLookedAtIsNotListed()
    {
        HouseholdBench bench;
        bench.start();
        const auto music = Jid::fromTrusted(u"music@topics.example.org"_s);
        const auto opened = await(bench.conversations->open(bench.chat.account.id, Conversation::Kind::Channel, music));
        QVERIFY(opened->id > 0);
        bench.chat.settle();
        QVERIFY(!bench.conversations->entry(opened->id));
        QVERIFY(await(bench.conversations->markRead(opened->id, {1, 1})));
        QVERIFY(!bench.conversations->entry(opened->id));

        const auto nurse = await(bench.conversations->open(
            bench.chat.account.id, Conversation::Kind::Chat, bench.chat.nurse.withResource(u"balcony"_s)));
        bench.chat.settle();
        QCOMPARE(bench.conversations->entry(nurse->id)->jid, bench.chat.nurse);
    }

    void draftsAreKeptAndShown()
    {
        HouseholdBench bench;
        bench.start();
        const auto id = bench.chat.chatWith(bench.chat.juliet);
        QVERIFY(await(bench.conversations->setDraft(id, {}, u"wherefore"_s)));
        QVERIFY(await(bench.conversations->setDraft(id, ItemId::fromWire(u"t"_s), u"comment"_s)));
        bench.chat.settle();
        QCOMPARE(bench.conversations->entry(id)->draft, u"wherefore"_s);
        QCOMPARE(await(bench.conversations->draft(id)).value(), u"wherefore"_s);
        QCOMPARE(await(bench.conversations->draft(id, ItemId::fromWire(u"t"_s))).value(), u"comment"_s);
    }

    void aRenamedContactIsRenamedInTheList()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        RosterItem item;
        item.jid = bench.chat.juliet;
        item.name = u"Juliet C."_s;
        item.subscription = PresenceSubscription::Both;
        Q_EMIT bench.chat.rosterWire->itemChanged(item);
        bench.chat.settle();
        QCOMPARE(bench.conversations->entry(bench.chat.chatWith(bench.chat.juliet))->title, u"Juliet C."_s);
    }

    void aRemovedAccountTakesItsEntriesAlong()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        QVERIFY(!bench.conversations->entries().isEmpty());
        QSignalSpy removed(bench.conversations.get(), &ConversationService::entryRemoved);
        QVERIFY(await(bench.accountService.remove(bench.chat.account.id)));
        QVERIFY(!removed.isEmpty());
        QVERIFY(bench.conversations->entries().isEmpty());
        QCOMPARE(bench.conversations->totalUnread(), 0);
    }
};

CUMULET_TEST(ConversationServiceTest)
#include "ConversationServiceTest.moc"
