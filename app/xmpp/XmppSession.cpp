#include "xmpp/XmppSession.h"

#include "xmpp/Namespaces.h"
#include "xmpp/PresenceCodec.h"
#include "xmpp/SessionConfiguration.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/StreamGuard.h"
#include "xmpp/StreamRecorder.h"
#include "xmpp/Tasks.h"

#include <QXmppCarbonManagerV2.h>
#include <QXmppClient.h>
#include <QXmppDiscoveryManager.h>
#include <QXmppOutgoingClient.h>
#include <QXmppPingIq.h>
#include <QXmppVersionManager.h>

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

Q_LOGGING_CATEGORY(log, "cumulet.xmpp.session")

// the count in <failed xmlns='urn:xmpp:sm:3' h='...'/>, the stanzas that had arrived after all (XEP-0198 section 5)
quint32 handledIn(const QString &failed)
{
    static const QRegularExpression count(uR"(<failed[^>]*\sh=['"](\d+)['"])"_s);
    return count.match(failed).captured(1).toUInt();
}

} // namespace

XmppSession::XmppSession(XmppOptions options, QObject *parent)
    : SessionWire(parent)
    , m_options(std::move(options))
    , m_client(std::make_unique<QXmppClient>(QXmppClient::NoExtensions))
    , m_stream(m_client->findChild<QXmppOutgoingClient *>())
    , m_socket(m_stream->socket())
    , m_guard(new StreamGuard(m_client.get(), this))
    , m_limit(new QTimer(this))
{
    m_client->setLogger(nullptr);
    m_limit->setSingleShot(true);
    // before the extensions, which send things when they hear of a connection
    connectSignals();
    addExtensions();
}

XmppSession::~XmppSession()
{
    // the client says goodbye to its parts while it goes; nobody listens any more
    m_client->disconnect(this);
    m_stream->disconnect(this);
    m_socket->disconnect(this);
    m_guard->disconnect(this);
    delete m_guard;
    m_recorder.reset();
    m_client.reset();
}

void XmppSession::addExtensions()
{
    auto *const discovery = m_client->addNewExtension<QXmppDiscoveryManager>();
    discovery->setClientCapabilitiesNode(u"https://cumulet.im"_s);
    discovery->setClientCategory(u"client"_s);
    discovery->setClientType(u"pc"_s);
    discovery->setClientName(u"Cumulet"_s);
    auto *const version = m_client->addNewExtension<QXmppVersionManager>();
    version->setClientName(u"Cumulet"_s);
    version->setClientVersion(m_options.clientVersion);
    version->setClientOs({});
    m_client->addNewExtension<QXmppCarbonManagerV2>();

    // QXmpp asks but does not answer pings (XEP-0199); only our own server gets an answer
    const auto answerPing = [this](const QDomElement &stanza) {
        if (stanza.tagName() != u"iq" || stanza.attribute(u"type"_s) != u"get"
            || child(stanza, u"ping", ns::ping).isNull()) {
            return false;
        }
        const auto from = stanza.attribute(u"from"_s);
        const auto sender = Jid::parse(from).value_or(Jid());
        if (!from.isEmpty() && sender != m_boundJid.bare() && sender.text() != m_boundJid.domain()) {
            return false;
        }
        QXmppIq pong(QXmppIq::Result);
        pong.setId(stanza.attribute(u"id"_s));
        pong.setTo(from);
        m_client->send(std::move(pong));
        return true;
    };
    m_client->addExtension(new StanzaListener(this, answerPing, {ns::ping.toString()}));
}

void XmppSession::connectSignals()
{
    connect(m_client.get(), &QXmppClient::connected, this, &XmppSession::onConnected);
    connect(m_client.get(), &QXmppClient::disconnected, this, &XmppSession::end);
    connect(m_client.get(), &QXmppClient::errorOccurred, this, &XmppSession::noteError);
    connect(m_client.get(), &QXmppClient::sslErrors, this, &XmppSession::onCertificateErrors);
    connect(m_socket, &QSslSocket::encrypted, this, [this] { m_wasEncrypted = true; });
    connect(m_socket, &QAbstractSocket::connected, this, [this] {
        m_wasReached = true;
        // QXmpp writes a stanza and the request to acknowledge it one after the other: with Nagle's algorithm the
        // second would wait some 40 ms for the TCP acknowledgement of the first
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    });
    connect(m_socket, &QAbstractSocket::stateChanged, this, &XmppSession::onSocketStateChanged);
    connect(m_guard, &StreamGuard::bytesReceived, this, &XmppSession::alive);
    connect(m_guard, &StreamGuard::violated, this, &XmppSession::onStreamViolation);
    m_guard->setFilter([this](const QString &element) { return accept(element); });
    connect(m_limit, &QTimer::timeout, this, [this] {
        if (!m_error) {
            m_error = Error{ErrorKind::Timeout, u"the server did not answer in time"_s};
        }
        abort();
    });
}

bool XmppSession::isGuarded() const
{
    return m_guard->isGuarded();
}

void XmppSession::open(const SessionSettings &settings)
{
    if (m_isTellingEnd) {
        m_next = settings;
        return;
    }
    if (m_phase == Phase::Closing) {
        m_next = settings;
        return;
    }
    if (m_phase != Phase::Idle) {
        qCWarning(log) << "already connecting or connected";
        return;
    }
    m_settings = settings;
    m_phase = Phase::Opening;
    ++m_attempt;
    m_error.reset();
    m_certificate.reset();
    m_wasEncrypted = false;
    m_wasReached = false;
    if (!m_stream->c2sStreamManager().canResume()) {
        m_guard->forgetUnacknowledged();
    }
    m_limit->start(attemptLimit);
    m_client->connectToServer(
        makeConfiguration(m_client->configuration(), settings, m_options), toStanza(settings.presence));
}

void XmppSession::setRecording(bool isRecording)
{
    if (!isRecording) {
        m_recorder.reset();
    } else if (!m_recorder) {
        m_recorder = std::make_unique<StreamRecorder>(*m_client);
        m_recorder->setOpen(m_phase == Phase::Open);
        connect(m_recorder.get(), &StreamRecorder::recorded, this, &SessionWire::recorded);
    }
}

void XmppSession::close()
{
    m_next.reset();
    if (m_phase == Phase::Closing) {
        return;
    }
    if (m_phase == Phase::Idle) {
        Q_EMIT disconnected({ErrorKind::Canceled, {}});
        return;
    }
    m_phase = Phase::Closing;
    m_limit->start(goodbyeLimit);
    m_client->disconnectFromServer();
    endIfUnconnected();
}

void XmppSession::abort()
{
    if (m_phase == Phase::Idle) {
        return;
    }
    if (!m_error) {
        m_error = Error{ErrorKind::Unreachable, u"the connection was given up"_s};
    }
    m_socket->abort();
    end();
}

Future<Done> XmppSession::ping()
{
    QXmppPingIq ping;
    ping.setTo(m_settings.jid.domain());
    return request(m_client.get(), std::move(ping)).then(this, [](const Result<QDomElement> &answer) {
        // also "I do not know pings" is a sign of life
        const bool isDead = !answer
            && (answer.error().kind == ErrorKind::Offline || answer.error().kind == ErrorKind::Timeout
                || answer.error().kind == ErrorKind::Canceled);
        return isDead ? Result<Done>(answer.error()) : Result<Done>(Done{});
    });
}

void XmppSession::setPresence(const Presence &presence)
{
    m_settings.presence = presence;
    if (m_phase != Phase::Open) {
        return;
    }
    if (presence.isAvailable()) {
        m_client->setClientPresence(toStanza(presence));
    } else {
        close();
    }
}

void XmppSession::setActive(bool active)
{
    m_client->setActive(active);
}

void XmppSession::onConnected()
{
    // QXmpp takes a server that offers neither TLS nor a login for one that needs none
    const bool isProtected = m_socket->isEncrypted() || m_options.allowPlainForTests;
    if (!isProtected || !m_stream->isAuthenticated()) {
        m_error = Error{ErrorKind::Unsupported, u"the server offers no way to log in"_s};
        abort();
        return;
    }
    const bool isResumed = m_client->streamManagementState() == QXmppClient::ResumedStream;
    m_phase = Phase::Open;
    if (m_recorder) {
        m_recorder->setOpen(true);
    }
    m_limit->stop();
    m_error.reset();
    m_boundJid = Jid::fromTrusted(m_client->configuration().jid());
    qCInfo(log) << (isResumed ? "resumed" : "connected");
    Q_EMIT connected(isResumed);
}

// Cures that need to see an element before QXmpp does.
bool XmppSession::accept(const QString &element)
{
    if (m_phase == Phase::Idle) {
        return true;
    }
    if (m_client->isConnected()) {
        // after a resumption inside SASL 2 Prosody sends the features again, and QXmpp would begin a second session
        return !element.startsWith("<stream:features"_L1);
    }
    if (element.contains("<failed"_L1) && element.contains("urn:xmpp:sm:"_L1)) {
        m_guard->forgetUnacknowledged(handledIn(element));
    }
    // between binding and <enabled/> QXmpp takes a stanza for an error; the server does not count it yet
    const bool isStanza = element.startsWith("<message"_L1) || element.startsWith("<presence"_L1)
        || (element.startsWith("<iq"_L1) && !element.contains(ns::bind));
    return !isStanza || !m_stream->isAuthenticated();
}

void XmppSession::onCertificateErrors(const QList<QSslError> &errors)
{
    // during the handshake the leaf is known already, and the key behind it is proven by TLS itself
    const auto certificate = m_socket->peerCertificate();
    auto problem = toProblem(certificate, errors);
    if (!certificate.isNull() && !m_settings.trustedCertificate.isEmpty()
        && problem.sha256 == m_settings.trustedCertificate) {
        m_client->configuration().setIgnoreSslErrors(true);
        return;
    }
    m_client->configuration().setIgnoreSslErrors(false);
    m_certificate = std::move(problem);
}

void XmppSession::onStreamViolation(const Error &error)
{
    m_error = error;
    abort();
}

void XmppSession::noteError(const QXmppError &error)
{
    // one loss is reported twice, first by its cause: <stream:error/>, then the socket
    if (!m_error) {
        m_error = toError(error);
        qCInfo(log) << m_error->detail;
    }
    if (m_phase == Phase::Open || m_phase == Phase::Opening) {
        // QXmpp leaves the goodbye to the server
        m_limit->start(goodbyeLimit);
    }
    QMetaObject::invokeMethod(
        this,
        [this, attempt = m_attempt] {
            if (attempt == m_attempt) {
                endIfUnconnected();
            }
        },
        Qt::QueuedConnection);
}

void XmppSession::onSocketStateChanged()
{
    // a name lookup that was running when we gave up has come to its end
    if (m_phase == Phase::Idle && m_socket->state() != QAbstractSocket::UnconnectedState
        && m_socket->state() != QAbstractSocket::ClosingState) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_phase == Phase::Idle) {
                    m_socket->abort();
                }
            },
            Qt::QueuedConnection);
    }
}

void XmppSession::endIfUnconnected()
{
    if (m_socket->state() == QAbstractSocket::UnconnectedState) {
        end();
    }
}

void XmppSession::end()
{
    if (m_phase == Phase::Idle) {
        return;
    }
    const Error cause = causeOfEnd();
    m_phase = Phase::Idle;
    if (m_recorder) {
        m_recorder->setOpen(false);
    }
    m_limit->stop();
    m_boundJid = {};
    m_client->configuration().setIgnoreSslErrors(false);
    qCInfo(log) << "disconnected:" << cause.detail;
    if (cause.kind == ErrorKind::Certificate && m_certificate) {
        Q_EMIT certificateRejected(*m_certificate);
    }
    m_isTellingEnd = true;
    Q_EMIT disconnected(cause);
    m_isTellingEnd = false;
    if (m_next) {
        // we are inside the socket's own goodbye: connected again in here, it would be cleared afterwards
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_phase == Phase::Idle && m_next) {
                    open(*std::exchange(m_next, {}));
                }
            },
            Qt::QueuedConnection);
    }
}

Error XmppSession::causeOfEnd() const
{
    if (m_phase == Phase::Closing) {
        return {ErrorKind::Canceled, {}};
    }
    if (m_certificate && m_phase == Phase::Opening) {
        return {ErrorKind::Certificate, m_certificate->reasons.join(u", "_s)};
    }
    if (m_error) {
        return *m_error;
    }
    if (m_phase == Phase::Opening && m_wasReached && !m_wasEncrypted && !m_options.allowPlainForTests) {
        return {ErrorKind::Unsupported, u"the server offers no encryption"_s};
    }
    return {ErrorKind::Unreachable, u"the connection ended"_s};
}

} // namespace cumulet
