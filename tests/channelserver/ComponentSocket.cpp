#include "ComponentSocket.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int firstPause = 200;
static constexpr int longestPause = 5000;

ComponentSocket::ComponentSocket(const ComponentAccount &account, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_nextPause(firstPause)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_socket.connectToHost(m_account.host, m_account.port); });
    connect(&m_socket, &QTcpSocket::connected, this, &ComponentSocket::openStream);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ComponentSocket::read);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ComponentSocket::disconnected);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_why.isEmpty())
            m_why = m_socket.errorString();
        // a connection that was never made does not say that it is gone
        if (m_socket.state() == QAbstractSocket::UnconnectedState)
            disconnected();
    });
}

ComponentSocket::~ComponentSocket()
{
    m_socket.disconnect(this); // it closes when it goes, which is nobody's business any more
}

void ComponentSocket::start()
{
    m_isStopped = false;
    m_pause.start(0);
}

void ComponentSocket::stop()
{
    m_isStopped = true;
    m_pause.stop();
    if (m_socket.state() == QAbstractSocket::UnconnectedState) {
        Q_EMIT stopped();
        return;
    }
    if (m_reader)
        m_socket.write("</stream:stream>");
    m_socket.disconnectFromHost();
}

void ComponentSocket::breakOff(int pause)
{
    m_nextPause = pause;
    m_why = u"broken off"_s;
    m_socket.abort();
}

void ComponentSocket::send(const Element &stanza)
{
    if (m_isReady)
        m_socket.write(stanza.toXml().toUtf8());
}

void ComponentSocket::openStream()
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_reader = std::make_unique<StanzaReader>();
    m_hasShakenHands = false;
    m_why.clear();
    m_socket.write("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
                   "xmlns:stream='http://etherx.jabber.org/streams' to='"
        + m_account.domain.toHtmlEscaped().toUtf8() + "'>");
}

void ComponentSocket::read()
{
    if (!m_reader)
        return;
    if (!m_reader->feed(m_socket.readAll())) {
        m_why = u"the server sent what is not XML: "_s + m_reader->errorText();
        m_socket.abort();
        return;
    }
    if (!m_hasShakenHands && !m_reader->streamId().isEmpty()) {
        m_hasShakenHands = true;
        QCryptographicHash hash(QCryptographicHash::Sha1);
        hash.addData(m_reader->streamId().toUtf8() + m_account.secret);
        m_socket.write("<handshake>" + hash.result().toHex() + "</handshake>");
    }
    const bool hasEnded = m_reader->hasEnded();
    for (const auto &stanza : m_reader->takeStanzas())
        take(stanza);
    if (hasEnded && m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.disconnectFromHost();
}

void ComponentSocket::take(const Element &stanza)
{
    if (stanza.name() == "handshake"_L1) {
        m_isReady = true;
        m_nextPause = firstPause;
        Q_EMIT ready();
    } else if (stanza.name() == "error"_L1) {
        const auto conditions = stanza.children();
        m_why =
            u"the server ended the stream: "_s + (conditions.isEmpty() ? u"no reason"_s : conditions.first().name());
        if (!stanza.child(u"not-authorized"_s).isNull() && !m_isReady) {
            m_isStopped = true;
            Q_EMIT refused(u"%1:%2 does not accept the secret for %3"_s.arg(m_account.host)
                    .arg(m_account.port)
                    .arg(m_account.domain));
        }
    } else {
        Q_EMIT stanzaReceived(stanza);
    }
}

void ComponentSocket::disconnected()
{
    m_isReady = false;
    m_reader.reset();
    if (m_isStopped) {
        Q_EMIT stopped();
        return;
    }
    if (m_pause.isActive())
        return;
    m_pause.start(m_nextPause);
    m_nextPause = std::clamp(m_nextPause * 2, firstPause, longestPause);
    Q_EMIT lost(m_why.isEmpty() ? u"the server closed the connection"_s : m_why);
    m_why.clear();
}

} // namespace cumulet::channelserver
