#include "CaptureScript.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

const QString ownerNamespace = u"http://jabber.org/protocol/pubsub#owner"_s;

QString said(const Done &)
{
    return u"done"_s;
}

QString said(const ItemId &id)
{
    return u"item "_s + id.text();
}

QString said(const Membership &one)
{
    return u"%1 %2 %3 %4"_s.arg(one.node.text(), one.jid.text(), toWire(one.affiliation), toWire(one.subscription));
}

QString said(const QList<Membership> &all)
{
    QStringList lines;
    for (const auto &one : all) {
        lines.append(said(one));
    }
    return lines.join(u"; "_s);
}

QString said(const Channel &channel)
{
    return u"\"%1\" \"%2\" %3 %4 %5 of %6 since %7"_s.arg(channel.title, channel.description,
        toWire(channel.accessModel), toWire(channel.defaultAffiliation),
        channel.type == ChannelType::Personal    ? u"personal"_s
            : channel.type == ChannelType::Topic ? u"topic"_s
                                                 : u"unknown"_s,
        channel.owner.text(), channel.created.toString(Qt::ISODateWithMs));
}

QString said(const PostPage &page)
{
    QStringList ids;
    for (const auto &post : page.posts) {
        ids.append(post.item.text().left(8));
    }
    return u"%1 [%2] last %3 of %4%5"_s.arg(page.node.text(), ids.join(u' '), page.last.isEmpty() ? u"-"_s : page.last)
        .arg(page.total)
        .arg(page.isComplete ? u", complete"_s : QString());
}

QString said(const QList<PostPage> &pages)
{
    QStringList lines;
    for (const auto &page : pages) {
        lines.append(said(page));
    }
    return lines.isEmpty() ? u"nothing"_s : lines.join(u"; "_s);
}

template <typename T> QFuture<QString> told(Future<T> future)
{
    return future.then([](const Result<T> &result) {
        return result ? said(*result) : wordOf(result.error().kind) + u" ("_s + result.error().detail + u')';
    });
}

bool isOnly(const QDomElement &element, const QStringList &allowed)
{
    for (auto child = element.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
        if (!allowed.contains(localName(child))) {
            return false;
        }
    }
    return true;
}

std::optional<CaptureCall> publishing(const QDomElement &publish, const NodeId &node)
{
    const auto items = childrenNamed(publish, u"item");
    const auto entry = items.isEmpty() ? QDomElement() : childNamed(items.first(), u"entry");
    const auto content = childNamed(entry, u"content");
    if (items.size() != 1 || items.first().hasAttribute(u"id"_s) || content.isNull()
        || content.attribute(u"type"_s, u"text"_s) != "text"_L1 || !isOnly(entry, {u"content"_s, u"in-reply-to"_s})) {
        return std::nullopt;
    }
    const OutgoingPost post{node, OriginId(u"o1"_s), content.text(),
        ItemId::fromWire(childNamed(entry, u"in-reply-to").attribute(u"ref"_s)), {}};
    return [post](ChannelWire &wire) { return told(wire.publish(post)); };
}

std::optional<CaptureCall> reading(const QDomElement &items, const QDomElement &set, const NodeId &node)
{
    const int max = set.isNull() ? 50 : childNamed(set, u"max").text().toInt();
    if (items.attributes().count() != 1 || !items.firstChildElement().isNull() || max < 1) {
        return std::nullopt;
    }
    const QString after = childNamed(set, u"after").text();
    return [=](ChannelWire &wire) { return told(wire.posts(node, after, max)); };
}

std::optional<CaptureCall> configuring(const QDomElement &pubsub, const NodeId &node)
{
    const auto form = childNamed(childNamed(pubsub, u"configure"), u"x");
    auto settings = readForm(form);
    settings.remove(u"FORM_TYPE"_s);
    const bool isCreation = !childNamed(pubsub, u"create").isNull();
    if (form.isNull() || (settings.isEmpty() && !isCreation) || settings.value(u"pubsub#title"_s).size() > 128
        || (!isCreation && pubsub.namespaceURI() != ownerNamespace)) {
        return std::nullopt;
    }
    return [=](ChannelWire &wire) {
        return told(isCreation ? wire.createChannel(node, settings) : wire.configureChannel(node, settings));
    };
}

std::optional<CaptureCall> listing(const QDomElement &pubsub, const QDomElement &list, const NodeId &node)
{
    const auto row = list.firstChildElement();
    const auto jid = bareJidIn(row, u"jid"_s);
    if (!row.isNull()) {
        const auto role = affiliationFromWire(row.attribute(u"affiliation"_s));
        const auto subscription = nodeSubscriptionFromWire(row.attribute(u"subscription"_s));
        return [=, isRole = row.hasAttribute(u"affiliation"_s)](ChannelWire &wire) {
            return told(isRole ? wire.setAffiliation(node, jid, role) : wire.setSubscription(node, jid, subscription));
        };
    }
    if (list.hasAttribute(u"node"_s)) {
        return pubsub.namespaceURI() == ownerNamespace
            ? std::optional<CaptureCall>([node](ChannelWire &wire) { return told(wire.members(node)); })
            : std::nullopt;
    }
    const bool isOfOneKind = list.attributes().isEmpty();
    return isOfOneKind ? std::optional<CaptureCall>([](ChannelWire &wire) { return told(wire.ownMemberships()); })
                       : std::nullopt;
}

std::optional<CaptureCall> catchingUp(const QDomElement &recent)
{
    const auto since = timeFrom(recent.attribute(u"since"_s));
    const int max = recent.attribute(u"max"_s).toInt();
    if (!since.isValid() || max < 1 || recent.hasAttribute(u"parent-only"_s)) {
        return std::nullopt;
    }
    return [=](ChannelWire &wire) { return told(wire.recentPosts(since, max)); };
}

// operations that name a node of ours
std::optional<CaptureCall> onNode(
    const QDomElement &pubsub, const QDomElement &operation, const NodeId &node, const Jid &own)
{
    const QString verb = localName(operation);
    if (verb == "publish"_L1) {
        return publishing(operation, node);
    }
    if (verb == "items"_L1) {
        return reading(operation, childNamed(pubsub, u"set"), node);
    }
    if (verb == "thread"_L1) {
        const auto start = ItemId::fromWire(operation.attribute(u"item_id"_s));
        return [=](ChannelWire &wire) { return told(wire.thread(node, start)); };
    }
    if (verb == "create"_L1 || verb == "configure"_L1) {
        return configuring(pubsub, node);
    }
    if (verb == "delete"_L1) {
        return [=](ChannelWire &wire) { return told(wire.deleteChannel(node)); };
    }
    if (verb == "retract"_L1) {
        const auto item = ItemId::fromWire(childNamed(operation, u"item").attribute(u"id"_s));
        return [=](ChannelWire &wire) { return told(wire.retract(node, item)); };
    }
    if (operation.attribute(u"jid"_s) == own.text() && verb == "subscribe"_L1) {
        return [=](ChannelWire &wire) { return told(wire.subscribe(node)); };
    }
    if (operation.attribute(u"jid"_s) == own.text() && verb == "unsubscribe"_L1) {
        return [=](ChannelWire &wire) { return told(wire.unsubscribe(node)); };
    }
    return std::nullopt;
}

std::optional<CaptureCall> query(const QDomElement &iq, const QDomElement &query)
{
    if (query.namespaceURI() == "jabber:iq:register"_L1 && iq.attribute(u"type"_s) == "set"_L1) {
        return [](ChannelWire &wire) { return told(wire.registerAccount()); };
    }
    const auto node = nodeIn(query);
    if (node && query.namespaceURI().endsWith(u"disco#info"_s)) {
        return [=](ChannelWire &wire) { return told(wire.describe(*node)); };
    }
    return std::nullopt;
}

} // namespace

std::optional<CaptureCall> callFor(const QDomElement &recorded, const Jid &own)
{
    const bool isToService = recorded.attribute(u"to"_s) == "channels.capulet.example"_L1;
    if (recorded.tagName() == "presence"_L1 && isToService && recorded.childNodes().isEmpty()
        && !recorded.hasAttribute(u"type"_s)) {
        return [](ChannelWire &wire) {
            wire.announcePresence();
            return QtFuture::makeReadyValueFuture(u"announced"_s);
        };
    }
    if (recorded.tagName() != "iq"_L1 || !isToService) {
        return std::nullopt;
    }
    if (const auto asked = childNamed(recorded, u"query"); !asked.isNull()) {
        return query(recorded, asked);
    }
    const auto pubsub = childNamed(recorded, u"pubsub");
    const auto operation = pubsub.firstChildElement();
    const bool isList = localName(operation) == "subscriptions"_L1 || localName(operation) == "affiliations"_L1;
    const auto node = nodeIn(operation);
    if (isList && (node || !operation.hasAttribute(u"node"_s))) {
        return listing(pubsub, operation, node.value_or(NodeId()));
    }
    if (localName(operation) == "recent-items"_L1) {
        return catchingUp(operation);
    }
    const bool isGet = recorded.attribute(u"type"_s) == "get"_L1;
    return node && !(isGet && localName(operation) == "configure"_L1) ? onNode(pubsub, operation, *node, own)
                                                                      : std::nullopt;
}

} // namespace cumulet::tests
