#pragma once

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QTcpServer>

#include <functional>
#include <memory>

class QTcpSocket;

namespace cumulet {
class StanzaCutter;
}

namespace cumulet::tests {

/// One XMPP stream without TLS, said word for word: for what a well-behaved server never does, and for stream
/// management (XEP-0198), which QXmppServer has not.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedServer(QObject *parent = nullptr);
    ~ScriptedServer() override;

    quint16 port() const { return m_listener.serverPort(); }

    bool hasStreamManagement = true;
    bool resumes = true; ///< answers <resume/> with <resumed/>
    bool acknowledges = true; ///< answers <r/>
    QString version = QStringLiteral(" version='1.0'"); ///< attribute of the stream header
    QString firstFeatures = QStringLiteral(
        "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>");
    /// Sees each element first; true: nothing else is answered.
    std::function<bool(const QString &element)> hook;

    /// Everything the client said, whole elements, over all connections.
    const QStringList &elements() const { return m_elements; }
    qsizetype count(const QString &part) const;
    /// Stanzas counted since <enable/>.
    quint32 handled() const { return m_handled; }

    void send(const QByteArray &xml);
    void cut();

private:
    void accept();
    void read();
    void answer(const QString &element);
    void sendHeader();

    QTcpServer m_listener;
    QTcpSocket *m_socket = nullptr;
    std::unique_ptr<StanzaCutter> m_cutter;
    QStringList m_elements;
    bool m_isAuthenticated = false;
    quint32 m_handled = 0;
};

} // namespace cumulet::tests
