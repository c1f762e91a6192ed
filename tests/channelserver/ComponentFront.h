// The service behind a real XMPP server.
#pragma once

#include "ChannelService.h"
#include "ComponentSocket.h"

namespace cumulet::channelserver {

/// Connects a service as component, and its topics domain and its directory, if it has them, as further ones. All use
/// one secret.
class ComponentFront : public QObject
{
    Q_OBJECT

public:
    /// The service must outlive the front. domain in the account is ignored, the service's is used.
    ComponentFront(ChannelService *service, ComponentAccount account, QObject *parent = nullptr);

    /// One more component with the same secret, before start(): take gets what comes to that domain.
    ComponentSocket *addFurther(
        const ComponentAccount &account, const QString &domain, std::function<void(const Element &)> take);
    void start();
    /// stopped() follows.
    void stop();

Q_SIGNALS:
    /// All components are connected (again).
    void ready();
    void lost(const QString &why);
    void refused(const QString &why);
    void stopped();

private:
    ComponentSocket *addSocket(ComponentAccount account, const QString &domain);
    void deliver(ComponentSocket *socket, const Outcome &outcome);

    ChannelService *m_service;
    QList<ComponentSocket *> m_sockets;
    QHash<QString, std::function<void(const Element &)>> m_further; // by domain
    int m_running = 0;
};

} // namespace cumulet::channelserver
