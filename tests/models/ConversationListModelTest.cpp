#include "ui/models/ConversationListModel.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"
#include "ui/models/ConversationFilterModel.h"
#include "ui/models/MemberListModel.h"

#include <QAbstractItemModelTester>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class ConversationListModelTest : public QObject
{
    Q_OBJECT

    static QStringList titles(const QAbstractItemModel &model)
    {
        QStringList titles;
        for (int row = 0; row < model.rowCount(); ++row) {
            titles.append(model.index(row, 0).data(ConversationListModel::TitleRole).toString());
        }
        return titles;
    }

private Q_SLOTS:
    void theLatestComesFirstBehindOurOwnChannel()
    {
        HouseholdBench bench;
        bench.start();
        ConversationListModel model(*bench.conversations, bench.running);
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        bench.receive(bench.chat.juliet, u"one"_s);
        bench.receive(bench.chat.nurse, u"two"_s);
        QTRY_VERIFY(titles(model).contains(u"nurse"_s));
        QVERIFY(model.index(0).data(ConversationListModel::IsOwnChannelRole).toBool());
        QVERIFY(titles(model).indexOf(u"nurse"_s) < titles(model).indexOf(u"juliet"_s));
        bench.receive(bench.chat.juliet, u"three"_s);
        QTRY_VERIFY(titles(model).indexOf(u"juliet"_s) < titles(model).indexOf(u"nurse"_s));
        const int row = int(titles(model).indexOf(u"juliet"_s));
        QCOMPARE(model.index(row).data(ConversationListModel::UnreadRole).toInt(), 2);
        QCOMPARE(model.index(row).data(ConversationListModel::PreviewRole).toString(), u"three"_s);
    }

    void tabsAndWordsNarrowTheList()
    {
        HouseholdBench bench;
        bench.start();
        ConversationListModel model(*bench.conversations, bench.running);
        ConversationFilterModel filter;
        QAbstractItemModelTester rules(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        bench.receive(bench.chat.juliet, u"one"_s);
        QTRY_VERIFY(titles(model).contains(u"juliet"_s));
        filter.setTab(ConversationFilterModel::Chats);
        QCOMPARE(titles(filter), QStringList({u"juliet"_s}));
        filter.setTab(ConversationFilterModel::Unread);
        QCOMPARE(titles(filter), QStringList({u"juliet"_s}));
        filter.setTab(ConversationFilterModel::Channels);
        QVERIFY(titles(filter).contains(u"Cooking"_s));
        QVERIFY(!titles(filter).contains(u"juliet"_s));
        filter.setTab(ConversationFilterModel::All);
        filter.setWords(u"cook"_s);
        QCOMPARE(titles(filter), QStringList({u"Cooking"_s}));
        filter.setWords(u"example"_s); // half of the list has that domain
        QVERIFY(titles(filter).isEmpty());
        filter.setWords(u"juliet@example"_s);
        QCOMPARE(titles(filter), QStringList({u"juliet"_s}));
    }

    void peopleStandByTheirRole()
    {
        const NodeId node = NodeId::fromTrusted(u"/user/a@b/posts"_s);
        const auto person = [&node](const QString &name, Affiliation role, NodeSubscription subscription) {
            return Membership{node, Jid::fromTrusted(name + u"@b"_s), role, subscription};
        };
        const QList<Membership> members{
            person(u"reader"_s, Affiliation::Member, NodeSubscription::Subscribed),
            person(u"asker"_s, Affiliation::Publisher, NodeSubscription::Pending),
            person(u"boss"_s, Affiliation::Owner, NodeSubscription::Subscribed),
            person(u"banned"_s, Affiliation::Outcast, NodeSubscription::Subscribed),
        };
        MemberListModel model;
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto names = [](const Jid &jid) { return jid.local(); };
        model.setMembers(members, false, names);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data(MemberListModel::NameRole).toString(), u"boss"_s);
        model.setMembers(members, true, names);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.countOf(MemberListModel::Requests), 1);
        QCOMPARE(model.index(3).data(MemberListModel::NameRole).toString(), u"banned"_s);
    }
};

CUMULET_TEST(ConversationListModelTest)

#include "ConversationListModelTest.moc"
