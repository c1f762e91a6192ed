#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "ui/common/Composer.h"
#include "ui/common/EmptyState.h"
#include "ui/home/HomePlace.h"
#include "ui/models/FeedModel.h"
#include "ui/timeline/TimelineView.h"

#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class HomeTest : public QObject
{
    Q_OBJECT

    static const NodeId &gardening()
    {
        static const auto node = NodeId::fromTrusted(u"/user/gardening@topics.example.org/posts"_s);
        return node;
    }
    static void fill(WindowBench &bench)
    {
        bench.server.add(gardening(), bench.chat.juliet).face.title = u"Gardening"_s;
        bench.server.join(gardening(), bench.chat.romeo);
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(gardening(), bench.chat.juliet, u"roses"_s);
        bench.goOnline();
    }
    static TimelineView *home(WindowBench &bench)
    {
        QTest::keyClick(bench.window.get(), Qt::Key_Home, Qt::AltModifier);
        return bench.find<HomePlace>() ? bench.find<HomePlace>()->findChild<TimelineView *>(u"timeline"_s) : nullptr;
    }
    static QStringList spoken(const TimelineView *timeline)
    {
        QStringList rows;
        for (int row = 0; row < timeline->rowCount(); ++row) {
            rows += timeline->spokenRow(timeline->rowIdAt(row));
        }
        return rows;
    }
    static bool hasTitle(WindowBench &bench, const QString &words)
    {
        const auto composers = bench.window->findChildren<Composer *>();
        return std::ranges::any_of(
            composers, [&](const Composer *composer) { return composer->field()->accessibleName().contains(words); });
    }

private Q_SLOTS:
    void postsOfAllChannelsComeTogetherWithTheirNames()
    {
        WindowBench bench;
        fill(bench);
        auto *timeline = home(bench);
        QVERIFY(timeline);
        QTRY_COMPARE(timeline->rowCount(), 2);
        const auto rows = spoken(timeline).join(u'\n');
        QVERIFY2(rows.contains(u"in Cooking"_s) && rows.contains(u"in Gardening"_s), qPrintable(rows));
        QVERIFY(bench.find<QPushButton>(u"home"_s)->isChecked());
        QTRY_VERIFY(timeline->hasFocus());
    }

    void readingHereReadsThereToo()
    {
        WindowBench bench;
        bench.goOnline();
        bench.wire.live(bench.cooking, bench.chat.juliet, u"soup"_s);
        QTRY_COMPARE(bench.conversations.totalUnread(), 1);
        auto *timeline = home(bench);
        QTRY_COMPARE(timeline->rowCount(), 1);
        QTRY_COMPARE(bench.conversations.totalUnread(), 0);
        // and so is a comment that comes to what was seen before
        const auto soup = await(bench.channelStore.thread(timeline->rowIdAt(0))).value().start.item;
        QSignalSpy unread(&bench.conversations, &ConversationService::totalUnreadChanged);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"with salt"_s, soup);
        QTRY_COMPARE(unread.size(), 2); // there, and read
        QTRY_COMPARE(bench.conversations.totalUnread(), 0);
    }

    void aCommentInSightIsReadInItsChannelToo()
    {
        WindowBench bench;
        bench.goOnline();
        bench.wire.live(bench.cooking, bench.chat.juliet, u"soup"_s);
        const auto id = bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(timeline->rowCount(), 1);
        QTRY_COMPARE(bench.conversations.totalUnread(), 0);
        const auto soup = await(bench.channelStore.thread(timeline->rowIdAt(0))).value().start.item;
        QSignalSpy unread(&bench.conversations, &ConversationService::totalUnreadChanged);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"with salt"_s, soup);
        QTRY_COMPARE(unread.size(), 2); // there, and read
        QTRY_COMPARE(bench.conversations.entry(id)->unread, 0);
    }

    void theReaderComesBackToWhereSheWas()
    {
        WindowBench bench;
        fill(bench);
        for (int i = 0; i < 100; ++i) {
            bench.wire.live(gardening(), bench.chat.juliet, u"rose number %1"_s.arg(i));
        }
        bench.chat.settle();
        auto *timeline = home(bench);
        QTRY_VERIFY(timeline->rowCount() >= 20);
        timeline->verticalScrollBar()->setValue(timeline->verticalScrollBar()->maximum());
        QTRY_VERIFY(!timeline->isAtNewest());
        bench.chat.settle();
        const qint64 row = timeline->place().rowId;
        const auto isThere = [&](TimelineView *view) {
            return view && view->rowOf(row) >= 0 && !view->isAtNewest()
                && view->viewport()->rect().intersects(view->rowRect(row));
        };
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        timeline = home(bench);
        QTRY_VERIFY(isThere(timeline));
        auto *tabs = bench.find<QTabBar>(u"feeds"_s);
        tabs->setCurrentIndex(2);
        QTRY_COMPARE(timeline->rowCount(), 0);
        tabs->setCurrentIndex(0);
        QTRY_VERIFY(isThere(timeline));
        bench.window->close();
        bench.window = std::make_unique<MainWindow>(bench.parts()); // another start
        bench.window->resize(1280, 820);
        bench.window->show();
        bench.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.window.get()));
        timeline = home(bench);
        QTRY_VERIFY(isThere(timeline));
    }

    void newPostsComeInWhileItIsOpen()
    {
        WindowBench bench;
        fill(bench);
        auto *timeline = home(bench);
        QTRY_COMPARE(timeline->rowCount(), 2);
        bench.wire.live(gardening(), bench.chat.juliet, u"tulips"_s);
        QTRY_COMPARE(timeline->rowCount(), 3);
        QVERIFY(spoken(timeline).first().contains(u"tulips"_s));
    }

    void aCommentIsWrittenInTheChannelOfTheCard()
    {
        WindowBench bench;
        fill(bench);
        auto *timeline = home(bench);
        QTRY_COMPARE(timeline->rowCount(), 2);
        QTest::keyClick(timeline, Qt::Key_J); // the first card: roses came last
        QTest::keyClick(timeline, Qt::Key_R);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QVERIFY(!bench.find<HomePlace>() || !bench.find<HomePlace>()->isVisible());
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s)->field()->hasFocus());
        QTest::keyClicks(bench.find<Composer>(u"comment"_s)->field(), u"red ones"_s);
        QTest::keyClick(bench.find<Composer>(u"comment"_s)->field(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.server.bodies(gardening()).contains(u"red ones"_s));
    }

    void whatIWroteIsInOnePlace()
    {
        WindowBench bench;
        bench.server.put(bench.cooking, bench.chat.romeo, u"my bread"_s);
        fill(bench);
        auto *timeline = home(bench);
        QTRY_COMPARE(timeline->rowCount(), 3);
        bench.find<QTabBar>(u"feeds"_s)->setCurrentIndex(int(Feed::Mine));
        QTRY_COMPARE(timeline->rowCount(), 1);
        QVERIFY(spoken(timeline).first().contains(u"my bread"_s));
    }

    void emptyTabsSayWhatBelongsThere()
    {
        WindowBench bench;
        bench.goOnline();
        QVERIFY(home(bench));
        auto *empty = bench.find<HomePlace>()->findChild<EmptyState *>();
        QTRY_VERIFY(empty->isVisible());
        bench.find<QTabBar>(u"feeds"_s)->setCurrentIndex(int(Feed::Mentions));
        QTRY_VERIFY(empty->isVisible());
    }

    void aChannelIsKeptOutByItsMark()
    {
        WindowBench bench;
        fill(bench);
        auto *timeline = home(bench);
        QTRY_COMPARE(timeline->rowCount(), 2);
        auto *list = bench.find<QListWidget>(u"channelsInHome"_s);
        QTRY_COMPARE(list->count(), 3); // our own one, too
        const auto items = list->findItems(u"Gardening"_s, Qt::MatchExactly);
        QCOMPARE(items.size(), 1);
        list->setCurrentItem(items.first());
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Space);
        QTRY_COMPARE(timeline->rowCount(), 1);
        QVERIFY(spoken(timeline).first().contains(u"soup"_s));
        QTest::keyClick(list, Qt::Key_Space);
        QTRY_COMPARE(timeline->rowCount(), 2);
    }

    void aPostIsWrittenInOnesOwnChannel()
    {
        WindowBench bench;
        fill(bench);
        QVERIFY(home(bench));
        QTest::mouseClick(bench.find<QPushButton>(u"write"_s), Qt::LeftButton);
        QTRY_VERIFY(hasTitle(bench, u"My channel"_s));
        QTRY_VERIFY(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()));
        QVERIFY(!bench.find<QPushButton>(u"home"_s)->isChecked());
    }

    void theListTellsWhatMakesNotices()
    {
        WindowBench bench;
        fill(bench);
        const auto id = bench.open(Conversation::Kind::Channel, gardening().channel());
        auto *list = bench.find<QListView>(u"conversations"_s);
        QTRY_VERIFY(list->currentIndex().isValid());
        Q_EMIT list->customContextMenuRequested(list->visualRect(list->currentIndex()).center());
        QTRY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
        const auto actions = QApplication::activePopupWidget()->findChildren<QAction *>();
        const auto nothing =
            std::ranges::find_if(actions, [](const QAction *action) { return action->text() == u"&Nothing"_s; });
        QVERIFY(nothing != actions.end());
        (*nothing)->trigger();
        QApplication::activePopupWidget()->close();
        QTRY_COMPARE(bench.conversations.entry(id)->notices, Conversation::Notices::Nothing);
    }
};

CUMULET_TEST(HomeTest)
#include "HomeTest.moc"
