#include "services/chat/InboundPipeline.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    IncomingMessage archived(const Jid &peer, const QString &body, const QString &archiveId)
    {
        IncomingMessage message = from(peer, body);
        message.archiveId = ArchiveId(archiveId);
        return message;
    }
    InboundPipeline pipeline{account.id, romeo, *messages};
};

} // namespace

class InboundPipelineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatComesInOneTurnIsWrittenTogether()
    {
        Bench bench;
        QSignalSpy changed(&bench.pipeline, &InboundPipeline::changed);
        for (int number = 0; number < 100; ++number) {
            bench.pipeline.addMessage(bench.from(bench.juliet, QString::number(number)));
        }
        QCOMPARE(changed.size(), 0); // told after the commit
        bench.settle();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.storedWith(bench.juliet).size(), 100);
    }

    void theOrderOfArrivalIsKept()
    {
        Bench bench;
        // all of the same millisecond: only the order of the rows tells them apart
        const QDateTime time = QDateTime::currentDateTimeUtc();
        QStringList expected;
        ArchivePage page;
        for (int number = 0; number < 30; ++number) {
            IncomingMessage message = bench.archived(bench.juliet, u"n%1"_s.arg(number), u"a%1"_s.arg(number));
            message.time = time;
            expected.append(message.body);
            if (number < 10) {
                bench.pipeline.addMessage(message);
            } else if (number < 20) {
                page.messages.append(message);
                if (number == 19) {
                    (void)bench.pipeline.addPage(page);
                }
            } else {
                bench.pipeline.addMessage(message);
            }
        }
        bench.settle();
        QCOMPARE(bench.bodiesWith(bench.juliet), expected);
    }

    void aPageIsStoredWithItsProgress()
    {
        Bench bench;
        ArchivePage page;
        page.messages = {bench.archived(bench.juliet, u"one"_s, u"a1"_s)};
        const auto stored = await(bench.pipeline.addPage(page, {ArchiveId(u"a1"_s)}));
        QVERIFY(stored);
        QCOMPARE(bench.storedProgress(), ArchiveId(u"a1"_s));
    }

    void aReceiptBesideItsMessageIsApplied()
    {
        Bench bench;
        ArchivePage page;
        page.messages = {bench.ownTo(bench.juliet, u"mine"_s, OriginId(u"o1"_s))};
        page.messages.first().archiveId = ArchiveId(u"a1"_s);
        page.notices = {
            {bench.juliet, false, MessageId(u"o1"_s), DeliveryState::Delivered, QDateTime::currentDateTimeUtc()}};
        QVERIFY(await(bench.pipeline.addPage(page, {ArchiveId(u"a2"_s)})));
        QCOMPARE(bench.storedWith(bench.juliet).first().state, DeliveryState::Delivered);
        QCOMPARE(bench.storedProgress(), ArchiveId(u"a2"_s));
    }

    void liveMessagesMoveTheProgressOnlyBehindACaughtUpArchive()
    {
        Bench bench;
        bench.pipeline.addMessage(bench.archived(bench.juliet, u"one"_s, u"a1"_s));
        bench.settle();
        QVERIFY(bench.storedProgress().isEmpty());
        bench.pipeline.setLiveAdvances(true);
        bench.pipeline.addMessage(bench.archived(bench.juliet, u"two"_s, u"a2"_s));
        bench.settle();
        QCOMPARE(bench.storedProgress(), ArchiveId(u"a2"_s));
    }

    void nothingMovesTheProgressPastWhatCouldNotBeWritten()
    {
        Bench bench;
        Database closed; // never opened: every write fails
        MessageStore broken(closed);
        InboundPipeline pipeline(bench.account.id, bench.romeo, broken);
        QSignalSpy failed(&pipeline, &InboundPipeline::failed);
        pipeline.setLiveAdvances(true);
        ArchivePage page;
        page.messages = {bench.archived(bench.juliet, u"one"_s, u"a1"_s)};
        QVERIFY(!await(pipeline.addPage(page, {ArchiveId(u"a1"_s)})));
        QVERIFY(!pipeline.liveAdvances());
        pipeline.setLiveAdvances(true);
        pipeline.addMessage(bench.archived(bench.juliet, u"two"_s, u"a2"_s));
        QTRY_COMPARE(failed.size(), 2);
        QVERIFY(!pipeline.liveAdvances());
    }

    void whatWaitsIsWrittenWhenTheProgramEnds()
    {
        Bench bench;
        {
            InboundPipeline ending(bench.account.id, bench.romeo, *bench.messages);
            ending.addMessage(bench.from(bench.juliet, u"last words"_s));
        }
        bench.settle();
        QCOMPARE(bench.bodiesWith(bench.juliet), QStringList({u"last words"_s}));
    }
};

CUMULET_TEST(InboundPipelineTest)
#include "InboundPipelineTest.moc"
