#include "kit/TestMain.h"
#include "shell/WindowBench.h"
#include "ui/common/Composer.h"
#include "ui/common/Toast.h"
#include "ui/models/TimelineRows.h"
#include "ui/settings/SettingsDialog.h"

#include <QContextMenuEvent>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Comfort while writing, and what asks for attention; by mouse and by key.
class AttentionTest : public QObject
{
    Q_OBJECT

    struct Bench : WindowBench
    {
        explicit Bench(Affiliation role = Affiliation::Publisher)
        {
            soup = server.put(cooking, chat.juliet, u"soup #lunch"_s);
            server.join(cooking, chat.romeo, role);
            goOnline();
            place = open(Conversation::Kind::Channel, cooking.channel());
            timeline = find<TimelineView>(u"timeline"_s);
        }
        Composer *composer() const { return find<Composer>(u"composer"_s); }
        void write(const QString &text, Composer *where)
        {
            where->field()->setFocus();
            QTest::keyClicks(where->field(), text);
            QTest::keyClick(where->field(), Qt::Key_Return, Qt::ControlModifier);
        }
        ThreadRow thread(int index = 0) const
        {
            return timeline->model()->index(index, 0).data(TimelineRoles::RowRole).value<ThreadRow>();
        }
        void click(RowAction action, qint64 block)
        {
            for (const RowTarget &known : timeline->rowLayout(timeline->rowIdAt(0))->targets()) {
                if (known.kind == RowTarget::Button && known.action == action && known.block == block) {
                    const QPoint point =
                        known.rects.first().center().toPoint() + timeline->rowRect(timeline->rowIdAt(0)).topLeft();
                    QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, point);
                    return;
                }
            }
            QFAIL("no such button");
        }
        QPushButton *toastButton() const
        {
            const auto *toast = window->findChild<Toast *>();
            return toast->isVisible() ? toast->findChild<QPushButton *>() : nullptr;
        }
        QListWidget *picker() const
        {
            auto *list = find<QListWidget>(u"wordPicker"_s);
            return list && list->isVisible() ? list : nullptr;
        }
        QStringList onService() const { return server.bodies(cooking); }

        Post soup;
        ConversationId place = 0;
        TimelineView *timeline = nullptr;
    };

private Q_SLOTS:
    void aPostIsHeldAndTakenBackByMouse()
    {
        Bench bench;
        bench.channels.setHolding(30s, 30s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.write(u"bread"_s, bench.composer());
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        QCOMPARE(bench.thread().post.body, u"bread"_s);
        QVERIFY(bench.thread().post.heldSeconds > 25);
        QVERIFY(bench.timeline->spokenRow(bench.timeline->rowIdAt(0)).contains(u"can be undone"_s));
        QTest::keyClicks(bench.composer()->field(), u"newer"_s);
        bench.click(RowAction::Undo, bench.thread().post.id);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QTRY_COMPARE(bench.composer()->text(), u"newer\nbread"_s);
        bench.chat.settle();
        QCOMPARE(bench.onService(), QStringList{u"soup #lunch"_s});
    }

    void aCommentIsTakenBackByKey()
    {
        Bench bench;
        bench.channels.setHolding(30s, 30s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.timeline->rowIdAt(0));
        QTest::keyClick(bench.timeline, Qt::Key_R);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        bench.write(u"yum"_s, bench.find<Composer>(u"comment"_s));
        QTRY_COMPARE(bench.thread().comments.size(), 1);
        QVERIFY(bench.thread().comments.first().heldSeconds > 25);
        bench.composer()->field()->setFocus();
        QTest::keyClick(bench.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(bench.thread().comments.size(), 0);
        QTRY_VERIFY(bench.find<Composer>(u"comment"_s));
        QTRY_COMPARE(bench.find<Composer>(u"comment"_s)->text(), u"yum"_s);
    }

    void theFieldUndoesItsOwnTypingFirst()
    {
        Bench bench;
        bench.channels.setHolding(30s, 30s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.write(u"bread"_s, bench.composer());
        QTRY_COMPARE(bench.timeline->rowCount(), 2);
        auto *field = bench.composer()->field();
        QTest::keyClicks(field, u"x"_s);
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(field->toPlainText(), QString());
        QCOMPARE(bench.timeline->rowCount(), 2);
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(bench.composer()->text(), u"bread"_s);
    }

    void aDeletionIsUndoneByTheToast()
    {
        Bench bench(Affiliation::Moderator);
        bench.channels.setHolding(0s, 30s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.timeline->rowIdAt(0));
        QTest::keyClick(bench.timeline, Qt::Key_Delete);
        QTRY_COMPARE(bench.timeline->rowCount(), 0);
        QTRY_VERIFY(bench.toastButton());
        QCOMPARE(bench.toastButton()->text(), u"Undo"_s);
        QTest::mouseClick(bench.toastButton(), Qt::LeftButton);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        QCOMPARE(bench.onService(), QStringList{u"soup #lunch"_s});
    }

    void aClosedWindowHoldsNothing()
    {
        Bench bench(Affiliation::Moderator);
        bench.channels.setHolding(30s, 30s);
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.timeline->rowIdAt(0));
        QTest::keyClick(bench.timeline, Qt::Key_Delete);
        QTRY_COMPARE(bench.timeline->rowCount(), 0);
        QCOMPARE(bench.onService(), QStringList{u"soup #lunch"_s});
        bench.window->close();
        QTRY_COMPARE(bench.onService(), QStringList());
    }

    void theTimeToUndoIsASetting()
    {
        Bench bench;
        SettingsDialog dialog(bench.parts());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *seconds = dialog.findChild<QSpinBox *>(u"holdSeconds"_s);
        QCOMPARE(seconds->value(), 5);
        QCOMPARE(seconds->maximum(), 30);
        seconds->setValue(0);
        QCOMPARE(bench.preferences.value(u"holdSeconds"_s), u"0"_s);
    }

    void aThreadIsMutedAndFollowedByKeyAndMenu()
    {
        Bench bench;
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        bench.timeline->focusRow(bench.timeline->rowIdAt(0));
        QTest::keyClick(bench.timeline, Qt::Key_M);
        QTRY_COMPARE(bench.thread().notices, ThreadNotices::Muted);
        QVERIFY(bench.timeline->spokenRow(bench.timeline->rowIdAt(0)).contains(u"muted"_s));
        QTest::keyClick(bench.timeline, Qt::Key_M);
        QTRY_COMPARE(bench.thread().notices, ThreadNotices::Usual);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, bench.timeline->mapToGlobal(QPoint()));
        QApplication::sendEvent(bench.timeline->viewport(), &event);
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&') == "Follow this thread"_L1) {
                action->trigger();
            }
        }
        menu->close();
        QTRY_COMPARE(bench.thread().notices, ThreadNotices::Followed);
    }

    void allIsReadByKey()
    {
        Bench bench;
        bench.receive(bench.chat.juliet, u"hello"_s);
        bench.receive(bench.chat.nurse, u"hello"_s);
        QTRY_VERIFY(bench.conversations.totalUnread() >= 2);
        QTest::keyClick(bench.window.get(), Qt::Key_Escape, Qt::ShiftModifier);
        QTRY_COMPARE(bench.conversations.totalUnread(), 0);
    }

    void theListSaysWhatIsUnusual()
    {
        Bench bench;
        const auto spoken = [&] {
            const auto *list = bench.find<QListView>(u"conversations"_s);
            QStringList names;
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                names.append(list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString());
            }
            return names.join(u'\n');
        };
        const auto music = NodeId::of(Jid::fromTrusted(u"music@topics.example.org"_s));
        bench.server.add(music, bench.chat.juliet);
        Q_EMIT bench.wire.membershipChanged(music, bench.chat.romeo, Affiliation::Member, NodeSubscription::Pending);
        QTRY_VERIFY2(spoken().contains(u"Asked to follow"_s), qPrintable(spoken()));
        Q_EMIT bench.wire.membershipChanged(music, bench.chat.romeo, std::nullopt, NodeSubscription::Invited);
        QTRY_VERIFY(spoken().contains(u"You are invited"_s));
        bench.server.nodes.remove(bench.cooking);
        Q_EMIT bench.wire.channelDeleted(bench.cooking);
        QTRY_VERIFY(spoken().contains(u"Deleted"_s));
    }

    void aNameIsPickedByKeyAndByMouse()
    {
        Bench bench;
        QTRY_COMPARE(bench.timeline->rowCount(), 1);
        auto *field = bench.composer()->field();
        field->setFocus();
        QTest::keyClicks(field, u"hello @ju"_s);
        QTRY_VERIFY(bench.picker());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(field->toPlainText(), u"hello @juliet@example.org "_s);
        QVERIFY(!bench.picker());
        QTest::keyClicks(field, u"@"_s);
        QTRY_VERIFY(bench.picker());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!bench.picker());
        QTest::keyClicks(field, u"jul"_s);
        QVERIFY(!bench.picker()); // it was sent away in this word
        field->selectAll();
        QTest::keyClicks(field, u"a @jul"_s);
        QTRY_VERIFY(bench.picker());
        QTest::mouseClick(bench.picker()->viewport(), Qt::LeftButton, {},
            bench.picker()->visualItemRect(bench.picker()->item(0)).center());
        QCOMPARE(field->toPlainText(), u"a @juliet@example.org "_s);
        QTest::keyClicks(field, u"#lu"_s);
        QTRY_VERIFY(bench.picker());
        QTest::keyClick(field, Qt::Key_Tab);
        QCOMPARE(field->toPlainText(), u"a @juliet@example.org #lunch "_s);
        QVERIFY(field->hasFocus());
    }

    void readersAskToPost()
    {
        Bench bench(Affiliation::Member);
        QPushButton *ask = nullptr;
        QTRY_VERIFY((ask = bench.find<QPushButton>(u"refusalAction"_s)) && ask->isVisible());
        QTest::mouseClick(ask, Qt::LeftButton);
        const auto chat = bench.chat.chatWith(bench.chat.juliet);
        QTRY_VERIFY(await(bench.conversations.draft(chat)).value().contains(bench.cooking.channel().text()));
        QTRY_VERIFY(bench.composer() && bench.composer()->text().contains(u"Cooking"_s));
        QVERIFY(bench.chat.storedWith(bench.chat.juliet).isEmpty()); // nothing is sent by itself
    }
};

CUMULET_TEST(AttentionTest)
#include "AttentionTest.moc"
