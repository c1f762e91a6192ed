#include "kit/ChoppyRelay.h"

#include <QPointer>
#include <QTcpSocket>
#include <QTimer>

namespace cumulet::tests {

ChoppyRelay::ChoppyRelay(const QString &serverAddress, quint16 serverPort, QObject *parent)
    : QObject(parent)
    , m_serverAddress(serverAddress)
    , m_serverPort(serverPort)
{
    m_listener.listen(QHostAddress::LocalHost);
    m_port = m_listener.serverPort();
    connect(&m_listener, &QTcpServer::newConnection, this, &ChoppyRelay::pairUp);
}

ChoppyRelay::~ChoppyRelay()
{
    // the sockets still live when the members they would report to are gone
    const auto ours = findChildren<QTcpSocket *>() + m_listener.findChildren<QTcpSocket *>();
    for (auto *const socket : ours) {
        socket->disconnect(this);
    }
}

void ChoppyRelay::setRefusing(bool refuses)
{
    if (refuses) {
        m_listener.close();
    } else if (!m_listener.isListening()) {
        m_listener.listen(QHostAddress::LocalHost, m_port);
    }
}

void ChoppyRelay::cut()
{
    const auto pairs = std::exchange(m_pairs, {});
    for (const auto &[client, server] : pairs.asKeyValueRange()) {
        client->abort();
        server->abort();
    }
    if (!pairs.isEmpty()) {
        Q_EMIT connectionCut();
    }
}

void ChoppyRelay::pairUp()
{
    while (auto *const client = m_listener.nextPendingConnection()) {
        auto *const server = new QTcpSocket(this);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_pairs.insert(client, server);
        connect(client, &QTcpSocket::readyRead, this, [this, client, server] { read(client, server, Side::Client); });
        connect(server, &QTcpSocket::readyRead, this, [this, client, server] { read(server, client, Side::Server); });
        connect(server, &QTcpSocket::connected, this, [this, client, server] {
            server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            read(client, server, Side::Client);
        });
        const auto forget = [this, client, server] {
            m_pairs.remove(client);
            client->disconnectFromHost();
            server->disconnectFromHost();
            client->deleteLater();
            server->deleteLater();
        };
        connect(client, &QTcpSocket::disconnected, this, forget);
        connect(server, &QTcpSocket::disconnected, this, forget);
        connect(server, &QTcpSocket::errorOccurred, this, forget);
        server->connectToHost(m_serverAddress, m_serverPort);
        Q_EMIT connectionMade();
    }
}

void ChoppyRelay::read(QTcpSocket *from, QTcpSocket *to, Side side)
{
    if (to->state() != QAbstractSocket::ConnectedState) {
        return; // read when it is
    }
    const auto bytes = from->readAll();
    const auto &flow = m_flows[int(side)];
    if (flow.swallows || bytes.isEmpty()) {
        return;
    }
    if (flow.delay == 0) {
        passOn(to, side, bytes);
        return;
    }
    QTimer::singleShot(flow.delay, to, [this, to, side, bytes] { passOn(to, side, bytes); });
}

void ChoppyRelay::passOn(QTcpSocket *to, Side side, QByteArray bytes)
{
    auto &flow = m_flows[int(side)];
    const bool isLast = flow.cutAt >= 0 && flow.passed + bytes.size() >= flow.cutAt;
    if (isLast) {
        bytes.truncate(flow.cutAt - flow.passed);
        flow.cutAt = -1;
    }
    flow.passed += bytes.size();
    const qsizetype step = flow.pieces > 0 ? flow.pieces : qMax<qsizetype>(bytes.size(), 1);
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        to->write(bytes.mid(at, step));
        to->flush();
    }
    if (isLast) {
        cut(); // what was written has left this process: the other side may still read it
    }
}

} // namespace cumulet::tests
