#include "kit/loopback/Relay.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

namespace cumulet::tests {

Relay::Relay(quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_serverPort(serverPort)
{
    m_listener.listen(QHostAddress::LocalHost);
    connect(&m_listener, &QTcpServer::newConnection, this, &Relay::pairUp);
}

void Relay::cut()
{
    const auto pairs = std::exchange(m_pairs, {});
    for (const auto &[client, server] : pairs.asKeyValueRange()) {
        m_waiting.remove(client);
        client->abort();
        server->abort();
    }
}

void Relay::pairUp()
{
    while (auto *const client = m_listener.nextPendingConnection()) {
        auto *const server = new QTcpSocket(this);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_pairs.insert(client, server);
        connect(client, &QTcpSocket::readyRead, this, [this, client, server] { passOn(client, server, false); });
        connect(server, &QTcpSocket::readyRead, this, [this, client, server] { passOn(server, client, true); });
        connect(server, &QTcpSocket::connected, this, [this, client, server] {
            server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            passOn(client, server, false);
        });
        const auto forget = [this, client, server] {
            m_pairs.remove(client);
            m_waiting.remove(client);
            client->disconnectFromHost();
            server->disconnectFromHost();
            client->deleteLater();
            server->deleteLater();
        };
        connect(client, &QTcpSocket::disconnected, this, forget);
        connect(server, &QTcpSocket::disconnected, this, forget);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }
}

void Relay::passOn(QTcpSocket *from, QTcpSocket *to, bool isFromServer)
{
    if (to->state() != QAbstractSocket::ConnectedState) {
        return;
    }
    const auto bytes = from->readAll();
    if (m_swallows || (m_isDeaf && !isFromServer)) {
        return;
    }
    if (!isFromServer || m_chunk <= 0) {
        to->write(bytes);
        return;
    }
    auto &waiting = m_waiting[to];
    const bool isIdle = waiting.isEmpty();
    waiting += bytes;
    if (isIdle) {
        writeChunk(to);
    }
}

// one chunk for each turn of the event loop, so that the other side reads them one by one
void Relay::writeChunk(QTcpSocket *to)
{
    auto &waiting = m_waiting[to];
    to->write(waiting.first(qMin<qsizetype>(m_chunk, waiting.size())));
    to->flush();
    waiting.remove(0, m_chunk);
    if (waiting.isEmpty()) {
        m_waiting.remove(to);
    } else {
        QTimer::singleShot(0, to, [this, to] { writeChunk(to); });
    }
}

} // namespace cumulet::tests
