#include "ui/models/ChatTimelineModel.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class ChatTimelineModelTest : public QObject
{
    Q_OBJECT

    static Conversation conversationWith(HouseholdBench &bench, const Jid &peer)
    {
        return await(bench.conversations->open(bench.chat.account.id, Conversation::Kind::Chat, peer)).value();
    }
    static QStringList bodies(const ChatTimelineModel &model)
    {
        QStringList bodies;
        for (int row = 0; row < model.rowCount(); ++row) {
            bodies.append(model.index(row).data(Qt::DisplayRole).toString());
        }
        return bodies;
    }

private Q_SLOTS:
    void whatIsStoredIsShownOldestFirst()
    {
        HouseholdBench bench;
        bench.start();
        for (int i = 0; i < 5; ++i) {
            bench.receive(bench.chat.juliet, u"word %1"_s.arg(i));
        }
        ChatTimelineModel model(
            *bench.running.of(bench.chat.account.id), *bench.conversations, conversationWith(bench, bench.chat.juliet));
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.load();
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(bodies(model).first(), u"word 0"_s);
        QVERIFY(model.isAtNewest());
        QCOMPARE(model.index(0).data(TimelineRoles::StartsDayRole).toDate(), QDate::currentDate());
    }

    void aNewMessageInsertsOneRow()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"first"_s);
        ChatTimelineModel model(
            *bench.running.of(bench.chat.account.id), *bench.conversations, conversationWith(bench, bench.chat.juliet));
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.load();
        QTRY_COMPARE(model.rowCount(), 1);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        bench.receive(bench.chat.juliet, u"second"_s);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(inserted.size(), 1);
        QVERIFY(reset.isEmpty());
        QCOMPARE(bodies(model), QStringList({u"first"_s, u"second"_s}));
    }

    void anotherChatChangesNothing()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"mine"_s);
        ChatTimelineModel model(
            *bench.running.of(bench.chat.account.id), *bench.conversations, conversationWith(bench, bench.chat.juliet));
        model.load();
        QTRY_COMPARE(model.rowCount(), 1);
        bench.receive(bench.chat.nurse, u"not mine"_s);
        QCOMPARE(bodies(model), QStringList({u"mine"_s}));
    }

    void theUnreadLineStandsAboveTheFirstUnread()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"read"_s);
        auto conversation = conversationWith(bench, bench.chat.juliet);
        {
            ChatTimelineModel reader(*bench.running.of(bench.chat.account.id), *bench.conversations, conversation);
            reader.load();
            QTRY_COMPARE(reader.rowCount(), 1);
            reader.markSeen({reader.index(0).data(TimelineRoles::RowIdRole).toLongLong()});
            bench.chat.settle();
        }
        bench.receive(bench.chat.juliet, u"unread"_s);
        bench.receive(bench.chat.juliet, u"unread too"_s);
        conversation = conversationWith(bench, bench.chat.juliet);
        QCOMPARE(conversation.unread, 2);
        ChatTimelineModel model(*bench.running.of(bench.chat.account.id), *bench.conversations, conversation);
        model.load();
        QTRY_COMPARE(model.rowCount(), 3);
        QVERIFY(!model.index(0).data(TimelineRoles::StartsUnreadRole).toBool());
        QVERIFY(model.index(1).data(TimelineRoles::StartsUnreadRole).toBool());
        QVERIFY(!model.index(2).data(TimelineRoles::StartsUnreadRole).toBool());
    }

    // a chat that is left and opened again while its archive is being read: "is under way" is an answer at once
    void twoEmptyWindowsMayAskForTheSameHistory()
    {
        HouseholdBench bench;
        bench.start();
        const auto conversation = conversationWith(bench, bench.chat.juliet);
        const AccountServices &services = *bench.running.of(bench.chat.account.id);
        ChatTimelineModel first(services, *bench.conversations, conversation);
        ChatTimelineModel second(services, *bench.conversations, conversation);
        for (auto *model : {&first, &second}) {
            QSignalSpy loaded(model, &TimelineModel::loaded);
            model->load();
            QTRY_COMPARE(loaded.size(), 1);
        }
        for (int i = 0; i < 3; ++i) {
            auto message = bench.chat.from(bench.chat.juliet, u"old %1"_s.arg(i));
            message.time = QDateTime::currentDateTimeUtc().addDays(-1).addSecs(i);
            bench.chat.archive.add(message);
        }
        for (int turn = 0; turn < 3; ++turn) {
            first.fetchOlder();
            second.fetchOlder();
        }
        const QStringList all{u"old 0"_s, u"old 1"_s, u"old 2"_s};
        QTRY_COMPARE(bodies(first), all);
        QTRY_COMPARE(bodies(second), all);
    }

    void longHistoryIsPagedAndLetGo()
    {
        HouseholdBench bench;
        bench.start();
        QList<IncomingMessage> many;
        const QDateTime begin = QDateTime::currentDateTimeUtc().addDays(-2);
        for (int i = 0; i < 1000; ++i) {
            auto message = bench.chat.from(bench.chat.juliet, u"line %1"_s.arg(i));
            message.time = begin.addSecs(i);
            many.append(message);
        }
        QVERIFY(await(bench.chat.messages->keep(bench.chat.account.id, many)));
        auto conversation = conversationWith(bench, bench.chat.juliet);
        conversation.unread = 0; // nothing of it is news
        ChatTimelineModel model(*bench.running.of(bench.chat.account.id), *bench.conversations, conversation);
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.load();
        QTRY_VERIFY(model.rowCount() > 0);
        QCOMPARE(bodies(model).last(), u"line 999"_s);
        for (int page = 0; page < 30 && bodies(model).first() != u"line 0"_s; ++page) {
            const QString before = bodies(model).first();
            model.fetchOlder();
            QTRY_VERIFY(bodies(model).first() != before);
            QVERIFY(model.rowCount() <= 600);
        }
        QCOMPARE(bodies(model).first(), u"line 0"_s);
        QVERIFY(!model.isAtNewest());
        for (int page = 0; page < 30 && !model.isAtNewest(); ++page) {
            const int before = model.rowCount();
            const QString last = bodies(model).last();
            model.fetchNewer();
            QTRY_VERIFY(bodies(model).last() != last || model.rowCount() != before);
        }
        QCOMPARE(bodies(model).last(), u"line 999"_s);
    }

    void jumpingBringsTheRow()
    {
        HouseholdBench bench;
        bench.start();
        QList<IncomingMessage> many;
        const QDateTime begin = QDateTime::currentDateTimeUtc().addDays(-2);
        for (int i = 0; i < 400; ++i) {
            auto message = bench.chat.from(bench.chat.juliet, u"line %1"_s.arg(i));
            message.time = begin.addSecs(i);
            many.append(message);
        }
        QVERIFY(await(bench.chat.messages->keep(bench.chat.account.id, many)));
        const auto stored = bench.chat.storedWith(bench.chat.juliet);
        auto conversation = conversationWith(bench, bench.chat.juliet);
        conversation.unread = 0;
        ChatTimelineModel model(*bench.running.of(bench.chat.account.id), *bench.conversations, conversation);
        model.load();
        QTRY_VERIFY(model.rowCount() > 0);
        QSignalSpy jumped(&model, &TimelineModel::jumped);
        model.jumpTo(stored.at(10).row);
        QTRY_COMPARE(jumped.size(), 1);
        QVERIFY(model.message(stored.at(10).row).has_value());
        model.jumpToNewest();
        QTRY_COMPARE(jumped.size(), 2);
        QCOMPARE(bodies(model).last(), u"line 399"_s);
    }
};

CUMULET_TEST(ChatTimelineModelTest)

#include "ChatTimelineModelTest.moc"
