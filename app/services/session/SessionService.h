#pragma once

#include "domain/Account.h"
#include "domain/Presence.h"
#include "domain/StreamRecord.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace cumulet {

class NetworkState;
class SecretStore;
class SessionWire;
struct SessionTiming;

/// Keeps one account connected: the only one that decides when to try again. Back-off from 1 s doubling to 5 min with
/// jitter, at once when the network is back or the machine woke up; never by itself after a wrong password, an untrusted
/// certificate or a conflict. A watchdog pings a silent connection and drops a dead one, keeping resumption.
/// The order of steps at login: connect, then prepare() (catch-up), then Online.
class SessionService : public QObject
{
    Q_OBJECT

public:
    /// prepare is called after each login that did not resume; state Online follows when it is done, whatever its result.
    SessionService(const Account &account, SessionWire &wire, SecretStore &secrets, NetworkState &network,
        QObject *parent = nullptr);
    ~SessionService() override;

    void setPreparation(std::function<QFuture<void>()> prepare);
    /// Other waiting times, clock and dice, for tests; SessionTiming::real() otherwise.
    void setTiming(const SessionTiming &timing);

    const Account &account() const { return m_account; }
    /// The account's settings changed (password, host, certificate exception): used from the next attempt on.
    void setAccount(const Account &account);

    const ConnectionStatus &status() const { return m_status; }
    bool isOnline() const { return m_status.state == ConnectionState::Online; }
    /// Logged in, though maybe still catching up: requests may be sent.
    bool isConnected() const { return isOnline() || m_status.state == ConnectionState::CatchingUp; }
    /// Whether incoming text is safe from damage on read boundaries (the stream guard works).
    bool isGuarded() const;
    Jid boundJid() const;

    void goOnline();
    void goOffline();
    /// Tries now instead of at nextTry. password: used for this and later attempts, without keeping it.
    void retryNow(const QString &password = {});

    const Presence &presence() const { return m_presence; }
    void setPresence(const Presence &presence);
    void setWindowActive(bool active);
    /// Whether recorded() tells what goes over the stream after the login.
    void setRecording(bool isRecording);

Q_SIGNALS:
    void statusChanged(const cumulet::ConnectionStatus &status);
    /// A new stream (resumed: the former one went on). Comes before preparation.
    void connected(bool resumed);
    /// The stream is gone; what was under way has an unknown outcome.
    void lost();
    /// There is no stored password for this account: ask the user and call retryNow(password).
    void passwordNeeded();
    void recorded(const cumulet::StreamRecord &record);

private:
    struct Private;
    Account m_account;
    ConnectionStatus m_status;
    Presence m_presence;
    std::unique_ptr<Private> d;
};

} // namespace cumulet
