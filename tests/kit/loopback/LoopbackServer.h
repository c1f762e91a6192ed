#pragma once

#include "domain/Roster.h"
#include "wire/SessionWire.h"
#include "xmpp/XmppOptions.h"

#include <QDomElement>
#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

class QSslSocket;
class QXmppIncomingClient;
class QXmppServer;

namespace cumulet::tests {

/// An element as it is written to a stream.
QString toXml(const QDomElement &element);

/// A small XMPP server in the test's own process and thread (QXmppServer). A login takes some 50 ms. It carries
/// messages and presence between its accounts, keeps rosters, answers pings, and everything else is up to hooks.
/// It has no TLS, no stream management and no archive: those are tested against real servers and ScriptedServer.
class LoopbackServer : public QObject
{
    Q_OBJECT

public:
    /// True: the stanza was answered, nobody else shall see it. from is always set, to too:
    /// to the domain where the client wrote none.
    using Hook = std::function<bool(const QDomElement &stanza)>;

    explicit LoopbackServer(const QString &domain = QStringLiteral("example.org"), QObject *parent = nullptr);
    ~LoopbackServer() override;

    void addAccount(const QString &user, const QString &password = QStringLiteral("secret"));
    /// Listens on a free port of the loopback interface, or again on the one it had.
    bool listen();
    quint16 port() const { return m_port; }
    const QString &domain() const { return m_domain; }
    Jid jid(const QString &user) const;

    /// What a session needs to log in here.
    SessionSettings settingsFor(const QString &user) const;
    static XmppOptions options();

    /// Offers STARTTLS with the self-signed certificate beside this file, from the next listen() on. QXmppServer knows
    /// no mechanism that a client may use then, so a login ends behind TLS.
    void useTls() { m_usesTls = true; }
    static QSslCertificate certificate();

    /// Hooks are asked before the server does anything, the newest first. They answer with send().
    void addHook(Hook hook);
    void setRoster(const QString &user, const QList<RosterItem> &items);
    QList<RosterItem> roster(const QString &user) const { return m_rosters.value(user); }

    /// Writes XML to all sessions of the account, whatever addresses stand in it; cut into writes of chunk bytes
    /// when chunk is not 0.
    void send(const QString &user, const QString &xml, int chunk = 0);
    void sendBytes(const QString &user, const QByteArray &bytes, int chunk = 0);
    /// An empty answer of type result, or one with a payload.
    void answer(const QDomElement &request, const QString &payload = {});
    void answerError(const QDomElement &request, const QString &condition);

    /// Nothing is answered and nothing is carried on any more, or again.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    /// Cuts all connections without a word.
    void dropConnections();
    /// Sends small stanzas at once from now on, where TCP would let the second wait some 40 ms for the first.
    void hurry();
    /// Closes all connections without a word; what was written before still arrives.
    void hangUp();
    /// Drops all connections and refuses new ones until listen().
    void stop();
    /// Full JIDs of the sessions of an account.
    QStringList sessions(const QString &user) const;

Q_SIGNALS:
    void sessionStarted(const QString &fullJid);
    void sessionEnded(const QString &fullJid);
    void stanzaReceived(const QDomElement &stanza);

private:
    QList<QSslSocket *> sockets() const;
    class Passwords;
    class Desk;

    QString answerAddresses(const QDomElement &request) const;
    bool take(const QDomElement &stanza);
    bool takeRoster(const QDomElement &stanza);
    bool takePresence(const QDomElement &stanza);
    QList<QXmppIncomingClient *> streams(const QString &user) const;

    const QString m_domain;
    std::unique_ptr<Passwords> m_passwords;
    std::unique_ptr<QXmppServer> m_server;
    quint16 m_port = 0;
    bool m_isSilent = false;
    bool m_usesTls = false;
    QList<Hook> m_hooks;
    QHash<QString, QList<RosterItem>> m_rosters;
};

} // namespace cumulet::tests
