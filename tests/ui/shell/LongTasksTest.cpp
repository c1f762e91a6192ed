#include "kit/TestMain.h"
#include "shell/PeopleSteps.h"
#include "ui/channel/ChannelWords.h"
#include "ui/common/Composer.h"
#include "ui/models/ThreadsModel.h"

#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace cumulet::tests::PeopleSteps;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The longest things one does with channels, from the first click to the last, as one goes through them in a sitting.
class LongTasksTest : public QObject
{
    Q_OBJECT

    static TimelineView *timeline(WindowBench &bench) { return bench.find<TimelineView>(u"timeline"_s); }
    static Composer *composer(WindowBench &bench) { return bench.find<Composer>(u"composer"_s); }
    static void write(Composer *composer, const QString &text)
    {
        composer->field()->setFocus();
        QTest::keyClicks(composer->field(), text);
        QTest::keyClick(composer->field(), Qt::Key_Return, Qt::ControlModifier);
    }
    static void chooseOfWindow(WindowBench &bench, const QString &words)
    {
        const auto actions = bench.window->findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text().remove(u'&') == words) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }
    static qint64 idAt(const ThreadsModel *model, int row)
    {
        return model->index(row, 0).data(TimelineRoles::RowIdRole).toLongLong();
    }
    // a row that stands for missing posts; 0: there is none
    static qint64 gapIn(const ThreadsModel *model)
    {
        for (int row = 0; row < model->rowCount(); ++row) {
            if (idAt(model, row) < 0) {
                return idAt(model, row);
            }
        }
        return 0;
    }
    static QStringList bodies(const ThreadsModel *model)
    {
        QStringList all;
        for (int row = 0; row < model->rowCount(); ++row) {
            const auto thread = model->thread(idAt(model, row));
            all += thread ? thread->start.body : QString();
        }
        return all;
    }

private Q_SLOTS:
    void aTopicChannelIsMadeAndRunWithAModerator()
    {
        WindowBench bench;
        bench.goOnline();
        chooseOfWindow(bench, u"Make a new channel…"_s);
        auto *name = bench.find<QLineEdit>(u"channelName"_s);
        QTRY_VERIFY(name && name->hasFocus());
        QTest::keyClicks(name, u"Herb Garden"_s);
        QTest::keyClicks(bench.find<QLineEdit>(u"channelTitle"_s), u"Herbs"_s);
        QTest::mouseClick(bench.find<QPushButton>(u"makeChannel"_s), Qt::LeftButton);
        const auto herbs = NodeId::fromTrusted(u"/user/herb-garden@topics.example.org/posts"_s);
        QTRY_VERIFY(bench.server.nodes.contains(herbs));
        QTRY_VERIFY(composer(bench) && bench.window->focusWidget() == composer(bench)->field()); // one writes at once
        bench.window->activateWindow(); // as the desktop does when a dialog has gone
        write(composer(bench), u"thyme"_s);
        QTRY_COMPARE(bench.server.bodies(herbs), QStringList{u"thyme"_s});

        bench.server.join(herbs, bench.chat.nurse);
        bench.wire.liveMembership(herbs, bench.chat.nurse, Affiliation::Publisher, NodeSubscription::Subscribed);
        QTRY_VERIFY(rowOf(list(bench), bench.chat.nurse) >= 0);
        openMenu(bench, bench.chat.nurse);
        choose(u"Make moderator"_s);
        QTRY_COMPARE(standing(bench, herbs, bench.chat.nurse).affiliation, Affiliation::Moderator);

        // what others write is answered, and deleted where it has to be
        bench.wire.live(herbs, bench.chat.juliet, u"buy my watches"_s);
        QTRY_COMPARE(timeline(bench)->rowCount(), 2);
        timeline(bench)->setFocus();
        timeline(bench)->focusRow(bench.firstRow());
        QTest::keyClick(timeline(bench), Qt::Key_Delete);
        QTRY_COMPARE(bench.server.bodies(herbs), QStringList{u"thyme"_s});
        bench.server.join(herbs, bench.chat.juliet);
        bench.wire.liveMembership(herbs, bench.chat.juliet, Affiliation::Publisher, NodeSubscription::Subscribed);
        QTRY_VERIFY(rowOf(list(bench), bench.chat.juliet) >= 0);
        openMenu(bench, bench.chat.juliet);
        choose(u"&Ban"_s);
        agree(bench);
        QTRY_COMPARE(standing(bench, herbs, bench.chat.juliet).affiliation, Affiliation::Outcast);
    }

    void askWaitBeAdmittedPostBeBanned()
    {
        WindowBench bench;
        const auto garden = NodeId::fromTrusted(u"/user/garden@topics.example.org/posts"_s);
        bench.server.add(garden, bench.chat.juliet, AccessModel::Authorize).face.title = u"Garden"_s;
        bench.server.put(garden, bench.chat.juliet, u"roses"_s);
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, garden.channel());
        auto *follow = bench.find<QPushButton>(u"follow"_s);
        QTRY_COMPARE(follow->text(), u"Ask to follow"_s);
        QTest::mouseClick(follow, Qt::LeftButton);
        QTRY_COMPARE(standing(bench, garden, bench.chat.romeo).subscription, NodeSubscription::Pending);
        QTRY_COMPARE(follow->text(), u"Withdraw request"_s); // the answer has come, too
        QVERIFY(!composer(bench)->field()->isVisible());

        bench.wire.liveMembership(garden, bench.chat.romeo, Affiliation::Publisher, NodeSubscription::Subscribed);
        QTRY_VERIFY(composer(bench)->field()->isVisible());
        QTRY_COMPARE(timeline(bench)->rowCount(), 1); // what was there is read
        write(composer(bench), u"lilies"_s);
        QTRY_VERIFY(bench.server.bodies(garden).contains(u"lilies"_s));

        QTest::keyClicks(composer(bench)->field(), u"half a thought"_s);
        bench.wire.liveMembership(garden, bench.chat.romeo, Affiliation::Outcast, NodeSubscription::None);
        QTRY_VERIFY(bench.isSaid(ChannelWords::refusal(Verdict::Banned)));
        QVERIFY(!composer(bench)->field()->isVisible());
        QCOMPARE(composer(bench)->text(), u"half a thought"_s);
        QCOMPARE(timeline(bench)->rowCount(), 2);
    }

    void aWeekOfFiveThousandPosts()
    {
        WindowBench bench;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        bench.server.put(bench.cooking, bench.chat.juliet, u"read long ago"_s, {}, now.addDays(-8));
        bench.goOnline();
        const auto id = bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        QTRY_COMPARE(timeline(bench)->rowCount(), 1);
        (void)await(bench.conversations.markRead(id, {std::numeric_limits<qint64>::max(), 0}));
        bench.open(Conversation::Kind::Chat, bench.chat.nurse);

        // a week without us
        bench.wire.isOnline = false;
        Q_EMIT bench.sessionWire.disconnected({});
        bench.chat.settle();
        static constexpr int count = 5000;
        for (int i = 0; i < count; ++i) {
            bench.server.put(
                bench.cooking, bench.chat.juliet, u"post %1"_s.arg(i), {}, now.addSecs(-qint64(count - i) * 120));
        }
        bench.wire.isOnline = true;
        Q_EMIT bench.sessionWire.connected(false);
        const auto caughtUp = bench.channels.start({});
        QTRY_VERIFY_WITH_TIMEOUT(caughtUp.isFinished(), 120'000); // with sanitizers, on a busy machine
        bench.chat.settle();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        auto *model = qobject_cast<ThreadsModel *>(timeline(bench)->model());
        QVERIFY(model);
        QTRY_VERIFY(bodies(model).contains(u"post 4999"_s));
        // all there is between then and now is in the list or said to be missing: nothing is silently left out
        QTest::keyClick(timeline(bench), Qt::Key_U);
        QTRY_VERIFY(timeline(bench)->isAtNewest());
        QSet<QString> seen;
        const auto look = [&](int first, int last) {
            for (int row = first; row <= last; ++row) {
                if (idAt(model, row) > 0) {
                    seen.insert(model->thread(idAt(model, row))->start.body);
                }
            }
        };
        look(0, model->rowCount() - 1);
        QSignalSpy came(model, &ThreadsModel::rowsInserted);
        QObject::connect(model, &ThreadsModel::rowsInserted, model,
            [&look](const QModelIndex &, int first, int last) { look(first, last); });
        for (int page = 0; page < 1000 && seen.size() <= count; ++page) {
            const qint64 gap = gapIn(model);
            gap != 0 ? model->expand(gap) : model->fetchOlder();
            QVERIFY(came.wait());
        }
        QCOMPARE(seen.size(), count + 1);
    }

    void whatIsEditedAndDeletedCanBeUndone()
    {
        WindowBench bench;
        bench.goOnline();
        bench.open(Conversation::Kind::Channel, bench.cooking.channel());
        QTRY_VERIFY(composer(bench)->field()->isVisible());
        bench.channels.setHolding(30s, 30s);
        write(composer(bench), u"bred"_s);
        QTRY_COMPARE(timeline(bench)->rowCount(), 1);
        timeline(bench)->setFocus();
        QTest::keyClick(timeline(bench), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(composer(bench)->text(), u"bred"_s); // before anybody saw it
        QTRY_COMPARE(timeline(bench)->rowCount(), 0);
        bench.channels.setHolding(0s, 30s);
        composer(bench)->field()->selectAll();
        write(composer(bench), u"bread"_s);
        QTRY_COMPARE(bench.server.bodies(bench.cooking), QStringList{u"bread"_s});

        const auto remove = [&] {
            timeline(bench)->setFocus();
            timeline(bench)->focusRow(bench.firstRow());
            QTest::keyClick(timeline(bench), Qt::Key_Delete);
        };
        QTRY_COMPARE(timeline(bench)->rowCount(), 1);
        remove();
        QTRY_COMPARE(timeline(bench)->rowCount(), 0);
        QTest::keyClick(timeline(bench), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(timeline(bench)->rowCount(), 1);
        QCOMPARE(bench.server.bodies(bench.cooking), QStringList{u"bread"_s});
        remove();
        QTRY_COMPARE(timeline(bench)->rowCount(), 0);
        bench.window->close(); // what is held goes
        QTRY_COMPARE(bench.server.bodies(bench.cooking), QStringList());
    }

    void whatIsWrittenOfflineInThreeChannelsFollows()
    {
        WindowBench bench;
        QList<NodeId> nodes{bench.cooking};
        for (const auto *name : {"garden", "poetry"}) {
            nodes += NodeId::fromTrusted(u"/user/%1@topics.example.org/posts"_s.arg(QLatin1StringView(name)));
            bench.server.add(nodes.last(), bench.chat.juliet);
            bench.server.join(nodes.last(), bench.chat.romeo);
        }
        for (const auto &node : std::as_const(nodes)) {
            bench.server.put(node, bench.chat.juliet, u"welcome"_s);
        }
        bench.goOnline();
        for (const auto &node : std::as_const(nodes)) {
            bench.open(Conversation::Kind::Channel, node.channel());
            QTRY_COMPARE(timeline(bench)->rowCount(), 1);
        }
        bench.wire.isOnline = false;
        Q_EMIT bench.sessionWire.disconnected({});
        bench.chat.settle();
        for (const auto &node : std::as_const(nodes)) {
            bench.open(Conversation::Kind::Channel, node.channel());
            QTRY_VERIFY(composer(bench)->field()->isVisible());
            write(composer(bench), u"one in "_s + node.channel().local());
            write(composer(bench), u"two in "_s + node.channel().local());
            QTRY_COMPARE(timeline(bench)->rowCount(), 3);
            QCOMPARE(bench.server.bodies(node), QStringList{u"welcome"_s});
        }
        bench.wire.isOnline = true;
        bench.goOnline();
        for (const auto &node : std::as_const(nodes)) {
            const QString name = node.channel().local();
            QTRY_COMPARE(
                bench.server.bodies(node), QStringList({u"welcome"_s, u"one in "_s + name, u"two in "_s + name}));
            bench.open(Conversation::Kind::Channel, node.channel());
            QTRY_COMPARE(timeline(bench)->rowCount(), 3);
        }
    }
};

CUMULET_TEST(LongTasksTest)
#include "LongTasksTest.moc"
