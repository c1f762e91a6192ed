#include "services/chat/Settlement.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    MessageStore::Waiting waiting(const QString &id, const Jid &to)
    {
        MessageStore::Waiting waiting;
        waiting.message.originId = OriginId(id);
        waiting.message.to = to;
        waiting.time = QDateTime::currentDateTimeUtc();
        waiting.state = DeliveryState::Sending;
        return waiting;
    }
    Settlement settlement{archive};
};

} // namespace

class SettlementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatHasArrived()
    {
        Bench bench;
        const ArchiveId id = bench.archive.add(bench.ownTo(bench.juliet, u"x"_s, OriginId(u"o1"_s)));
        const auto arrived =
            await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet), bench.waiting(u"o2"_s, bench.juliet)}));
        QCOMPARE(*arrived, Settlement::Arrived({{OriginId(u"o1"_s), id}}));
    }

    void readsFromTenMinutesBeforeTheOldest()
    {
        Bench bench;
        MessageStore::Waiting old = bench.waiting(u"o1"_s, bench.juliet);
        old.time = old.time.addDays(-1);
        (void)await(bench.settlement.find({bench.waiting(u"o2"_s, bench.juliet), old}));
        QCOMPARE(bench.archive.requests.first().start, old.time.addSecs(-600));
        QCOMPARE(bench.archive.requests.first().with, bench.juliet);
    }

    void severalPeersAreLookedForTogether()
    {
        Bench bench;
        (void)await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet), bench.waiting(u"o2"_s, bench.nurse)}));
        QVERIFY(bench.archive.requests.first().with.isEmpty());
    }

    void readsOnToTheEndBeforeSayingNo()
    {
        Bench bench;
        for (int number = 0; number < 120; ++number) {
            bench.archive.add(bench.from(bench.juliet, QString::number(number)));
        }
        bench.archive.add(bench.ownTo(bench.juliet, u"x"_s, OriginId(u"o1"_s)));
        QCOMPARE(await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet)}))->size(), 1);
        QCOMPARE(bench.archive.requests.size(), 3);
    }

    void somebodyElsesCopyOfTheIdProvesNothing()
    {
        Bench bench;
        IncomingMessage copy = bench.from(bench.juliet, u"x"_s);
        copy.originId = OriginId(u"o1"_s);
        bench.archive.add(copy);
        QVERIFY(await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet)}))->isEmpty());
    }

    void withoutAnArchiveNothingIsFound()
    {
        Bench bench;
        bench.archive.isSupported = false;
        const auto arrived = await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet)}));
        QVERIFY(arrived && arrived->isEmpty());
    }

    void anUnansweredQuestionIsNotANo()
    {
        Bench bench;
        bench.archive.failures = {Error{ErrorKind::Timeout, {}}};
        const auto arrived = await(bench.settlement.find({bench.waiting(u"o1"_s, bench.juliet)}));
        QVERIFY(!arrived);
        QCOMPARE(arrived.error().kind, ErrorKind::Timeout);
    }
};

CUMULET_TEST(SettlementTest)
#include "SettlementTest.moc"
