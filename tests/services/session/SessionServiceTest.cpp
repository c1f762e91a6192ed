#include "services/session/SessionService.h"

#include "kit/TestMain.h"
#include "kit/fakes/FakeNetworkState.h"
#include "kit/fakes/FakeSecretStore.h"
#include "kit/fakes/FakeSessionWire.h"
#include "services/session/SessionTiming.h"

#include <QElapsedTimer>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace cumulet;
using namespace cumulet::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Account romeoAccount()
{
    Account account;
    account.id = 1;
    account.jid = Jid::fromTrusted(u"romeo@example.org"_s);
    account.host = u"xmpp.example.org"_s;
    account.port = 5299;
    account.trustedCertificate = "f00d";
    return account;
}

// hours everywhere: what is not about a time does not depend on it
SessionTiming patient()
{
    SessionTiming timing = SessionTiming::real();
    timing.random = [] { return 0.5; };
    timing.firstRetry = timing.silence = timing.pingLimit = timing.quickPingLimit = timing.attemptLimit = 1h;
    timing.longestRetry = 10h;
    timing.closeLimit = 1h;
    return timing;
}

struct Bench
{
    explicit Bench(const SessionTiming &timing = patient(), const Account &account = romeoAccount())
        : session(account, wire, secrets, network)
    {
        secrets.passwords.insert(account.jid, u"secret"_s);
        session.setTiming(timing);
    }
    void logIn(bool resumed = false)
    {
        session.goOnline();
        Q_EMIT wire.connected(resumed);
    }
    ConnectionState state() const { return session.status().state; }

    FakeSessionWire wire;
    FakeSecretStore secrets;
    FakeNetworkState network;
    SessionService session;
};

// until a timer has fired that was set later than the one that must not have an effect
void outlast(std::chrono::milliseconds time)
{
    QTimer timer;
    timer.setSingleShot(true);
    QSignalSpy fired(&timer, &QTimer::timeout);
    timer.start(time);
    fired.wait();
}

} // namespace

class SessionServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithTheAccountsSettingsAndThePassword();
    void isOnlineOnlyAfterThePreparation();
    void isOnlineAlsoAfterAPreparationThatWasGivenUp();
    void aResumedStreamNeedsNoPreparation();
    void connectedComesBeforeThePreparation();
    void waitsLongerAfterEachFailure();
    void aGoodConnectionMakesTheNextRetryQuickAgain();
    void aShortConnectionDoesNot();
    void triesAgainByItself();
    void neverTriesByItself_data();
    void neverTriesByItself();
    void tellsTheCertificate();
    void asksForAMissingPassword();
    void usesATypedPasswordWithoutKeepingIt();
    void asksAgainAfterAWrongTypedPassword();
    void asksEachTimeWhenTheAccountSaysSo();
    void readsANewStoredPasswordAfterAChange();
    void triesAtOnceWhenTheNetworkIsBack();
    void pingsQuicklyWhenTheNetworkChanged();
    void anAnsweredPingKeepsTheConnection();
    void bytesAreASignOfLifeToo();
    void aSilentConnectionIsPingedThenDroppedAndTriedAtOnce();
    void aConnectionThatTalksIsNotPinged();
    void waitsForTheOldStreamToEndBeforeTryingAgain();
    void anAttemptWithoutAnswerEnds();
    void goesOfflineForGood();
    void goingOfflineWhileThePasswordIsReadOpensNothing();
    void comesBackWhileTheGoodbyeIsUnderWay();
    void aDisabledAccountStaysOffline();
    void enablingConnects();
    void lostIsToldOnce();
    void aLateConnectedAfterGoingOfflineChangesNothing();
    void sendsPresenceAndActivityWhenConnected();
};

void SessionServiceTest::opensWithTheAccountsSettingsAndThePassword()
{
    Bench bench;
    bench.session.goOnline();
    QCOMPARE(bench.wire.opened.size(), 1);
    const SessionSettings &settings = bench.wire.opened.first();
    QCOMPARE(settings.jid, romeoAccount().jid);
    QCOMPARE(settings.password, u"secret"_s);
    QCOMPARE(settings.host, u"xmpp.example.org"_s);
    QCOMPARE(settings.port, 5299);
    QCOMPARE(settings.trustedCertificate, "f00d");
    QCOMPARE(settings.presence.show, Presence::Show::Available);
    QCOMPARE(bench.state(), ConnectionState::Connecting);
}

void SessionServiceTest::isOnlineOnlyAfterThePreparation()
{
    Bench bench;
    QPromise<void> preparation;
    preparation.start();
    bench.session.setPreparation([&] { return preparation.future(); });
    bench.logIn();
    QCOMPARE(bench.state(), ConnectionState::CatchingUp);
    QVERIFY(bench.session.isConnected() && !bench.session.isOnline());
    preparation.finish();
    QTRY_COMPARE(bench.state(), ConnectionState::Online);
}

void SessionServiceTest::isOnlineAlsoAfterAPreparationThatWasGivenUp()
{
    Bench bench;
    QPromise<void> preparation;
    preparation.start();
    bench.session.setPreparation([&] { return preparation.future(); });
    bench.logIn();
    preparation.future().cancel();
    preparation.finish();
    QTRY_COMPARE(bench.state(), ConnectionState::Online);
}

void SessionServiceTest::aResumedStreamNeedsNoPreparation()
{
    Bench bench;
    int preparations = 0;
    bench.session.setPreparation([&] {
        ++preparations;
        return QtFuture::makeReadyVoidFuture();
    });
    bench.logIn(true);
    QCOMPARE(bench.state(), ConnectionState::Online);
    QCOMPARE(preparations, 0);
}

void SessionServiceTest::connectedComesBeforeThePreparation()
{
    Bench bench;
    QStringList order;
    connect(&bench.session, &SessionService::connected, this,
        [&](bool resumed) { order.append(resumed ? u"resumed"_s : u"new"_s); });
    bench.session.setPreparation([&] {
        order.append(u"prepare"_s);
        return QtFuture::makeReadyVoidFuture();
    });
    bench.logIn();
    QCOMPARE(order, QStringList({u"new"_s, u"prepare"_s}));
}

void SessionServiceTest::waitsLongerAfterEachFailure()
{
    Bench bench;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    SessionTiming timing = patient();
    timing.now = [now] { return now; };
    bench.session.setTiming(timing);
    bench.session.goOnline();
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, u"refused"_s});
    QCOMPARE(bench.state(), ConnectionState::Waiting);
    QCOMPARE(bench.session.status().error.kind, ErrorKind::Unreachable);
    QCOMPARE(now.secsTo(bench.session.status().nextTry), 3600);

    // the same again: the wait doubles (retryNow would begin afresh, so the timer is let fire)
    timing.firstRetry = 1ms;
    timing.longestRetry = 10h;
    bench.session.setTiming(timing);
    bench.session.retryNow();
    QList<qint64> waits;
    for (int attempt = 1; attempt <= 4; ++attempt) {
        QTRY_COMPARE(bench.wire.opened.size(), attempt + 1);
        Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
        waits.append(now.msecsTo(bench.session.status().nextTry));
    }
    QCOMPARE(waits, QList<qint64>({1, 2, 4, 8}));
}

void SessionServiceTest::aGoodConnectionMakesTheNextRetryQuickAgain()
{
    SessionTiming timing = patient();
    QDateTime now = QDateTime::currentDateTimeUtc();
    timing.now = [&now] { return now; };
    timing.firstRetry = 1ms;
    timing.goodConnection = 60s;
    Bench bench(timing);
    bench.session.goOnline();
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QTRY_COMPARE(bench.wire.opened.size(), 2);
    Q_EMIT bench.wire.connected(false);
    now = now.addSecs(61);
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QCOMPARE(now.msecsTo(bench.session.status().nextTry), 1);
}

void SessionServiceTest::aShortConnectionDoesNot()
{
    // a server that lets us in and throws us out would be asked once a second for ever
    SessionTiming timing = patient();
    QDateTime now = QDateTime::currentDateTimeUtc();
    timing.now = [&now] { return now; };
    timing.firstRetry = 1ms;
    Bench bench(timing);
    bench.session.goOnline();
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QTRY_COMPARE(bench.wire.opened.size(), 2);
    Q_EMIT bench.wire.connected(false);
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QCOMPARE(now.msecsTo(bench.session.status().nextTry), 2);
}

void SessionServiceTest::triesAgainByItself()
{
    SessionTiming timing = patient();
    timing.firstRetry = 1ms;
    Bench bench(timing);
    bench.logIn();
    Q_EMIT bench.wire.disconnected({ErrorKind::Timeout, {}});
    QTRY_COMPARE(bench.wire.opened.size(), 2);
}

void SessionServiceTest::neverTriesByItself_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("wrong password") << ErrorKind::Authentication;
    QTest::newRow("certificate") << ErrorKind::Certificate;
    QTest::newRow("replaced by another client") << ErrorKind::Conflict;
}

void SessionServiceTest::neverTriesByItself()
{
    QFETCH(ErrorKind, kind);
    SessionTiming timing = patient();
    timing.firstRetry = 1ms;
    Bench bench(timing);
    bench.logIn();
    Q_EMIT bench.wire.disconnected({kind, u"why"_s});
    QCOMPARE(bench.state(), ConnectionState::Failed);
    QCOMPARE(bench.session.status().error, (Error{kind, u"why"_s}));
    Q_EMIT bench.network.changed(); // that does not mend it either
    outlast(20ms); // longer than the retry would take
    QCOMPARE(bench.wire.opened.size(), 1);
    bench.session.retryNow();
    QCOMPARE(bench.wire.opened.size(), 2);
}

void SessionServiceTest::tellsTheCertificate()
{
    Bench bench;
    bench.session.goOnline();
    CertificateProblem problem;
    problem.subject = u"example.org"_s;
    problem.sha256 = "abcd";
    Q_EMIT bench.wire.certificateRejected(problem);
    Q_EMIT bench.wire.disconnected({ErrorKind::Certificate, {}});
    QCOMPARE(bench.session.status().certificate.sha256, "abcd");

    Account account = romeoAccount();
    account.trustedCertificate = "abcd";
    bench.session.setAccount(account);
    bench.session.retryNow();
    QCOMPARE(bench.wire.opened.last().trustedCertificate, "abcd");
    QVERIFY(bench.session.status().certificate.sha256.isEmpty());
}

void SessionServiceTest::asksForAMissingPassword()
{
    Bench bench;
    bench.secrets.passwords.clear();
    QSignalSpy needed(&bench.session, &SessionService::passwordNeeded);
    bench.session.goOnline();
    QCOMPARE(needed.size(), 1);
    QVERIFY(bench.wire.opened.isEmpty());
    QCOMPARE(bench.state(), ConnectionState::Failed);
}

void SessionServiceTest::usesATypedPasswordWithoutKeepingIt()
{
    SessionTiming timing = patient();
    timing.firstRetry = 1ms;
    Bench bench(timing);
    bench.secrets.passwords.clear();
    bench.session.goOnline();
    bench.session.retryNow(u"typed"_s);
    QCOMPARE(bench.wire.opened.last().password, u"typed"_s);
    QVERIFY(bench.secrets.passwords.isEmpty());
    Q_EMIT bench.wire.connected(false);
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QTRY_COMPARE(bench.wire.opened.size(), 2);
    QCOMPARE(bench.wire.opened.last().password, u"typed"_s);
}

void SessionServiceTest::asksAgainAfterAWrongTypedPassword()
{
    Bench bench;
    bench.secrets.passwords.clear();
    bench.session.retryNow(u"wrong"_s);
    Q_EMIT bench.wire.disconnected({ErrorKind::Authentication, {}});
    QSignalSpy needed(&bench.session, &SessionService::passwordNeeded);
    bench.session.retryNow();
    QCOMPARE(needed.size(), 1);
}

void SessionServiceTest::asksEachTimeWhenTheAccountSaysSo()
{
    Account account = romeoAccount();
    account.asksForPassword = true;
    Bench bench(patient(), account);
    QSignalSpy needed(&bench.session, &SessionService::passwordNeeded);
    bench.session.goOnline();
    QCOMPARE(needed.size(), 1);
    QCOMPARE(bench.secrets.reads, 0);
    bench.session.retryNow(u"typed"_s);
    QCOMPARE(bench.wire.opened.last().password, u"typed"_s);
}

void SessionServiceTest::readsANewStoredPasswordAfterAChange()
{
    Bench bench;
    bench.logIn();
    bench.secrets.passwords.insert(romeoAccount().jid, u"new"_s);
    bench.session.setAccount(romeoAccount());
    Q_EMIT bench.wire.disconnected({ErrorKind::Authentication, {}});
    bench.session.retryNow();
    QCOMPARE(bench.wire.opened.last().password, u"new"_s);
}

void SessionServiceTest::triesAtOnceWhenTheNetworkIsBack()
{
    Bench bench;
    bench.session.goOnline();
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QCOMPARE(bench.state(), ConnectionState::Waiting);
    Q_EMIT bench.network.changed();
    QCOMPARE(bench.wire.opened.size(), 2);
    QCOMPARE(bench.state(), ConnectionState::Connecting);
}

void SessionServiceTest::pingsQuicklyWhenTheNetworkChanged()
{
    SessionTiming timing = patient();
    timing.quickPingLimit = 1ms;
    Bench bench(timing);
    bench.logIn();
    Q_EMIT bench.network.changed();
    QCOMPARE(bench.wire.pings.count(), 1);
    QTRY_COMPARE(bench.wire.aborted, 1);
    QTRY_COMPARE(bench.wire.opened.size(), 2);
}

void SessionServiceTest::anAnsweredPingKeepsTheConnection()
{
    SessionTiming timing = patient();
    timing.quickPingLimit = 5ms;
    Bench bench(timing);
    bench.logIn();
    Q_EMIT bench.network.changed();
    bench.wire.pings.answer(Done{});
    outlast(20ms); // longer than the limit
    QCOMPARE(bench.wire.aborted, 0);
    QCOMPARE(bench.state(), ConnectionState::Online);
}

void SessionServiceTest::bytesAreASignOfLifeToo()
{
    // a server that refuses pings still answers
    SessionTiming timing = patient();
    timing.quickPingLimit = 5ms;
    Bench bench(timing);
    bench.logIn();
    Q_EMIT bench.network.changed();
    Q_EMIT bench.wire.alive();
    bench.wire.pings.answer(Error{ErrorKind::Unsupported, {}});
    outlast(20ms);
    QCOMPARE(bench.wire.aborted, 0);
}

void SessionServiceTest::aSilentConnectionIsPingedThenDroppedAndTriedAtOnce()
{
    SessionTiming timing = patient();
    timing.silence = 20ms;
    timing.pingLimit = 5ms;
    Bench bench(timing);
    bench.logIn();
    QSignalSpy lost(&bench.session, &SessionService::lost);
    QTRY_COMPARE(bench.wire.aborted, 1);
    QVERIFY(bench.wire.pings.count() >= 1);
    QCOMPARE(lost.size(), 1);
    // firstRetry is an hour: only trying at once opens again
    QCOMPARE(bench.wire.opened.size(), 2);
    QCOMPARE(bench.wire.closed, 0);
}

void SessionServiceTest::aConnectionThatTalksIsNotPinged()
{
    SessionTiming timing = patient();
    timing.silence = 200ms;
    qint64 longestPause = 0;
    int pings = 0;
    // on a busy machine the chatter itself may stop for longer than the silence, and a ping is right then
    do {
        Bench bench(timing);
        bench.logIn();
        QTimer chatter;
        QElapsedTimer pause;
        pause.start();
        longestPause = 0;
        connect(&chatter, &QTimer::timeout, &bench.wire, [&] {
            longestPause = std::max(longestPause, pause.restart());
            Q_EMIT bench.wire.alive();
        });
        chatter.start(10ms);
        outlast(450ms);
        longestPause = std::max(longestPause, pause.elapsed());
        pings = int(bench.wire.pings.count());
    } while (longestPause > 150);
    QCOMPARE(pings, 0);
}

void SessionServiceTest::waitsForTheOldStreamToEndBeforeTryingAgain()
{
    SessionTiming timing = patient();
    timing.quickPingLimit = 1ms;
    Bench bench(timing);
    bench.logIn();
    bench.wire.answersClose = false;
    Q_EMIT bench.network.changed();
    QTRY_COMPARE(bench.wire.aborted, 1);
    QCOMPARE(bench.wire.opened.size(), 1);
    QCOMPARE(bench.state(), ConnectionState::Connecting);
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QCOMPARE(bench.wire.opened.size(), 2);
}

void SessionServiceTest::anAttemptWithoutAnswerEnds()
{
    SessionTiming timing = patient();
    timing.attemptLimit = 1ms;
    Bench bench(timing);
    bench.session.goOnline();
    QTRY_COMPARE(bench.state(), ConnectionState::Waiting);
    QCOMPARE(bench.session.status().error.kind, ErrorKind::Timeout);
    QCOMPARE(bench.wire.aborted, 1);
}

void SessionServiceTest::goesOfflineForGood()
{
    SessionTiming timing = patient();
    timing.firstRetry = 1ms;
    Bench bench(timing);
    bench.logIn();
    bench.session.goOffline();
    QCOMPARE(bench.state(), ConnectionState::Offline);
    QCOMPARE(bench.wire.closed, 1);
    Q_EMIT bench.network.changed();
    outlast(20ms);
    QCOMPARE(bench.wire.opened.size(), 1);
}

void SessionServiceTest::goingOfflineWhileThePasswordIsReadOpensNothing()
{
    class SlowSecrets : public FakeSecretStore
    {
    public:
        Future<QString> password(const Jid &) override { return answers.ask(); }
        Pending<QString> answers;
    } secrets;
    FakeSessionWire wire;
    FakeNetworkState network;
    SessionService session(romeoAccount(), wire, secrets, network);
    session.goOnline();
    session.goOffline();
    secrets.answers.answer(u"secret"_s);
    QCOMPARE(wire.opened.size(), 0);
    QCOMPARE(session.status().state, ConnectionState::Offline);
}

void SessionServiceTest::comesBackWhileTheGoodbyeIsUnderWay()
{
    Bench bench;
    bench.logIn();
    bench.wire.answersClose = false;
    bench.session.goOffline();
    bench.session.goOnline();
    QCOMPARE(bench.wire.opened.size(), 1);
    Q_EMIT bench.wire.disconnected({ErrorKind::Canceled, {}});
    QCOMPARE(bench.wire.opened.size(), 2);
}

void SessionServiceTest::aDisabledAccountStaysOffline()
{
    Account account = romeoAccount();
    account.isEnabled = false;
    Bench bench(patient(), account);
    bench.session.goOnline();
    bench.session.retryNow();
    QCOMPARE(bench.wire.opened.size(), 0);
    QCOMPARE(bench.state(), ConnectionState::Offline);
}

void SessionServiceTest::enablingConnects()
{
    Account account = romeoAccount();
    account.isEnabled = false;
    Bench bench(patient(), account);
    account.isEnabled = true;
    bench.session.setAccount(account);
    QCOMPARE(bench.wire.opened.size(), 1);
    account.isEnabled = false;
    bench.session.setAccount(account);
    QCOMPARE(bench.state(), ConnectionState::Offline);
}

void SessionServiceTest::lostIsToldOnce()
{
    Bench bench;
    bench.logIn();
    QSignalSpy lost(&bench.session, &SessionService::lost);
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    Q_EMIT bench.wire.disconnected({ErrorKind::Unreachable, {}});
    QCOMPARE(lost.size(), 1);
}

void SessionServiceTest::aLateConnectedAfterGoingOfflineChangesNothing()
{
    Bench bench;
    bench.wire.answersClose = false;
    bench.session.goOnline();
    bench.session.goOffline();
    Q_EMIT bench.wire.connected(false);
    QCOMPARE(bench.state(), ConnectionState::Offline);
}

void SessionServiceTest::sendsPresenceAndActivityWhenConnected()
{
    Bench bench;
    Presence away;
    away.show = Presence::Show::Away;
    bench.session.setPresence(away);
    bench.session.setWindowActive(false);
    QVERIFY(bench.wire.presences.isEmpty() && bench.wire.actives.isEmpty());
    bench.logIn();
    // the presence goes with the login, the activity has to be said again on each new stream
    QCOMPARE(bench.wire.opened.first().presence.show, Presence::Show::Away);
    QCOMPARE(bench.wire.actives, QList<bool>({false}));
    away.show = Presence::Show::DoNotDisturb;
    bench.session.setPresence(away);
    QCOMPARE(bench.wire.presences.size(), 1);
}

CUMULET_TEST(SessionServiceTest)
#include "SessionServiceTest.moc"
