// Every window, for people who cannot see it or have no mouse.
#include "kit/TestMain.h"
#include "shell/AccessibleFaults.h"
#include "shell/WindowBench.h"
#include "ui/channel/ChannelDialog.h"
#include "ui/login/LoginDialog.h"
#include "ui/roster/ContactDialog.h"
#include "ui/roster/ProfileDialog.h"
#include "ui/settings/ChannelServiceDialog.h"
#include "ui/settings/ServerCheckDialog.h"
#include "ui/settings/SettingsDialog.h"
#include "ui/shell/FindDialog.h"
#include "ui/shell/ProtocolConsole.h"
#include "ui/shell/StorageTrouble.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class AccessibilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMainWindow();
    void theMainWindowBeforeTheFirstLogin();
    void loggingIn();
    void settings();
    void findingAndMaking();
    void peopleAndServers();
    void aDamagedProfile();
    void aNamelessButtonWouldBeNoticed();
};

CUMULET_TEST(AccessibilityTest)

#define NO_FAULTS() QCOMPARE(accessibleFaults().join(u'\n'), QString())

void AccessibilityTest::theMainWindow()
{
    WindowBench bench;
    NO_FAULTS();
    bench.goOnline();
    bench.receive(bench.chat.juliet, u"hello"_s);
    NO_FAULTS();
    bench.open(Conversation::Kind::Chat, bench.chat.juliet);
    NO_FAULTS();
    bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
    for (const auto &channel : {bench.cooking.channel(), bench.chat.romeo}) {
        bench.open(Conversation::Kind::Channel, channel);
        for (auto *field : bench.window->findChildren<QLineEdit *>()) {
            field->setText(u"x"_s); // brings the button that empties it
        }
        NO_FAULTS();
        for (auto *tabs : bench.window->findChildren<QTabBar *>()) {
            for (int tab = 0; tabs->isVisible() && tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                bench.chat.settle();
                NO_FAULTS();
            }
        }
    }
    QTest::keyClicks(bench.find<QLineEdit>(u"search"_s), u"soup"_s);
    bench.chat.settle();
    NO_FAULTS();
}

void AccessibilityTest::theMainWindowBeforeTheFirstLogin()
{
    WindowBench bench;
    QVERIFY(await(bench.accountService.remove(bench.chat.account.id)));
    QTRY_VERIFY(bench.find<QPushButton>(u"welcomeLogin"_s));
    NO_FAULTS();
}

void AccessibilityTest::loggingIn()
{
    WindowBench bench;
    LoginDialog dialog(bench.parts());
    dialog.show();
    NO_FAULTS();
    dialog.findChild<QLineEdit *>(u"address"_s)->setText(u"mercutio@example.org"_s);
    dialog.findChild<QLineEdit *>(u"password"_s)->setText(u"secret"_s);
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
    QTRY_VERIFY(bench.trial);
    NO_FAULTS();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Q_EMIT bench.trial->certificateRejected({u"a"_s, u"b"_s, now, now, QByteArray(32, 'x'), {u"expired"_s}});
    Q_EMIT bench.trial->disconnected({ErrorKind::Certificate, u"untrusted"_s});
    bench.chat.settle();
    NO_FAULTS();
}

void AccessibilityTest::settings()
{
    WindowBench bench;
    bench.goOnline();
    SettingsDialog settings(bench.parts());
    settings.show();
    NO_FAULTS();
    for (auto *list : settings.findChildren<QListView *>()) {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            NO_FAULTS();
        }
    }
}

void AccessibilityTest::peopleAndServers()
{
    WindowBench bench;
    for (const auto &type : {u"status"_s, u"geo/current"_s}) {
        bench.server.add(NodeId::of(bench.chat.romeo, type), bench.chat.romeo);
    }
    bench.goOnline();
    ProfileDialog profile(bench.parts(), *bench.running.of(bench.chat.account.id), bench.chat.juliet);
    profile.setAttribute(Qt::WA_DeleteOnClose, false);
    profile.show();
    bench.chat.settle();
    NO_FAULTS();
    profile.hide();
    ServerCheckDialog check(bench.parts());
    check.setAttribute(Qt::WA_DeleteOnClose, false);
    check.show();
    NO_FAULTS();
    check.hide();
    ChannelServiceDialog service(bench.parts(), bench.chat.account);
    service.show();
    NO_FAULTS();
    service.hide();
    ChannelDialog settings(bench.parts());
    Channel channel;
    channel.node = NodeId::of(bench.chat.romeo);
    settings.setChannel(bench.chat.account.id, channel);
    settings.show();
    bench.chat.settle();
    settings.findChild<QCheckBox *>(u"sameForAll"_s)->setChecked(false);
    NO_FAULTS();
}

void AccessibilityTest::findingAndMaking()
{
    WindowBench bench;
    bench.goOnline();
    FindDialog find(bench.parts());
    find.show();
    NO_FAULTS();
    find.setAddress(bench.cooking.channel().text());
    bench.chat.settle();
    NO_FAULTS();
    ContactDialog contact(bench.parts());
    contact.show();
    NO_FAULTS();
    ChannelDialog channel(bench.parts());
    channel.show();
    NO_FAULTS();
    ProtocolConsole console(bench.parts(), bench.chat.account.id);
    console.show();
    NO_FAULTS();
}

void AccessibilityTest::aDamagedProfile()
{
    StorageTrouble trouble(StorageTrouble::Damaged, u"/profile"_s, u"malformed"_s);
    trouble.setAttribute(Qt::WA_DeleteOnClose, false);
    trouble.show();
    NO_FAULTS();
}

// the test itself
void AccessibilityTest::aNamelessButtonWouldBeNoticed()
{
    QWidget window;
    QPushButton button(&window);
    button.setFocusPolicy(Qt::NoFocus);
    window.show();
    QCOMPARE(accessibleFaults().size(), 2);
}

#include "AccessibilityTest.moc"
