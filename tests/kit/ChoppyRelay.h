#pragma once

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

namespace cumulet::tests {

/// A relay on the loopback interface between a client and any TCP server, on which a test plays a bad network:
/// it cuts, swallows, delays, or delivers byte by byte. Give its port to the client instead of the server's.
class ChoppyRelay : public QObject
{
    Q_OBJECT

public:
    /// Who spoke the bytes.
    enum class Side { Client, Server };

    ChoppyRelay(const QString &serverAddress, quint16 serverPort, QObject *parent = nullptr);
    ~ChoppyRelay() override;

    quint16 port() const { return m_port; }
    /// Connections now open.
    int connections() const { return int(m_pairs.size()); }
    /// Bytes passed on since the beginning.
    qint64 passed(Side from) const { return m_flows[int(from)].passed; }

    /// Passes on in pieces of that many bytes, each in a write of its own; 0: as they came.
    void setPieces(Side from, int bytes) { m_flows[int(from)].pieces = bytes; }
    /// Swallows what that side says, without a word: a dead network. Or lets it through again.
    void setSwallowing(Side from, bool swallows) { m_flows[int(from)].swallows = swallows; }
    /// Holds back what that side says for so many milliseconds.
    void setDelay(Side from, int milliseconds) { m_flows[int(from)].delay = milliseconds; }
    /// Cuts everything as soon as that side has said so many bytes more: the rest is lost.
    void cutAfter(Side from, qint64 bytes) { m_flows[int(from)].cutAt = m_flows[int(from)].passed + bytes; }
    /// Cuts all connections at once.
    void cut();
    /// Refuses new connections, or takes them again, on the same port.
    void setRefusing(bool refuses);

Q_SIGNALS:
    void connectionMade();
    void connectionCut();

private:
    struct Flow
    {
        int pieces = 0;
        bool swallows = false;
        int delay = 0;
        qint64 cutAt = -1;
        qint64 passed = 0;
    };
    void pairUp();
    void read(QTcpSocket *from, QTcpSocket *to, Side side);
    void passOn(QTcpSocket *to, Side side, QByteArray bytes);

    QTcpServer m_listener;
    const QString m_serverAddress;
    const quint16 m_serverPort;
    quint16 m_port = 0;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; ///< client side to server side
    Flow m_flows[2];
};

} // namespace cumulet::tests
