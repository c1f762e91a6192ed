#include "flows/FlowDomain.h"

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

constexpr auto mam = "urn:xmpp:mam:2"_L1;
constexpr auto discoItems = "http://jabber.org/protocol/disco#items"_L1;

QString localPart(const QString &jid)
{
    return Jid::fromTrusted(jid).local();
}

QString bare(const QString &jid)
{
    return Jid::fromTrusted(jid).bare().text();
}

// the value of a field of the query's form
QString field(const QDomElement &query, const QString &name)
{
    const auto form = query.firstChildElement(u"x"_s);
    for (auto child = form.firstChildElement(u"field"_s); !child.isNull();
        child = child.nextSiblingElement(u"field"_s)) {
        if (child.attribute(u"var"_s) == name) {
            return child.firstChildElement(u"value"_s).text();
        }
    }
    return {};
}

} // namespace

FlowDomain::FlowDomain(const channelserver::Behaviour &behaviour)
    : service({u"channels.example.org"_s, u"topics.example.org"_s, u"example.org"_s, behaviour})
    , front(&service)
{
    m_isOpen = service.open(u":memory:"_s);
    server.addHook([this](const QDomElement &stanza) { return take(stanza); });
    QObject::connect(&front, &channelserver::InProcessFront::stanzaReady, &server,
        [this](const QDomElement &stanza) { server.send(localPart(stanza.attribute(u"to"_s)), toXml(stanza)); });
    m_isOpen = m_isOpen && server.listen();
}

std::unique_ptr<LiveClient> FlowDomain::client(const QString &user, const QString &profile)
{
    server.addAccount(user);
    return std::make_unique<LiveClient>(server.settingsFor(user), LoopbackServer::options(), profile);
}

void FlowDomain::befriend(const QString &user, const QString &other)
{
    RosterItem item;
    item.subscription = PresenceSubscription::Both;
    item.jid = server.jid(other);
    server.setRoster(user, server.roster(user) + QList{item});
    item.jid = server.jid(user);
    server.setRoster(other, server.roster(other) + QList{item});
}

QStringList FlowDomain::archivedBodies(const QString &user)
{
    QStringList bodies;
    for (const auto &message : std::as_const(m_archives[user])) {
        bodies.append(message.body);
    }
    return bodies;
}

void FlowDomain::addToArchive(const QString &user, const QString &peer, const QString &body, const QString &id)
{
    const QString xml =
        u"<message xmlns='jabber:client' type='chat' from='%1/x' to='%2' id='%3'><body>%4</body></message>"_s.arg(
            server.jid(peer).text(), server.jid(user).text(), id, body.toHtmlEscaped());
    keep(user, server.jid(peer).text(), xml, body);
}

void FlowDomain::keep(const QString &user, const QString &peer, const QString &xml, const QString &body)
{
    m_archives[user].append(
        {u"a%1"_s.arg(++m_lastId, 6, 10, '0'_L1), peer, xml, body, QDateTime::currentDateTimeUtc()});
}

void FlowDomain::breakConnections()
{
    m_isBroken = true; // what is on its way is lost; a stream cannot end while it hands over a stanza
    QMetaObject::invokeMethod(
        &server,
        [this] {
            server.dropConnections();
            m_isBroken = false;
        },
        Qt::QueuedConnection);
}

bool FlowDomain::take(const QDomElement &stanza)
{
    const QString to = stanza.attribute(u"to"_s);
    if (m_isBroken) {
        return true;
    }
    if (to.section(u'/', 0, 0).endsWith(u".example.org"_s)) {
        front.receive(stanza);
        return true;
    }
    if (stanza.tagName() == u"message" && !stanza.firstChildElement(u"body"_s).isNull()) {
        return takeMessage(stanza);
    }
    const auto query = stanza.firstChildElement(u"query"_s);
    if (query.namespaceURI() == mam) {
        answerArchiveQuery(stanza, query);
        return true;
    }
    if (to == server.domain() && query.namespaceURI() == discoItems) {
        server.answer(stanza,
            u"<query xmlns='%1'><item jid='topics.example.org'/><item jid='channels.example.org'/>"
            "</query>"_s.arg(discoItems));
        return true;
    }
    return false;
}

bool FlowDomain::takeMessage(const QDomElement &stanza)
{
    const QString body = stanza.firstChildElement(u"body"_s).text();
    const QString from = stanza.attribute(u"from"_s);
    const QString to = stanza.attribute(u"to"_s);
    const Fate said = fate ? fate(body) : Fate::Taken;
    if (said == Fate::Lost) {
        breakConnections();
        return true;
    }
    if (said == Fate::Refused) {
        server.send(localPart(from),
            u"<message type='error' from='%1' to='%2' id='%3'><error type='cancel'>"
            "<not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"_s.arg(
                to, from, stanza.attribute(u"id"_s)));
        return true;
    }
    const QString xml = toXml(stanza);
    keep(localPart(from), bare(to), xml, body);
    keep(localPart(to), bare(from), xml, body);
    server.send(localPart(to), xml);
    if (said == Fate::TakenUnsaid) {
        breakConnections();
    }
    return true;
}

void FlowDomain::answerArchiveQuery(const QDomElement &stanza, const QDomElement &query)
{
    const QString from = stanza.attribute(u"from"_s);
    const auto set = query.firstChildElement(u"set"_s);
    const auto before = set.firstChildElement(u"before"_s);
    const QString after = set.firstChildElement(u"after"_s).text();
    const QString with = field(query, u"with"_s);
    const auto start = QDateTime::fromString(field(query, u"start"_s), Qt::ISODateWithMs);
    QList<Archived> found;
    for (const auto &message : std::as_const(m_archives[localPart(from)])) {
        if ((with.isEmpty() || message.peer == with) && (!start.isValid() || message.at >= start)
            && (after.isEmpty() || message.id > after) && (before.text().isEmpty() || message.id < before.text())) {
            found.append(message);
        }
    }
    const qsizetype most = set.firstChildElement(u"max"_s).text().toInt();
    const bool isComplete = found.size() <= most;
    const auto page = isComplete ? found : before.isNull() ? found.first(most) : found.last(most);
    for (const auto &message : page) {
        server.send(localPart(from),
            u"<message to='%1'><result xmlns='%2' queryid='%3' id='%4'><forwarded xmlns='urn:xmpp:forward:0'>"
            "<delay xmlns='urn:xmpp:delay' stamp='%5'/>"_s.arg(
                from, mam, query.attribute(u"queryid"_s), message.id, message.at.toString(Qt::ISODateWithMs))
                + message.xml + u"</forwarded></result></message>"_s);
    }
    const QString ends =
        page.isEmpty() ? QString() : u"<first>%1</first><last>%2</last>"_s.arg(page.first().id, page.last().id);
    server.answer(stanza,
        u"<fin xmlns='%1'%2><set xmlns='http://jabber.org/protocol/rsm'>%3</set></fin>"_s.arg(
            mam, isComplete ? u" complete='true'"_s : QString(), ends));
}

} // namespace cumulet::tests
