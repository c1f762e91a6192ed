#include "xmpp/XmppReadPositionWire.h"

#include "xmpp/Namespaces.h"
#include "xmpp/StanzaListener.h"
#include "xmpp/Tasks.h"
#include "xmpp/XmlIq.h"
#include "xmpp/XmppSession.h"

#include <QXmppClient.h>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

// the node, and the namespace of its payload
const QString readNode = u"urn:cumulet:read-positions:0"_s;

QList<ReadPosition> readItems(const QDomElement &items, QStringView nameSpace)
{
    QList<ReadPosition> positions;
    for (auto item = items.firstChildElement(u"item"_s); !item.isNull(); item = item.nextSiblingElement(u"item"_s)) {
        const auto node = NodeId::parse(item.attribute(u"id"_s));
        const auto stamp = child(item, u"read", readNode).attribute(u"up-to"_s);
        const auto time = QDateTime::fromString(stamp.left(40), Qt::ISODateWithMs).toUTC();
        const bool isOurs = item.namespaceURI() == nameSpace && node && node->isPosts() && time.isValid();
        if (isOurs && positions.size() < XmppReadPositionWire::mostPositions) {
            positions.append({*node, time});
        }
    }
    return positions;
}

void writeOptions(QXmlStreamWriter *writer)
{
    const auto field = [writer](const QString &name, const QString &value, const QString &type = {}) {
        writer->writeStartElement(u"field"_s);
        writer->writeAttribute(u"var"_s, name);
        if (!type.isEmpty()) {
            writer->writeAttribute(u"type"_s, type);
        }
        writer->writeTextElement(u"value"_s, value);
        writer->writeEndElement();
    };
    writer->writeStartElement(u"publish-options"_s);
    writer->writeStartElement(u"x"_s);
    writer->writeDefaultNamespace(ns::dataForms.toString());
    writer->writeAttribute(u"type"_s, u"submit"_s);
    field(u"FORM_TYPE"_s, u"http://jabber.org/protocol/pubsub#publish-options"_s, u"hidden"_s);
    field(u"pubsub#persist_items"_s, u"true"_s);
    field(u"pubsub#max_items"_s, u"max"_s);
    field(u"pubsub#send_last_published_item"_s, u"never"_s);
    field(u"pubsub#access_model"_s, u"whitelist"_s);
    writer->writeEndElement();
    writer->writeEndElement();
}

} // namespace

XmppReadPositionWire::XmppReadPositionWire(XmppSession *session, QObject *parent)
    : ReadPositionWire(parent)
    , m_session(session)
    , m_client(session->client())
{
    m_client->insertExtension(0,
        new StanzaListener(
            this, [this](const QDomElement &stanza) { return take(stanza); }, {readNode + "+notify"_L1}));
}

Future<QList<ReadPosition>> XmppReadPositionWire::positions()
{
    XmlIq get(QXmppIq::Get, m_session->boundJid().bare().text(), [](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"pubsub"_s);
        writer->writeDefaultNamespace(ns::pubsub.toString());
        writer->writeStartElement(u"items"_s);
        writer->writeAttribute(u"node"_s, readNode);
        writer->writeEndElement();
        writer->writeEndElement();
    });
    using Positions = QList<ReadPosition>;
    return eitherWay(
        request(m_client, std::move(get)), this, [](const Result<QDomElement> &answer) -> Result<Positions> {
            if (!answer) {
                return answer.error().kind == ErrorKind::NotFound ? Result<Positions>(Positions()) : answer.error();
            }
            const auto items = child(child(*answer, u"pubsub", ns::pubsub), u"items", ns::pubsub);
            return items.attribute(u"node"_s) == readNode ? readItems(items, ns::pubsub) : Positions();
        });
}

Future<Done> XmppReadPositionWire::publish(const ReadPosition &position)
{
    XmlIq set(QXmppIq::Set, m_session->boundJid().bare().text(), [position](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"pubsub"_s);
        writer->writeDefaultNamespace(ns::pubsub.toString());
        writer->writeStartElement(u"publish"_s);
        writer->writeAttribute(u"node"_s, readNode);
        writer->writeStartElement(u"item"_s);
        writer->writeAttribute(u"id"_s, position.node.text());
        writer->writeStartElement(u"read"_s);
        writer->writeDefaultNamespace(readNode);
        writer->writeAttribute(u"up-to"_s, position.upTo.toUTC().toString(Qt::ISODateWithMs));
        writer->writeEndElement();
        writer->writeEndElement();
        writer->writeEndElement();
        writeOptions(writer);
        writer->writeEndElement();
    });
    return andThen(request(m_client, std::move(set)), this, [](const QDomElement &) -> Result<Done> { return Done{}; });
}

// PEP speaks with the bare JID of the account (XEP-0163 section 4.3.1): here our own alone is heard
bool XmppReadPositionWire::take(const QDomElement &stanza)
{
    if (stanza.tagName() != u"message" || stanza.attribute(u"type"_s) == u"error") {
        return false;
    }
    const auto items = child(child(stanza, u"event", ns::pubsubEvent), u"items", ns::pubsubEvent);
    if (items.attribute(u"node"_s) != readNode) {
        return false;
    }
    const auto from = stanza.attribute(u"from"_s);
    const auto own = m_session->boundJid().bare();
    if (!own.isEmpty() && (from.isEmpty() || Jid::parse(from) == own)) {
        if (const auto positions = readItems(items, ns::pubsubEvent); !positions.isEmpty()) {
            Q_EMIT moved(positions);
        }
    }
    return true;
}

} // namespace cumulet
