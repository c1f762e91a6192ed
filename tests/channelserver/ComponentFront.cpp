#include "ComponentFront.h"

#include "Address.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

ComponentFront::ComponentFront(ChannelService *service, ComponentAccount account, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
    addSocket(account, service->settings().domain);
    for (const auto &domain : {service->settings().topicsDomain, service->settings().directoryDomain}) {
        if (!domain.isEmpty())
            addSocket(account, domain);
    }
}

ComponentSocket *ComponentFront::addSocket(ComponentAccount account, const QString &domain)
{
    account.domain = domain;
    const auto socket = new ComponentSocket(account, this);
    m_sockets.append(socket);
    // ejabberd sends what is for one of its component's domains over any of the connections that know their secret
    connect(socket, &ComponentSocket::stanzaReceived, this, [this, socket](const Element &stanza) {
        if (const auto take = m_further.value(Address::fromText(stanza.attribute(u"to"_s)).domain))
            take(stanza);
        else
            deliver(socket, m_service->receiveForAny(stanza));
    });
    // presences that came through a lost connection may be out of date; clients announce themselves again
    connect(socket, &ComponentSocket::lost, this, [this] { m_service->forgetPresence(); });
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

ComponentSocket *ComponentFront::addFurther(
    const ComponentAccount &account, const QString &domain, std::function<void(const Element &)> take)
{
    m_further.insert(domain, std::move(take));
    return addSocket(account, domain);
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
