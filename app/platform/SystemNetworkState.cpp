#include "platform/SystemNetworkState.h"

#include <QDBusConnection>
#include <QDateTime>
#include <QNetworkInformation>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

SystemNetworkState::SystemNetworkState(QObject *parent)
    : NetworkState(parent)
{
    m_settled.setSingleShot(true);
    m_settled.setInterval(500ms);
    connect(&m_settled, &QTimer::timeout, this, &NetworkState::changed);
    watchNetwork();
    watchSleep();
}

void SystemNetworkState::watchNetwork()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability)) {
        return;
    }
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, &m_settled,
        [this](QNetworkInformation::Reachability reachability) {
            if (reachability != QNetworkInformation::Reachability::Disconnected) {
                m_settled.start();
            }
        });
    connect(QNetworkInformation::instance(), &QNetworkInformation::transportMediumChanged, &m_settled,
        [this] { m_settled.start(); });
}

void SystemNetworkState::watchSleep()
{
    if (auto bus = QDBusConnection::systemBus(); bus.isConnected()) {
        bus.connect(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, u"org.freedesktop.login1.Manager"_s,
            u"PrepareForSleep"_s, this, SLOT(notePrepareForSleep(bool)));
    }
    m_steady.start();
    m_jump.observe(QDateTime::currentMSecsSinceEpoch(), m_steady.elapsed());
    m_clock.setTimerType(Qt::VeryCoarseTimer);
    m_clock.setInterval(30s);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (m_jump.observe(QDateTime::currentMSecsSinceEpoch(), m_steady.elapsed())) {
            m_settled.start();
        }
    });
    m_clock.start();
}

void SystemNetworkState::notePrepareForSleep(bool isGoingToSleep)
{
    if (!isGoingToSleep) {
        m_settled.start();
    }
}

} // namespace cumulet
