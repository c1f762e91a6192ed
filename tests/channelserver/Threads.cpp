// Threads of a node, one thread, the replies in it (buddycloud.md 4.11).
#include "ItemPages.h"
#include "Operations.h"
#include "ViewRules.h"
#include "Xmlns.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int defaultThreads = 15;

static Page everyReply()
{
    Page page;
    page.oldestFirst = true;
    return page;
}

// The replies, oldest first, and the thread start last.
static QList<Item> wholeThread(ServiceState &service, const Node &node, const Item &start)
{
    auto items = service.store.replies(node, start.id, everyReply());
    items.append(start);
    return items;
}

Outcome showThreads(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto node = service.store.node(request.node());
    if (!node || service.relayedNodes.contains(request.node()))
        return refused(service, request, refusal::itemNotFound());
    if (const auto view = viewOf(service, *node, request.sender); view != View::Allowed)
        return refusedView(service, request, view, false);
    const auto asked = pageRequest(request);
    if (!asked.isValid)
        return refused(service, request, refusal::internalError());
    Page page;
    page.max = asked.max < 0 ? defaultThreads : asked.max;
    page.startsOnly = true;
    if (!asked.after.isEmpty()) {
        const auto after = service.store.item(*node, localId(asked.after));
        if (!after)
            return refused(service, request, refusal::itemNotFound());
        page.below = after->rank;
    }

    const auto starts = service.store.items(*node, page);
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    for (const auto &start : starts) {
        Element thread(u"thread"_s);
        thread.set(u"updated"_s, wireTime(start.updated)).set(u"id"_s, start.id).set(u"node"_s, node->name);
        for (const auto &item : wholeThread(service, *node, start))
            thread.add(itemElement(item));
        pubsub.add(thread);
    }
    if (!starts.isEmpty())
        pubsub.add(pageElement(starts.first().id, starts.last().id, service.store.countItems(*node, true)));
    return answered(answer(service, request, pubsub));
}

// The node and the item a thread or replies request is about, or the answer that refuses it.
struct Asked
{
    std::optional<Node> node;
    std::optional<Item> item;
    std::optional<Outcome> refusal;
};

static Asked askedThread(ServiceState &service, const Request &request)
{
    Asked asked;
    if (request.node().isEmpty()) {
        asked.refusal = refused(service, request, refusal::nodeRequired());
        return asked;
    }
    const auto id = request.verb.attribute(u"item_id"_s);
    if (id.isEmpty()) {
        asked.refusal = refused(service, request, refusal::detailed(u"itemid-required"_s));
        return asked;
    }
    asked.node = service.store.node(request.node());
    if (!asked.node) {
        asked.refusal = refused(service, request, refusal::itemNotFound());
        return asked;
    }
    if (const auto view = viewOf(service, *asked.node, request.sender); view != View::Allowed)
        asked.refusal = refusedView(service, request, view, false);
    else
        asked.item = service.store.item(*asked.node, localId(id));
    return asked;
}

// Only what is newer than after and older than before, and of that the newest max.
static QList<Item> paged(ServiceState &service, const Node &node, QList<Item> items, const PageRequest &page)
{
    if (const auto after = service.store.item(node, localId(page.after)))
        items.removeIf([&](const Item &item) { return item.rank <= after->rank; });
    if (const auto before = service.store.item(node, localId(page.before)))
        items.removeIf([&](const Item &item) { return item.rank >= before->rank; });
    return page.max < 0 ? items : items.last(std::min<qsizetype>(page.max, items.size()));
}

static Element listAnswer(ServiceState &service, const Request &request, const QList<Item> &items, int count)
{
    const bool isEmpty = items.isEmpty();
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    pubsub.add(itemsElement(request.node(), items));
    pubsub.add(pageElement(isEmpty ? QString() : items.first().id, isEmpty ? QString() : items.last().id, count,
        service.has(Habit::SwappedNamespaces)));
    return answer(service, request, pubsub);
}

Outcome showThread(ServiceState &service, const Request &request)
{
    const auto asked = askedThread(service, request);
    if (asked.refusal)
        return *asked.refusal;
    if (!asked.item) {
        auto notFound = refusal::itemNotFound();
        notFound.detail = u"parent-item-not-found"_s;
        notFound.detailXmlns = xmlns::buddycloudErrors;
        return refused(service, request, notFound);
    }
    const auto page = pageRequest(request);
    if (!page.isValid)
        return refused(service, request, refusal::internalError());
    const auto all = wholeThread(service, *asked.node, *asked.item);
    return answered(listAnswer(service, request, paged(service, *asked.node, all, page), int(all.size())));
}

Outcome showReplies(ServiceState &service, const Request &request)
{
    const auto asked = askedThread(service, request);
    if (asked.refusal)
        return *asked.refusal;
    if (!asked.item) {
        auto empty = request; // comes back with the error, without what was asked
        empty.payload = Element(u"pubsub"_s, xmlns::pubsub);
        auto badRequest = refusal::badRequest();
        badRequest.echoes = true;
        return refused(service, empty, badRequest);
    }
    const auto page = pageRequest(request);
    if (!page.isValid)
        return refused(service, request, refusal::internalError());
    const auto all = service.store.replies(*asked.node, asked.item->id, everyReply());
    auto outcome = answered(listAnswer(service, request, paged(service, *asked.node, all, page), int(all.size())));
    if (service.has(Habit::DoubleReplies))
        outcome.stanzas.append(outcome.stanzas.first());
    return outcome;
}

} // namespace cumulet::channelserver
