#include "kit/TestMain.h"
#include "shell/PeopleSteps.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
using namespace cumulet::tests::PeopleSteps;
using namespace Qt::StringLiterals;

/// Who is in a channel, and what its owner does with them, by mouse and keys.
class PeopleTest : public QObject
{
    Q_OBJECT

    static void openAs(WindowBench &bench, Affiliation role)
    {
        bench.server.join(bench.cooking, bench.chat.romeo, role);
        bench.server.join(bench.cooking, bench.chat.nurse, Affiliation::Publisher);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        QTRY_VERIFY(rowOf(people(bench), bench.chat.nurse) >= 0);
    }
    static QListView *people(WindowBench &bench) { return list(bench); }
    static Membership standing(WindowBench &bench, const Jid &jid)
    {
        return PeopleSteps::standing(bench, bench.cooking, jid);
    }

private Q_SLOTS:
    void somebodyIsInvitedByName()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Member); // every follower may
        auto *invite = bench.find<QPushButton>(u"invite"_s);
        QTRY_VERIFY(invite->isVisible());
        QTest::mouseClick(invite, Qt::LeftButton);
        auto *who = bench.find<QLineEdit>(u"invited"_s);
        QTRY_VERIFY(who && who->hasFocus());
        QTest::keyClicks(who, u"no address"_s);
        QTest::keyClick(who, Qt::Key_Return);
        QTRY_VERIFY(who->hasSelectedText()); // an error, and the words to be corrected
        const auto friar = Jid::fromTrusted(u"laurence@example.org"_s);
        QTest::keyClicks(who, friar.text());
        QTest::keyClick(who, Qt::Key_Return);
        QTRY_COMPARE(standing(bench, friar).subscription, NodeSubscription::Invited);
        QTRY_VERIFY(!bench.find<QLineEdit>(u"invited"_s));
    }

    void anInvitationIsAcceptedOrDeclined_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<NodeSubscription>("after");
        QTest::newRow("accepted") << u"follow"_s << NodeSubscription::Subscribed;
        QTest::newRow("declined") << u"decline"_s << NodeSubscription::None;
    }
    void anInvitationIsAcceptedOrDeclined()
    {
        QFETCH(const QString, button);
        QFETCH(const NodeSubscription, after);
        WindowBench bench;
        bench.server.join(bench.cooking, bench.chat.romeo, Affiliation::Member, NodeSubscription::Invited);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *follow = bench.find<QPushButton>(u"follow"_s);
        QTRY_COMPARE(follow->text(), u"Accept invitation"_s);
        QVERIFY(bench.find<QPushButton>(u"decline"_s)->isVisible());
        QTest::mouseClick(bench.find<QPushButton>(button), Qt::LeftButton);
        QTRY_COMPARE(standing(bench, bench.chat.romeo).subscription, after);
        QTRY_VERIFY(!bench.find<QPushButton>(u"decline"_s)->isVisible());
        QTRY_COMPARE(follow->text(), after == NodeSubscription::None ? u"Follow"_s : u"Following"_s);
    }

    void banningAsksAndCanBeLifted()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Owner);
        openMenu(bench, bench.chat.nurse);
        choose(u"&Ban"_s);
        QTRY_VERIFY(bench.find<QMessageBox>());
        QCOMPARE(standing(bench, bench.chat.nurse).affiliation, Affiliation::Publisher);
        agree(bench);
        QTRY_COMPARE(standing(bench, bench.chat.nurse).affiliation, Affiliation::Outcast);
        QTRY_COMPARE(rowOf(people(bench), bench.chat.nurse), -1);
        // in the tab of those who are not in
        auto *tabs = people(bench)->parentWidget()->parentWidget()->parentWidget()->findChild<QTabBar *>();
        tabs->setCurrentIndex(1);
        QTRY_VERIFY(rowOf(people(bench), bench.chat.nurse) >= 0);
        openMenu(bench, bench.chat.nurse);
        choose(u"&Lift"_s);
        QTRY_COMPARE(standing(bench, bench.chat.nurse).affiliation, Affiliation::Member);
    }

    void somebodyIsRemoved()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Moderator);
        openMenu(bench, bench.chat.nurse);
        choose(u"&Remove"_s);
        agree(bench);
        QTRY_COMPARE(standing(bench, bench.chat.nurse).subscription, NodeSubscription::None);
        QTRY_COMPARE(rowOf(people(bench), bench.chat.nurse), -1);
    }

    void followersAreOfferedOnlyToSpeak()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Publisher);
        openMenu(bench, bench.chat.nurse);
        QCOMPARE(offered(), QStringList({u"&Profile…"_s, u"&Chat"_s, u"Open &their channel"_s}));
        QApplication::activePopupWidget()->close();
    }

    void moderatorsDoNotTouchOwners()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Moderator);
        openMenu(bench, bench.chat.juliet); // its owner
        QCOMPARE(offered(), QStringList({u"&Profile…"_s, u"&Chat"_s, u"Open &their channel"_s}));
        QApplication::activePopupWidget()->close();
        openMenu(bench, bench.chat.nurse);
        QVERIFY(std::ranges::none_of(offered(),
            [](const QString &words) { return words.startsWith(u"Make Moderator"_s, Qt::CaseInsensitive); }));
        QApplication::activePopupWidget()->close();
    }
};

CUMULET_TEST(PeopleTest)
#include "PeopleTest.moc"
