// Strangers' words in every field of every window: they are shown as they are, and nothing that they name is touched.
#include "kit/TestMain.h"
#include "shell/MarkupFaults.h"
#include "shell/WindowBench.h"
#include "ui/channel/ChannelDialog.h"
#include "ui/common/Composer.h"
#include "ui/login/LoginDialog.h"
#include "ui/roster/ContactDialog.h"
#include "ui/settings/SettingsDialog.h"
#include "ui/shell/FindDialog.h"
#include "ui/shell/ProtocolConsole.h"
#include "ui/shell/StorageTrouble.h"
#include "ui/timeline/TimelineView.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTcpServer>

#include <sys/inotify.h>
#include <unistd.h>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class HostileTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void aChat();
    void aContactAndTheirRequest();
    void aChannel();
    void someoneElsesChannelThatHasToBeAsked();
    void theListAndTheSearch();
    void findingAndMaking();
    void loggingIn();
    void connectionsAndAccounts();
    void theQuestionsBeforeSomethingIsLost();
    void aDamagedProfile();
    void richTextWouldBeNoticed();

private:
    /// Whether somebody can see the hostile words in a label or field.
    static bool isShownIn(const QWidget &window);
    static void push(const QWidget &window, const QString &words);

    QTemporaryDir m_folder;
    QTcpServer m_web;
    QString m_evil; ///< no longer than the shortest field takes
    int m_watch = -1;
};

CUMULET_TEST(HostileTextTest)

void HostileTextTest::initTestCase()
{
    QFile secret(m_folder.filePath(u"s"_s));
    QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("secret") > 0);
    secret.close();
    QVERIFY(m_web.listen(QHostAddress::LocalHost));
    m_watch = inotify_init1(IN_NONBLOCK);
    QVERIFY(inotify_add_watch(m_watch, qPrintable(secret.fileName()), IN_OPEN | IN_ACCESS) >= 0);
    m_evil = u"<b>x</b>&amp;<img src=\"file://%1\"><img src=\"http://127.0.0.1:%2/\">\u202E\u0007\u2066"_s
                 .arg(secret.fileName())
                 .arg(m_web.serverPort());
    QVERIFY(m_evil.size() < 128);
}

// what one test found is not the fault of the next
void HostileTextTest::init()
{
    char events[4096];
    while (read(m_watch, events, sizeof events) > 0) {}
}

// whatever was shown: nobody has opened the file or asked the address
void HostileTextTest::cleanup()
{
    QCoreApplication::processEvents();
    char event[sizeof(inotify_event)];
    QCOMPARE(read(m_watch, event, sizeof event), ssize_t(-1));
    QVERIFY(!m_web.hasPendingConnections());
}

void HostileTextTest::cleanupTestCase()
{
    close(m_watch);
}

bool HostileTextTest::isShownIn(const QWidget &window)
{
    const auto all = window.findChildren<QLabel *>();
    return std::any_of(all.cbegin(), all.cend(),
        [](const QLabel *label) { return label->isVisible() && label->text().contains("<b>x"_L1); });
}

void HostileTextTest::push(const QWidget &window, const QString &words)
{
    for (auto *button : window.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == words) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(u"no button "_s + words));
}

#define NO_FAULTS() QCOMPARE(markupFaults().join(u'\n'), QString())

void HostileTextTest::aChat()
{
    WindowBench bench;
    bench.goOnline();
    bench.receive(bench.chat.juliet, m_evil);
    bench.open(Conversation::Kind::Chat, bench.chat.juliet);
    auto *timeline = bench.find<TimelineView>(u"timeline"_s);
    QTRY_COMPARE(timeline->rowCount(), 1);
    auto *field = bench.find<Composer>(u"composer"_s)->field();
    field->insertPlainText(m_evil);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(timeline->rowCount(), 2);
    bench.chat.settle();
    // refused, with a reason in the server's words
    Q_EMIT bench.chat.chatWire->messageRefused(
        bench.chat.chatWire->sent.first().originId, {ErrorKind::Rejected, m_evil});
    bench.chat.settle();
    QTest::keyClick(field, Qt::Key_Up); // correct it
    field->insertPlainText(m_evil);
    NO_FAULTS();
    QVERIFY(timeline->spokenRow(timeline->rowIdAt(0)).contains(u"<b>x</b>&amp;"_s));
}

void HostileTextTest::aContactAndTheirRequest()
{
    WindowBench bench;
    bench.goOnline();
    RosterItem item;
    item.jid = bench.chat.juliet;
    item.name = m_evil;
    item.groups = {m_evil, u"<b>group</b>"_s};
    item.subscription = PresenceSubscription::Both;
    Q_EMIT bench.chat.rosterWire->itemChanged(item);
    Presence presence;
    presence.show = Presence::Show::Away;
    presence.status = m_evil;
    // a resource may have nearly every letter
    Q_EMIT bench.chat.rosterWire->presenceReceived(bench.chat.juliet.withResource(m_evil.left(60)), presence);
    Q_EMIT bench.chat.rosterWire->subscriptionRequested({bench.chat.mallory, m_evil});
    bench.receive(bench.chat.juliet, m_evil);
    bench.open(Conversation::Kind::Chat, bench.chat.juliet);
    NO_FAULTS();
    QTRY_VERIFY(isShownIn(*bench.window));
    push(*bench.window, u"Rename or change groups…"_s);
    QTRY_VERIFY(bench.find<ContactDialog>());
    NO_FAULTS();
}

void HostileTextTest::aChannel()
{
    WindowBench bench;
    auto &node = bench.server.nodes[bench.cooking];
    node.face.title = m_evil;
    node.face.description = m_evil;
    bench.server.join(bench.cooking, bench.chat.mallory, Affiliation::Member, NodeSubscription::Pending);
    Post post = bench.server.put(bench.cooking, bench.chat.juliet, m_evil);
    node.items.last().title = m_evil;
    bench.server.put(bench.cooking, bench.chat.mallory, m_evil, post.item);
    bench.goOnline();
    bench.open(Conversation::Kind::Channel, bench.cooking.channel());
    auto *timeline = bench.find<TimelineView>(u"timeline"_s);
    QTRY_COMPARE(timeline->rowCount(), 1);
    QTRY_VERIFY(isShownIn(*bench.window));
    bench.wire.refusal = {ErrorKind::Rejected, m_evil};
    bench.wire.script(u"publish"_s, {FakeChannelWire::Fate::Refused});
    auto *field = bench.find<Composer>(u"composer"_s)->field();
    field->insertPlainText(m_evil);
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(timeline->rowCount(), 2);
    bench.chat.settle();
    for (auto *tabs : bench.window->findChildren<QTabBar *>()) {
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            NO_FAULTS();
        }
    }
    ChannelDialog dialog(bench.parts());
    dialog.setChannel(bench.chat.account.id, node.face);
    dialog.show();
    NO_FAULTS();
}

void HostileTextTest::someoneElsesChannelThatHasToBeAsked()
{
    WindowBench bench;
    auto &node = bench.server.nodes[bench.cooking];
    node.face.title = m_evil;
    node.face.accessModel = AccessModel::Authorize;
    bench.goOnline();
    bench.open(Conversation::Kind::Channel, bench.cooking.channel());
    auto *follow = bench.find<QPushButton>(u"follow"_s);
    QTRY_VERIFY(follow->isVisible());
    QTRY_VERIFY(isShownIn(*bench.window));
    QTest::mouseClick(follow, Qt::LeftButton);
    QTRY_VERIFY(bench.find<QMessageBox>());
    QVERIFY(isShownIn(*bench.find<QMessageBox>()));
    NO_FAULTS();
}

void HostileTextTest::theListAndTheSearch()
{
    WindowBench bench;
    bench.server.nodes[bench.cooking].face.title = m_evil;
    bench.server.put(bench.cooking, bench.chat.juliet, m_evil);
    bench.goOnline();
    bench.receive(bench.chat.juliet, m_evil);
    auto *search = bench.find<QLineEdit>(u"search"_s);
    for (const auto &words : {u"<b>x</b>"_s, m_evil, u"<b>nothing like it</b>"_s}) {
        search->setText(words);
        bench.chat.settle();
        NO_FAULTS();
    }
    bench.conversations.setDraft(bench.open(Conversation::Kind::Chat, bench.chat.juliet), {}, m_evil);
    bench.chat.settle();
    NO_FAULTS();
}

void HostileTextTest::findingAndMaking()
{
    WindowBench bench;
    bench.server.nodes[bench.cooking].face.title = m_evil;
    bench.server.nodes[bench.cooking].face.description = m_evil;
    bench.goOnline();
    FindDialog find(bench.parts());
    find.show();
    find.setAddress(bench.cooking.channel().text());
    QTRY_VERIFY(isShownIn(find));
    NO_FAULTS();
    for (const auto &words : {m_evil, u"xmpp:a@b.example/<b>x</b>"_s, u"a@b.example/<img src='file:///s'>"_s}) {
        find.setAddress(words);
        bench.chat.settle();
        NO_FAULTS();
    }
    ContactDialog contact(bench.parts());
    contact.show();
    for (auto *field : contact.findChildren<QLineEdit *>()) {
        field->setText(m_evil);
    }
    bench.chat.rosterWire->refusal = Error{ErrorKind::Rejected, m_evil};
    for (const auto &address : {m_evil, u"paris@example.org"_s}) { // refused by us, then by the server
        contact.findChild<QLineEdit *>(u"contactAddress"_s)->setText(address);
        push(contact, u"Add and ask to see their status"_s);
        bench.chat.settle();
        NO_FAULTS();
    }
    ChannelDialog channel(bench.parts());
    channel.show();
    for (auto *field : channel.findChildren<QLineEdit *>()) {
        field->setText(m_evil);
    }
    NO_FAULTS();
    ProtocolConsole console(bench.parts(), bench.chat.account.id);
    console.show();
    Q_EMIT bench.sessionWire.recorded({false, QDateTime::currentDateTimeUtc(), m_evil});
    QVERIFY(console.findChild<QPlainTextEdit *>(u"consoleText"_s)->toPlainText().contains(m_evil));
    NO_FAULTS();
    bench.window->openLink(u"javascript:<b>x</b>"_s);
    bench.window->openLink(u"file://"_s + m_folder.filePath(u"s"_s));
    NO_FAULTS();
}

void HostileTextTest::loggingIn()
{
    WindowBench bench;
    LoginDialog dialog(bench.parts());
    dialog.show();
    auto *address = dialog.findChild<QLineEdit *>(u"address"_s);
    address->setText(m_evil);
    dialog.findChild<QLineEdit *>(u"password"_s)->setText(m_evil);
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
    NO_FAULTS();
    address->setText(u"mercutio@example.org"_s);
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
    QTRY_VERIFY(bench.trial);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Q_EMIT bench.trial->certificateRejected({m_evil, m_evil, now, now, QByteArray(32, 'x'), {m_evil, m_evil}});
    Q_EMIT bench.trial->disconnected({ErrorKind::Certificate, m_evil});
    QTRY_VERIFY(isShownIn(dialog)); // the certificate, in its maker's words
    NO_FAULTS();
}

void HostileTextTest::connectionsAndAccounts()
{
    WindowBench bench;
    bench.goOnline();
    bench.open(Conversation::Kind::Chat, bench.chat.juliet);
    Presence presence;
    presence.show = Presence::Show::Available;
    presence.status = m_evil;
    bench.session.setPresence(presence);
    for (int kind = 0; kind <= int(ErrorKind::Canceled); ++kind) {
        Q_EMIT bench.sessionWire.disconnected({ErrorKind(kind), m_evil});
        bench.chat.settle();
        NO_FAULTS();
        bench.session.retryNow(u"secret"_s);
        Q_EMIT bench.sessionWire.connected(true);
    }
    SettingsDialog settings(bench.parts());
    settings.show();
    settings.showAccounts();
    Q_EMIT bench.sessionWire.disconnected({ErrorKind::Authentication, m_evil});
    bench.chat.settle();
    NO_FAULTS();
    for (auto *list : settings.findChildren<QListView *>()) {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            list->setCurrentIndex(list->model()->index(row, 0));
            NO_FAULTS();
        }
    }
}

void HostileTextTest::theQuestionsBeforeSomethingIsLost()
{
    WindowBench bench;
    RosterItem item;
    item.jid = bench.chat.juliet;
    item.name = m_evil;
    item.subscription = PresenceSubscription::Both;
    Q_EMIT bench.chat.rosterWire->itemChanged(item);
    bench.goOnline();
    bench.open(Conversation::Kind::Chat, bench.chat.juliet);
    push(*bench.window, u"Remove from contacts…"_s);
    QTRY_VERIFY(bench.find<QMessageBox>());
    QVERIFY(isShownIn(*bench.find<QMessageBox>()));
    NO_FAULTS();
    // and the answer to a failure, in the toast
    bench.chat.rosterWire->refusal = Error{ErrorKind::Rejected, m_evil};
    push(*bench.find<QMessageBox>(), u"Remove"_s);
    bench.chat.settle();
    NO_FAULTS();
}

void HostileTextTest::aDamagedProfile()
{
    for (const auto kind :
        {StorageTrouble::Damaged, StorageTrouble::Newer, StorageTrouble::NotWritable, StorageTrouble::Unreadable}) {
        StorageTrouble trouble(kind, u"/<b>x</b>"_s, m_evil);
        trouble.setAttribute(Qt::WA_DeleteOnClose, false);
        trouble.show();
        for (auto *button : trouble.buttons()) {
            if (trouble.buttonRole(button) == QMessageBox::ActionRole) {
                button->click(); // the details
            }
        }
        NO_FAULTS();
    }
}

// the test itself: what a careless window would do is found
void HostileTextTest::richTextWouldBeNoticed()
{
    QWidget careless;
    auto *label = new QLabel(u"Hello <b>x</b>"_s, &careless);
    QCOMPARE(markupFaultsOf(label).size(), 1);
    label->setTextFormat(Qt::PlainText);
    QCOMPARE(markupFaultsOf(label).size(), 0);
    careless.setToolTip(u"<img src='x'>"_s);
    QCOMPARE(markupFaultsOf(&careless).size(), 1);
    QFile secret(m_folder.filePath(u"s"_s));
    QVERIFY(secret.open(QIODevice::ReadOnly));
    char event[10 * sizeof(inotify_event)];
    QVERIFY(read(m_watch, event, sizeof event) > 0);
}

#include "HostileTextTest.moc"
