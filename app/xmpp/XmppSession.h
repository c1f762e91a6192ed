#pragma once

#include "wire/SessionWire.h"
#include "xmpp/SessionConfiguration.h"

#include <chrono>
#include <memory>
#include <optional>

class QSslError;
class QSslSocket;
class QTimer;
class QXmppClient;
class QXmppOutgoingClient;
struct QXmppError;

namespace cumulet {

class StreamGuard;
class StreamRecorder;

/// SessionWire with QXmpp: owns the QXmppClient that all wires of the account share.
class XmppSession : public SessionWire
{
    Q_OBJECT

public:
    /// How long a login may take.
    static constexpr std::chrono::seconds attemptLimit{30};
    /// How long a goodbye may take, ours or that of a server that reported an error.
    static constexpr std::chrono::seconds goodbyeLimit{3};

    explicit XmppSession(XmppOptions options, QObject *parent = nullptr);
    ~XmppSession() override;

    void open(const SessionSettings &settings) override;
    void close() override;
    void abort() override;
    Future<Done> ping() override;
    void setPresence(const Presence &presence) override;
    void setActive(bool active) override;
    Jid boundJid() const override { return m_boundJid; }
    bool isGuarded() const override;
    void setRecording(bool isRecording) override;

    QXmppClient *client() const { return m_client.get(); }
    EffectiveSettings effectiveSettings() const { return readBack(*m_client); }

private:
    enum class Phase { Idle, Opening, Open, Closing };

    void addExtensions();
    void connectSignals();
    bool accept(const QString &element);
    void onConnected();
    void onCertificateErrors(const QList<QSslError> &errors);
    void onStreamViolation(const Error &error);
    void noteError(const QXmppError &error);
    void onSocketStateChanged();
    void endIfUnconnected();
    void end();
    Error causeOfEnd() const;

    const XmppOptions m_options;
    std::unique_ptr<QXmppClient> m_client;
    QXmppOutgoingClient *m_stream = nullptr;
    QSslSocket *m_socket = nullptr;
    StreamGuard *m_guard = nullptr;
    std::unique_ptr<StreamRecorder> m_recorder; ///< only while somebody wants to see
    QTimer *m_limit = nullptr;

    Phase m_phase = Phase::Idle;
    int m_attempt = 0;
    bool m_isTellingEnd = false; ///< disconnected() is being emitted
    SessionSettings m_settings;
    std::optional<SessionSettings> m_next; ///< opened when the goodbye is over
    QString m_resource;
    Jid m_boundJid;
    std::optional<Error> m_error; ///< the first cause of the end of this attempt
    std::optional<CertificateProblem> m_certificate;
    bool m_wasEncrypted = false;
    bool m_wasReached = false; ///< the TCP connection stood
};

} // namespace cumulet
