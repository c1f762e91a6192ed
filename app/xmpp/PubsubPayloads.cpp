#include "xmpp/PubsubPayloads.h"

#include "xmpp/AtomCodec.h"
#include "xmpp/XmlText.h"

#include <QXmlStreamWriter>

#include <utility>

using namespace Qt::StringLiterals;

namespace cumulet::payload {

namespace {

const QString pubsub = u"http://jabber.org/protocol/pubsub"_s;
const QString owner = u"http://jabber.org/protocol/pubsub#owner"_s;
const QString buddycloud = u"http://buddycloud.org/v1"_s;

// without <set/> a remote node's subscriptions are never answered (buddycloud.md 4.8)
constexpr int mostRows = 500;

using Attributes = QList<std::pair<QString, QString>>;
using Content = std::function<void(QXmlStreamWriter *)>;

void element(QXmlStreamWriter *writer, const QString &name, const Attributes &attributes, const Content &content = {})
{
    writer->writeStartElement(name);
    for (const auto &[key, value] : attributes) {
        writer->writeAttribute(key, xmlText(value));
    }
    if (content) {
        content(writer);
    }
    writer->writeEndElement();
}

void spaced(QXmlStreamWriter *writer, const QString &name, const QString &xmlns, const Attributes &attributes,
    const Content &content = {})
{
    Attributes all{{u"xmlns"_s, xmlns}};
    all.append(attributes);
    element(writer, name, all, content);
}

Writer within(const QString &xmlns, const Content &content)
{
    return [xmlns, content](QXmlStreamWriter *writer) { spaced(writer, u"pubsub"_s, xmlns, {}, content); };
}

Writer simple(const QString &xmlns, const QString &verb, const Attributes &attributes)
{
    return within(xmlns, [verb, attributes](QXmlStreamWriter *writer) { element(writer, verb, attributes); });
}

void resultSet(QXmlStreamWriter *writer, int max, const QString &after)
{
    spaced(writer, u"set"_s, u"http://jabber.org/protocol/rsm"_s, {}, [&](QXmlStreamWriter *set) {
        set->writeTextElement(u"max"_s, QString::number(max));
        if (!after.isEmpty()) {
            set->writeTextElement(u"after"_s, xmlText(after));
        }
    });
}

void field(QXmlStreamWriter *writer, const QString &var, const QString &value, const QString &type = {})
{
    Attributes attributes{{u"var"_s, var}};
    if (!type.isEmpty()) {
        attributes.append({u"type"_s, type});
    }
    element(writer, u"field"_s, attributes,
        [&](QXmlStreamWriter *inner) { inner->writeTextElement(u"value"_s, xmlText(value)); });
}

// node on <configure/> is not XEP-0060, but without it a successful creation is followed by an error
void configuration(QXmlStreamWriter *writer, const NodeId &node, const ChannelSettings &settings)
{
    element(writer, u"configure"_s, {{u"node"_s, node.text()}}, [&](QXmlStreamWriter *configure) {
        spaced(configure, u"x"_s, u"jabber:x:data"_s, {{u"type"_s, u"submit"_s}}, [&](QXmlStreamWriter *form) {
            field(form, u"FORM_TYPE"_s, u"http://jabber.org/protocol/pubsub#node_config"_s, u"hidden"_s);
            for (const auto &[var, value] : settings.asKeyValueRange()) {
                field(form, var, value);
            }
        });
    });
}

Writer rowOf(const QString &list, const QString &row, const NodeId &node, const Jid &jid, const QString &word)
{
    return within(owner, [=](QXmlStreamWriter *writer) {
        element(writer, list, {{u"node"_s, node.text()}},
            [&](QXmlStreamWriter *inner) { element(inner, row, {{u"jid"_s, jid.bare().text()}, {row, word}}); });
    });
}

} // namespace

Writer discoInfo(const QString &node)
{
    return [node](QXmlStreamWriter *writer) {
        const Attributes attributes = node.isEmpty() ? Attributes() : Attributes{{u"node"_s, node}};
        spaced(writer, u"query"_s, u"http://jabber.org/protocol/disco#info"_s, attributes);
    };
}

Writer discoItems()
{
    return
        [](QXmlStreamWriter *writer) { spaced(writer, u"query"_s, u"http://jabber.org/protocol/disco#items"_s, {}); };
}

Writer registration()
{
    return [](QXmlStreamWriter *writer) { spaced(writer, u"query"_s, u"jabber:iq:register"_s, {}); };
}

Writer subscribe(const NodeId &node, const Jid &jid)
{
    return simple(pubsub, u"subscribe"_s, {{u"node"_s, node.text()}, {u"jid"_s, jid.bare().text()}});
}

Writer unsubscribe(const NodeId &node, const Jid &jid)
{
    return simple(pubsub, u"unsubscribe"_s, {{u"node"_s, node.text()}, {u"jid"_s, jid.bare().text()}});
}

Writer ownSubscriptions()
{
    return simple(pubsub, u"subscriptions"_s, {});
}

Writer ownAffiliations()
{
    return simple(pubsub, u"affiliations"_s, {});
}

Writer subscriptions(const NodeId &node)
{
    return within(owner, [node](QXmlStreamWriter *writer) {
        element(writer, u"subscriptions"_s, {{u"node"_s, node.text()}});
        resultSet(writer, mostRows, {});
    });
}

Writer affiliations(const NodeId &node)
{
    return simple(owner, u"affiliations"_s, {{u"node"_s, node.text()}});
}

Writer setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription)
{
    return rowOf(u"subscriptions"_s, u"subscription"_s, node, jid, toWire(subscription));
}

Writer setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation)
{
    return rowOf(u"affiliations"_s, u"affiliation"_s, node, jid, toWire(affiliation));
}

Writer items(const NodeId &node, const QString &after, int max)
{
    return within(pubsub, [=](QXmlStreamWriter *writer) {
        element(writer, u"items"_s, {{u"node"_s, node.text()}});
        resultSet(writer, max, after);
    });
}

Writer thread(const NodeId &node, const ItemId &start)
{
    return within(pubsub, [=](QXmlStreamWriter *writer) {
        spaced(writer, u"thread"_s, buddycloud, {{u"node"_s, node.text()}, {u"item_id"_s, start.text()}});
    });
}

Writer recentItems(const QDateTime &since, int perNode, const QString &after, int max)
{
    // rule 8: a bare id here makes the service write malformed XML, and it does not come back
    const QString safeAfter = after.contains(u',') ? after : QString();
    return within(pubsub, [=](QXmlStreamWriter *writer) {
        spaced(writer, u"recent-items"_s, buddycloud,
            {{u"since"_s, since.toUTC().toString(Qt::ISODate)}, {u"max"_s, QString::number(perNode)}});
        resultSet(writer, max, safeAfter);
    });
}

Writer publish(const OutgoingPost &post)
{
    return within(pubsub, [post](QXmlStreamWriter *writer) {
        element(writer, u"publish"_s, {{u"node"_s, post.node.text()}}, [&](QXmlStreamWriter *inner) {
            element(inner, u"item"_s, {}, [&](QXmlStreamWriter *item) { writeAtomEntry(item, post); });
        });
    });
}

Writer retract(const NodeId &node, const ItemId &item)
{
    return within(pubsub, [=](QXmlStreamWriter *writer) {
        element(writer, u"retract"_s, {{u"node"_s, node.text()}, {u"notify"_s, u"true"_s}},
            [&](QXmlStreamWriter *inner) { element(inner, u"item"_s, {{u"id"_s, item.text()}}); });
    });
}

Writer create(const NodeId &node, const ChannelSettings &settings)
{
    return within(pubsub, [=](QXmlStreamWriter *writer) {
        element(writer, u"create"_s, {{u"node"_s, node.text()}});
        configuration(writer, node, settings);
    });
}

Writer configure(const NodeId &node, const ChannelSettings &settings)
{
    return within(owner, [=](QXmlStreamWriter *writer) { configuration(writer, node, settings); });
}

Writer settings(const NodeId &node)
{
    return simple(owner, u"configure"_s, {{u"node"_s, node.text()}});
}

Writer remove(const NodeId &node)
{
    return simple(owner, u"delete"_s, {{u"node"_s, node.text()}});
}

ChannelSettings sendable(const ChannelSettings &settings)
{
    ChannelSettings checked;
    for (const auto &[field, value] : settings.asKeyValueRange()) {
        const bool isTitle = field == "pubsub#title"_L1;
        const bool isText = isTitle || field == "pubsub#description"_L1;
        if (!value.trimmed().isEmpty()) {
            checked.insert(field, isText ? cutText(value, isTitle ? 128 : 1024) : value);
        } else if (isText) {
            checked.insert(field, u" "_s);
        }
    }
    return checked;
}

} // namespace cumulet::payload
