#include "ScriptedServer.h"

#include "xmpp/StanzaCutter.h"

#include <QRegularExpression>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

QByteArray idOf(const QString &element)
{
    static const QRegularExpression id(uR"(\sid=["']([^"']*)["'])"_s);
    return id.match(element).captured(1).toUtf8();
}

bool isStanza(const QString &element)
{
    return element.startsWith("<message"_L1) || element.startsWith("<presence"_L1) || element.startsWith("<iq"_L1);
}

} // namespace

ScriptedServer::ScriptedServer(QObject *parent)
    : QObject(parent)
    , m_cutter(std::make_unique<StanzaCutter>())
{
    m_listener.listen(QHostAddress::LocalHost);
    connect(&m_listener, &QTcpServer::newConnection, this, &ScriptedServer::accept);
}

ScriptedServer::~ScriptedServer() = default;

qsizetype ScriptedServer::count(const QString &part) const
{
    return m_elements.filter(part).size();
}

void ScriptedServer::send(const QByteArray &xml)
{
    if (m_socket) {
        m_socket->write(xml);
        m_socket->flush();
    }
}

void ScriptedServer::cut()
{
    if (auto *const socket = std::exchange(m_socket, nullptr)) {
        socket->abort();
    }
}

void ScriptedServer::accept()
{
    m_socket = m_listener.nextPendingConnection();
    m_isAuthenticated = false;
    m_cutter->reset();
    connect(m_socket, &QTcpSocket::readyRead, this, &ScriptedServer::read);
    connect(m_socket, &QTcpSocket::disconnected, m_socket, &QObject::deleteLater);
}

void ScriptedServer::read()
{
    auto *const socket = qobject_cast<QTcpSocket *>(sender());
    if (socket != m_socket) {
        return; // the rest of a connection that was given up
    }
    m_cutter->append(socket->readAll());
    while (const auto element = m_cutter->next()) {
        m_elements += *element;
        if (isStanza(*element)) {
            ++m_handled;
        }
        if (!hook || !hook(*element)) {
            answer(*element);
        }
        if (socket != m_socket) {
            return;
        }
    }
}

void ScriptedServer::sendHeader()
{
    QByteArray features = firstFeatures.toUtf8();
    if (m_isAuthenticated) {
        features = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
        if (hasStreamManagement) {
            features += "<sm xmlns='urn:xmpp:sm:3'/>";
        }
    }
    send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
         "id='s1' from='example.org'"
        + version.toUtf8() + "><stream:features>" + features + "</stream:features>");
}

void ScriptedServer::answer(const QString &element)
{
    if (element.startsWith("<stream:stream"_L1)) {
        sendHeader();
    } else if (element.startsWith("<auth"_L1)) {
        m_isAuthenticated = true;
        send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    } else if (element.startsWith("<enable"_L1)) {
        m_handled = 0;
        send("<enabled xmlns='urn:xmpp:sm:3' id='sm1' resume='true'/>");
    } else if (element.startsWith("<resume"_L1)) {
        send(resumes ? "<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='" + QByteArray::number(m_handled) + "'/>"
                     : "<failed xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(m_handled)
                    + "'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    } else if (element.startsWith("<r "_L1)) {
        if (acknowledges) {
            send("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(m_handled) + "'/>");
        }
    } else if (element.contains("urn:ietf:params:xml:ns:xmpp-bind"_L1)) {
        send("<iq type='result' id='" + idOf(element)
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@example.org/desk</jid></bind></iq>");
    } else if (element.contains("jabber:iq:roster"_L1)) {
        send("<iq type='result' id='" + idOf(element) + "'><query xmlns='jabber:iq:roster'/></iq>");
    } else if (element.startsWith("<iq"_L1) && !element.contains("type=\"result\""_L1)
        && !element.contains("type=\"error\""_L1)) {
        send("<iq type='result' id='" + idOf(element) + "'/>");
    }
}

} // namespace cumulet::tests
