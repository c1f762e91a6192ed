// The server's side of XEP-0114, as little of it as the fronts need.
#pragma once

#include "../StanzaReader.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <map>
#include <memory>

namespace cumulet::tests {

/// Listens on a free loopback port and takes every component that knows the secret.
class FakeComponentHost : public QObject
{
    Q_OBJECT

public:
    explicit FakeComponentHost(const QByteArray &secret);
    ~FakeComponentHost() override;

    quint16 port() const { return m_server.serverPort(); }
    int connections() const { return m_connections; }
    QStringList ready() const { return m_ready.keys(); }
    /// Sends bytes to a component, in pieces of that size.
    void send(const QString &domain, const QByteArray &bytes, int piece = 1000);
    void drop(const QString &domain);
    /// Stanzas that came from components.
    QList<channelserver::Element> received() const { return m_received; }
    /// The oldest of them of that name; null if there is none.
    channelserver::Element takeFirst(const QString &name);

private:
    void accept();
    void read(QTcpSocket *socket);
    void takeHandshake(QTcpSocket *socket, const QString &handshake);

    QByteArray m_secret;
    QTcpServer m_server;
    std::map<QTcpSocket *, std::unique_ptr<channelserver::StanzaReader>> m_readers;
    QHash<QTcpSocket *, QString> m_domains;
    QMap<QString, QTcpSocket *> m_ready;
    QList<channelserver::Element> m_received;
    int m_connections = 0;
};

} // namespace cumulet::tests
