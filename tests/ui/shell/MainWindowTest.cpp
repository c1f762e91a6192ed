#include "ui/shell/MainWindow.h"

#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "ui/channel/ChannelPlace.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/Composer.h"
#include "ui/login/LoginDialog.h"
#include "ui/models/ConversationListModel.h"
#include "ui/timeline/TimelineView.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QTextDocument>

#include <algorithm>
#include <limits>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class MainWindowTest : public QObject
{
    Q_OBJECT

    static int rowOf(const QListView *list, const QString &title)
    {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 0).data(ConversationListModel::TitleRole).toString() == title) {
                return row;
            }
        }
        return -1;
    }
    static void click(const QListView *list, int row)
    {
        const QRect place = list->visualRect(list->model()->index(row, 0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place.center());
    }

private Q_SLOTS:
    void aClickOpensTheChatAndEnterSends()
    {
        WindowBench bench;
        bench.goOnline();
        bench.receive(bench.chat.juliet, u"By what o’clock?"_s);
        auto *list = bench.find<QListView>(u"conversations"_s);
        QTRY_VERIFY(rowOf(list, u"juliet"_s) >= 0);
        click(list, rowOf(list, u"juliet"_s));
        QTRY_VERIFY(bench.find<Composer>(u"composer"_s));
        auto *field = bench.find<Composer>(u"composer"_s)->field();
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, u"By the hour of nine."_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(bench.chat.chatWire->sentBodies(), QStringList({u"By the hour of nine."_s}));
        QTRY_VERIFY(field->toPlainText().isEmpty());
        auto *timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(timeline->rowCount(), 2);
    }

    void whoStopsFollowingStaysThere()
    {
        WindowBench bench;
        bench.goOnline();
        bench.receive(bench.chat.juliet, u"By what o’clock?"_s);
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *list = bench.find<QListView>(u"conversations"_s);
        QTRY_VERIFY(rowOf(list, u"Cooking"_s) >= 0 && rowOf(list, u"juliet"_s) >= 0);
        QTRY_COMPARE(list->currentIndex().row(), rowOf(list, u"Cooking"_s));
        const QPointer<QPushButton> follow = bench.find<QPushButton>(u"follow"_s);
        QTRY_COMPARE(follow->text(), u"Following"_s);
        QTest::mouseClick(follow, Qt::LeftButton);
        QTRY_COMPARE(rowOf(list, u"Cooking"_s), -1);
        QTRY_VERIFY(!follow || follow->text() == u"Follow"_s);
        QVERIFY(follow && follow->isVisible()); // nothing else was opened in its place
        QVERIFY(!list->selectionModel()->hasSelection());
    }

    void offlineTheMessageWaitsAndGoesOutOnce()
    {
        WindowBench bench;
        bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        auto *composer = bench.find<Composer>(u"composer"_s);
        QTest::keyClicks(composer->field(), u"wait for me"_s);
        QTest::keyClick(composer->field(), Qt::Key_Return);
        auto *timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(timeline->rowCount(), 1);
        QVERIFY(bench.chat.chatWire->sentBodies().isEmpty());
        QVERIFY(timeline->spokenRow(timeline->rowIdAt(0)).contains(u"wait"_s));
        bench.goOnline();
        QTRY_COMPARE(bench.chat.chatWire->sentBodies(), QStringList({u"wait for me"_s}));
    }

    void aPostAndACommentByKeys()
    {
        WindowBench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(timeline->rowCount(), 1);
        auto *composer = bench.find<Composer>(u"composer"_s);
        QTRY_VERIFY(composer->isVisible());
        QTest::keyClick(bench.window.get(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(composer->field()->hasFocus());
        QTest::keyClicks(composer->field(), u"bread"_s);
        QTest::keyClick(composer->field(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.server.bodies(bench.cooking).contains(u"bread"_s));
        QTRY_COMPARE(timeline->rowCount(), 2);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_J);
        QTest::keyClick(timeline, Qt::Key_R);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        auto *comment = bench.find<Composer>(u"comment"_s)->field();
        QTest::keyClicks(comment, u"with butter"_s);
        QTest::keyClick(comment, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.server.bodies(bench.cooking).contains(u"with butter"_s));
    }

    void readersGetAReasonInPlaceOfTheField()
    {
        WindowBench bench;
        bench.server.join(bench.cooking, bench.chat.romeo, Affiliation::Member);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *composer = bench.find<Composer>(u"composer"_s);
        QTRY_VERIFY(!composer->field()->isVisible());
    }

    // buddycloud.md 11.4, no. 12
    void whoMayNotPostAnyMoreKeepsWhatWasWritten()
    {
        WindowBench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *composer = bench.find<Composer>(u"composer"_s);
        QTRY_VERIFY(composer->field()->isVisible());
        QTest::keyClicks(composer->field(), u"half a thought"_s);
        const auto become = [&bench](Affiliation affiliation) {
            bench.wire.liveMembership(bench.cooking, bench.chat.romeo, affiliation, NodeSubscription::Subscribed);
            bench.chat.settle();
        };
        become(Affiliation::Member);
        QTRY_VERIFY(!composer->field()->isVisible());
        const auto reason = ChannelWords::refusal(Verdict::ReadersOnly);
        QTRY_VERIFY(bench.isSaid(reason));
        become(Affiliation::Publisher);
        QTRY_VERIFY(composer->field()->isVisible());
        QCOMPARE(composer->text(), u"half a thought"_s);

        // a comment that is being written
        Q_EMIT bench.find<TimelineView>(u"timeline"_s)->actionTriggered(bench.firstRow(), {}, RowAction::Comment);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QTest::keyClicks(bench.find<Composer>(u"comment"_s)->field(), u"with salt"_s);
        become(Affiliation::Member);
        QTRY_VERIFY(!bench.find<Composer>(u"comment"_s));
        become(Affiliation::Publisher);
        Q_EMIT bench.find<TimelineView>(u"timeline"_s)->actionTriggered(bench.firstRow(), {}, RowAction::Comment);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QTRY_COMPARE(bench.find<Composer>(u"comment"_s)->text(), u"with salt"_s);
    }

    // no. 13, and a channel that goes, or that one is removed from
    void lostAccessIsSaidAndWhatWasReadStays_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("verdict");
        QTest::newRow("banned") << u"banned"_s << int(Verdict::Banned);
        QTest::newRow("deleted") << u"deleted"_s << int(Verdict::Gone);
        QTest::newRow("removed") << u"removed"_s << int(Verdict::Closed);
    }
    void lostAccessIsSaidAndWhatWasReadStays()
    {
        QFETCH(const QString, how);
        QFETCH(const int, verdict);
        WindowBench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.nodes[bench.cooking].face.accessModel = AccessModel::Authorize;
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *composer = bench.find<Composer>(u"composer"_s);
        QTRY_VERIFY(composer->field()->isVisible());
        QTRY_COMPARE(bench.find<TimelineView>(u"timeline"_s)->model()->rowCount(), 1);
        if (how == "banned"_L1) {
            bench.wire.liveMembership(
                bench.cooking, bench.chat.romeo, Affiliation::Outcast, NodeSubscription::Subscribed);
        } else if (how == "deleted"_L1) {
            bench.server.nodes.remove(bench.cooking);
            Q_EMIT bench.wire.channelDeleted(bench.cooking);
        } else {
            bench.wire.liveMembership(bench.cooking, bench.chat.romeo, Affiliation::None, NodeSubscription::None);
        }
        bench.chat.settle();
        QTRY_VERIFY(!composer->field()->isVisible());
        QTRY_VERIFY(bench.isSaid(ChannelWords::refusal(Verdict(verdict))));
        QVERIFY(bench.find<TimelineView>(u"timeline"_s)->isVisible());
        QCOMPARE(bench.find<TimelineView>(u"timeline"_s)->model()->rowCount(), 1);
        if (how == "deleted"_L1) {
            auto *remove = bench.find<QPushButton>(u"follow"_s);
            QTRY_VERIFY(remove->isVisible() && remove->isEnabled());
            QTest::mouseClick(remove, Qt::LeftButton);
            const auto isListed = [&bench] {
                const auto &entries = bench.conversations.entries();
                return std::any_of(entries.cbegin(), entries.cend(),
                    [&](const Conversation &entry) { return entry.jid == bench.cooking.channel(); });
            };
            QTRY_VERIFY(!isListed());
        }
    }

    void draftsSurviveLeaving()
    {
        WindowBench bench;
        bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        QTest::keyClicks(bench.find<Composer>(u"composer"_s)->field(), u"half a thought"_s);
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        QTRY_COMPARE(bench.find<Composer>(u"composer"_s)->text(), u"half a thought"_s);
    }

    void theReaderComesBackToWhereSheWas_data()
    {
        QTest::addColumn<Conversation::Kind>("kind");
        QTest::newRow("chat") << Conversation::Kind::Chat;
        QTest::newRow("channel") << Conversation::Kind::Channel;
    }
    void theReaderComesBackToWhereSheWas()
    {
        QFETCH(const Conversation::Kind, kind);
        WindowBench bench;
        for (int i = 0; i < 200; ++i) {
            bench.server.put(bench.cooking, bench.chat.juliet, u"soup number %1"_s.arg(i));
        }
        bench.goOnline();
        for (int i = 0; i < 200; ++i) {
            Q_EMIT bench.chat.chatWire->messageReceived(bench.chat.from(bench.chat.juliet, u"word %1"_s.arg(i)));
        }
        bench.chat.settle();
        const bool isChat = kind == Conversation::Kind::Chat;
        const Jid jid = isChat ? bench.chat.juliet : bench.cooking.channel();
        const auto id = bench.open(kind, jid);
        (void)await(bench.conversations.markRead(id, {std::numeric_limits<qint64>::max(), 0}));
        bench.chat.settle();
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        bench.open(kind, jid); // without the unread line, at the newest
        auto *timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_VERIFY(timeline->rowCount() >= 10 && timeline->isAtNewest());
        auto *bar = timeline->verticalScrollBar();
        bar->setValue(isChat ? bar->minimum() : bar->maximum());
        QTRY_VERIFY(!timeline->isAtNewest());
        bench.chat.settle();
        const qint64 row = timeline->place().rowId;
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        bench.open(kind, jid);
        auto *again = bench.find<TimelineView>(u"timeline"_s);
        QTRY_VERIFY(again->rowOf(row) >= 0 && !again->isAtNewest());
        QVERIFY(again->viewport()->rect().intersects(again->rowRect(row)));
    }

    // what was new was read to its end: that is where the reader is, whatever was kept before
    void aPositionThatWasLeftIsForgotten()
    {
        WindowBench bench;
        bench.goOnline();
        const auto word = [&bench](int i) {
            Q_EMIT bench.chat.chatWire->messageReceived(bench.chat.from(bench.chat.juliet, u"word %1"_s.arg(i)));
        };
        for (int i = 0; i < 200; ++i) {
            word(i);
        }
        bench.chat.settle();
        const auto id = bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        const auto readAll = [&] {
            const auto newest = bench.chat.storedWith(bench.chat.juliet).last();
            (void)await(bench.conversations.markRead(id, {newest.time.toMSecsSinceEpoch(), newest.row}));
            bench.chat.settle();
        };
        const auto reopen = [&] {
            bench.open(Conversation::Kind::Chat, bench.chat.nurse);
            bench.open(Conversation::Kind::Chat, bench.chat.juliet);
            return bench.find<TimelineView>(u"timeline"_s);
        };
        readAll();
        auto *timeline = reopen();
        QTRY_VERIFY(timeline->rowCount() >= 10 && timeline->isAtNewest());
        timeline->verticalScrollBar()->setValue(timeline->verticalScrollBar()->minimum());
        QTRY_VERIFY(!timeline->isAtNewest());
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        word(200);
        bench.chat.settle();
        bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_VERIFY(timeline->rowCount() >= 10 && timeline->isAtNewest());
        readAll();
        timeline = reopen();
        QTRY_VERIFY(timeline->rowCount() >= 10);
        bench.chat.settle();
        QVERIFY(timeline->isAtNewest());
    }

    void hostileTextStaysText()
    {
        WindowBench bench;
        bench.goOnline();
        const QString evil = u"<img src='file:///etc/passwd'><b>bold</b><a href='https://evil.example'>x</a>"_s;
        bench.receive(bench.chat.juliet, evil);
        bench.server.nodes[bench.cooking].face.title = evil;
        bench.server.nodes[bench.cooking].face.description = evil;
        bench.server.put(bench.cooking, bench.chat.juliet, evil);
        bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        for (const QLabel *label : bench.window->findChildren<QLabel *>()) {
            if (label->text().contains(u'<')) {
                QCOMPARE(label->textFormat(), Qt::PlainText);
            }
        }
        for (const QWidget *widget : bench.window->findChildren<QWidget *>()) {
            QVERIFY2(!Qt::mightBeRichText(widget->toolTip()) || !widget->toolTip().contains(u"<img"_s),
                widget->metaObject()->className());
        }
    }

    void beforeTheFirstLoginThereIsOneWay()
    {
        WindowBench bench;
        QVERIFY(await(bench.accountService.remove(bench.chat.account.id)));
        QTRY_VERIFY(bench.find<QPushButton>(u"welcomeLogin"_s));
        const auto buttons = bench.window->findChildren<QPushButton *>();
        QCOMPARE(std::ranges::count_if(buttons, &QWidget::isVisible), 1);
        QTest::keyClick(bench.window->focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(bench.window->findChild<LoginDialog *>());
    }

    void theServersFieldFindsRoom()
    {
        WindowBench bench;
        LoginDialog dialog(bench.parts());
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        auto *address = dialog.findChild<QLineEdit *>(u"address"_s);
        const int height = address->height();
        QTest::keyClicks(address, u"mercutio@nosuch.example"_s);
        QTest::keyClicks(dialog.findChild<QLineEdit *>(u"password"_s), u"secret"_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
        QTRY_VERIFY(bench.trial);
        Q_EMIT bench.trial->disconnected({ErrorKind::Unreachable, u"no address"_s});
        auto *server = dialog.findChild<QLineEdit *>(u"server"_s);
        QTRY_VERIFY(server->isVisible());
        QTRY_COMPARE(server->height(), height);
        QCOMPARE(address->height(), height);
    }

    void aWrongPasswordIsSaidAtItsField()
    {
        WindowBench bench;
        LoginDialog dialog(bench.parts());
        dialog.show();
        auto *address = dialog.findChild<QLineEdit *>(u"address"_s);
        auto *password = dialog.findChild<QLineEdit *>(u"password"_s);
        QTest::keyClicks(address, u"not an address"_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
        QVERIFY(!bench.trial); // nothing was tried
        address->clear();
        QTest::keyClicks(address, u"mercutio@example.org"_s);
        QTest::keyClicks(password, u"wrong"_s);
        QTest::mouseClick(dialog.findChild<QPushButton *>(u"login"_s), Qt::LeftButton);
        QTRY_VERIFY(bench.trial);
        QCOMPARE(bench.trial->opened.first().password, u"wrong"_s);
        Q_EMIT bench.trial->disconnected({ErrorKind::Authentication, u"not-authorized"_s});
        QTRY_VERIFY(password->hasFocus() || password->hasSelectedText());
        QCOMPARE(bench.accountService.accounts().size(), 1);
        QVERIFY(dialog.isVisible());
    }
};

CUMULET_TEST(MainWindowTest)

#include "MainWindowTest.moc"
