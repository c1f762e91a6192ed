#include "services/notify/NotificationPolicy.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace cumulet;
using namespace Qt::StringLiterals;

class NotificationPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesAreWorthANoticeUnlessTheyAreBeingRead_data()
    {
        QTest::addColumn<bool>("isOwn");
        QTest::addColumn<bool>("isWindowActive");
        QTest::addColumn<bool>("isVisible");
        QTest::addColumn<bool>("isDoNotDisturb");
        QTest::addColumn<bool>("isWorth");
        //                                        own    window  visible dnd
        QTest::newRow("window closed") << false << false << false << false << true;
        QTest::newRow("window in the background") << false << false << true << false << true;
        QTest::newRow("another chat is open") << false << true << false << false << true;
        QTest::newRow("being read") << false << true << true << false << false;
        QTest::newRow("do not disturb") << false << false << false << true << false;
        QTest::newRow("our own from elsewhere") << true << false << false << false << false;
    }
    void messagesAreWorthANoticeUnlessTheyAreBeingRead()
    {
        QFETCH(const bool, isOwn);
        QFETCH(const bool, isWindowActive);
        QFETCH(const bool, isVisible);
        QFETCH(const bool, isDoNotDisturb);
        Message message;
        message.conversation = 7;
        message.isOwn = isOwn;
        message.state = isOwn ? DeliveryState::Sent : DeliveryState::Received;
        QTEST(
            NotificationPolicy::isWorthNotice(message, {isWindowActive, isVisible ? 7 : 8, isDoNotDisturb}), "isWorth");
    }

    void aThreadHasAChoiceOfItsOwn_data()
    {
        QTest::addColumn<ThreadNotices>("thread");
        QTest::addColumn<Conversation::Notices>("channel");
        QTest::addColumn<bool>("isMention");
        QTest::addColumn<bool>("isWorth");
        using Notices = Conversation::Notices;
        QTest::newRow("followed, mentions only") << ThreadNotices::Followed << Notices::ForUs << false << true;
        QTest::newRow("followed, silent channel") << ThreadNotices::Followed << Notices::Nothing << false << true;
        QTest::newRow("muted, everything") << ThreadNotices::Muted << Notices::Everything << false << false;
        QTest::newRow("muted, mention") << ThreadNotices::Muted << Notices::ForUs << true << false;
        QTest::newRow("usual, mentions only") << ThreadNotices::Usual << Notices::ForUs << false << false;
    }
    void aThreadHasAChoiceOfItsOwn()
    {
        QFETCH(const ThreadNotices, thread);
        QFETCH(const Conversation::Notices, channel);
        QFETCH(const bool, isMention);
        const auto romeo = Jid::fromTrusted(u"romeo@example.org"_s);
        Post post;
        post.node = NodeId::of(Jid::fromTrusted(u"cooking@topics.example.org"_s));
        post.author = Jid::fromTrusted(u"juliet@example.org"_s);
        post.body = isMention ? u"@romeo look"_s : u"look"_s;
        NoticeContext context;
        context.notices = channel;
        context.thread = thread;
        QTEST(NotificationPolicy::isWorthNotice(post, romeo, false, 7, context), "isWorth");
        context.isDoNotDisturb = true;
        QVERIFY(!NotificationPolicy::isWorthNotice(post, romeo, false, 7, context));
    }

    void everyConversationHasItsChoice_data()
    {
        using Notices = Conversation::Notices;
        QTest::addColumn<Notices>("notices");
        QTest::addColumn<bool>("wasTold");
        QTest::addColumn<bool>("message");
        QTest::addColumn<bool>("post");
        QTest::addColumn<bool>("mention");
        //                             choice                     told     message  post     mention
        QTest::newRow("usual") << Notices::Usual << false << true << false << true;
        QTest::newRow("everything") << Notices::Everything << true << true << true << true;
        QTest::newRow("first one") << Notices::FirstUntilSeen << false << true << true << true;
        QTest::newRow("not the second") << Notices::FirstUntilSeen << true << false << false << false;
        QTest::newRow("for us") << Notices::ForUs << true << true << false << true;
        QTest::newRow("nothing") << Notices::Nothing << false << false << false << false;
    }
    void everyConversationHasItsChoice()
    {
        QFETCH(const Conversation::Notices, notices);
        QFETCH(const bool, wasTold);
        NoticeContext context;
        context.notices = notices;
        context.wasTold = wasTold;
        Message message;
        message.conversation = 7;
        message.state = DeliveryState::Received;
        QTEST(NotificationPolicy::isWorthNotice(message, context), "message");
        Post post;
        post.author = Jid::fromTrusted(u"juliet@example.org"_s);
        post.node = NodeId::of(Jid::fromTrusted(u"cooking@topics.example.org"_s));
        post.body = u"soup"_s;
        const auto romeo = Jid::fromTrusted(u"romeo@example.org"_s);
        QTEST(NotificationPolicy::isWorthNotice(post, romeo, false, 7, context), "post");
        post.body = u"ask @romeo"_s;
        QTEST(NotificationPolicy::isWorthNotice(post, romeo, false, 7, context), "mention");
        // nothing but "nothing" and "told already" hides what was asked for, and nobody is told of what is being read
        context.isWindowActive = true;
        context.visibleConversation = 7;
        QVERIFY(!NotificationPolicy::isWorthNotice(post, romeo, false, 7, context));
    }

    void postsAreWorthANoticeWhenTheyConcernUs_data()
    {
        QTest::addColumn<QString>("author");
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("body");
        QTest::addColumn<bool>("isAnswer");
        QTest::addColumn<bool>("isBeingRead");
        QTest::addColumn<bool>("isDoNotDisturb");
        QTest::addColumn<bool>("isWorth");
        const auto juliet = u"juliet@example.org"_s;
        const auto romeo = u"romeo@example.org"_s;
        const auto cooking = u"cooking@topics.example.org"_s;
        QTest::newRow("just a post") << juliet << cooking << u"soup"_s << false << false << false << false;
        QTest::newRow("in our own channel") << juliet << romeo << u"soup"_s << false << false << false << true;
        QTest::newRow("answers us") << juliet << cooking << u"soup"_s << true << false << false << true;
        QTest::newRow("mentions us") << juliet << cooking << u"ask @romeo"_s << false << false << false << true;
        QTest::newRow("mentions our address") << juliet << cooking << romeo << false << false << false << true;
        QTest::newRow("a word like our name")
            << juliet << cooking << u"romeo and juliet"_s << false << false << false << false;
        QTest::newRow("being read") << juliet << romeo << u"soup"_s << true << true << false << false;
        QTest::newRow("do not disturb") << juliet << romeo << u"soup"_s << true << false << true << false;
        QTest::newRow("our own") << romeo << romeo << u"@romeo"_s << true << false << false << false;
    }
    void postsAreWorthANoticeWhenTheyConcernUs()
    {
        QFETCH(const QString, author);
        QFETCH(const QString, channel);
        QFETCH(const QString, body);
        QFETCH(const bool, isAnswer);
        QFETCH(const bool, isBeingRead);
        QFETCH(const bool, isDoNotDisturb);
        Post post;
        post.author = Jid::fromTrusted(author);
        post.node = NodeId::of(Jid::fromTrusted(channel));
        post.body = body;
        const NoticeContext context{isBeingRead, isBeingRead ? 7 : 0, isDoNotDisturb};
        QTEST(NotificationPolicy::isWorthNotice(post, Jid::fromTrusted(u"romeo@example.org"_s), isAnswer, 7, context),
            "isWorth");
    }
};

CUMULET_TEST(NotificationPolicyTest)
#include "NotificationPolicyTest.moc"
