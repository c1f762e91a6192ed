#include "kit/TestMain.h"
#include "services/channel/ChannelLines.h"
#include "shell/WindowBench.h"
#include "ui/channel/NodeAccess.h"
#include "ui/models/MemberListModel.h"
#include "ui/roster/ProfileDialog.h"
#include "ui/settings/ChannelServiceDialog.h"
#include "ui/settings/ServerCheckDialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

/// What an owner settles about a channel, what people say of themselves, and who they are.
class ChannelAdministrationTest : public QObject
{
    Q_OBJECT

    static NodeId ownNode(const WindowBench &bench, const QString &type) { return NodeId::of(bench.chat.romeo, type); }
    static void addOwnNodes(WindowBench &bench)
    {
        for (const auto &type : {u"status"_s, u"geo/current"_s, u"geo/next"_s}) {
            bench.server.add(ownNode(bench, type), bench.chat.romeo);
        }
    }
    static AccessModel access(const WindowBench &bench, const QString &type)
    {
        return bench.server.nodes.value(ownNode(bench, type)).face.accessModel;
    }
    static QTabBar *detailTabs(WindowBench &bench)
    {
        auto *people = bench.find<QListView>(u"people"_s);
        return people->parentWidget()->parentWidget()->parentWidget()->findChild<QTabBar *>();
    }
    static void press(WindowBench &bench, const QString &name)
    {
        QPushButton *button = nullptr;
        QTRY_VERIFY((button = bench.find<QPushButton>(name)) && button->isVisible() && button->isEnabled());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space); // by the keyboard
    }
    static void openEdit(WindowBench &bench)
    {
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.chat.romeo);
        detailTabs(bench)->setCurrentIndex(2);
        press(bench, u"editChannel"_s);
        QTRY_VERIFY(save(bench) && save(bench)->isEnabled()); // what the service has was read
    }
    static QPushButton *save(WindowBench &bench) { return bench.find<QPushButton>(u"makeChannel"_s); }
    static void choose(QComboBox *choice, AccessModel model)
    {
        const int wanted = choice->findData(int(model));
        choice->setFocus();
        while (choice->currentIndex() != wanted) {
            QTest::keyClick(choice, choice->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
        }
    }
    static void chooseFromMenu(const QString &beginning)
    {
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
        for (QAction *action : menu->actions()) {
            if (action->text().startsWith(beginning)) {
                menu->close();
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(beginning));
    }
    static void openPersonMenu(WindowBench &bench, const Jid &jid)
    {
        auto *list = bench.find<QListView>(u"people"_s);
        const auto rowOf = [&] {
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                if (list->model()->index(row, 0).data(MemberListModel::JidRole).toString() == jid.text()) {
                    return row;
                }
            }
            return -1;
        };
        QTRY_VERIFY(rowOf() >= 0);
        list->setCurrentIndex(list->model()->index(rowOf(), 0));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Return);
    }

private Q_SLOTS:
    void theOwnChannelIsMadePrivateAtOnce()
    {
        WindowBench bench;
        addOwnNodes(bench);
        openEdit(bench);
        QVERIFY(bench.find<QCheckBox>(u"sameForAll"_s)->isChecked());
        QVERIFY(!bench.find<QComboBox>(u"statusAccess"_s)->isVisible());
        choose(bench.find<QComboBox>(u"access"_s), AccessModel::Authorize);
        QTest::mouseClick(save(bench), Qt::LeftButton);
        for (const auto &type : {u"posts"_s, u"status"_s, u"geo/current"_s, u"geo/next"_s}) {
            QTRY_COMPARE(access(bench, type), AccessModel::Authorize);
        }
        QTRY_VERIFY(!save(bench));
        // only what was changed was sent
        const ChannelSettings expected{{u"pubsub#access_model"_s, u"authorize"_s}};
        QCOMPARE(bench.server.nodes.value(ownNode(bench, u"posts"_s)).fields, expected);
        QCOMPARE(bench.server.nodes.value(ownNode(bench, u"status"_s)).fields, expected);
    }

    void eachKindMayHaveItsOwnReaders()
    {
        WindowBench bench;
        addOwnNodes(bench);
        openEdit(bench);
        auto *same = bench.find<QCheckBox>(u"sameForAll"_s);
        same->setFocus();
        QTest::keyClick(same, Qt::Key_Space);
        auto *places = bench.find<QComboBox>(u"placesAccess"_s);
        QTRY_VERIFY(places->isVisible());
        choose(places, AccessModel::Authorize);
        QTest::mouseClick(bench.find<QCheckBox>(u"listed"_s), Qt::LeftButton);
        QTest::mouseClick(save(bench), Qt::LeftButton);
        QTRY_VERIFY(!save(bench));
        QCOMPARE(access(bench, u"geo/current"_s), AccessModel::Authorize);
        QCOMPARE(access(bench, u"geo/next"_s), AccessModel::Authorize);
        QCOMPARE(access(bench, u"status"_s), AccessModel::Open);
        QCOMPARE(access(bench, u"posts"_s), AccessModel::Open);
        const ChannelSettings unlisted{{u"buddycloud#advertise_node"_s, u"false"_s}};
        QCOMPARE(bench.server.nodes.value(ownNode(bench, u"posts"_s)).fields, unlisted);
    }

    void aRefusalIsToldForItsPart()
    {
        WindowBench bench;
        addOwnNodes(bench);
        openEdit(bench);
        bench.wire.script(u"configureChannel"_s, {Fate::Answered, Fate::Answered, Fate::Refused, Fate::Answered});
        choose(bench.find<QComboBox>(u"access"_s), AccessModel::Authorize);
        QTest::mouseClick(save(bench), Qt::LeftButton);
        const auto refusals = [&] {
            QStringList told;
            for (const auto *label : bench.window->findChildren<PlainLabel *>()) {
                if (label->isVisible() && label->text().contains(u"not changed"_s)) {
                    told.append(label->text());
                }
            }
            return told;
        };
        QTRY_COMPARE(refusals().size(), 1);
        QVERIFY(refusals().first().startsWith(NodeAccess::nameOf(ownNode(bench, u"geo/next"_s))));
        QCOMPARE(access(bench, u"geo/next"_s), AccessModel::Open);
        QCOMPARE(access(bench, u"status"_s), AccessModel::Authorize);
        const auto asked = bench.wire.count(u"configureChannel"_s);
        QTest::mouseClick(save(bench), Qt::LeftButton); // once more: only what was refused
        QTRY_VERIFY(!save(bench));
        QCOMPARE(bench.wire.count(u"configureChannel"_s), asked + 1);
        QCOMPARE(access(bench, u"geo/next"_s), AccessModel::Authorize);
    }

    void theOwnStatusIsWrittenInPlace()
    {
        WindowBench bench;
        addOwnNodes(bench);
        bench.open(Conversation::Kind::Channel, bench.chat.romeo); // offline
        auto *status = bench.find<QLineEdit>(u"ownStatus"_s);
        QTRY_VERIFY(status && status->isVisible());
        status->setFocus();
        QTest::keyClicks(status, u"Below the balcony"_s);
        QTest::keyClick(status, Qt::Key_Return);
        QTRY_VERIFY(bench.isSaid(u"Waits until the channel service is there."_s));
        bench.goOnline();
        QTRY_COMPARE(bench.server.bodies(ownNode(bench, u"status"_s)), QStringList{u"Below the balcony"_s});
        QTRY_VERIFY(!bench.isSaid(u"Waits until the channel service is there."_s));
        QTest::keyClicks(status, u"!"_s);
        QTest::keyClick(status, Qt::Key_Escape); // as it was
        QCOMPARE(status->text(), u"Below the balcony"_s);
    }

    void theStatusOfAChannelIsShown()
    {
        WindowBench bench;
        const auto node = NodeId::of(bench.cooking.channel(), u"status"_s);
        bench.server.add(node, bench.chat.juliet);
        bench.server.put(node, bench.chat.juliet, u"<b>Soup</b> today"_s);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        QTRY_VERIFY(bench.isSaid(u"<b>Soup</b> today"_s)); // beside it, as plain text
        const auto isInHeader = [&] {
            const auto labels = bench.window->findChildren<PlainLabel *>();
            return std::any_of(labels.cbegin(), labels.cend(), [](const PlainLabel *label) {
                return label->isVisible() && label->text().startsWith(u"<b>Soup</b> today · "_s);
            });
        };
        QTRY_VERIFY(isInHeader());
        bench.wire.live(node, bench.chat.juliet, u"Bread today"_s);
        QTRY_VERIFY(bench.isSaid(u"Bread today"_s));
    }

    void aProfileTellsWhoItIs()
    {
        WindowBench bench;
        const Jid juliet = bench.chat.juliet;
        bench.server.add(NodeId::of(juliet), juliet).face.title = u"Juliet's balcony"_s;
        bench.server.add(NodeId::of(juliet, u"status"_s), juliet);
        bench.server.put(NodeId::of(juliet, u"status"_s), juliet, u"Sleepless"_s);
        bench.server.add(NodeId::of(juliet, u"geo/current"_s), juliet);
        bench.server.put(NodeId::of(juliet, u"geo/current"_s), juliet, u"Verona"_s);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel()); // reads its members
        openPersonMenu(bench, juliet);
        chooseFromMenu(u"&Profile"_s);
        ProfileDialog *profile = nullptr;
        QTRY_VERIFY((profile = bench.find<ProfileDialog>()));
        const auto text = [&](const QString &name) { return profile->findChild<PlainLabel *>(name)->text(); };
        QCOMPARE(text(u"profileAddress"_s), juliet.text());
        QTRY_COMPARE(text(u"profileChannel"_s), u"Channel: Juliet's balcony"_s);
        QTRY_COMPARE(text(u"profileStatus"_s), u"Sleepless"_s);
        QTRY_COMPARE(text(u"profilePlaces"_s), u"Is at: Verona"_s);
        auto *shared = profile->findChild<QListWidget *>(u"sharedChannels"_s);
        QTRY_COMPARE(shared->count(), 1);
        QCOMPARE(shared->item(0)->text(), u"Cooking"_s);
        auto *follow = profile->findChild<QPushButton *>(u"profileFollow"_s);
        QTRY_VERIFY(follow->isVisible());
        follow->setFocus();
        QTest::keyClick(follow, Qt::Key_Space);
        QTRY_VERIFY(bench.server.nodes.value(NodeId::of(juliet)).members.contains(bench.chat.romeo));
        QTRY_VERIFY(!follow->isVisible());
        auto *chat = profile->findChild<QPushButton *>(u"profileChat"_s);
        QTest::mouseClick(chat, Qt::LeftButton);
        QTRY_VERIFY(!bench.find<ProfileDialog>());
        QTRY_VERIFY(bench.find<QPushButton>(u"openProfile"_s)); // the chat, with a way back to the profile
        press(bench, u"openProfile"_s);
        QTRY_VERIFY(bench.find<ProfileDialog>());
        bench.find<ProfileDialog>()->reject();
    }

    void aRequestIsAllowedAndFollowedBack()
    {
        WindowBench bench;
        const auto own = NodeId::of(bench.chat.romeo);
        bench.server.add(NodeId::of(bench.chat.nurse), bench.chat.nurse);
        bench.server.join(own, bench.chat.nurse, Affiliation::Member, NodeSubscription::Pending);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.chat.romeo);
        detailTabs(bench)->setCurrentIndex(1);
        openPersonMenu(bench, bench.chat.nurse);
        chooseFromMenu(u"Allow and &follow back"_s);
        QTRY_COMPARE(
            bench.server.nodes.value(own).members.value(bench.chat.nurse).subscription, NodeSubscription::Subscribed);
        QTRY_COMPARE(
            bench.server.nodes.value(NodeId::of(bench.chat.nurse)).members.value(bench.chat.romeo).subscription,
            NodeSubscription::Subscribed);
    }

    void aChannelIsDeletedByTypingItsName()
    {
        WindowBench bench;
        bench.server.join(bench.cooking, bench.chat.romeo, Affiliation::Owner);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        detailTabs(bench)->setCurrentIndex(2);
        const auto type = [&](const QString &name) {
            press(bench, u"deleteChannel"_s);
            QInputDialog *question = nullptr;
            QTRY_VERIFY((question = bench.find<QInputDialog>()));
            auto *field = question->findChild<QLineEdit *>();
            QTest::keyClicks(field, name);
            QTest::keyClick(field, Qt::Key_Return);
            QTRY_VERIFY(!bench.find<QInputDialog>());
            bench.chat.settle();
        };
        type(u"yes"_s);
        QVERIFY(bench.server.nodes.contains(bench.cooking));
        QCOMPARE(bench.wire.count(u"deleteChannel"_s), 0);
        type(u"cooking"_s);
        QTRY_VERIFY(!bench.server.nodes.contains(bench.cooking));
    }

    void theServerIsCheckedOnRequest()
    {
        WindowBench bench;
        bench.goOnline();
        const auto menus = bench.window->menuBar()->actions();
        for (const QAction *menu : menus) {
            const auto actions = menu->menu()->actions();
            for (QAction *action : actions) {
                if (action->text().startsWith(u"&Server check"_s)) {
                    action->trigger();
                }
            }
        }
        ServerCheckDialog *check = nullptr;
        QTRY_VERIFY((check = bench.find<ServerCheckDialog>()));
        QVERIFY(check->text().contains(u"Channel service: not asked"_s));
        auto *run = check->findChild<QPushButton *>(u"runCheck"_s);
        QTest::keyClick(check, Qt::Key_Return);
        QTRY_VERIFY(check->text().contains(u"Channel service: works (channels.example.org, listed by your server)"_s));
        QTRY_VERIFY(check->text().contains(u"Media server: missing. The service keeps no pictures"_s));
        QTRY_COMPARE(run->text(), u"Check"_s);
        QVERIFY(check->text().contains(u"Your own channel: works ("_s + bench.chat.romeo.text() + u')'));
        QTest::mouseClick(check->findChild<QPushButton *>(u"copyCheck"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), check->text());
    }

    void theChannelServiceIsNamedByHand()
    {
        WindowBench bench;
        const auto account = [&] { return bench.accountService.account(bench.chat.account.id).value(); };
        auto *dialog = new ChannelServiceDialog(bench.parts(), account(), bench.window.get());
        dialog->open();
        auto *address = dialog->findChild<QLineEdit *>(u"serviceAddress"_s);
        QTest::keyClicks(address, u"not an address"_s);
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_VERIFY(dialog->findChild<PlainLabel *>(u"serviceError"_s)->isVisible());
        QVERIFY(account().chosenChannelService.isEmpty());
        QTest::keyClicks(address, u"channels.example.net"_s);
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_COMPARE(account().chosenChannelService.text(), u"channels.example.net"_s);
    }
};

CUMULET_TEST(ChannelAdministrationTest)
#include "ChannelAdministrationTest.moc"
