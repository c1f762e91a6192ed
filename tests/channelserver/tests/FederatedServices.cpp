#include "FederatedServices.h"

#include "ServiceBench.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;

namespace cumulet::tests {

static const QString pubsub = u"http://jabber.org/protocol/pubsub"_s;
static const QString discoItems = u"http://jabber.org/protocol/disco#items"_s;

FederatedServices::FederatedServices(const QString &behaviour)
    : m_time(QDate(2026, 11, 23), QTime(12, 0), QTimeZone::UTC)
{
    for (const auto &domain : {u"a.test"_s, u"b.test"_s}) {
        ServiceSettings settings{
            u"channels."_s + domain, u"topics."_s + domain, domain, Behaviour::fromText(behaviour, nullptr), {}, true};
        auto service = std::make_unique<ChannelService>(settings);
        QString error;
        if (!service->open(u":memory:"_s, &error))
            qFatal("%s", qPrintable(error));
        service->setClock([this] { return m_time = m_time.addMSecs(1); });
        service->setIdSource([this] { return u"item-%1"_s.arg(++m_lastId); });
        m_services[settings.domain] = std::move(service);
    }
}

void FederatedServices::bounce(const Element &stanza)
{
    if (stanza.name() != "iq"_L1 || stanza.attribute(u"type"_s) == "error"_L1)
        return;
    auto error = Element::fromXml(u"<iq xmlns='jabber:client' type='error'><error type='wait'><service-unavailable "
                                  "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"_s);
    deliver(error.set(u"id"_s, stanza.attribute(u"id"_s))
            .set(u"from"_s, stanza.attribute(u"to"_s))
            .set(u"to"_s, stanza.attribute(u"from"_s)));
}

// What the XMPP server of a domain says itself: its components.
void FederatedServices::describe(const Element &stanza, const QString &domain)
{
    if (stanza.children().isEmpty() || stanza.children().first().xmlns() != discoItems)
        return;
    auto result = Element::fromXml(u"<iq xmlns='jabber:client' type='result'><query xmlns='%1'><item jid='topics.%2'/>"
                                   "<item jid='channels.%2' name='Channels'/></query></iq>"_s.arg(discoItems, domain));
    deliver(result.set(u"id"_s, stanza.attribute(u"id"_s))
            .set(u"from"_s, domain)
            .set(u"to"_s, stanza.attribute(u"from"_s)));
}

void FederatedServices::deliver(const Element &stanza)
{
    const auto to = stanza.attribute(u"to"_s);
    const auto domain = to.section(u'@', -1).section(u'/', 0, 0);
    if (to.contains(u'@')) {
        m_mail.insert(to, Element::fromDom(stanza.toDom().documentElement()));
        return;
    }
    const auto owner =
        domain.startsWith("channels."_L1) || domain.startsWith("topics."_L1) ? domain.section(u'.', 1) : domain;
    ++m_deliveries[owner];
    if (domain == "channels.evil.test"_L1) {
        atEvil.append(stanza);
        return;
    }
    if (domain == owner && (owner == "a.test"_L1 || owner == "b.test"_L1 || owner == "evil.test"_L1))
        return describe(stanza, owner);
    const auto service = m_services.find(u"channels."_s + owner);
    if (service == m_services.end() || m_gone.value(owner))
        return bounce(stanza);
    const auto arrived = Element::fromDom(stanza.toDom().documentElement());
    const auto outcome = service->second->receiveForAny(arrived);
    for (const auto &sent : outcome.stanzas)
        deliver(sent);
}

Element FederatedServices::ask(const QString &user, const QString &type, const QString &payload)
{
    const auto id = u"r%1"_s.arg(++m_lastRequest);
    const auto from = user + "/here"_L1;
    auto iq = Element::fromXml(u"<iq xmlns='jabber:client' type='%1'>%2</iq>"_s.arg(type, payload));
    deliver(iq.set(u"id"_s, id).set(u"from"_s, from).set(u"to"_s, serviceOf(user)));
    const auto mail = m_mail.values(from);
    for (const auto &stanza : mail) {
        if (stanza.name() == "iq"_L1 && stanza.attribute(u"id"_s) == id)
            return stanza;
    }
    return {};
}

Element FederatedServices::get(const QString &user, const QString &verb, const QString &set)
{
    return ask(user, u"get"_s, u"<pubsub xmlns='%1'>%2%3</pubsub>"_s.arg(pubsub, verb, set));
}

Element FederatedServices::set(const QString &user, const QString &verb, bool asOwner)
{
    return ask(user, u"set"_s, u"<pubsub xmlns='%1'>%2</pubsub>"_s.arg(asOwner ? pubsub + u"#owner"_s : pubsub, verb));
}

QString FederatedServices::outcomeOf(const Element &answer) const
{
    return ServiceBench::outcomeOf(answer);
}

QString FederatedServices::post(const QString &user, const QString &node, const QString &text, const QString &replyTo)
{
    const auto reply = replyTo.isEmpty() ? QString() : u"<in-reply-to ref='%1'/>"_s.arg(replyTo);
    const auto answer = set(user,
        u"<publish node='%1'><item><entry xmlns='http://www.w3.org/2005/Atom'><content>%2</content>%3</entry></item>"
        "</publish>"_s.arg(node, text, reply));
    return answer.child(u"pubsub"_s).child(u"publish"_s).child(u"item"_s).attribute(u"id"_s).section(u',', -1);
}

QString FederatedServices::follow(const QString &user, const QString &node)
{
    const auto answer = set(user, u"<subscribe node='%1' jid='%2'/>"_s.arg(node, user));
    const auto state = answer.child(u"pubsub"_s).child(u"subscription"_s).attribute(u"subscription"_s);
    return state.isEmpty() ? outcomeOf(answer) : state;
}

QStringList FederatedServices::texts(const QString &user, const QString &node)
{
    return ServiceBench::texts(get(user, u"<items node='%1'/>"_s.arg(node)));
}

void FederatedServices::arrive(const QString &user)
{
    ask(user, u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s);
    Element presence(u"presence"_s);
    deliver(presence.set(u"from"_s, user + "/here"_L1).set(u"to"_s, serviceOf(user)));
    takeEvents(user);
}

QList<Element> FederatedServices::takeMail(const QString &user)
{
    auto mail = m_mail.values(user + "/here"_L1);
    m_mail.remove(user + "/here"_L1);
    std::ranges::reverse(mail); // QMultiMap gives the newest first
    return mail;
}

QList<Element> FederatedServices::takeAnswers(const QString &user)
{
    auto mail = takeMail(user);
    mail.removeIf([](const Element &stanza) { return stanza.name() != "iq"_L1; });
    return mail;
}

QStringList FederatedServices::takeEvents(const QString &user)
{
    QStringList events;
    const auto mail = takeMail(user);
    for (const auto &stanza : mail) {
        if (stanza.name() == "message"_L1)
            events.append(stanza.toXml());
    }
    return events;
}

} // namespace cumulet::tests
