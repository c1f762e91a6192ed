#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "text/XmppAddress.h"
#include "ui/common/Composer.h"
#include "ui/common/Toast.h"
#include "ui/models/ChannelTimelineModel.h"
#include "ui/timeline/TimelineView.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

/// Reading and writing posts in the window, by mouse and by key.
class ReadingChannelsTest : public QObject
{
    Q_OBJECT

    struct Bench : WindowBench
    {
        Bench()
        {
            soup = server.put(cooking, chat.juliet, u"soup"_s);
            yum = server.put(cooking, chat.nurse, u"yum"_s, soup.item);
        }
        void enter()
        {
            goOnline();
            open(Conversation::Kind::Channel, cooking.channel());
            timeline = find<TimelineView>(u"timeline"_s);
        }
        qint64 row(int index = 0) const { return timeline->rowIdAt(index); }
        ThreadRow thread(int index = 0) const
        {
            return timeline->model()->index(index, 0).data(TimelineRoles::RowRole).value<ThreadRow>();
        }
        bool offers(RowAction action, qint64 block) { return target(action, block).action == action; }
        RowTarget target(RowAction action, qint64 block)
        {
            for (const RowTarget &known : timeline->rowLayout(row())->targets()) {
                if (known.kind == RowTarget::Button && known.action == action && known.block == block) {
                    return known;
                }
            }
            return {};
        }
        void click(RowAction action, qint64 block)
        {
            const RowTarget found = target(action, block);
            QVERIFY(!found.rects.isEmpty());
            const QPoint point = found.rects.first().center().toPoint() + timeline->rowRect(row()).topLeft();
            QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, point);
        }
        /// Chooses from the menu of the focused post or comment.
        void choose(const QString &words)
        {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, timeline->mapToGlobal(QPoint()));
            QApplication::sendEvent(timeline->viewport(), &event);
            QMenu *menu = nullptr;
            QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
            for (QAction *action : menu->actions()) {
                if (action->text().remove(u'&') == words) {
                    action->trigger();
                    menu->close();
                    return;
                }
            }
            menu->close();
            QFAIL(qPrintable(words));
        }
        QString toast() const
        {
            const auto *shown = window->findChild<Toast *>();
            QString words;
            for (const auto *label : shown->findChildren<QLabel *>()) {
                words += label->text();
            }
            return shown->isVisible() ? words : QString();
        }
        int ratingsOnService() const
        {
            const auto items = server.nodes.value(cooking).items;
            return int(std::count_if(items.cbegin(), items.cend(), [](const Post &post) { return post.isRating(); }));
        }

        Post soup;
        Post yum;
        TimelineView *timeline = nullptr;
    };

private Q_SLOTS:
    void aLikeByMouseAndByKey()
    {
        Bench bench;
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_VERIFY(bench.offers(RowAction::Like, bench.row()));
        bench.click(RowAction::Like, bench.row());
        QTRY_COMPARE(bench.thread().post.ratings, (Ratings{1, 5, 5}));
        QTRY_COMPARE(bench.ratingsOnService(), 1);
        QVERIFY(bench.timeline->spokenRow(bench.row()).contains(u"liked by you"_s));
        QCOMPARE(bench.thread().comments.size(), 1); // it is none of the comments
        bench.timeline->setFocus();
        QTest::keyClick(bench.timeline, Qt::Key_J);
        QTest::keyClick(bench.timeline, Qt::Key_L);
        QTRY_COMPARE(bench.thread().post.ratings, Ratings());
        QTRY_COMPARE(bench.ratingsOnService(), 0);
        bench.timeline->goToItem(bench.row(), bench.thread().comments.first().id);
        QTest::keyClick(bench.timeline, Qt::Key_L);
        QTRY_COMPARE(bench.thread().comments.first().ratings, (Ratings{1, 5, 5}));
        QTRY_COMPARE(bench.ratingsOnService(), 1);
        bench.choose(u"Take the like back"_s);
        QTRY_COMPARE(bench.ratingsOnService(), 0);
    }

    void readersAreNotOfferedToLike()
    {
        Bench bench;
        bench.server.rate(bench.cooking, bench.chat.nurse, 5, bench.soup.item, bench.soup.item);
        bench.server.join(bench.cooking, bench.chat.romeo, Affiliation::Member);
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_COMPARE(bench.thread().post.ratings.count, 1);
        QVERIFY(!bench.offers(RowAction::Like, bench.row()));
        bench.timeline->focusRow(bench.row());
        QTest::keyClick(bench.timeline, Qt::Key_L);
        QTRY_VERIFY(!bench.toast().isEmpty());
    }

    void anAnswerLeadsToWhatItAnswersAndBack()
    {
        Bench bench;
        for (int i = 0; i < 40; ++i) {
            bench.server.put(bench.cooking, bench.chat.juliet, u"more %1 "_s.arg(i).repeated(20), bench.soup.item);
        }
        bench.server.put(bench.cooking, bench.chat.juliet, u"thanks"_s, bench.soup.item);
        bench.server.nodes[bench.cooking].items.last().target = bench.yum.item;
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_VERIFY(!bench.thread().comments.isEmpty());
        const PostItem thanks = bench.thread().comments.last();
        QCOMPARE(thanks.replyToName, u"nurse"_s);
        QVERIFY(bench.thread().hiddenComments > 0);
        bench.click(RowAction::GoToAnswered, thanks.id);
        QTRY_COMPARE(bench.thread().hiddenComments, 0);
        const qint64 yum = bench.thread().comments.first().id;
        QCOMPARE(bench.thread().comments.first().body, u"yum"_s);
        const auto isInSight = [&](qint64 block) {
            for (const RowTarget &target : bench.timeline->rowLayout(bench.row())->targets()) {
                if (target.kind == RowTarget::Comment && target.block == block) {
                    const QRect place =
                        target.rects.first().toRect().translated(bench.timeline->rowRect(bench.row()).topLeft());
                    return bench.timeline->viewport()->rect().intersects(place);
                }
            }
            return false;
        };
        QTRY_VERIFY(isInSight(yum));
        bench.timeline->goToItem(bench.row(), thanks.id);
        QTRY_VERIFY(!isInSight(yum));
        auto *back = bench.find<QPushButton>(u"back"_s);
        QVERIFY(back->isVisible());
        QTest::keyClick(bench.window.get(), Qt::Key_Left, Qt::AltModifier);
        QTRY_VERIFY(!back->isVisible());
    }

    void oneThreadAloneAndBack()
    {
        Bench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        for (int i = 0; i < 8; ++i) {
            bench.server.put(bench.cooking, bench.chat.nurse, u"comment %1"_s.arg(i), bench.soup.item);
        }
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        QTRY_COMPARE(bench.thread(0).post.body, u"soup"_s);
        bench.timeline->focusRow(bench.row());
        QTest::keyClick(bench.timeline, Qt::Key_Return);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_COMPARE(bench.thread().comments.size(), 9);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QVERIFY(!bench.find<Composer>(u"composer"_s)->isVisible());
        auto *comment = bench.find<Composer>(u"comment"_s)->field();
        comment->setFocus();
        QTest::keyClicks(comment, u"with bread"_s);
        QTest::keyClick(comment, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(bench.thread().comments.last().body, u"with bread"_s);
        bench.wire.live(bench.cooking, bench.chat.juliet, u"cake"_s);
        bench.chat.settle();
        QCOMPARE(bench.timeline->rowCount(), 1);
        QTest::mouseClick(bench.find<QPushButton>(u"back"_s), Qt::LeftButton);
        QTRY_COMPARE(bench.timeline->rowCount(), 3);
        QTRY_VERIFY(bench.find<Composer>(u"composer"_s)->isVisible());
        QVERIFY(!bench.find<QPushButton>(u"back"_s)->isVisible());
    }

    void aThreadThatGoesWhileAloneLeadsBack()
    {
        Bench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        bench.timeline->focusRow(bench.row(1));
        QTest::keyClick(bench.timeline, Qt::Key_Return);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_COMPARE(bench.thread().post.body, u"soup"_s);
        bench.chat.settle(); // the service has told the whole thread
        bench.wire.liveRetract(bench.cooking, bench.soup.item);
        QTRY_COMPARE(bench.thread().post.body, u"bread"_s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QVERIFY(bench.find<Composer>(u"composer"_s)->isVisible());
    }

    void aLinkToWhatIsNotStoredIsFetched()
    {
        Bench bench;
        bench.server.add(NodeId::of(bench.chat.nurse), bench.chat.nurse);
        const NodeId node = NodeId::of(bench.chat.nurse);
        const Post post = bench.server.put(node, bench.chat.nurse, u"the old one"_s);
        const Post comment = bench.server.put(node, bench.chat.juliet, u"a word"_s, post.item);
        for (int i = 0; i < 120; ++i) {
            bench.server.put(node, bench.chat.nurse, u"newer %1"_s.arg(i));
        }
        bench.goOnline();
        bench.window->openLink(xmppUri(bench.server.address, node, comment.item));
        TimelineView *timeline = nullptr;
        QTRY_VERIFY((timeline = bench.find<TimelineView>(u"timeline"_s)));
        const auto shows = [&](const QString &body) {
            const qint64 row = timeline->focusedRow();
            const auto thread = timeline->model()
                                    ->index(std::max(0, timeline->rowOf(row)), 0)
                                    .data(TimelineRoles::RowRole)
                                    .value<ThreadRow>();
            return row != 0 && thread.post.body == body;
        };
        QTRY_VERIFY(shows(u"the old one"_s));
        bench.window->openLink(xmppUri(bench.server.address, node, ItemId::fromWire(u"nothing"_s)));
        QTRY_VERIFY(bench.toast().contains(u"does not exist any more"_s));
    }

    void anOwnPostIsDeletedAndWrittenAgain()
    {
        Bench bench;
        bench.server.put(bench.cooking, bench.chat.romeo, u"my caek"_s);
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        QTRY_COMPARE(bench.thread().post.body, u"my caek"_s);
        auto *composer = bench.find<Composer>(u"composer"_s);
        bench.timeline->focusRow(bench.row());
        QTest::keyClick(bench.timeline, Qt::Key_E);
        QPushButton *again = nullptr;
        QTRY_VERIFY((again = bench.find<QPushButton>(u"postAgain"_s)));
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QCOMPARE(composer->text(), u"my caek"_s);
        QTRY_VERIFY(!bench.server.bodies(bench.cooking).contains(u"my caek"_s));
        const auto entry = bench.conversations.entry(
            await(bench.conversations.open(bench.chat.account.id, Conversation::Kind::Channel, bench.cooking.channel()))
                .value()
                .id);
        QCOMPARE(entry->draft, u"my caek"_s);
    }

    void aPostWithCommentsIsNotWrittenAgain()
    {
        Bench bench;
        const Post mine = bench.server.put(bench.cooking, bench.chat.romeo, u"my cake"_s);
        bench.server.put(bench.cooking, bench.chat.nurse, u"a word"_s, mine.item);
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        bench.timeline->focusRow(bench.row());
        QTest::keyClick(bench.timeline, Qt::Key_E);
        bench.chat.settle();
        QVERIFY(!bench.find<QPushButton>(u"postAgain"_s));
    }

    void aRepostNamesItsSource()
    {
        Bench bench;
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.row());
        bench.choose(u"Repost to a channel…"_s);
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = bench.find<QDialog>(u"repost"_s)));
        auto *list = dialog->findChild<QListWidget *>(u"destinations"_s);
        QTRY_COMPARE(list->count(), 2);
        auto *filter = dialog->findChild<QLineEdit *>(u"destinationFilter"_s);
        QTest::keyClicks(filter, bench.chat.romeo.text());
        QVERIFY(list->currentItem() && list->currentItem()->text().contains(bench.chat.romeo.text()));
        QTest::keyClick(filter, Qt::Key_Return);
        const NodeId own = NodeId::of(bench.chat.romeo);
        QTRY_COMPARE(bench.server.bodies(own).size(), 1);
        const QString text = bench.server.bodies(own).first();
        QVERIFY2(text.startsWith(u"juliet wrote:\n> soup\nxmpp:"_s), qPrintable(text));
        const auto source = parseXmppAddress(text.section(u'\n', -1));
        QVERIFY(source);
        QCOMPARE(source->node, bench.cooking);
        QCOMPARE(source->item, bench.soup.item);
    }

    void whatIsSharedStandsBelowTheDraft()
    {
        Bench bench;
        bench.goOnline();
        const auto chat = bench.open(Conversation::Kind::Chat, bench.chat.juliet);
        QVERIFY(await(bench.conversations.setDraft(chat, {}, u"half a thought"_s)));
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QVERIFY(await(bench.conversations.setDraft(chat, {}, u"half a thought"_s)));
        bench.timeline->focusRow(bench.row());
        bench.choose(u"Share to a chat…"_s);
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = bench.find<QDialog>(u"share"_s)));
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"destinationFilter"_s), u"juliet"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"acceptDestination"_s), Qt::LeftButton);
        const auto written = [&] {
            const auto *composer = bench.find<Composer>(u"composer"_s);
            return composer ? composer->text() : QString();
        };
        QTRY_VERIFY2(written().startsWith(u"half a thought\nsoup\nxmpp:"_s), qPrintable(written()));
        QVERIFY(bench.chat.chatWire->sentBodies().isEmpty());
    }

    void anUnsentCommentIsShownOnItsCard()
    {
        Bench bench;
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.row());
        QTest::keyClick(bench.timeline, Qt::Key_R);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QTest::keyClicks(bench.find<Composer>(u"comment"_s)->field(), u"half a comment"_s);
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        bench.timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_COMPARE(bench.thread().commentDraft, u"half a comment"_s);
    }

    void theOrderIsChosenAndKept()
    {
        Bench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.server.put(bench.cooking, bench.chat.nurse, u"more"_s, bench.soup.item);
        bench.enter();
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        QTRY_COMPARE(bench.thread().post.body, u"soup"_s);
        auto *menu = bench.find<QToolButton>(u"channelMenu"_s)->menu();
        for (QAction *action : menu->actions()) {
            if (action->text().contains(u"ewest post"_s)) {
                action->trigger();
            }
        }
        QTRY_COMPARE(bench.thread().post.body, u"bread"_s);
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        bench.timeline = bench.find<TimelineView>(u"timeline"_s);
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        QCOMPARE(bench.thread().post.body, u"bread"_s);
        bench.wire.live(bench.cooking, bench.chat.nurse, u"again"_s, bench.soup.item);
        bench.chat.settle();
        QTRY_COMPARE(bench.thread(1).commentCount, 3);
    }
};

CUMULET_TEST(ReadingChannelsTest)
#include "ReadingChannelsTest.moc"
