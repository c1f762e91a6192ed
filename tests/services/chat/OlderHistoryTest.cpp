#include "services/chat/OlderHistory.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    void fill(const Jid &peer, const QString &prefix, int count)
    {
        for (int number = 0; number < count; ++number) {
            IncomingMessage message = from(peer, prefix + QString::number(number));
            message.time = QDateTime::currentDateTimeUtc().addSecs(number - 100'000);
            archive.add(message);
        }
    }
    Result<Done> fetch(const Jid &peer) { return await(chat->fetchOlder(chatWith(peer))); }
};

} // namespace

class OlderHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOneConversationBackToItsBeginning()
    {
        Bench bench;
        bench.fill(bench.juliet, u"j"_s, 120);
        bench.fill(bench.nurse, u"n"_s, 600); // fills all pages of the first login
        QVERIFY(bench.start());
        QVERIFY(bench.storedWith(bench.juliet).isEmpty());
        QVERIFY(bench.fetch(bench.juliet));
        QCOMPARE(bench.storedWith(bench.juliet).size(), 50);
        QVERIFY(bench.fetch(bench.juliet));
        QVERIFY(bench.fetch(bench.juliet));
        QCOMPARE(bench.storedWith(bench.juliet).size(), 120);
        QCOMPARE(bench.bodiesWith(bench.juliet).first(), u"j0"_s);
        const auto more = bench.fetch(bench.juliet);
        QVERIFY(!more);
        QCOMPARE(more.error().kind, ErrorKind::NotFound);
    }

    // Prosody dates by the second, and what is read backward is stored after what follows it
    void messagesOfOneMomentKeepTheirOrder_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("catching up") << 250;
        QTest::newRow("and scrolling back") << 700;
    }
    void messagesOfOneMomentKeepTheirOrder()
    {
        QFETCH(const int, count);
        Bench bench;
        const QDateTime moment = QDateTime::currentDateTimeUtc().addSecs(-100);
        QStringList expected;
        for (int number = 0; number < count; ++number) {
            IncomingMessage message = bench.from(bench.juliet, u"j%1"_s.arg(number));
            message.time = moment;
            expected.append(message.body);
            bench.archive.add(message);
        }
        QVERIFY(bench.start());
        while (bench.storedWith(bench.juliet).size() < count) {
            QVERIFY(bench.fetch(bench.juliet));
        }
        QCOMPARE(bench.bodiesWith(bench.juliet), expected);
    }

    void theEndIsRemembered()
    {
        Bench bench;
        bench.fill(bench.juliet, u"j"_s, 10);
        QVERIFY(bench.start());
        QVERIFY(!bench.fetch(bench.juliet));
        bench.archive.requests.clear();
        QVERIFY(!bench.fetch(bench.juliet));
        QVERIFY(bench.archive.requests.isEmpty());
    }

    void doesNotMoveTheProgressOfTheArchive()
    {
        Bench bench;
        bench.fill(bench.juliet, u"j"_s, 120);
        bench.fill(bench.nurse, u"n"_s, 600);
        QVERIFY(bench.start());
        const ArchiveId before = bench.storedProgress();
        QVERIFY(bench.fetch(bench.juliet));
        QCOMPARE(bench.storedProgress(), before);
    }

    void pagesOfReceiptsAreSkipped()
    {
        Bench bench;
        bench.fill(bench.juliet, u"j"_s, 10);
        for (int number = 0; number < 120; ++number) {
            bench.archive.add(DeliveryNotice{bench.juliet, false, MessageId(u"x%1"_s.arg(number)),
                DeliveryState::Delivered, QDateTime::currentDateTimeUtc()});
        }
        bench.fill(bench.nurse, u"n"_s, 600);
        QVERIFY(bench.start());
        QVERIFY(bench.fetch(bench.juliet));
        QCOMPARE(bench.storedWith(bench.juliet).size(), 10);
    }

    void withoutConnectionItIsOffline()
    {
        Bench bench;
        QCOMPARE(bench.fetch(bench.juliet).error().kind, ErrorKind::Offline);
    }

    void aServerWithoutArchiveHasNothingOlder()
    {
        Bench bench;
        bench.archive.isSupported = false;
        QVERIFY(bench.start());
        QCOMPARE(bench.fetch(bench.juliet).error().kind, ErrorKind::NotFound);
    }

    void aTimeOutIsNotTheEnd()
    {
        Bench bench;
        bench.fill(bench.juliet, u"j"_s, 100);
        bench.fill(bench.nurse, u"n"_s, 600);
        QVERIFY(bench.start());
        bench.archive.failures = {Error{ErrorKind::Timeout, {}}};
        QCOMPARE(bench.fetch(bench.juliet).error().kind, ErrorKind::Timeout);
        QVERIFY(bench.fetch(bench.juliet));
    }
};

CUMULET_TEST(OlderHistoryTest)
#include "OlderHistoryTest.moc"
