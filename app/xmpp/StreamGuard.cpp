#include "xmpp/StreamGuard.h"

#include <QXmppClient.h>
#include <QXmppOutgoingClient.h>

#include <QLoggingCategory>
#include <QPointer>
#include <QSslSocket>

#include <dlfcn.h>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

Q_LOGGING_CATEGORY(log, "cumulet.xmpp.guard")

// the names of the Itanium C++ ABI; they hold for QXmpp 1.10
constexpr auto processDataName = "_ZN5QXmpp7Private10XmppSocket11processDataERK7QString";
constexpr auto setAcknowledgedName = "_ZN5QXmpp7Private16StreamAckManager29setAcknowledgedSequenceNumberEj";
constexpr auto resetCacheName = "_ZN5QXmpp7Private16StreamAckManager10resetCacheEv";

template <typename Function> Function lookUp(const char *name)
{
    auto *const found = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
    if (!found) {
        qCWarning(log) << "QXmpp" << QXmppVersion() << "has no" << name;
    }
    return found;
}

// the child of the stream that reads the socket; its class has no installed header
QObject *findReader(QXmppOutgoingClient *stream)
{
    for (QObject *candidate : stream->children()) {
        if (qstrcmp(candidate->metaObject()->className(), "QXmpp::Private::XmppSocket") == 0
            && static_cast<void *>(candidate) == static_cast<void *>(&stream->xmppSocket())) {
            return candidate;
        }
    }
    return nullptr;
}

} // namespace

StreamGuard::StreamGuard(QXmppClient *client, QObject *parent)
    : QObject(parent)
    , m_stream(client->findChild<QXmppOutgoingClient *>())
{
    m_socket = m_stream ? m_stream->socket() : nullptr;
    if (!m_socket) {
        qCWarning(log) << "no stream to guard";
        return;
    }
    m_setAcknowledged = lookUp<SetAcknowledged>(setAcknowledgedName);
    m_resetCache = lookUp<ResetCache>(resetCacheName);
    QObject *const reader = findReader(m_stream);
    const auto processData = lookUp<ProcessData>(processDataName);
    if (!reader || !processData || !QObject::disconnect(m_socket, &QIODevice::readyRead, reader, nullptr)) {
        qCWarning(log) << "the stream is not guarded: text may be damaged on the borders of network reads";
        connect(m_socket, &QIODevice::readyRead, this, &StreamGuard::bytesReceived);
        return;
    }
    m_reader = reader;
    m_processData = processData;
    connect(m_socket, &QAbstractSocket::connected, this, [this] { m_cutter.reset(); });
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] { m_cutter.reset(); });
    connect(m_socket, &QSslSocket::encrypted, this, [this] { m_cutter.reset(); });
    connect(m_socket, &QIODevice::readyRead, this, &StreamGuard::read);
}

void StreamGuard::forgetUnacknowledged(quint32 handled)
{
    if (m_setAcknowledged && m_resetCache) {
        void *const acknowledgements = &m_stream->streamAckManager();
        if (handled > 0) {
            m_setAcknowledged(acknowledgements, handled);
        }
        m_resetCache(acknowledgements);
    }
}

void StreamGuard::read()
{
    Q_EMIT bytesReceived();
    m_cutter.append(m_socket->readAll());
    const QPointer<StreamGuard> self(this);
    while (const auto element = m_cutter.next()) {
        const auto mode = m_socket->mode();
        if (!m_filter || m_filter(*element)) {
            m_processData(m_reader, *element);
        }
        if (!self) {
            return;
        }
        if (m_socket->mode() != mode) {
            // TLS has begun: clear text that came with <proceed/> was put there by somebody else
            const bool isInjected = m_cutter.hasPartial();
            m_cutter.reset();
            if (isInjected) {
                Q_EMIT violated({ErrorKind::Malformed, u"clear text after the start of TLS"_s});
            }
            return;
        }
    }
    if (m_cutter.hasFailed()) {
        const Error error = m_cutter.error();
        m_cutter.reset();
        qCWarning(log) << "the stream is given up:" << error.detail;
        Q_EMIT violated(error);
    }
}

} // namespace cumulet
