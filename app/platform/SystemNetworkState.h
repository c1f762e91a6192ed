#pragma once

#include "platform/NetworkState.h"
#include "platform/TimeJump.h"

#include <QElapsedTimer>
#include <QTimer>

namespace cumulet {

/// The machine's network (QNetworkInformation) and sleep (logind over the system bus, or a jump of the clock where there
/// is none). Several signs of one event give one changed().
class SystemNetworkState : public NetworkState
{
    Q_OBJECT

public:
    explicit SystemNetworkState(QObject *parent = nullptr);

private Q_SLOTS:
    void notePrepareForSleep(bool isGoingToSleep);

private:
    void watchNetwork();
    void watchSleep();

    QTimer m_settled; // one event makes several signs within a moment
    QTimer m_clock;
    QElapsedTimer m_steady;
    TimeJump m_jump;
};

} // namespace cumulet
