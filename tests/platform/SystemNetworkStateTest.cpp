#include "platform/SystemNetworkState.h"

#include "kit/TestMain.h"

#include <QSignalSpy>
#include <QTest>

namespace cumulet {

class SystemNetworkStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleepIsSeenByTheClocks()
    {
        TimeJump jump;
        QVERIFY(!jump.observe(1'000'000, 0)); // the first look knows nothing
        QVERIFY(!jump.observe(1'030'000, 30'000));
        QVERIFY(jump.observe(1'160'000, 60'000)); // 100 s passed while the steady clock stood
        QVERIFY(!jump.observe(1'190'000, 90'000)); // told once
        QVERIFY(!jump.observe(1'120'000, 120'000)); // set back: no sleep
        QVERIFY(!jump.observe(1'150'000, 150'000));
    }

    void wakingUpIsToldOnce()
    {
        SystemNetworkState state;
        QSignalSpy changed(&state, &NetworkState::changed);
        QMetaObject::invokeMethod(&state, "notePrepareForSleep", true);
        QMetaObject::invokeMethod(&state, "notePrepareForSleep", false);
        QMetaObject::invokeMethod(&state, "notePrepareForSleep", false);
        QVERIFY(changed.wait());
        QCOMPARE(changed.size(), 1);
    }
};

} // namespace cumulet

using cumulet::SystemNetworkStateTest;
CUMULET_TEST(SystemNetworkStateTest)
#include "SystemNetworkStateTest.moc"
