#include "ComponentFront.h"

#include <algorithm>

namespace cumulet::channelserver {

ComponentFront::ComponentFront(ChannelService *service, ComponentAccount account, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
    const auto channels = addSocket(account, service->settings().domain);
    connect(channels, &ComponentSocket::stanzaReceived, this,
        [this, channels](const Element &stanza) { deliver(channels, m_service->receive(stanza)); });
    // presences that came through a lost connection may be out of date; clients announce themselves again
    connect(channels, &ComponentSocket::lost, this, [this] { m_service->forgetPresence(); });
    if (!service->settings().topicsDomain.isEmpty()) {
        const auto topics = addSocket(account, service->settings().topicsDomain);
        connect(topics, &ComponentSocket::stanzaReceived, this,
            [this, topics](const Element &stanza) { deliver(topics, m_service->receiveForTopics(stanza)); });
    }
}

ComponentSocket *ComponentFront::addSocket(ComponentAccount account, const QString &domain)
{
    account.domain = domain;
    const auto socket = new ComponentSocket(account, this);
    m_sockets.append(socket);
    connect(socket, &ComponentSocket::lost, this, &ComponentFront::lost);
    connect(socket, &ComponentSocket::refused, this, &ComponentFront::refused);
    connect(socket, &ComponentSocket::ready, this, [this] {
        if (std::ranges::all_of(m_sockets, &ComponentSocket::isReady))
            Q_EMIT ready();
    });
    connect(socket, &ComponentSocket::stopped, this, [this] {
        if (--m_running == 0)
            Q_EMIT stopped();
    });
    return socket;
}

void ComponentFront::start()
{
    m_running = int(m_sockets.size());
    for (const auto socket : std::as_const(m_sockets))
        socket->start();
}

void ComponentFront::stop()
{
    for (const auto socket : std::as_const(m_sockets))
        socket->stop();
}

void ComponentFront::deliver(ComponentSocket *socket, const Outcome &outcome)
{
    if (outcome.delay > 0) {
        auto late = outcome;
        late.delay = 0;
        QTimer::singleShot(outcome.delay, socket, [this, socket, late] { deliver(socket, late); });
        return;
    }
    for (const auto &stanza : outcome.stanzas)
        socket->send(stanza);
    if (outcome.endsStream)
        socket->breakOff(m_service->settings().behaviour.restartDelay);
}

} // namespace cumulet::channelserver
