// Posts, comments, ratings, and their removal (buddycloud.md 4.16).
#include "Entry.h"
#include "Notifications.h"
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Element itemElement(const QString &id)
{
    return Element(u"item"_s).set(u"id"_s, id);
}

// Why this request cannot be a post; nothing if the item may be looked at.
static std::optional<Refusal> publishRefusal(
    ServiceState &service, const Request &request, const std::optional<Node> &node)
{
    if (request.node().isEmpty())
        return refusal::nodeRequired();
    if (!NodeName::fromText(request.node()).isValid())
        return refusal::badRequest();
    if (!mayTakePart(service, request))
        return refusal::registrationRequired();
    if (!node)
        return refusal::itemNotFound();
    const auto member = service.store.member(*node, request.sender.bare);
    if (!member.isSubscribed() || member.role < Role::Publisher)
        return refusal::forbidden();
    return std::nullopt;
}

static bool takesAtom(const Node &node)
{
    const auto type = node.field(u"pubsub#type"_s);
    return type.isEmpty() || type == xmlns::atom;
}

static Item storedItem(const ServiceState &service, const Request &request, const Draft &draft)
{
    const auto id = service.newId();
    const auto author = request.sender.bare;
    const auto time = service.nowMs();
    const auto entry = writeEntry(service, request.node(), id, author, time, draft).toXml({});
    return {
        0, request.node(), id, entry, author, draft.content, draft.replyTo, draft.target, draft.rating, time, time, 0};
}

Outcome publish(ServiceState &service, const Request &request)
{
    const auto node = service.store.node(request.node());
    if (const auto no = publishRefusal(service, request, node))
        return refused(service, request, *no);
    if (!takesAtom(*node)) {
        return service.has(Habit::Silence) ? Outcome() : refused(service, request, refusal::notImplemented());
    }
    const auto sent = request.verb.child(u"item"_s);
    if (sent.isNull())
        return refused(service, request, refusal::detailed(u"item-required"_s));
    const auto entry = sent.child(u"entry"_s);
    if (entry.isNull())
        return refused(service, request, refusal::detailed(u"entry-element-required"_s));
    Refusal why;
    const auto draft = readDraft(service, *node, request.sender.bare, entry, &why);
    if (!draft)
        return refused(service, request, why);

    const Transaction together(service.store.database());
    const auto item = storedItem(service, request, *draft);
    service.store.addItem(*node, item, item.replyTo.isNull() ? item.updated : service.nowMs());
    const auto id = globalId(service.tagAuthority(), node->name, item.id);
    const auto result = Element(u"publish"_s).set(u"node"_s, node->name).add(itemElement(id));
    auto outcome = answered(answer(service, request, Element(u"pubsub"_s, xmlns::pubsub).add(result)));
    const auto eventId = service.has(Habit::LegacyEntry) ? item.id : id;
    notifyItem(service, outcome, *node, itemElement(eventId).add(Element::written(item.entry)));
    return outcome;
}

static Element retraction(const ServiceState &service, const Node &node, const QString &id)
{
    if (!service.has(Habit::LegacyEntry))
        return Element(u"retract"_s).set(u"id"_s, id);
    Element deleted(u"deleted-entry"_s, xmlns::tombstone);
    deleted.set(u"ref"_s, globalId(service.settings.domain, node.name, id)).set(u"when"_s, wireTime(service.now()));
    return itemElement(id).add(deleted);
}

Outcome retract(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    const auto asked = request.verb.child(u"item"_s);
    if (asked.isNull())
        return refused(service, request, refusal::detailed(u"item-required"_s));
    const auto id = asked.attribute(u"id"_s);
    if (id.isEmpty())
        return refused(service, request, refusal::badRequest());
    if (id.startsWith("tag:"_L1) && id.count(u',') < 2) {
        return refused(
            service, request, {u"bad-request"_s, u"modify"_s, 0, u"global-id-error"_s, xmlns::buddycloudErrors});
    }
    const auto item = service.store.item(*node, localId(id));
    if (!item)
        return refused(service, request, refusal::itemNotFound());
    const bool moderates = service.store.member(*node, request.sender.bare).role >= Role::Moderator;
    if (item->author != request.sender.bare && !moderates)
        return refused(service, request, refusal::forbidden());

    const Transaction together(service.store.database());
    const auto gone = service.store.removeItem(*node, *item);
    auto outcome = answered(answer(service, request));
    const auto notify = request.verb.attribute(u"notify"_s);
    if (notify != "false"_L1 && notify != "0"_L1) {
        for (const auto &goneId : gone)
            notifyItem(service, outcome, *node, retraction(service, *node, goneId));
    }
    return outcome;
}

} // namespace cumulet::channelserver
