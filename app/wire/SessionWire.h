#pragma once

#include "domain/Account.h"
#include "domain/Async.h"
#include "domain/Presence.h"
#include "domain/StreamRecord.h"

namespace cumulet {

/// Everything needed for one attempt to connect.
struct SessionSettings
{
    Jid jid; ///< bare
    QString password;
    QString host; ///< empty: by SRV records, then the domain itself
    quint16 port = 0;
    QByteArray trustedCertificate; ///< SHA-256 of the one certificate accepted by hand
    QString resourcePrefix = QStringLiteral("Cumulet");
    Presence presence;
};

/// The XMPP stream of one account: one attempt at a time, no reconnecting of its own
/// (that is services/session). TLS is always required.
class SessionWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Connects and logs in; resumes the former stream where the server still has it (XEP-0198).
    /// Answers with connected() or disconnected().
    virtual void open(const SessionSettings &settings) = 0;
    /// Says goodbye and closes; answers with disconnected(Canceled).
    virtual void close() = 0;
    /// Drops the connection without a word, keeping resumption: the watchdog found it dead, or the network changed.
    virtual void abort() = 0;
    /// Asks the server for a sign of life (XEP-0199); a failure means the connection is dead.
    virtual Future<Done> ping() = 0;
    /// Broadcasts our presence.
    virtual void setPresence(const Presence &presence) = 0;
    /// Client state indication (XEP-0352): whether somebody looks at the window.
    virtual void setActive(bool active) = 0;
    /// The full JID of this session; empty when not connected.
    virtual Jid boundJid() const = 0;
    /// False where the stream guard could not be installed: text may be damaged on read boundaries.
    virtual bool isGuarded() const = 0;
    /// Whether recorded() tells what goes over the stream after the login; off at first.
    virtual void setRecording(bool isRecording) = 0;

Q_SIGNALS:
    /// Logged in. resumed: the former stream goes on, nothing needs to be fetched again.
    void connected(bool resumed);
    /// The attempt failed or the connection ended; error.kind Canceled when close() asked for it.
    void disconnected(const cumulet::Error &error);
    /// Comes before disconnected() of kind Certificate.
    void certificateRejected(const cumulet::CertificateProblem &problem);
    /// Some bytes came: the connection is alive.
    void alive();
    void recorded(const cumulet::StreamRecord &record);
};

} // namespace cumulet
