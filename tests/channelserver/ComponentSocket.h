// One external component of an XMPP server, XEP-0114.
#pragma once

#include "Element.h"
#include "StanzaReader.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace cumulet::channelserver {

/// Where a component connects, and as what.
struct ComponentAccount
{
    QString host;
    quint16 port = 5347;
    QString domain;
    QByteArray secret;
};

/// Keeps the connection: a lost one is made again after a pause that doubles, from 0.2 to 5 seconds.
/// Each stanza is one write.
class ComponentSocket : public QObject
{
    Q_OBJECT

public:
    explicit ComponentSocket(const ComponentAccount &account, QObject *parent = nullptr);
    ~ComponentSocket() override;

    void start();
    /// Ends the stream; stopped() follows when the socket is closed.
    void stop();
    bool isReady() const { return m_isReady; }
    QString domain() const { return m_account.domain; }
    void send(const Element &stanza);
    /// Cuts the connection without a word, and comes back after that time (ms).
    void breakOff(int pause);

Q_SIGNALS:
    void ready();
    void stanzaReceived(const cumulet::channelserver::Element &stanza);
    /// The connection is gone, or could not be made; it is tried again.
    void lost(const QString &why);
    /// The server does not accept the secret; it is not tried again.
    void refused(const QString &why);
    void stopped();

private:
    void openStream();
    void read();
    void take(const Element &stanza);
    void disconnected();

    ComponentAccount m_account;
    QTcpSocket m_socket;
    QTimer m_pause;
    std::unique_ptr<StanzaReader> m_reader;
    QString m_why;
    int m_nextPause = 0;
    bool m_isReady = false;
    bool m_hasShakenHands = false;
    bool m_isStopped = true;
};

} // namespace cumulet::channelserver
