#include "ui/models/ChannelTimelineModel.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class ChannelTimelineModelTest : public QObject
{
    Q_OBJECT

    static std::unique_ptr<ChannelTimelineModel> open(HouseholdBench &bench)
    {
        const auto conversation = await(
            bench.conversations->open(bench.chat.account.id, Conversation::Kind::Channel, bench.cooking.channel()))
                                      .value();
        auto model = std::make_unique<ChannelTimelineModel>(
            *bench.running.of(bench.chat.account.id), *bench.conversations, conversation);
        model->setChannel(await(bench.channels.open(bench.cooking)).value());
        model->load();
        bench.chat.settle();
        return model;
    }
    static QStringList bodies(const ChannelTimelineModel &model)
    {
        QStringList bodies;
        for (int row = 0; row < model.rowCount(); ++row) {
            bodies.append(model.index(row).data(Qt::DisplayRole).toString());
        }
        return bodies;
    }
    static ThreadRow threadAt(const ChannelTimelineModel &model, int row)
    {
        return model.index(row).data(TimelineRoles::RowRole).value<ThreadRow>();
    }

private Q_SLOTS:
    void threadsStandNewestFirst()
    {
        HouseholdBench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(bodies(*model), QStringList({u"bread"_s, u"soup"_s}));
    }

    void aCommentLeavesItsThreadWhereItIs()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        bench.wire.live(bench.cooking, bench.chat.nurse, u"with salt"_s, soup.item);
        bench.chat.settle();
        QTRY_COMPARE(threadAt(*model, 1).comments.size(), 1);
        QCOMPARE(bodies(*model), QStringList({u"bread"_s, u"soup"_s}));
        QCOMPARE(threadAt(*model, 1).comments.first().body, u"with salt"_s);
    }

    void ownPostWaitsAndIsThenThereOnce()
    {
        HouseholdBench bench;
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(await(bench.channels.post(bench.cooking, u"my cake"_s)));
        bench.chat.settle();
        QTRY_COMPARE(bodies(*model), QStringList({u"my cake"_s}));
        QTRY_VERIFY(threadAt(*model, 0).post.state >= DeliveryState::Sent || threadAt(*model, 0).post.mayDelete);
        QVERIFY(threadAt(*model, 0).post.own);
        QCOMPARE(model->rowCount(), 1);
    }

    void deletedPostsGo()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        bench.wire.liveRetract(bench.cooking, soup.item);
        bench.chat.settle();
        QTRY_COMPARE(bodies(*model), QStringList({u"bread"_s}));
    }

    void whatMayNotBeDoneIsNotOffered()
    {
        HouseholdBench bench;
        bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.join(bench.cooking, bench.chat.romeo, Affiliation::Member);
        bench.start();
        const auto model = open(bench);
        QVERIFY(!threadAt(*model, 0).mayComment);
        QVERIFY(!threadAt(*model, 0).post.mayDelete);
    }

    void ratingsChangeTheRow()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.start();
        const auto model = open(bench);
        const auto revision = [&] { return model->index(0).data(TimelineRoles::RevisionRole).toInt(); };
        const int before = revision();
        QVERIFY(threadAt(*model, 0).post.mayRate);
        bench.wire.liveRate(bench.cooking, bench.chat.nurse, 5, soup.item, soup.item);
        bench.chat.settle();
        QTRY_COMPARE(threadAt(*model, 0).post.ratings, (Ratings{1, 5, 0}));
        QVERIFY(revision() != before);
        QVERIFY(threadAt(*model, 0).comments.isEmpty());
    }

    void anAnswerNamesWhoIsAnswered()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        const Post yum = bench.server.put(bench.cooking, bench.chat.nurse, u"yum"_s, soup.item);
        for (int i = 0; i < 8; ++i) {
            bench.server.put(bench.cooking, bench.chat.juliet, u"comment %1"_s.arg(i), soup.item);
        }
        bench.server.put(bench.cooking, bench.chat.juliet, u"thanks"_s, soup.item);
        bench.server.nodes[bench.cooking].items.last().target = yum.item;
        bench.start();
        const auto model = open(bench);
        QCOMPARE(threadAt(*model, 0).comments.last().replyToName, u"nurse"_s);
        QCOMPARE(threadAt(*model, 0).comments.last().replyTo, 0); // not among the newest
        model->expand(model->index(0).data(TimelineRoles::RowIdRole).toLongLong());
        QTRY_COMPARE(threadAt(*model, 0).comments.size(), 10);
        QCOMPARE(threadAt(*model, 0).comments.last().replyTo, threadAt(*model, 0).comments.first().id);
    }

    void oneThreadAloneHearsOfNoOther()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const qint64 row = model->index(1).data(TimelineRoles::RowIdRole).toLongLong();
        QSignalSpy jumped(model.get(), &TimelineModel::jumped);
        model->showAlone(row);
        QTRY_COMPARE(bodies(*model), QStringList{u"soup"_s});
        QCOMPARE(jumped.size(), 1);
        QCOMPARE(model->alone(), row);
        bench.wire.live(bench.cooking, bench.chat.nurse, u"cake"_s);
        bench.wire.live(bench.cooking, bench.chat.nurse, u"with salt"_s, soup.item);
        bench.chat.settle();
        QTRY_COMPARE(threadAt(*model, 0).comments.size(), 1);
        QCOMPARE(model->rowCount(), 1);
        model->showAll(row);
        QTRY_COMPARE(model->alone(), 0);
        QTRY_VERIFY(model->indexOfRow(row) >= 0);
    }

    void theWayBackToWhatIsGoneEndsAtTheNewest()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.start();
        const auto model = open(bench);
        const qint64 bread = model->index(0).data(TimelineRoles::RowIdRole).toLongLong();
        const qint64 gone = model->index(1).data(TimelineRoles::RowIdRole).toLongLong();
        model->showAlone(bread);
        QTRY_COMPARE(model->alone(), bread);
        bench.chat.settle();
        bench.wire.liveRetract(bench.cooking, soup.item);
        bench.chat.settle();
        model->showAll(gone);
        QTRY_COMPARE(model->alone(), 0);
        QTRY_COMPARE(bodies(*model), QStringList{u"bread"_s});
    }

    void newestPostsFirstLeavesCommentedThreadsDown()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.server.put(bench.cooking, bench.chat.juliet, u"bread"_s);
        bench.server.put(bench.cooking, bench.chat.nurse, u"with salt"_s, soup.item);
        bench.start();
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(bodies(*model), (QStringList{u"soup"_s, u"bread"_s}));
        model->sortBy(ThreadOrder::NewestPost);
        QTRY_COMPARE(bodies(*model), (QStringList{u"bread"_s, u"soup"_s}));
        bench.wire.live(bench.cooking, bench.chat.nurse, u"cake"_s);
        bench.chat.settle();
        QTRY_COMPARE(bodies(*model), (QStringList{u"cake"_s, u"bread"_s, u"soup"_s}));
    }

    void unsentCommentsAreKnownFromTheStart()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        bench.start();
        const auto id = await(
            bench.conversations->open(bench.chat.account.id, Conversation::Kind::Channel, bench.cooking.channel()))
                            .value()
                            .id;
        QVERIFY(await(bench.conversations->setDraft(id, soup.item, u"half a comment"_s)));
        const auto model = open(bench);
        QTRY_COMPARE(threadAt(*model, 0).commentDraft, u"half a comment"_s);
    }

    void aGapIsARowUntilItIsFilled()
    {
        HouseholdBench bench;
        const auto hourAgo = QDateTime::currentDateTimeUtc().addSecs(-3600);
        bench.server.put(bench.cooking, bench.chat.juliet, u"known"_s, {}, hourAgo);
        bench.start();
        bench.wire.isOnline = false;
        bench.channels.stop();
        bench.chat.settle();
        for (int i = 0; i < 290; ++i) {
            bench.server.put(bench.cooking, bench.chat.juliet, QString::number(i));
        }
        bench.wire.isOnline = true;
        QVERIFY(await(bench.channels.start({})));
        const auto model = open(bench);
        QAbstractItemModelTester rules(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto gapRow = [&] {
            for (int row = 0; row < model->rowCount(); ++row) {
                if (model->index(row).data(TimelineRoles::KindRole).toInt() == TimelineRoles::Notice) {
                    return row;
                }
            }
            return -1;
        };
        QCOMPARE(gapRow(), -1); // further down
        for (int i = 0; i < 10 && gapRow() < 0; ++i) {
            model->fetchOlder();
            bench.chat.settle();
        }
        QTRY_COMPARE(gapRow(), model->rowCount() - 2);
        const auto row = model->index(gapRow()).data(TimelineRoles::RowRole).value<NoticeRow>();
        QCOMPARE(row.kind, NoticeRow::PostsMissing);
        QVERIFY(row.id < 0);
        QVERIFY(!model->thread(row.id));
        model->expand(row.id);
        QVERIFY(model->index(gapRow()).data(TimelineRoles::RowRole).value<NoticeRow>().isLoading);
        QTRY_COMPARE(model->rowCount(), 20 + 4 * 50 + 50 + 2);
        QTRY_COMPARE(gapRow(), model->rowCount() - 2); // it has moved down
        QVERIFY(!model->index(gapRow()).data(TimelineRoles::RowRole).value<NoticeRow>().isLoading);

        // opening the place where the gap was looked at
        const auto again = open(bench);
        QSignalSpy jumped(again.get(), &TimelineModel::jumped);
        again->jumpTo(row.id);
        QTRY_COMPARE(jumped.size(), 1);
        QVERIFY(again->indexOfRow(row.id) > 0);

        model->expand(row.id);
        QTRY_COMPARE(gapRow(), -1);
        bench.chat.settle();
        QCOMPARE(bodies(*model).last(), u"known"_s);
        QSet<QString> all;
        for (const auto &body : bodies(*model)) {
            QVERIFY2(!all.contains(body), qPrintable(body));
            all.insert(body);
        }
        QVERIFY(model->rowCount() == 291 || !model->isAtNewest()); // the window lets go of rows far away
    }

    void earlierCommentsComeWhenAskedFor()
    {
        HouseholdBench bench;
        const Post soup = bench.server.put(bench.cooking, bench.chat.juliet, u"soup"_s);
        for (int i = 0; i < 8; ++i) {
            bench.server.put(bench.cooking, bench.chat.nurse, u"comment %1"_s.arg(i), soup.item);
        }
        bench.start();
        const auto model = open(bench);
        QCOMPARE(threadAt(*model, 0).commentCount, 8);
        QVERIFY(threadAt(*model, 0).hiddenComments > 0);
        model->expand(model->index(0).data(TimelineRoles::RowIdRole).toLongLong());
        QTRY_COMPARE(threadAt(*model, 0).comments.size(), 8);
        QCOMPARE(threadAt(*model, 0).hiddenComments, 0);
        QCOMPARE(threadAt(*model, 0).comments.first().body, u"comment 0"_s);
    }
};

CUMULET_TEST(ChannelTimelineModelTest)

#include "ChannelTimelineModelTest.moc"
