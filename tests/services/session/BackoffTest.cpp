#include "services/session/Backoff.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace cumulet;
using namespace std::chrono_literals;

class BackoffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesFromOneSecondToFiveMinutes()
    {
        SessionTiming timing = SessionTiming::real();
        timing.random = [] { return 0.5; };
        Backoff backoff;
        for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s}) {
            QCOMPARE(backoff.next(timing), std::chrono::milliseconds(expected));
        }
    }

    void isSpreadByAFifth()
    {
        SessionTiming timing = SessionTiming::real();
        Backoff backoff;
        timing.random = [] { return 0.0; };
        QCOMPARE(backoff.next(timing), 800ms);
        timing.random = [] { return 0.999999; };
        QCOMPARE(backoff.next(timing), 2400ms);
    }

    void beginsAgainAfterReset()
    {
        SessionTiming timing = SessionTiming::real();
        timing.random = [] { return 0.5; };
        Backoff backoff;
        backoff.next(timing);
        backoff.next(timing);
        backoff.reset();
        QCOMPARE(backoff.next(timing), 1000ms);
    }

    void neverOverflows()
    {
        SessionTiming timing = SessionTiming::real();
        timing.random = [] { return 0.5; };
        Backoff backoff;
        for (int attempt = 0; attempt < 1000; ++attempt) {
            const auto wait = backoff.next(timing);
            QVERIFY(wait > 0ms && wait <= 300s);
        }
    }
};

CUMULET_TEST(BackoffTest)
#include "BackoffTest.moc"
