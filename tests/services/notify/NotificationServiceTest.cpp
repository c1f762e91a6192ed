#include "services/notify/NotificationService.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"

#include <QSignalSpy>

#include <functional>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(HouseholdBench &)>)

class NotificationServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessagePopsUpAndAClickOpensIt()
    {
        HouseholdBench bench;
        bench.start();
        QSignalSpy opened(bench.notifications.get(), &NotificationService::openRequested);
        bench.receive(bench.chat.juliet, u"<b>hello</b>\n\u202ethere"_s);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        const auto notice = bench.notifier.shown.first();
        QCOMPARE(notice.title, u"juliet"_s);
        QCOMPARE(notice.text, u"<b>hello</b> there"_s); // one plain line; the notifier escapes
        Q_EMIT bench.notifier.activated(notice.key);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().at(0).toLongLong(), bench.chat.chatWith(bench.chat.juliet));
        QCOMPARE(opened.first().at(1).toLongLong(), bench.chat.storedWith(bench.chat.juliet).last().row);
        Q_EMIT bench.notifier.activated(u"unknown"_s);
        QCOMPARE(opened.size(), 1);
    }

    void whatHappensToAChannelIsToldAndOpensIt_data()
    {
        using Event = std::function<void(HouseholdBench &)>;
        QTest::addColumn<Event>("event");
        QTest::addColumn<int>("kind");
        QTest::newRow("request") << Event([](HouseholdBench &b) {
            Q_EMIT b.wire.followRequested(b.cooking, b.chat.nurse);
        }) << int(StandingNotice::FollowRequest);
        QTest::newRow("role") << Event([](HouseholdBench &b) {
            Q_EMIT b.wire.membershipChanged(b.cooking, b.chat.romeo, Affiliation::Moderator, std::nullopt);
        }) << int(StandingNotice::RoleChanged);
        QTest::newRow("banned") << Event([](HouseholdBench &b) {
            Q_EMIT b.wire.membershipChanged(b.cooking, b.chat.romeo, Affiliation::Outcast, std::nullopt);
        }) << int(StandingNotice::RoleChanged);
        QTest::newRow("deleted") << Event([](HouseholdBench &b) { Q_EMIT b.wire.channelDeleted(b.cooking); })
                                 << int(StandingNotice::ChannelDeleted);
        QTest::newRow("invited") << Event([](HouseholdBench &b) {
            b.cooking = NodeId::of(Jid::fromTrusted(u"music@topics.example.org"_s));
            Q_EMIT b.wire.membershipChanged(b.cooking, b.chat.romeo, std::nullopt, NodeSubscription::Invited);
        }) << int(StandingNotice::Invited);
    }
    void whatHappensToAChannelIsToldAndOpensIt()
    {
        QFETCH(const std::function<void(HouseholdBench &)>, event);
        QFETCH(const int, kind);
        HouseholdBench bench;
        bench.start();
        QList<int> told;
        bench.notifications->setWords([&told](const StandingNotice &notice) {
            told.append(notice.kind);
            return u"words"_s;
        });
        QSignalSpy opened(bench.notifications.get(), &NotificationService::openRequested);
        event(bench);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        QCOMPARE(told, QList<int>{kind});
        const auto notice = bench.notifier.shown.first();
        QCOMPARE(notice.text, u"words"_s);
        Q_EMIT bench.notifier.activated(notice.key);
        QCOMPARE(opened.size(), 1);
        const auto entry = await(
            bench.conversations->open(bench.chat.account.id, Conversation::Kind::Channel, bench.cooking.channel()))
                               .value();
        QCOMPARE(opened.first().at(0).toLongLong(), entry.id);
        bench.notifications->setWindowActive(true);
        bench.notifications->setVisibleConversation(entry.id);
        QVERIFY(bench.notifier.shown.isEmpty()); // it is being looked at
    }

    void ourOwnDoingIsNotTold()
    {
        HouseholdBench bench;
        bench.start();
        bench.notifications->setWords([](const StandingNotice &) { return u"words"_s; });
        const auto music = NodeId::of(Jid::fromTrusted(u"music@topics.example.org"_s));
        Q_EMIT bench.wire.membershipChanged(
            music, bench.chat.romeo, Affiliation::Publisher, NodeSubscription::Subscribed);
        bench.receive(bench.chat.juliet, u"hello"_s);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        QCOMPARE(bench.notifier.shown.first().text, u"hello"_s);
    }

    void manyAtOnceAreOneNotice()
    {
        HouseholdBench bench;
        bench.start();
        for (int i = 0; i < 10; ++i) {
            Q_EMIT bench.chat.chatWire->messageReceived(bench.chat.from(bench.chat.juliet, QString::number(i)));
        }
        QTRY_COMPARE(bench.notifier.count, 1);
        QCOMPARE(bench.notifier.shown.first().title, u"juliet (10)"_s);
        QCOMPARE(bench.notifier.shown.first().text, u"7\n8\n9"_s);
    }

    void aConversationTellsWhatWasChosenForIt()
    {
        HouseholdBench bench;
        bench.start();
        const auto juliet = bench.chat.chatWith(bench.chat.juliet);
        const auto choose = [&](Conversation::Notices notices) {
            QVERIFY(await(bench.conversations->setNotices(juliet, notices)));
            QTRY_COMPARE(bench.conversations->entry(juliet)->notices, notices);
        };
        const auto lastOfJuliet = [&] { return bench.notifier.shown.value(u"conversation/%1"_s.arg(juliet)).text; };
        bench.receive(bench.chat.juliet, u"usual"_s);
        QTRY_COMPARE(bench.notifier.count, 1);
        choose(Conversation::Notices::FirstUntilSeen);
        bench.receive(bench.chat.juliet, u"not looked at yet"_s);
        bench.receive(bench.chat.nurse, u"another"_s);
        QTRY_COMPARE(bench.notifier.count, 2);
        QCOMPARE(lastOfJuliet(), u"usual"_s);
        const auto last = bench.chat.storedWith(bench.chat.juliet).last();
        QVERIFY(await(bench.conversations->markRead(juliet, Cursor{last.time.toMSecsSinceEpoch(), last.row})));
        QTRY_VERIFY(lastOfJuliet().isEmpty()); // looked at
        bench.receive(bench.chat.juliet, u"the next one"_s);
        QTRY_COMPARE(lastOfJuliet(), u"the next one"_s);
        choose(Conversation::Notices::Nothing);
        bench.receive(bench.chat.juliet, u"muted"_s);
        bench.receive(bench.chat.nurse, u"told"_s);
        QTRY_COMPARE(bench.notifier.count, 4);
        QCOMPARE(lastOfJuliet(), u"the next one"_s);
    }

    void nothingIsShownToWhoWantsNone()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.nurse, u"shown"_s);
        QTRY_COMPARE(bench.notifier.count, 1);
        bench.notifications->setWishes(false, true);
        QTRY_COMPARE(bench.notifier.shown.size(), 0); // also what is on the screen
        bench.receive(bench.chat.juliet, u"not shown"_s);
        bench.notifications->setWishes(true, false);
        bench.receive(bench.chat.nurse, u"secret"_s);
        QTRY_VERIFY(bench.notifier.count >= 2);
        QVERIFY(std::ranges::none_of(bench.notifier.shown, [](const DesktopNotice &notice) {
            return notice.text.contains(u"secret"_s) || notice.title.contains(u"secret"_s);
        }));
    }

    void whatIsBeingReadDoesNotPopUp()
    {
        HouseholdBench bench;
        bench.start();
        bench.notifications->setWindowActive(true);
        bench.notifications->setVisibleConversation(bench.chat.chatWith(bench.chat.juliet));
        bench.receive(bench.chat.juliet, u"hello"_s);
        bench.receive(bench.chat.nurse, u"hello"_s);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        QCOMPARE(bench.notifier.shown.first().title, u"nurse"_s);
    }

    void lookingAtItWithdrawsTheNotice()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        bench.notifications->setVisibleConversation(bench.chat.chatWith(bench.chat.juliet));
        QCOMPARE(bench.notifier.shown.size(), 1); // open in a window in the background
        bench.notifications->setWindowActive(true);
        QCOMPARE(bench.notifier.shown.size(), 0);
    }

    void readingItElsewhereWithdrawsTheNotice()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"hello"_s);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        const auto message = bench.chat.storedWith(bench.chat.juliet).last();
        QVERIFY(await(
            bench.conversations->markRead(message.conversation, {message.time.toMSecsSinceEpoch(), message.row})));
        QCOMPARE(bench.notifier.shown.size(), 0);
    }

    void postsPopUpWhenTheyConcernUs()
    {
        HouseholdBench bench;
        bench.start();
        QSignalSpy opened(bench.notifications.get(), &NotificationService::openRequested);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"soup for all"_s);
        QVERIFY(await(bench.channels.post(bench.cooking, u"mine"_s)));
        bench.chat.settle();
        const auto mine = bench.server.nodes[bench.cooking].items.last();
        bench.wire.live(bench.cooking, bench.chat.juliet, u"nice"_s, mine.item);
        QTRY_COMPARE(bench.notifier.shown.size(), 1);
        QCOMPARE(bench.notifier.count, 1);
        const auto notice = bench.notifier.shown.first();
        QCOMPARE(notice.title, u"Cooking"_s);
        QCOMPARE(notice.text, u"juliet: nice"_s);
        Q_EMIT bench.notifier.activated(notice.key);
        const auto start = await(bench.channels.threadOf(bench.cooking, mine.item)).value();
        QCOMPARE(opened.first().at(1).toLongLong(), start); // the thread that was answered

        bench.wire.live(bench.cooking, bench.chat.juliet, u"ask @romeo"_s);
        QTRY_COMPARE(bench.notifier.shown.first().text, u"juliet: ask @romeo"_s);
    }
};

CUMULET_TEST(NotificationServiceTest)
#include "NotificationServiceTest.moc"
