#include "xmpp/XmppRosterWire.h"

#include "xmpp/Namespaces.h"
#include "xmpp/PresenceCodec.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmlIq.h"
#include "xmpp/XmlText.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>
#include <QXmppPresence.h>

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

Q_LOGGING_CATEGORY(log, "cumulet.xmpp.roster")

constexpr qsizetype longestRequestText = 1000;

PresenceSubscription toSubscription(const QString &word)
{
    return word == u"both" ? PresenceSubscription::Both
        : word == u"to"    ? PresenceSubscription::To
        : word == u"from"  ? PresenceSubscription::From
                           : PresenceSubscription::None;
}

std::optional<RosterItem> readItem(const QDomElement &element)
{
    const auto jid = Jid::parse(element.attribute(u"jid"_s));
    if (element.tagName() != u"item" || element.namespaceURI() != ns::roster || !jid) {
        return {};
    }
    RosterItem item;
    item.jid = jid->bare();
    item.name = cutText(element.attribute(u"name"_s), XmppRosterWire::longestName);
    item.subscription = toSubscription(element.attribute(u"subscription"_s));
    item.isAsked = element.attribute(u"ask"_s) == u"subscribe";
    for (auto group = element.firstChildElement(u"group"_s);
        !group.isNull() && item.groups.size() < XmppRosterWire::mostGroups;
        group = group.nextSiblingElement(u"group"_s)) {
        const auto name = cutText(group.text(), XmppRosterWire::longestName);
        if (!name.isEmpty() && !item.groups.contains(name)) {
            item.groups += name;
        }
    }
    return item;
}

QList<RosterItem> readItems(const QDomElement &iq)
{
    QList<RosterItem> items;
    const auto query = child(iq, u"query", ns::roster);
    for (auto element = query.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        if (items.size() == XmppRosterWire::mostItems) {
            qCWarning(log) << "the roster is cut at" << XmppRosterWire::mostItems << "contacts";
            break;
        }
        if (auto item = readItem(element)) {
            items += std::move(*item);
        }
    }
    return items;
}

XmlIq makeSet(const RosterItem &item, bool isRemoval)
{
    return XmlIq(QXmppIq::Set, {}, [item, isRemoval](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"query"_s);
        writer->writeDefaultNamespace(ns::roster);
        writer->writeStartElement(u"item"_s);
        writer->writeAttribute(u"jid"_s, item.jid.bare().text());
        if (isRemoval) {
            writer->writeAttribute(u"subscription"_s, u"remove"_s);
        } else {
            writer->writeAttribute(u"name"_s, xmlText(cutText(item.name, XmppRosterWire::longestName)));
            for (const auto &group :
                item.groups.first(qMin<qsizetype>(item.groups.size(), XmppRosterWire::mostGroups))) {
                writer->writeTextElement(u"group"_s, xmlText(cutText(group, XmppRosterWire::longestName)));
            }
        }
        writer->writeEndElement();
        writer->writeEndElement();
    });
}

bool maySeeUs(const RosterItem &item)
{
    return item.subscription == PresenceSubscription::From || item.subscription == PresenceSubscription::Both;
}

} // namespace

XmppRosterWire::XmppRosterWire(XmppSession *session, QObject *parent)
    : RosterWire(parent)
    , m_session(session)
    , m_client(session->client())
{
    m_client->insertExtension(0, new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); }));
    connect(session, &SessionWire::connected, this, [this](bool isResumed) {
        if (!isResumed) {
            fetch();
        }
    });
}

void XmppRosterWire::fetch()
{
    XmlIq get(QXmppIq::Get, {}, [](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"query"_s);
        writer->writeDefaultNamespace(ns::roster);
        writer->writeEndElement();
    });
    whenDone(request(m_client, std::move(get)), this, [this](const Result<QDomElement> &answer) {
        if (!answer) {
            qCWarning(log) << "no roster:" << answer.error().detail;
            return;
        }
        const auto items = readItems(*answer);
        m_seers.clear();
        for (const auto &item : items) {
            if (maySeeUs(item)) {
                m_seers.insert(item.jid);
            }
        }
        Q_EMIT rosterReceived(items);
    });
}

Future<Done> XmppRosterWire::setItem(const RosterItem &item)
{
    return requestDone(m_client, makeSet(item, false));
}

Future<Done> XmppRosterWire::removeItem(const Jid &jid)
{
    RosterItem item;
    item.jid = jid;
    return requestDone(m_client, makeSet(item, true));
}

void XmppRosterWire::subscribe(const Jid &jid, const QString &text)
{
    sendPresence(QXmppPresence::Subscribe, jid, text);
}

void XmppRosterWire::unsubscribe(const Jid &jid)
{
    sendPresence(QXmppPresence::Unsubscribe, jid);
}

void XmppRosterWire::allowSubscription(const Jid &jid)
{
    sendPresence(QXmppPresence::Subscribed, jid);
}

void XmppRosterWire::refuseSubscription(const Jid &jid)
{
    sendPresence(QXmppPresence::Unsubscribed, jid);
}

void XmppRosterWire::sendPresence(int type, const Jid &to, const QString &text)
{
    if (m_client->isConnected()) {
        QXmppPresence presence(static_cast<QXmppPresence::Type>(type));
        presence.setTo(to.bare().text());
        presence.setStatusText(xmlText(text.left(longestRequestText)));
        m_client->send(std::move(presence));
    }
}

bool XmppRosterWire::take(const QDomElement &stanza)
{
    if (stanza.tagName() == u"presence") {
        takePresence(stanza);
        return false; // channel services send presence too
    }
    return stanza.tagName() == u"iq" && (takePush(stanza) || refuseStranger(stanza));
}

bool XmppRosterWire::isOwnAccount(const QString &from) const
{
    return from.isEmpty() || Jid::parse(from) == m_session->boundJid().bare();
}

// RFC 6121 section 2.1.6: a push from anybody else is ignored
bool XmppRosterWire::takePush(const QDomElement &iq)
{
    if (iq.attribute(u"type"_s) != u"set") {
        return false;
    }
    const auto query = child(iq, u"query", ns::roster);
    const auto from = iq.attribute(u"from"_s);
    if (query.isNull() || !isOwnAccount(from)) {
        return false;
    }
    const auto element = query.firstChildElement();
    if (const auto item = readItem(element)) {
        if (element.attribute(u"subscription"_s) == u"remove") {
            m_seers.remove(item->jid);
            Q_EMIT itemRemoved(item->jid);
        } else {
            if (maySeeUs(*item)) {
                m_seers.insert(item->jid);
            } else {
                m_seers.remove(item->jid);
            }
            Q_EMIT itemChanged(*item);
        }
    }
    QXmppIq result(QXmppIq::Result);
    result.setId(iq.attribute(u"id"_s));
    result.setTo(from);
    m_client->send(std::move(result));
    return true;
}

bool XmppRosterWire::refuseStranger(const QDomElement &iq)
{
    const auto type = iq.attribute(u"type"_s);
    const auto from = iq.attribute(u"from"_s);
    if ((type != u"get" && type != u"set") || isOwnAccount(from)) {
        return false;
    }
    // servers and services have no local part; contacts know anyway that we are here
    const auto sender = Jid::parse(from);
    if (sender
        && (sender->local().isEmpty() || m_seers.contains(sender->bare())
            || sender->bare() == m_session->boundJid().bare())) {
        return false;
    }
    QXmppIq refusal(QXmppIq::Error);
    refusal.setId(iq.attribute(u"id"_s));
    refusal.setTo(from);
    refusal.setError(QXmppStanza::Error(QXmppStanza::Error::Cancel, QXmppStanza::Error::ServiceUnavailable));
    m_client->send(std::move(refusal));
    return true;
}

void XmppRosterWire::takePresence(const QDomElement &stanza)
{
    const auto from = Jid::parse(stanza.attribute(u"from"_s));
    if (!from || !child(stanza, u"x", ns::mucUser).isNull()) {
        return;
    }
    QXmppPresence presence;
    presence.parse(stanza);
    switch (presence.type()) {
    case QXmppPresence::Available:
    case QXmppPresence::Unavailable:
        Q_EMIT presenceReceived(*from, fromStanza(presence));
        break;
    case QXmppPresence::Subscribe:
        Q_EMIT subscriptionRequested({from->bare(), cutText(presence.statusText(), longestRequestText)});
        break;
    default:
        break; // answers to our requests come as roster pushes
    }
}

} // namespace cumulet
