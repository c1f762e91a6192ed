#include "FakeComponentHost.h"

#include <QCryptographicHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;

namespace cumulet::tests {

static const QByteArray streamId = "stream-7";

FakeComponentHost::FakeComponentHost(const QByteArray &secret)
    : m_secret(secret)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeComponentHost::accept);
    m_server.listen(QHostAddress::LocalHost);
}

FakeComponentHost::~FakeComponentHost()
{
    for (const auto &[socket, reader] : m_readers)
        socket->disconnect(this);
}

void FakeComponentHost::accept()
{
    const auto socket = m_server.nextPendingConnection();
    ++m_connections;
    m_readers[socket] = std::make_unique<StanzaReader>();
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_ready.removeIf([socket](const auto &entry) { return entry.value() == socket; });
        m_readers.erase(socket);
        socket->deleteLater();
    });
}

void FakeComponentHost::read(QTcpSocket *socket)
{
    const auto bytes = socket->readAll();
    if (!m_domains.contains(socket)) {
        static const QRegularExpression to(u"<stream:stream [^>]*to='([^']*)'"_s);
        m_domains[socket] = to.match(QString::fromUtf8(bytes)).captured(1);
        socket->write("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
                      "xmlns:stream='http://etherx.jabber.org/streams' id='"
            + streamId + "'>");
    }
    auto &reader = *m_readers.at(socket);
    reader.feed(bytes);
    const bool hasEnded = reader.hasEnded();
    for (const auto &stanza : reader.takeStanzas()) {
        if (stanza.name() == "handshake"_L1)
            takeHandshake(socket, stanza.text());
        else
            m_received.append(stanza);
    }
    if (hasEnded)
        socket->disconnectFromHost();
}

void FakeComponentHost::takeHandshake(QTcpSocket *socket, const QString &handshake)
{
    const auto expected = QCryptographicHash::hash(streamId + m_secret, QCryptographicHash::Sha1).toHex();
    if (handshake.toLatin1() == expected) {
        m_ready[m_domains.value(socket)] = socket;
        socket->write("<handshake/>");
        return;
    }
    socket->write(
        "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
    socket->disconnectFromHost();
}

void FakeComponentHost::send(const QString &domain, const QByteArray &bytes, int piece)
{
    const auto socket = m_ready.value(domain);
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        socket->write(bytes.mid(at, piece));
        socket->flush();
    }
}

Element FakeComponentHost::takeFirst(const QString &name)
{
    for (qsizetype i = 0; i < m_received.size(); ++i) {
        if (m_received.at(i).name() == name)
            return m_received.takeAt(i);
    }
    return {};
}

void FakeComponentHost::drop(const QString &domain)
{
    m_ready.value(domain)->abort();
}

} // namespace cumulet::tests
