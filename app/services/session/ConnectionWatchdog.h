#pragma once

#include "services/session/SessionTiming.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace cumulet {

class SessionWire;

/// Finds out that a connection is dead: after a minute without a byte it asks for a sign of life and waits a little.
/// (A TCP connection whose other end is gone stays open for many minutes.)
class ConnectionWatchdog : public QObject
{
    Q_OBJECT

public:
    explicit ConnectionWatchdog(SessionWire &wire, QObject *parent = nullptr);

    void start(const SessionTiming &timing);
    void stop();
    /// Asks now, with the short limit: the network may have changed under the connection.
    void checkNow();

Q_SIGNALS:
    void foundDead();

private:
    void noteAlive();
    void checkSilence();
    void ping(std::chrono::milliseconds limit);

    SessionWire &m_wire;
    SessionTiming m_timing;
    QElapsedTimer m_lastByte;
    QTimer m_silence;
    QTimer m_limit;
    int m_ping = 0; ///< number of the running ping; answers of older ones do not count
};

} // namespace cumulet
