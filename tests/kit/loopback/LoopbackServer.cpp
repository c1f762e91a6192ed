#include "kit/loopback/LoopbackServer.h"

#include <QXmppIncomingClient.h>
#include <QXmppPasswordChecker.h>
#include <QXmppServer.h>
#include <QXmppServerExtension.h>

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QPointer>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

// QXmppPasswordChecker has virtual functions and no virtual destructor
QT_WARNING_PUSH
QT_WARNING_DISABLE_GCC("-Wnon-virtual-dtor")
QT_WARNING_DISABLE_CLANG("-Wnon-virtual-dtor")
class LoopbackServer::Passwords final : public QXmppPasswordChecker
{
public:
    QHash<QString, QString> all;

    bool hasGetPassword() const override { return true; }

protected:
    QXmppPasswordReply::Error getPassword(const QXmppPasswordRequest &request, QString &password) override
    {
        if (!all.contains(request.username())) {
            return QXmppPasswordReply::AuthorizationError;
        }
        password = all.value(request.username());
        return QXmppPasswordReply::NoError;
    }
};
QT_WARNING_POP

// where every stanza of a client arrives
class LoopbackServer::Desk final : public QXmppServerExtension
{
public:
    explicit Desk(LoopbackServer *server)
        : m_server(server)
    {
    }

    QString extensionName() const override { return u"desk"_s; }
    int extensionPriority() const override { return 1000; }
    bool handleStanza(const QDomElement &stanza) override { return m_server->take(stanza); }

private:
    LoopbackServer *const m_server;
};

namespace {

QString localPart(const QString &jid)
{
    return Jid::fromTrusted(jid).local();
}

QString subscriptionWord(PresenceSubscription subscription)
{
    switch (subscription) {
    case PresenceSubscription::Both:
        return u"both"_s;
    case PresenceSubscription::To:
        return u"to"_s;
    case PresenceSubscription::From:
        return u"from"_s;
    case PresenceSubscription::None:
        break;
    }
    return u"none"_s;
}

QString itemXml(const RosterItem &item, const QString &subscription)
{
    QString xml = u"<item jid='%1' name='%2' subscription='%3'%4>"_s.arg(item.jid.text().toHtmlEscaped(),
        item.name.toHtmlEscaped(), subscription, item.isAsked ? u" ask='subscribe'"_s : QString());
    for (const auto &group : item.groups) {
        xml += u"<group>%1</group>"_s.arg(group.toHtmlEscaped());
    }
    return xml + u"</item>"_s;
}

} // namespace

QString toXml(const QDomElement &element)
{
    QString xml;
    QTextStream stream(&xml);
    element.save(stream, -1);
    return xml;
}

LoopbackServer::LoopbackServer(const QString &domain, QObject *parent)
    : QObject(parent)
    , m_domain(domain)
    , m_passwords(std::make_unique<Passwords>())
{
}

LoopbackServer::~LoopbackServer()
{
    stop();
}

void LoopbackServer::addAccount(const QString &user, const QString &password)
{
    m_passwords->all.insert(user, password);
}

bool LoopbackServer::listen()
{
    m_server = std::make_unique<QXmppServer>();
    m_server->setLogger(nullptr);
    m_server->setDomain(m_domain);
    m_server->setPasswordChecker(m_passwords.get());
    m_server->addExtension(new Desk(this));
    if (m_usesTls) {
        m_server->setLocalCertificate(certificate());
        QFile key(u"" CUMULET_LOOPBACK_CERTIFICATE "/key.pem"_s);
        if (key.open(QIODevice::ReadOnly)) {
            m_server->setPrivateKey(QSslKey(&key, QSsl::Ec));
        }
    }
    connect(m_server.get(), &QXmppServer::clientConnected, this, &LoopbackServer::sessionStarted);
    connect(m_server.get(), &QXmppServer::clientDisconnected, this, &LoopbackServer::sessionEnded);
    if (!m_server->listenForClients(QHostAddress::LocalHost, m_port)) {
        return false;
    }
    m_port = m_server->findChild<QTcpServer *>()->serverPort();
    return true;
}

QSslCertificate LoopbackServer::certificate()
{
    return QSslCertificate::fromPath(u"" CUMULET_LOOPBACK_CERTIFICATE "/certificate.pem"_s).value(0);
}

Jid LoopbackServer::jid(const QString &user) const
{
    return Jid::fromTrusted(user + u'@' + m_domain);
}

SessionSettings LoopbackServer::settingsFor(const QString &user) const
{
    SessionSettings settings;
    settings.jid = jid(user);
    settings.password = m_passwords->all.value(user);
    settings.host = u"127.0.0.1"_s;
    settings.port = m_port;
    settings.presence.show = Presence::Show::Available;
    return settings;
}

XmppOptions LoopbackServer::options()
{
    XmppOptions options;
    options.allowPlainForTests = true;
    return options;
}

void LoopbackServer::addHook(Hook hook)
{
    m_hooks.prepend(std::move(hook));
}

void LoopbackServer::setRoster(const QString &user, const QList<RosterItem> &items)
{
    m_rosters.insert(user, items);
}

QList<QXmppIncomingClient *> LoopbackServer::streams(const QString &user) const
{
    QList<QXmppIncomingClient *> found;
    if (m_server) {
        const auto all = m_server->findChildren<QXmppIncomingClient *>();
        for (auto *stream : all) {
            if (stream->isConnected() && localPart(stream->jid()) == user) {
                found += stream;
            }
        }
    }
    return found;
}

QStringList LoopbackServer::sessions(const QString &user) const
{
    QStringList jids;
    for (const auto *stream : streams(user)) {
        jids += stream->jid();
    }
    return jids;
}

void LoopbackServer::send(const QString &user, const QString &xml, int chunk)
{
    sendBytes(user, xml.toUtf8(), chunk);
}

void LoopbackServer::sendBytes(const QString &user, const QByteArray &bytes, int chunk)
{
    const auto all = streams(user);
    for (auto *stream : all) {
        const QPointer<QSslSocket> socket = stream->findChild<QSslSocket *>();
        const qsizetype step = chunk > 0 ? chunk : bytes.size();
        for (qsizetype at = 0; at < bytes.size() && socket; at += step) {
            socket->write(bytes.mid(at, step));
            socket->flush();
            if (chunk > 0) {
                // the other side is in this thread: it shall read before more comes
                QCoreApplication::processEvents();
            }
        }
    }
}

void LoopbackServer::answer(const QDomElement &request, const QString &payload)
{
    send(localPart(request.attribute(u"from"_s)),
        u"<iq type='result' %1>%2</iq>"_s.arg(answerAddresses(request), payload));
}

void LoopbackServer::answerError(const QDomElement &request, const QString &condition)
{
    send(localPart(request.attribute(u"from"_s)),
        u"<iq type='error' %1><error type='cancel'><%2 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"_s
            .arg(answerAddresses(request), condition));
}

// QXmppServer writes its domain where a request had no address, so the two look the same: an answer of the account
// or the server has no sender, which is right for both (RFC 6120 section 8.1.2.1)
QString LoopbackServer::answerAddresses(const QDomElement &request) const
{
    const auto attribute = [](QLatin1String name, const QString &value) {
        return u" %1='%2'"_s.arg(name, value.toHtmlEscaped().replace(u'\'', "&apos;"_L1));
    };
    const auto to = request.attribute(u"to"_s);
    return attribute("id"_L1, request.attribute(u"id"_s)) + attribute("to"_L1, request.attribute(u"from"_s))
        + (to == m_domain ? QString() : attribute("from"_L1, to));
}

QList<QSslSocket *> LoopbackServer::sockets() const
{
    QList<QSslSocket *> sockets;
    if (m_server) {
        const auto all = m_server->findChildren<QXmppIncomingClient *>();
        for (const auto *stream : all) {
            sockets += stream->findChildren<QSslSocket *>();
        }
    }
    return sockets;
}

void LoopbackServer::dropConnections()
{
    for (auto *socket : sockets()) {
        socket->abort();
    }
}

void LoopbackServer::hurry()
{
    connect(this, &LoopbackServer::sessionStarted, this, [this] {
        for (auto *socket : sockets()) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        }
    });
}

void LoopbackServer::hangUp()
{
    for (auto *socket : sockets()) {
        socket->disconnectFromHost();
    }
}

void LoopbackServer::stop()
{
    dropConnections();
    m_server.reset();
}

bool LoopbackServer::take(const QDomElement &stanza)
{
    Q_EMIT stanzaReceived(stanza);
    if (m_isSilent) {
        return true;
    }
    const auto hooks = m_hooks;
    for (const auto &hook : hooks) {
        if (hook(stanza)) {
            return true;
        }
    }
    if (stanza.tagName() == u"presence") {
        return takePresence(stanza);
    }
    if (stanza.tagName() == u"iq") {
        if (!stanza.firstChildElement(u"ping"_s).isNull() || !stanza.firstChildElement(u"enable"_s).isNull()) {
            answer(stanza);
            return true;
        }
        return takeRoster(stanza);
    }
    return false;
}

bool LoopbackServer::takeRoster(const QDomElement &stanza)
{
    const auto query = stanza.firstChildElement(u"query"_s);
    if (query.namespaceURI() != u"jabber:iq:roster") {
        return false;
    }
    const auto user = localPart(stanza.attribute(u"from"_s));
    auto &items = m_rosters[user];
    if (stanza.attribute(u"type"_s) == u"get") {
        QString payload;
        for (const auto &item : std::as_const(items)) {
            payload += itemXml(item, subscriptionWord(item.subscription));
        }
        answer(stanza, u"<query xmlns='jabber:iq:roster'>%1</query>"_s.arg(payload));
        return true;
    }
    if (stanza.attribute(u"type"_s) != u"set") {
        return false;
    }
    const auto element = query.firstChildElement(u"item"_s);
    RosterItem item;
    item.jid = Jid::fromTrusted(element.attribute(u"jid"_s));
    item.name = element.attribute(u"name"_s);
    for (auto group = element.firstChildElement(); !group.isNull(); group = group.nextSiblingElement()) {
        item.groups += group.text();
    }
    const bool isRemoval = element.attribute(u"subscription"_s) == u"remove";
    for (const auto &old : std::as_const(items)) {
        if (old.jid == item.jid) {
            item.subscription = old.subscription;
        }
    }
    items.removeIf([&](const RosterItem &old) { return old.jid == item.jid; });
    if (!isRemoval) {
        items += item;
    }
    answer(stanza);
    send(user,
        u"<iq type='set' id='push-%1'><query xmlns='jabber:iq:roster'>%2</query></iq>"_s.arg(
            stanza.attribute(u"id"_s), itemXml(item, isRemoval ? u"remove"_s : subscriptionWord(item.subscription))));
    return true;
}

bool LoopbackServer::takePresence(const QDomElement &stanza)
{
    const auto to = stanza.attribute(u"to"_s);
    if (to != m_domain) {
        send(localPart(to), toXml(stanza));
        return true;
    }
    // broadcast: everybody on this server who has the sender in the roster
    const auto from = Jid::fromTrusted(stanza.attribute(u"from"_s));
    for (const auto &[user, items] : m_rosters.asKeyValueRange()) {
        for (const auto &item : items) {
            if (item.jid == from.bare()
                && (item.subscription == PresenceSubscription::Both || item.subscription == PresenceSubscription::To)) {
                send(user, toXml(stanza));
            }
        }
    }
    return true;
}

} // namespace cumulet::tests
