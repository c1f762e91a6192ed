#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

namespace cumulet::tests {

/// A TCP relay on the loopback interface between a client and a server, on which a test can play a bad network.
class Relay : public QObject
{
    Q_OBJECT

public:
    explicit Relay(quint16 serverPort, QObject *parent = nullptr);
    ~Relay() override { cut(); }

    quint16 port() const { return m_listener.serverPort(); }
    /// What the server says arrives in writes of that many bytes; 0: as it came.
    void setChunk(int bytes) { m_chunk = bytes; }
    /// Swallows everything from now on, in both directions: a dead network. Or lets it through again.
    void setSwallowing(bool swallows) { m_swallows = swallows; }
    /// Swallows only what the client says.
    void setDeaf(bool isDeaf) { m_isDeaf = isDeaf; }
    /// Cuts all connections.
    void cut();
    int connections() const { return int(m_pairs.size()); }

private:
    void pairUp();
    void passOn(QTcpSocket *from, QTcpSocket *to, bool isFromServer);
    void writeChunk(QTcpSocket *to);

    QTcpServer m_listener;
    const quint16 m_serverPort;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; ///< client side to server side
    QHash<QTcpSocket *, QByteArray> m_waiting; ///< for the client, not yet written
    int m_chunk = 0;
    bool m_swallows = false;
    bool m_isDeaf = false;
};

} // namespace cumulet::tests
