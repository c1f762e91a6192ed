#include "RemoteNodes.h"

#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Node keptNode(ServiceState &service, const QString &name)
{
    const auto known = service.store.node(name);
    return known ? *known : service.store.addNode(name, {});
}

bool isKept(ServiceState &service, const QString &node)
{
    const auto known = service.store.node(node);
    return known && !known->fields.isEmpty() && service.store.countItems(*known, false) > 0;
}

void keepFields(ServiceState &service, Node node, const Element &form)
{
    for (const auto &[var, value] : formValues(form)) {
        if (var != "FORM_TYPE"_L1)
            node.setField(var, value);
    }
    service.store.saveFields(node);
}

static QString ending(const Element &entry, const QString &name)
{
    return localId(entry.child(name).child(u"id"_s).text());
}

void keepEntry(ServiceState &service, const Node &node, const QString &id, const Element &entry)
{
    const auto author = entry.child(u"author"_s);
    auto name = author.child(u"name"_s).text();
    if (name.isEmpty())
        name = author.child(u"uri"_s).text().remove(u"acct:"_s);
    const auto time = timeFromWire(entry.child(u"updated"_s).text());
    if (id.isEmpty() || entry.isNull() || !time || service.store.item(node, id))
        return;
    Item item;
    item.node = node.name;
    item.id = id;
    item.entry = entry.toXml({});
    item.author = name;
    item.content = entry.child(u"content"_s).text();
    if (const auto reply = entry.child(u"in-reply-to"_s); !reply.isNull())
        item.replyTo = localId(reply.attribute(u"ref"_s));
    if (!entry.child(u"target"_s).isNull())
        item.target = ending(entry, u"target"_s);
    item.rating = entry.child(u"rating"_s).text().toDouble();
    item.created = timeFromWire(entry.child(u"published"_s).text()).value_or(*time);
    item.updated = *time;
    service.store.addItem(node, item, item.updated);
}

void keepMember(ServiceState &service, const Node &node, const Element &row)
{
    const auto user = Address::fromText(row.attribute(u"jid"_s)).bare;
    if (user.isEmpty())
        return;
    auto member = service.store.member(node, user);
    if (row.name() == "subscription"_L1) {
        member.state = subscriptionFromWire(row.attribute(u"subscription"_s));
        member.invitedBy = row.attribute(u"invited-by"_s);
    } else if (row.name() == "affiliation"_L1) {
        member.role = roleFromWire(row.attribute(u"affiliation"_s));
    }
    service.store.saveMember(node, member, service.nowMs());
}

// Only the first page, and only once: what comes later would not have its place among the kept ones.
static void keepPage(ServiceState &service, const Request &request, const Element &items)
{
    const auto set = request.payload.child(u"set"_s);
    const bool isFirst = set.child(u"after"_s).isNull() && set.child(u"before"_s).isNull()
        && request.verb.child(u"item"_s).isNull() && !request.verb.has(u"parent-only"_s);
    const auto node = keptNode(service, request.node());
    if (!isFirst || service.store.countItems(node, false) > 0)
        return;
    auto newestFirst = items.children();
    std::ranges::reverse(newestFirst);
    for (const auto &item : std::as_const(newestFirst))
        keepEntry(service, node, localId(item.attribute(u"id"_s)), item.child(u"entry"_s));
}

// With the real server the last one who leaves stays in the list.
static void keepLeaving(ServiceState &service, const Request &request)
{
    const auto node = service.store.node(request.node());
    if (!node)
        return;
    const bool isLast = service.store.subscribers(*node, true) == QStringList{request.sender.bare};
    if (!isLast || !service.has(Habit::RemoteHoles))
        service.store.removeMember(*node, request.sender.bare);
}

static void keepRows(ServiceState &service, const Node &node, const Element &parent)
{
    for (const auto &row : parent.children())
        keepMember(service, node, row);
}

void keepAnswer(ServiceState &service, const Request &request, const Element &stanza)
{
    if (request.payload.xmlns() == xmlns::discoInfo) {
        keepFields(
            service, keptNode(service, request.payload.attribute(u"node"_s)), stanza.child(u"query"_s).child(u"x"_s));
        return;
    }
    const auto pubsub = stanza.child(u"pubsub"_s);
    const auto verb = request.verb.name();
    const bool isSet = request.type == "set"_L1;
    if (verb == "subscribe"_L1)
        keepRows(service, keptNode(service, request.node()), pubsub);
    else if (verb == "unsubscribe"_L1)
        keepLeaving(service, request);
    else if (verb == "items"_L1)
        keepPage(service, request, pubsub.child(u"items"_s));
    else if (!isSet && request.verb.has(u"node"_s) && !service.has(Habit::RemoteHoles)
        && (verb == "affiliations"_L1 || verb == "subscriptions"_L1))
        keepRows(service, keptNode(service, request.node()), pubsub.child(verb));
    else if (const auto node = service.store.node(request.node()); node && isSet && verb == "delete"_L1)
        service.store.removeNode(*node);
}

static bool hasItems(const Outcome &outcome)
{
    return !outcome.stanzas.isEmpty()
        && !outcome.stanzas.first().child(u"pubsub"_s).child(u"items"_s).children().isEmpty();
}

// The table of buddycloud.md 6.3.
std::optional<Outcome> answerFromKept(ServiceState &service, const Request &request, Operation operation)
{
    if (!service.has(Habit::RemoteHoles) || request.type != "get"_L1 || !request.onBehalfOf.isEmpty())
        return std::nullopt;
    const auto verb = request.verb.name();
    const bool isHere = isKept(service, request.node());
    if (verb == "thread"_L1 || verb == "replies"_L1)
        return isHere ? operation(service, request) : refused(service, request, refusal::itemNotFound());
    if (!isHere)
        return std::nullopt;
    if (verb == "configure"_L1 || verb == "threads"_L1)
        return refused(service, request, refusal::itemNotFound());
    if (verb == "subscriptions"_L1 && request.payload.child(u"set"_s).isNull())
        return Outcome();
    if (verb == "subscriptions"_L1 || verb == "affiliations"_L1)
        return operation(service, request);
    if (verb == "items"_L1) {
        const auto outcome = operation(service, request);
        return hasItems(outcome) ? std::optional(outcome) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace cumulet::channelserver
