#include "services/channel/ChannelSession.h"

#include "services/channel/ChannelCatchUp.h"
#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"

#include <QLoggingCategory>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcChannelSession, "cumulet.channel", QtInfoMsg)

// stored times are the service's, and clocks differ (buddycloud.md 4.14)
static constexpr auto overlap = 5min;

ChannelSession::ChannelSession(const ChannelParts &parts, ChannelStandings &standings, ChannelIntake &intake,
    ChannelCatchUp &catchUp, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_standings(standings)
    , m_intake(intake)
    , m_catchUp(catchUp)
    , m_patience(parts.timing.firstRetry)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ChannelSession::tryAgain);
    m_silence.setSingleShot(true);
    m_silence.setInterval(parts.timing.silence);
    connect(&m_silence, &QTimer::timeout, this, &ChannelSession::tryAgain);
    connect(&parts.wire, &ChannelWire::serviceAlive, this, &ChannelSession::noteAlive);
    connect(&parts.wire, &ChannelWire::serviceLost, this, &ChannelSession::noteLost);
    connect(&parts.wire, &ChannelWire::postsReceived, this, [this] {
        if (isReady()) {
            m_lastSign = QDateTime::currentDateTimeUtc();
            m_silence.start();
        }
    });
}

Future<Done> ChannelSession::start(const Jid &remembered)
{
    m_isConnected = true;
    m_patience = m_parts.timing.firstRetry;
    m_intake.drop(); // of the former stream; what it was is read again
    if (!remembered.isEmpty()) {
        m_status.service = remembered;
    }
    return begin();
}

void ChannelSession::setChosen(const Jid &service)
{
    if (m_chosen == service) {
        return;
    }
    m_chosen = service;
    if (m_isConnected) {
        m_intake.drop();
        setState(ChannelServiceStatus::Looking);
        m_status.service = {};
        m_patience = m_parts.timing.firstRetry;
        tryAgain();
    }
}

Future<ChannelServiceAddress> ChannelSession::find()
{
    return m_chosen.isEmpty() ? m_parts.wire.findService(m_status.service) : m_parts.wire.checkService(m_chosen);
}

void ChannelSession::resume()
{
    if (!m_isResumable) { // the former attempt ended with the connection
        whenDone(start(m_status.service), this, [](const Result<Done> &) {});
        return;
    }
    // nothing was lost in between (XEP-0198), and what came first is waiting already
    m_isConnected = true;
    m_isResumable = false;
    m_parts.wire.announcePresence();
    becomeReady({});
}

void ChannelSession::stop()
{
    m_isResumable = isReady() && m_isConnected && !m_isRunning;
    m_isConnected = false;
    m_isRunning = false;
    ++m_run;
    m_retry.stop();
    m_silence.stop();
    m_intake.hold();
    setState(ChannelServiceStatus::Unknown);
}

void ChannelSession::tryAgain()
{
    if (m_isConnected) {
        whenDone(begin(), this, [](const Result<Done> &) {});
    }
}

Future<Done> ChannelSession::begin()
{
    const auto run = ++m_run;
    m_retry.stop();
    m_silence.stop();
    m_lastAttempt.start();
    m_isFound = false;
    m_isRunning = true;
    m_isResumable = false;
    m_intake.hold(); // before news can come
    if (!isReady() && m_status.state != ChannelServiceStatus::None) {
        setState(ChannelServiceStatus::Looking);
    }
    auto known =
        andThen(m_standings.load(), this, [this](Done) { return m_parts.store.newestPublished(m_parts.account); });
    auto found = andThen(known, this, [this](const QDateTime &newest) {
        m_since = newest.isValid() ? newest.addDuration(-overlap) : QDateTime();
        if (m_since.isValid() && m_lastSign.isValid()) {
            // our own posts move the newest time too, and prove nothing
            m_since = std::min(m_since, m_lastSign.addDuration(-overlap));
        }
        return find();
    });
    const auto ifCurrent = [this, run](auto step) {
        return [this, run, step](
                   const auto &value) { return run == m_run ? step(value) : failed<Done>({ErrorKind::Canceled, {}}); };
    };
    auto reached =
        andThen(found, this, ifCurrent([this](const ChannelServiceAddress &address) { return reach(address); }));
    auto registered = andThen(reached, this, ifCurrent([this](Done) { return registerOnce(); }));
    auto known2 = andThen(registered, this, ifCurrent([this](Done) { return readStandings(); }));
    auto done = andThen(known2, this, ifCurrent([this](Done) { return catchUp(); }));
    return eitherWay(done, this, [this, run](const Result<Done> &result) {
        ended(run, result);
        return result;
    });
}

Future<Done> ChannelSession::reach(const ChannelServiceAddress &address)
{
    m_isFound = true;
    m_status.service = address.service;
    m_status.topicsDomain = address.topicsDomain;
    m_parts.wire.setService(address.service);
    m_parts.wire.announcePresence();
    return ready(Done{});
}

// Once per account: our own channel is stored from then on (buddycloud.md 3.1).
Future<Done> ChannelSession::registerOnce()
{
    if (m_standings.isKnown(NodeId::of(m_parts.ownJid))) {
        return ready(Done{});
    }
    auto registered = m_parts.wire.registerAccount();
    return eitherWay(registered, this, [](const Result<Done> &result) -> Result<Done> {
        // following and posting elsewhere work without; only silence is a failure of the service
        const bool isRefused = !result && result.error().kind != ErrorKind::Timeout
            && result.error().kind != ErrorKind::Offline && result.error().kind != ErrorKind::Unreachable;
        if (isRefused) {
            qCWarning(lcChannelSession, "not registered: %s", qUtf8Printable(result.error().detail));
            return Done{};
        }
        return result;
    });
}

Future<Done> ChannelSession::readStandings()
{
    const bool wasKnown = m_standings.isKnown(NodeId::of(m_parts.ownJid));
    return andThen(m_standings.refresh(), this, [this, wasKnown](const QList<NodeId> &appeared) -> Future<Done> {
        m_appeared = appeared;
        if (!wasKnown || m_standings.isKnown(NodeId::of(m_parts.ownJid))) {
            return ready(Done{});
        }
        // our channel was there and is missing now: registering makes it again
        return andThen(registerOnce(), this, [this](Done) {
            return andThen(m_standings.refresh(), this, [this](const QList<NodeId> &more) -> Result<Done> {
                m_appeared += more;
                return Done{};
            });
        });
    });
}

Future<Done> ChannelSession::catchUp()
{
    return m_catchUp.run(m_since, m_appeared);
}

void ChannelSession::ended(int run, const Result<Done> &result)
{
    if (run != m_run) {
        return;
    }
    m_isRunning = false;
    if (!result) {
        // a service that we know is only away: its server answers for it that it is not there
        if (result.error().kind == ErrorKind::NotFound && !m_isFound && m_status.service.isEmpty()) {
            setState(ChannelServiceStatus::None, result.error());
            m_retry.start(m_parts.timing.longestRetry);
            return;
        }
        qCInfo(lcChannelSession, "channel service: %s", qUtf8Printable(result.error().detail));
        setState(ChannelServiceStatus::Unavailable, result.error());
        m_retry.start(m_patience);
        m_patience = std::min(m_patience * 2, m_parts.timing.longestRetry);
        return;
    }
    m_patience = m_parts.timing.firstRetry;
    becomeReady(m_appeared);
}

void ChannelSession::becomeReady(const QList<NodeId> &appeared)
{
    m_lastSign = QDateTime::currentDateTimeUtc();
    m_silence.start();
    if (!m_intake.release()) {
        tryAgain(); // more came than was kept: what was dropped is read again
        return;
    }
    setState(ChannelServiceStatus::Ready);
    Q_EMIT caughtUp(appeared);
}

void ChannelSession::setState(ChannelServiceStatus::State state, const Error &error)
{
    if (m_status.state != state || m_status.error != error) {
        m_status.state = state;
        m_status.error = error;
        Q_EMIT statusChanged(m_status);
    }
}

void ChannelSession::noteAlive()
{
    // An error is an answer too, and must not set off the next attempt at once.
    const bool wasSilent = m_status.error.kind == ErrorKind::Timeout || m_status.error.kind == ErrorKind::Unreachable;
    if (m_isConnected && m_status.state == ChannelServiceStatus::Unavailable && wasSilent
        && m_lastAttempt.durationElapsed() > m_parts.timing.firstRetry / 10) {
        tryAgain();
    }
}

void ChannelSession::noteLost()
{
    if (!m_isConnected || m_status.state != ChannelServiceStatus::Ready) {
        return;
    }
    ++m_run;
    m_silence.stop();
    m_intake.hold();
    setState(ChannelServiceStatus::Unavailable, {ErrorKind::Unreachable, u"the service went away"_s});
    m_retry.start(m_patience);
}

} // namespace cumulet
