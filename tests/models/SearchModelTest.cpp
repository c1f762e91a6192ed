#include "ui/models/SearchModel.h"

#include "kit/TestMain.h"
#include "services/HouseholdBench.h"
#include "services/search/SearchService.h"
#include "store/SearchStore.h"

#include <QAbstractItemModelTester>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class SearchModelTest : public QObject
{
    Q_OBJECT

    static QStringList excerpts(const SearchModel &model)
    {
        QStringList excerpts;
        for (int row = 0; row < model.rowCount(); ++row) {
            excerpts.append(model.index(row).data(SearchModel::ExcerptRole).toString());
        }
        return excerpts;
    }

private Q_SLOTS:
    void theLastWordsWin()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"lark"_s);
        bench.receive(bench.chat.juliet, u"nightingale"_s);
        SearchStore store(*bench.chat.database);
        SearchService service(store);
        SearchModel model(service, *bench.conversations, bench.running);
        QAbstractItemModelTester rules(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.search(u"lark"_s);
        model.search(u"nig"_s);
        model.search(u"nightin"_s);
        QTRY_COMPARE(excerpts(model), QStringList({u"nightingale"_s}));
        (void)await(bench.chat.database->settle());
        bench.chat.settle();
        QCOMPARE(excerpts(model), QStringList({u"nightingale"_s}));
    }

    void whatWasClearedStaysAway()
    {
        HouseholdBench bench;
        bench.start();
        bench.receive(bench.chat.juliet, u"lark"_s);
        SearchStore store(*bench.chat.database);
        SearchService service(store);
        SearchModel model(service, *bench.conversations, bench.running);
        model.search(u"lark"_s);
        QTRY_COMPARE(model.rowCount(), 1);
        model.search(u"lar"_s);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        (void)await(bench.chat.database->settle());
        bench.chat.settle();
        QCOMPARE(model.rowCount(), 0);
        model.search(u"lark"_s);
        QTRY_COMPARE(model.rowCount(), 1);
    }
};

CUMULET_TEST(SearchModelTest)

#include "SearchModelTest.moc"
