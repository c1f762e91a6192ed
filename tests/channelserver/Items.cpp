// Reading the items of one node (buddycloud.md 4.10).
#include "ItemPages.h"
#include "Operations.h"
#include "ViewRules.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int defaultPage = 50;

static Outcome showOne(ServiceState &service, const Request &request, const Node &node, const QString &id)
{
    const auto item = service.store.item(node, localId(id));
    if (!item)
        return refused(service, request, refusal::itemNotFound());
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    return answered(answer(service, request, pubsub.add(itemsElement(node.name, {*item}))));
}

// Where the page lies; nothing if it hangs on an item that is not there.
static std::optional<Page> placed(ServiceState &service, const Node &node, const PageRequest &asked)
{
    const bool lenient = service.has(Habit::NoBefore);
    Page page;
    page.max = asked.max < 0 ? defaultPage : asked.max;
    if (!asked.after.isEmpty()) {
        if (const auto item = service.store.item(node, localId(asked.after)))
            page.below = item->rank;
        else if (!lenient)
            return std::nullopt;
    } else if (asked.hasBefore && !lenient) {
        page.oldestFirst = true;
        if (!asked.before.isEmpty()) {
            const auto item = service.store.item(node, localId(asked.before));
            if (!item)
                return std::nullopt;
            page.above = item->rank;
        }
    }
    return page;
}

static Outcome showPage(ServiceState &service, const Request &request, const Node &node)
{
    const auto asked = pageRequest(request);
    if (!asked.isValid)
        return refused(service, request, refusal::internalError());
    auto page = placed(service, node, asked);
    if (!page)
        return refused(service, request, refusal::itemNotFound());
    page->startsOnly = isTrue(request.verb.attribute(u"parent-only"_s));
    auto items = service.store.items(node, *page);
    if (page->oldestFirst)
        std::ranges::reverse(items);
    const int count = service.store.countItems(node, page->startsOnly);

    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    pubsub.add(itemsElement(node.name, items));
    if (asked.isGiven || count > items.size()) {
        const bool isEmpty = items.isEmpty();
        pubsub.add(pageElement(isEmpty ? QString() : items.first().id, isEmpty ? QString() : items.last().id, count));
    }
    auto result = answer(service, request, pubsub);
    // the real server notices the wrong node too late, and sends an error that carries the items
    const auto otherNode = nodeOfId(asked.after);
    if (!otherNode.isEmpty() && otherNode != node.name)
        result.set(u"type"_s, u"error"_s);
    return answered(result);
}

Outcome showItems(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    if (request.node() == "/firehose"_L1)
        return showFirehose(service, request);
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    if (const auto view = viewOf(service, *node, request.sender); view != View::Allowed)
        return refusedView(service, request, view, true);
    if (service.isRelayed(node->name))
        service.relayedNodes.insert(node->name);
    const auto single = request.verb.child(u"item"_s);
    if (!single.isNull())
        return showOne(service, request, *node, single.attribute(u"id"_s));
    return showPage(service, request, *node);
}

} // namespace cumulet::channelserver
