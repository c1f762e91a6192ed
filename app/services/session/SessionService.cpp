#include "services/session/SessionService.h"

#include "platform/NetworkState.h"
#include "platform/SecretStore.h"
#include "services/session/Backoff.h"
#include "services/session/ConnectionWatchdog.h"
#include "wire/SessionWire.h"

#include <QFutureWatcher>
#include <QLoggingCategory>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcSession, "cumulet.session", QtInfoMsg)

/// Where the wire stands, as far as we were told; the user's view of it is ConnectionStatus.
enum class StreamState { Closed, Opening, Open, Closing };

struct SessionService::Private
{
    Private(SessionService &service, SessionWire &sessionWire, SecretStore &secretStore)
        : q(service)
        , wire(sessionWire)
        , secrets(secretStore)
        , watchdog(sessionWire)
    {
        retry.setSingleShot(true);
        limit.setSingleShot(true);
    }

    void setStatus(ConnectionState state, const Error &error = {}, const QDateTime &nextTry = {});
    void attempt();
    void open(const QString &password);
    void needPassword(const Error &why);
    void waitForRetry(const Error &error, std::chrono::milliseconds delay);
    void tryAtOnce();
    void leave(StreamState how);
    void endOfLimit();
    void abandon();
    void handleConnected(bool resumed);
    void prepareThenOnline();
    void handleDisconnected(const Error &error);
    void settleDisconnected(const Error &error);
    bool hadStream() const { return stream == StreamState::Open; }

    SessionService &q;
    SessionWire &wire;
    SecretStore &secrets;
    std::function<QFuture<void>()> prepare;
    SessionTiming timing = SessionTiming::real();
    ConnectionWatchdog watchdog;
    Backoff backoff;
    QTimer retry;
    QTimer limit; ///< of an attempt, or of a goodbye
    StreamState stream = StreamState::Closed;
    bool isWanted = false;
    bool triesAtOnce = false; ///< when the stream that is being dropped is gone
    bool isActive = true;
    int generation = 0; ///< grows with each attempt and each loss: late answers of earlier ones do not count
    QString storedPassword; ///< as the secret store gave it last
    QString givenPassword; ///< typed by the user, not kept anywhere
    QDateTime connectedAt;
    CertificateProblem certificate;
};

SessionService::SessionService(
    const Account &account, SessionWire &wire, SecretStore &secrets, NetworkState &network, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , d(std::make_unique<Private>(*this, wire, secrets))
{
    const bool isChosen =
        account.show > int(Presence::Show::Offline) && account.show <= int(Presence::Show::DoNotDisturb);
    m_presence.show = isChosen ? Presence::Show(account.show) : Presence::Show::Available;
    m_presence.status = account.statusText;
    m_status.since = d->timing.now();

    connect(&wire, &SessionWire::connected, this, [this](bool resumed) { d->handleConnected(resumed); });
    connect(&wire, &SessionWire::disconnected, this, [this](const Error &error) { d->handleDisconnected(error); });
    connect(&wire, &SessionWire::certificateRejected, this,
        [this](const CertificateProblem &problem) { d->certificate = problem; });
    connect(&wire, &SessionWire::recorded, this, &SessionService::recorded);
    connect(&d->retry, &QTimer::timeout, this, [this] { d->attempt(); });
    connect(&d->limit, &QTimer::timeout, this, [this] { d->endOfLimit(); });
    connect(&d->watchdog, &ConnectionWatchdog::foundDead, this, [this] { d->abandon(); });
    connect(&network, &NetworkState::changed, this, [this] {
        if (isConnected()) {
            d->watchdog.checkNow();
        } else if (m_status.state == ConnectionState::Waiting) {
            d->tryAtOnce();
        }
    });
}

SessionService::~SessionService() = default;

void SessionService::setPreparation(std::function<QFuture<void>()> prepare)
{
    d->prepare = std::move(prepare);
}

void SessionService::setTiming(const SessionTiming &timing)
{
    d->timing = timing;
}

void SessionService::setAccount(const Account &account)
{
    const bool wasEnabled = m_account.isEnabled;
    m_account = account;
    d->storedPassword.clear(); // it may be another one now
    if (wasEnabled && !account.isEnabled) {
        goOffline();
    } else if (!wasEnabled && account.isEnabled) {
        goOnline();
    }
}

void SessionService::setRecording(bool isRecording)
{
    d->wire.setRecording(isRecording);
}

bool SessionService::isGuarded() const
{
    return d->wire.isGuarded();
}

Jid SessionService::boundJid() const
{
    return d->wire.boundJid();
}

void SessionService::goOnline()
{
    if (!m_account.isEnabled || d->isWanted) {
        return;
    }
    d->isWanted = true;
    d->tryAtOnce();
}

void SessionService::goOffline()
{
    d->isWanted = false;
    d->triesAtOnce = false;
    d->retry.stop();
    d->leave(StreamState::Closing);
    d->setStatus(ConnectionState::Offline);
}

void SessionService::retryNow(const QString &password)
{
    if (!password.isEmpty()) {
        d->givenPassword = password;
    }
    if (!m_account.isEnabled || isConnected()) {
        return;
    }
    d->isWanted = true;
    d->tryAtOnce();
}

void SessionService::setPresence(const Presence &presence)
{
    if (!presence.isAvailable()) {
        goOffline();
        return;
    }
    m_presence = presence;
    if (isConnected()) {
        d->wire.setPresence(presence);
    }
}

void SessionService::setWindowActive(bool active)
{
    d->isActive = active;
    if (isConnected()) {
        d->wire.setActive(active);
    }
}

void SessionService::Private::setStatus(ConnectionState state, const Error &error, const QDateTime &nextTry)
{
    ConnectionStatus &status = q.m_status;
    if (status.state == state && state != ConnectionState::Waiting && state != ConnectionState::Failed) {
        return;
    }
    status.state = state;
    status.error = error;
    status.nextTry = nextTry;
    status.since = timing.now();
    status.certificate = error.kind == ErrorKind::Certificate ? certificate : CertificateProblem();
    Q_EMIT q.statusChanged(status);
}

void SessionService::Private::attempt()
{
    retry.stop();
    if (stream != StreamState::Closed) {
        triesAtOnce = true; // the former stream is not gone yet
        return;
    }
    triesAtOnce = false;
    certificate = {};
    const int current = ++generation;
    setStatus(ConnectionState::Connecting);
    if (q.m_account.asksForPassword) {
        givenPassword.isEmpty() ? needPassword({ErrorKind::Authentication, u"the password is asked each time"_s})
                                : open(givenPassword);
        return;
    }
    if (!storedPassword.isEmpty()) {
        open(storedPassword);
        return;
    }
    whenDone(secrets.password(q.m_account.jid), &q, [this, current](const Result<QString> &stored) {
        if (current != generation || !isWanted) {
            return;
        }
        storedPassword = stored ? *stored : QString();
        const QString &password = storedPassword.isEmpty() ? givenPassword : storedPassword;
        password.isEmpty() ? needPassword(stored ? Error{ErrorKind::Authentication, u"the password is empty"_s}
                                                 : Error{ErrorKind::Authentication, stored.error().detail})
                           : open(password);
    });
}

void SessionService::Private::open(const QString &password)
{
    SessionSettings settings;
    settings.jid = q.m_account.jid;
    settings.password = password;
    settings.host = q.m_account.host;
    settings.port = q.m_account.port;
    settings.trustedCertificate = q.m_account.trustedCertificate;
    settings.presence = q.m_presence;
    stream = StreamState::Opening;
    limit.start(timing.attemptLimit);
    wire.open(settings);
}

void SessionService::Private::needPassword(const Error &why)
{
    isWanted = false;
    setStatus(ConnectionState::Failed, why);
    Q_EMIT q.passwordNeeded();
}

void SessionService::Private::waitForRetry(const Error &error, std::chrono::milliseconds delay)
{
    retry.start(delay);
    setStatus(ConnectionState::Waiting, error, timing.now().addMSecs(delay.count()));
}

// One attempt at a time: a stream that is being dropped has to be gone first.
void SessionService::Private::tryAtOnce()
{
    backoff.reset();
    if (stream == StreamState::Closed) {
        attempt();
    } else if (stream == StreamState::Closing) {
        triesAtOnce = true;
        setStatus(ConnectionState::Connecting);
    }
}

void SessionService::Private::leave(StreamState how)
{
    if (stream != StreamState::Opening && stream != StreamState::Open) {
        ++generation; // a password may be on its way
        return;
    }
    const bool wasOpen = hadStream();
    stream = how;
    ++generation;
    watchdog.stop();
    limit.start(timing.closeLimit);
    if (wasOpen) {
        Q_EMIT q.lost();
    }
    isWanted ? wire.abort() : wire.close();
}

// The wire did not say in time how an attempt or a goodbye ended.
void SessionService::Private::endOfLimit()
{
    if (stream == StreamState::Opening) {
        qCInfo(lcSession) << "no answer to an attempt to connect";
        stream = StreamState::Closing;
        ++generation;
        limit.start(timing.closeLimit);
        waitForRetry({ErrorKind::Timeout, u"no answer to the attempt to connect"_s}, backoff.next(timing));
        wire.abort();
    } else if (stream == StreamState::Closing) {
        handleDisconnected({ErrorKind::Timeout, u"the connection did not close"_s});
    }
}

// The watchdog found the connection dead: dropped without a word, so that it can be resumed, and tried at once.
void SessionService::Private::abandon()
{
    qCInfo(lcSession) << "the connection gives no sign of life";
    backoff.reset();
    triesAtOnce = true;
    leave(StreamState::Closing);
    if (stream != StreamState::Closed && isWanted) {
        setStatus(ConnectionState::Connecting);
    }
}

void SessionService::Private::handleConnected(bool resumed)
{
    if (stream != StreamState::Opening || !isWanted) {
        return;
    }
    stream = StreamState::Open;
    limit.stop();
    connectedAt = timing.now();
    watchdog.start(timing);
    const int current = ++generation;
    wire.setActive(isActive);
    setStatus(resumed ? ConnectionState::Online : ConnectionState::CatchingUp);
    if (current == generation) {
        Q_EMIT q.connected(resumed);
    }
    if (!resumed && current == generation) {
        prepareThenOnline();
    }
}

void SessionService::Private::prepareThenOnline()
{
    if (!prepare) {
        setStatus(ConnectionState::Online);
        return;
    }
    const int current = generation;
    auto *watcher = new QFutureWatcher<void>(&q);
    // finished() also comes for a future that was given up: Online follows whatever the result
    connect(watcher, &QFutureWatcher<void>::finished, &q, [this, watcher, current] {
        watcher->deleteLater();
        if (current == generation && hadStream()) {
            setStatus(ConnectionState::Online);
        }
    });
    watcher->setFuture(prepare());
}

void SessionService::Private::handleDisconnected(const Error &error)
{
    const StreamState before = stream;
    if (before == StreamState::Closed) {
        return;
    }
    stream = StreamState::Closed;
    limit.stop();
    watchdog.stop();
    ++generation;
    if (before == StreamState::Open) {
        if (connectedAt.msecsTo(timing.now()) >= timing.goodConnection.count()) {
            backoff.reset();
        }
        Q_EMIT q.lost();
    }
    if (stream != StreamState::Closed) {
        return; // somebody tried again already
    }
    if (before == StreamState::Closing) {
        if (isWanted && triesAtOnce) {
            attempt();
        }
        return;
    }
    settleDisconnected(error);
}

void SessionService::Private::settleDisconnected(const Error &error)
{
    if (!isWanted) {
        setStatus(ConnectionState::Offline);
        return;
    }
    switch (error.kind) {
    case ErrorKind::Authentication:
        storedPassword.clear();
        givenPassword.clear();
        [[fallthrough]];
    case ErrorKind::Certificate:
    case ErrorKind::Conflict:
        isWanted = false;
        setStatus(ConnectionState::Failed, error);
        return;
    default:
        waitForRetry(error, backoff.next(timing));
    }
}

} // namespace cumulet
