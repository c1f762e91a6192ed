#include "ServiceBench.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;

namespace cumulet::tests {

static const QString channels = u"channels.capulet.example"_s;
static const QString pubsub = u"http://jabber.org/protocol/pubsub"_s;

ServiceBench::ServiceBench(const QString &behaviour)
    : service({channels, u"topics.capulet.example"_s, u"capulet.example"_s, Behaviour::fromText(behaviour, nullptr),
          u"search.capulet.example"_s})
    , m_time(QDate(2026, 11, 23), QTime(12, 0), QTimeZone::UTC)
{
    QString error;
    if (!service.open(u":memory:"_s, &error))
        qFatal("%s", qPrintable(error));
    service.setClock([this] { return m_time = m_time.addMSecs(1); });
    service.setIdSource([this] { return u"item-%1"_s.arg(++m_lastId); });
}

Element ServiceBench::ask(const QString &user, const QString &type, const QString &payload)
{
    const auto id = u"r%1"_s.arg(++m_lastRequest);
    auto iq = Element::fromXml(u"<iq xmlns='jabber:client' type='%1'>%2</iq>"_s.arg(type, payload));
    const auto from = user.contains(u'@') ? user : jid(user) + "/here"_L1;
    iq.set(u"id"_s, id).set(u"from"_s, from).set(u"to"_s, channels);
    Element answer;
    for (const auto &stanza : service.receive(iq).stanzas) {
        if (answer.isNull() && stanza.name() == "iq"_L1 && stanza.attribute(u"id"_s) == id)
            answer = Element::fromDom(stanza.toDom().documentElement());
        else
            m_mail.insert(stanza.attribute(u"to"_s).section(u'@', 0, 0), stanza);
    }
    return answer;
}

Element ServiceBench::get(const QString &user, const QString &verb, const QString &set)
{
    return ask(user, u"get"_s, u"<pubsub xmlns='%1'>%2%3</pubsub>"_s.arg(pubsub, verb, set));
}

Element ServiceBench::set(const QString &user, const QString &verb)
{
    return ask(user, u"set"_s, u"<pubsub xmlns='%1'>%2</pubsub>"_s.arg(pubsub, verb));
}

Element ServiceBench::setAsOwner(const QString &user, const QString &verb)
{
    return ask(user, u"set"_s, u"<pubsub xmlns='%1#owner'>%2</pubsub>"_s.arg(pubsub, verb));
}

void ServiceBench::announce(const QString &user)
{
    Element presence(u"presence"_s);
    service.receive(presence.set(u"from"_s, jid(user) + "/here"_L1).set(u"to"_s, channels));
}

void ServiceBench::arrive(const QStringList &users)
{
    for (const auto &user : users) {
        ask(user, u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s);
        announce(user);
    }
    m_mail.clear();
}

void ServiceBench::follow(const QString &user, const QString &node)
{
    set(user, u"<subscribe node='%1' jid='%2'/>"_s.arg(node, jid(user)));
    m_mail.clear();
}

void ServiceBench::makeChannel(const QString &owner, const QString &node, const QString &accessModel)
{
    set(owner,
        u"<create node='%1'/><configure node='%1'><x xmlns='jabber:x:data' type='submit'>"
        "<field var='pubsub#access_model'><value>%2</value></field></x></configure>"_s.arg(node, accessModel));
    m_mail.clear();
}

void ServiceBench::setRole(const QString &by, const QString &node, const QString &user, const QString &role)
{
    setAsOwner(by,
        u"<affiliations node='%1'><affiliation jid='%2' affiliation='%3'/></affiliations>"_s.arg(
            node, jid(user), role));
    m_mail.clear();
}

QString ServiceBench::post(
    const QString &user, const QString &node, const QString &text, const QString &replyTo, const QString &more)
{
    const auto reply = replyTo.isEmpty() ? QString() : u"<in-reply-to ref='%1'/>"_s.arg(replyTo);
    const auto answer = set(user,
        u"<publish node='%1'><item><entry xmlns='http://www.w3.org/2005/Atom'>"
        "<content>%2</content>%3%4</entry></item></publish>"_s.arg(node, text, reply, more));
    const auto id = answer.child(u"pubsub"_s).child(u"publish"_s).child(u"item"_s).attribute(u"id"_s);
    return id.section(u',', -1);
}

QMultiMap<QString, Element> ServiceBench::takeMail()
{
    return std::exchange(m_mail, {});
}

QStringList ServiceBench::takeEvents(const QString &user)
{
    QStringList events;
    auto mail = m_mail.values(user);
    std::ranges::reverse(mail); // QMultiMap gives the newest first
    for (const auto &stanza : std::as_const(mail)) {
        if (stanza.name() == "message"_L1)
            events.append(stanza.toXml());
    }
    m_mail.remove(user);
    return events;
}

QString ServiceBench::outcomeOf(const Element &answer)
{
    if (answer.isNull())
        return u"silence"_s;
    if (answer.attribute(u"type"_s) == "result"_L1)
        return u"ok"_s;
    QStringList conditions;
    for (const auto &condition : answer.child(u"error"_s).children())
        conditions.append(condition.name());
    return conditions.join(u' ');
}

static void collectTexts(const Element &element, QStringList &texts)
{
    if (element.name() == "content"_L1)
        texts.append(element.text());
    for (const auto &child : element.children())
        collectTexts(child, texts);
}

QStringList ServiceBench::texts(const Element &answer)
{
    QStringList texts;
    collectTexts(answer, texts);
    return texts;
}

} // namespace cumulet::tests
