#include "services/session/ConnectionWatchdog.h"

#include "wire/SessionWire.h"

namespace cumulet {

ConnectionWatchdog::ConnectionWatchdog(SessionWire &wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{
    m_silence.setSingleShot(true);
    m_silence.setTimerType(Qt::CoarseTimer);
    m_limit.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &ConnectionWatchdog::checkSilence);
    connect(&m_limit, &QTimer::timeout, this, &ConnectionWatchdog::foundDead);
    connect(&m_wire, &SessionWire::alive, this, &ConnectionWatchdog::noteAlive);
}

void ConnectionWatchdog::start(const SessionTiming &timing)
{
    m_timing = timing;
    m_lastByte.start();
    m_limit.stop();
    m_silence.start(m_timing.silence);
}

void ConnectionWatchdog::stop()
{
    ++m_ping;
    m_silence.stop();
    m_limit.stop();
}

void ConnectionWatchdog::checkNow()
{
    ping(m_timing.quickPingLimit);
}

void ConnectionWatchdog::noteAlive()
{
    // only the clock: restarting a timer at each read would cost more than the reading
    m_lastByte.start();
    m_limit.stop();
}

void ConnectionWatchdog::checkSilence()
{
    const auto silent = std::chrono::milliseconds(m_lastByte.elapsed());
    if (silent < m_timing.silence) {
        m_silence.start(m_timing.silence - silent);
        return;
    }
    ping(m_timing.pingLimit);
    m_silence.start(m_timing.silence);
}

void ConnectionWatchdog::ping(std::chrono::milliseconds limit)
{
    const int number = ++m_ping;
    m_limit.start(limit);
    whenDone(m_wire.ping(), this, [this, number](const Result<Done> &answer) {
        if (number != m_ping || !m_limit.isActive()) {
            return;
        }
        m_limit.stop();
        if (!answer) {
            Q_EMIT foundDead();
        }
    });
}

} // namespace cumulet
