#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "ui/models/MemberListModel.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
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
    static QListView *people(WindowBench &bench) { return bench.find<QListView>(u"people"_s); }
    static int rowOf(const QListView *list, const Jid &jid)
    {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 0).data(MemberListModel::JidRole).toString() == jid.text()) {
                return row;
            }
        }
        return -1;
    }
    static void openMenu(WindowBench &bench, const Jid &jid)
    {
        auto *list = people(bench);
        const QModelIndex index = list->model()->index(rowOf(list, jid), 0);
        list->scrollTo(index);
        list->setCurrentIndex(index);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return); // the menu by the keyboard
        QTRY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    }
    static QStringList offered()
    {
        QStringList words;
        for (const QAction *action : QApplication::activePopupWidget()->actions()) {
            words += action->text();
        }
        return words;
    }
    static void choose(const QString &beginning)
    {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(beginning)) {
                menu->close();
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(beginning));
    }
    static void agree(WindowBench &bench)
    {
        QTRY_VERIFY(bench.find<QPushButton>(u"agree"_s));
        QTest::mouseClick(bench.find<QPushButton>(u"agree"_s), Qt::LeftButton);
    }
    static Membership standing(WindowBench &bench, const Jid &jid)
    {
        return bench.server.nodes.value(bench.cooking).members.value(jid); // as the service has it
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
        QCOMPARE(offered(), QStringList({u"&Chat"_s, u"Open &their channel"_s}));
        QApplication::activePopupWidget()->close();
    }

    void moderatorsDoNotTouchOwners()
    {
        WindowBench bench;
        openAs(bench, Affiliation::Moderator);
        openMenu(bench, bench.chat.juliet); // its owner
        QCOMPARE(offered(), QStringList({u"&Chat"_s, u"Open &their channel"_s}));
        QApplication::activePopupWidget()->close();
        openMenu(bench, bench.chat.nurse);
        QVERIFY(std::ranges::none_of(offered(),
            [](const QString &words) { return words.startsWith(u"Make Moderator"_s, Qt::CaseInsensitive); }));
        QApplication::activePopupWidget()->close();
    }
};

CUMULET_TEST(PeopleTest)
#include "PeopleTest.moc"
