#include "ui/shell/FindDialog.h"

#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/models/DiscoveryModel.h"
#include "ui/shell/Place.h"

#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

/// A window with the dialog over it.
struct FindBench : WindowBench
{
    NodeId add(const QString &name, const QString &title, const QString &description = {})
    {
        const auto node = NodeId::of(Jid::fromTrusted(name + u"@topics.example.org"_s));
        auto &face = server.add(node, chat.juliet).face;
        face.title = title;
        face.description = description;
        face.type = ChannelType::Topic;
        return node;
    }
    void showFind()
    {
        goOnline();
        QTest::keyClick(window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        dialog = window->findChild<FindDialog *>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        words = dialog->findChild<QLineEdit *>(u"findAddress"_s);
        list = dialog->findChild<QListView *>(u"found"_s);
        tabs = dialog->findChild<QTabBar *>(u"findTabs"_s);
    }
    QStringList titles() const
    {
        QStringList titles;
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            titles.append(list->model()->index(row, 0).data(DiscoveryModel::TitleRole).toString());
        }
        return titles;
    }
    bool shows(const QString &part) const
    {
        const auto labels = dialog->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&part](const QLabel *label) {
            return label->isVisible() && static_cast<const PlainLabel *>(label)->text().contains(part);
        });
    }
    Jid openPlace() const
    {
        const auto *place = window->findChild<Place *>();
        return place ? place->conversation().jid : Jid();
    }
    QPushButton *button(const QString &name) const { return dialog->findChild<QPushButton *>(name); }

    QPointer<FindDialog> dialog;
    QLineEdit *words = nullptr;
    QListView *list = nullptr;
    QTabBar *tabs = nullptr;
};

} // namespace

class FindDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreTypedPreviewedAndFollowedByKeys();
    void aPostLeadsToItsChannel();
    void anAddressIsShownAndOpened();
    void aPersonIsChattedWith();
    void theListsOfTheDirectory();
    void withoutADirectoryTheServerIsListed();
    void withoutChannelsPeopleAreStillFound();
    void moreComeAtTheEnd();
    void aDirectoryThatTurnsInCirclesIsLeft();
    void aFailureIsSaid();
    void aRefusalToFollowIsSaid();
    void aChannelNamesSimilarOnes();
    void contactsAreLookedForOnRequest();
};

CUMULET_TEST(FindDialogTest)

void FindDialogTest::wordsAreTypedPreviewedAndFollowedByKeys()
{
    FindBench bench;
    bench.add(u"baking"_s, u"Bread and Cake"_s, u"Ovens only"_s);
    const auto roses = bench.add(u"roses"_s, u"Bread and Roses"_s, u"Everything about roses"_s);
    bench.showFind();
    QTest::keyClicks(bench.words, u"bread"_s);
    QTRY_COMPARE(bench.titles(), QStringList({u"Bread and Cake"_s, u"Bread and Roses"_s}));
    QCOMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Words));
    QVERIFY(bench.words->hasFocus());
    QTest::keyClick(bench.words, Qt::Key_Down);
    QTRY_VERIFY(bench.shows(u"Everything about roses"_s));
    QTRY_VERIFY(bench.button(u"followFound"_s)->isVisible());
    QVERIFY(!bench.server.nodes[roses].members.contains(bench.chat.romeo));
    QTest::keyClick(bench.dialog, Qt::Key_F, Qt::AltModifier);
    QTRY_VERIFY(bench.dialog.isNull());
    QVERIFY(bench.server.nodes[roses].members.contains(bench.chat.romeo));
    QTRY_COMPARE(bench.openPlace(), roses.channel());
}

void FindDialogTest::aPostLeadsToItsChannel()
{
    FindBench bench;
    const auto roses = bench.add(u"roses"_s, u"Roses"_s);
    bench.server.put(roses, bench.chat.juliet, u"The damask is out"_s);
    bench.showFind();
    QSignalSpy chosen(bench.dialog, &FindDialog::postChosen);
    QTest::keyClicks(bench.words, u"damask"_s);
    QTRY_COMPARE(bench.list->model()->rowCount(), 1);
    QCOMPARE(bench.list->model()->index(0, 0).data(DiscoveryModel::KindRole).toInt(), int(DiscoveryModel::Post));
    QVERIFY(bench.shows(u"The damask is out"_s));
    QTest::keyClick(bench.words, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().at(1).value<NodeId>(), roses);
    QTRY_COMPARE(bench.openPlace(), roses.channel());
}

void FindDialogTest::anAddressIsShownAndOpened()
{
    FindBench bench;
    bench.showFind();
    bench.words->setText(u"xmpp:cooking@topics.example.org"_s);
    QTRY_VERIFY(bench.shows(u"Cooking"_s));
    QCOMPARE(bench.titles(), QStringList{u"cooking@topics.example.org"_s}); // the directory knows it, too
    QTest::keyClick(bench.words, Qt::Key_Return);
    QTRY_VERIFY(bench.dialog.isNull());
    QTRY_COMPARE(bench.openPlace(), bench.cooking.channel());
}

void FindDialogTest::aPersonIsChattedWith()
{
    FindBench bench;
    bench.showFind();
    QSignalSpy chats(bench.dialog, &FindDialog::chatChosen);
    bench.words->setText(u"stranger@example.net"_s);
    QTRY_VERIFY(bench.shows(u"It may be a person"_s));
    QVERIFY(!bench.button(u"openChannel"_s)->isVisible());
    QVERIFY(bench.button(u"addContact"_s)->isVisible());
    QTest::keyClick(bench.words, Qt::Key_Return);
    QCOMPARE(chats.count(), 1);
    QCOMPARE(chats.first().at(1).value<Jid>().text(), u"stranger@example.net"_s);
}

void FindDialogTest::theListsOfTheDirectory()
{
    FindBench bench;
    const auto busy = bench.add(u"busy"_s, u"Busy"_s);
    bench.server.put(busy, bench.chat.juliet, u"one"_s);
    bench.showFind();
    // there is something to see at once
    QTRY_COMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Active));
    QTRY_VERIFY(!bench.titles().isEmpty());
    QCOMPARE(bench.titles().first(), u"Busy"_s);
    bench.tabs->setFocus();
    QTest::keyClick(bench.tabs, Qt::Key_Right);
    QTRY_COMPARE(bench.titles(), QStringList{u"Busy"_s}); // the others are followed
    QTest::keyClick(bench.tabs, Qt::Key_Right);
    QTRY_VERIFY(bench.titles().contains(u"Cooking"_s)); // described as the service answers
}

void FindDialogTest::withoutADirectoryTheServerIsListed()
{
    FindBench bench;
    bench.directoryWire.hasDirectory = false;
    bench.add(u"roses"_s, u"Bread and Roses"_s);
    bench.showFind();
    QTRY_COMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Here));
    QVERIFY(!bench.tabs->isTabVisible(DiscoveryModel::Active));
    QVERIFY(!bench.tabs->isTabVisible(DiscoveryModel::Suggested));
    QTRY_VERIFY(bench.titles().contains(u"Bread and Roses"_s));
    QVERIFY(bench.shows(u"There is no channel directory for your server."_s));
    QTest::keyClicks(bench.words, u"rose"_s);
    QTRY_COMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Words));
    QTRY_COMPARE(bench.titles(), QStringList{u"Bread and Roses"_s});
}

void FindDialogTest::withoutChannelsPeopleAreStillFound()
{
    FindBench bench;
    bench.directoryWire.hasDirectory = false;
    bench.wire.refusal = {ErrorKind::NotFound, {}};
    bench.wire.script(u"findService"_s, {FakeChannelWire::Fate::Refused});
    bench.showFind();
    QVERIFY(!bench.tabs->isTabVisible(DiscoveryModel::Here));
    QTest::keyClicks(bench.words, u"julie"_s);
    QTRY_COMPARE(bench.titles(), QStringList{u"juliet"_s});
    QTRY_VERIFY(bench.shows(u"Your server has no channels."_s));
}

void FindDialogTest::moreComeAtTheEnd()
{
    FindBench bench;
    for (int i = 10; i < 75; ++i) {
        bench.add(u"garden%1"_s.arg(i), u"Garden %1"_s.arg(i));
    }
    bench.showFind();
    QTest::keyClicks(bench.words, u"garden"_s);
    QTRY_VERIFY(bench.list->model()->rowCount() >= 20);
    QVERIFY(bench.list->model()->rowCount() < 65);
    for (int i = 0; i < 10 && bench.list->model()->rowCount() < 65; ++i) {
        const int before = bench.list->model()->rowCount();
        bench.list->verticalScrollBar()->setValue(bench.list->verticalScrollBar()->maximum());
        QTRY_VERIFY(bench.list->model()->rowCount() > before);
    }
    QCOMPARE(bench.list->model()->rowCount(), 65);
    const auto titles = bench.titles();
    QCOMPARE(QSet<QString>(titles.cbegin(), titles.cend()).size(), 65);
}

void FindDialogTest::aDirectoryThatTurnsInCirclesIsLeft()
{
    FindBench bench;
    bench.directoryWire.turnsInCircles = true;
    bench.showFind();
    auto *model = bench.list->model();
    QTRY_COMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Active));
    QTRY_VERIFY(model->rowCount() > 0);
    const int rows = model->rowCount();
    while (model->canFetchMore({})) {
        model->fetchMore({});
        bench.chat.settle();
    }
    QCOMPARE(model->rowCount(), rows);
    QVERIFY(bench.directoryWire.asked.filter(u"mostActive"_s).size() < 10);
}

void FindDialogTest::aFailureIsSaid()
{
    FindBench bench;
    bench.showFind();
    QTRY_COMPARE(bench.tabs->currentIndex(), int(DiscoveryModel::Active));
    bench.directoryWire.isOnline = false;
    bench.tabs->setCurrentIndex(DiscoveryModel::Suggested);
    QTRY_VERIFY(bench.titles().isEmpty());
    QTRY_VERIFY(bench.shows(ErrorText::sentence({ErrorKind::Offline, {}}, ErrorText::Attempt::Load)));
}

void FindDialogTest::aRefusalToFollowIsSaid()
{
    FindBench bench;
    bench.add(u"roses"_s, u"Roses"_s);
    bench.showFind();
    QTest::keyClicks(bench.words, u"roses"_s);
    QTRY_COMPARE(bench.titles(), QStringList{u"Roses"_s});
    QTRY_VERIFY(bench.button(u"followFound"_s)->isVisible());
    bench.wire.refusal = {ErrorKind::NotAllowed, {}};
    bench.wire.script(u"subscribe"_s, {FakeChannelWire::Fate::Refused});
    QTest::keyClick(bench.dialog, Qt::Key_F, Qt::AltModifier);
    QTRY_VERIFY(bench.shows(ErrorText::sentence({ErrorKind::NotAllowed, {}}, ErrorText::Attempt::Follow)));
    QVERIFY(bench.dialog);
    QVERIFY(bench.button(u"followFound"_s)->isEnabled());
}

void FindDialogTest::aChannelNamesSimilarOnes()
{
    FindBench bench;
    const auto roses = bench.add(u"roses"_s, u"Bread & Roses"_s);
    for (int i = 0; i < 9; ++i) {
        bench.add(u"weed%1"_s.arg(i), u"Weed"_s);
    }
    bench.goOnline();
    bench.open(Conversation::Kind::Channel, bench.cooking.channel());
    QVERIFY(bench.directoryWire.asked.isEmpty()); // nobody has looked yet
    for (auto *tabs : bench.window->findChildren<QTabBar *>()) {
        if (tabs->accessibleName() == u"Details"_s) {
            tabs->setCurrentIndex(tabs->count() - 1);
        }
    }
    QTRY_COMPARE(bench.window->findChildren<QPushButton *>(u"similarChannel"_s).size(), 5);
    auto *first = bench.find<QPushButton>(u"similarChannel"_s);
    QCOMPARE(first->text(), u"Bread && Roses"_s);
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Space);
    QTRY_COMPARE(bench.openPlace(), roses.channel());
}

void FindDialogTest::contactsAreLookedForOnRequest()
{
    FindBench bench;
    bench.server.add(NodeId::of(bench.chat.juliet), bench.chat.juliet).face.description = u"From the balcony"_s;
    bench.showFind();
    bench.chat.settle();
    const int before = bench.wire.count(u"describe"_s);
    bench.tabs->setCurrentIndex(DiscoveryModel::Contacts);
    auto *look = bench.button(u"scanContacts"_s);
    QVERIFY(look->isVisible());
    QVERIFY(bench.titles().isEmpty());
    bench.chat.settle();
    QCOMPARE(bench.wire.count(u"describe"_s), before); // nobody is asked unless told to
    look->setFocus();
    QTest::keyClick(look, Qt::Key_Space);
    QTRY_COMPARE(bench.titles(), QStringList{u"juliet"_s}); // the nurse has none
    QTRY_VERIFY(bench.shows(u"1 of your contacts"_s));
    QTRY_VERIFY(bench.shows(u"From the balcony"_s));
    QVERIFY(bench.button(u"openChannel"_s)->isVisible());
    // it ends with the tab
    bench.wire.script(u"describe"_s, QList<FakeChannelWire::Fate>(2, FakeChannelWire::Fate::Kept));
    QTest::keyClick(look, Qt::Key_Space);
    QCOMPARE(look->text(), u"Stop &looking"_s);
    bench.tabs->setCurrentIndex(DiscoveryModel::Suggested);
    bench.wire.letGo();
    bench.tabs->setCurrentIndex(DiscoveryModel::Contacts);
    QVERIFY(bench.titles().isEmpty());
    QCOMPARE(look->text(), u"&Look"_s);
}

#include "FindDialogTest.moc"
