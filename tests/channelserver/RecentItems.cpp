// Catching up over many nodes: recent-items, user-items, and the firehose (buddycloud.md 4.14, 4.15).
#include "ItemPages.h"
#include "Operations.h"
#include "ViewRules.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int recentPage = 50;
static constexpr int firehoseItems = 50;

static QList<Node> followedNodes(ServiceState &service, const QString &user, bool postsOnly)
{
    QList<Node> nodes;
    for (const auto &member : service.store.membershipsOf(user, true)) {
        const bool isBanned = member.role == Role::Outcast && !service.has(Habit::WeakBans);
        if (!member.isSubscribed() || isBanned || (postsOnly && !member.node.endsWith("/posts"_L1)))
            continue;
        if (const auto node = service.store.node(member.node))
            nodes.append(*node);
    }
    return nodes;
}

static QString pageId(const Item &item)
{
    return item.node + u',' + item.id;
}

// The item an <after/> names, "node,id" or a global id.
static std::optional<Item> itemOfPageId(ServiceState &service, const QString &id)
{
    const auto comma = id.lastIndexOf(u',');
    const auto node = service.store.node(id.startsWith("tag:"_L1) ? nodeOfId(id) : id.left(comma));
    return node ? service.store.item(*node, id.mid(comma + 1)) : std::nullopt;
}

struct Feed
{
    QList<Node> nodes;
    qint64 since = 0;
    int perNode = -1;
    int page = -1;
    bool startsOnly = false;
};

static Outcome showFeed(ServiceState &service, const Request &request, const Feed &feed)
{
    const auto asked = pageRequest(request);
    if (!asked.isValid)
        return refused(service, request, refusal::internalError());
    auto items = service.store.newest(feed.nodes, feed.since, feed.perNode, feed.startsOnly);
    if (!asked.after.isEmpty()) {
        if (!asked.after.contains(u',') && service.has(Habit::OutcastDies))
            return {{}, 0, true};
        const auto after = itemOfPageId(service, asked.after);
        if (!after)
            return refused(service, request, refusal::itemNotFound());
        items.removeIf([&](const Item &item) { return item.rank >= after->rank; });
    }
    const int max = asked.max < 0 ? feed.page : asked.max;
    if (max >= 0)
        items.resize(std::min<qsizetype>(items.size(), max));
    for (auto &item : items)
        service.store.loadEntry(item);

    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    if (!items.isEmpty()) {
        int count = 0;
        for (const auto &node : feed.nodes)
            count += service.store.countItems(node, feed.startsOnly, feed.since);
        for (const auto &group : itemsByNode(items))
            pubsub.add(group);
        pubsub.add(pageElement(pageId(items.first()), pageId(items.last()), count));
    }
    return answered(answer(service, request, pubsub));
}

Outcome showRecentItems(ServiceState &service, const Request &request)
{
    if (!request.verb.has(u"max"_s))
        return refused(service, request, refusal::detailed(u"max-required"_s));
    if (!request.verb.has(u"since"_s))
        return refused(service, request, refusal::detailed(u"since-required"_s));
    bool isNumber = false;
    const int perNode = request.verb.attribute(u"max"_s).toInt(&isNumber);
    if (!isNumber)
        return refused(service, request, refusal::detailed(u"invalid-max-value-provided"_s));
    const auto since = timeFromWire(request.verb.attribute(u"since"_s));
    if (!since)
        return refused(service, request, refusal::detailed(u"invalid-since-value-provided"_s));
    const auto nodes = followedNodes(service, request.sender.bare, true);
    if (nodes.isEmpty() && service.has(Habit::Silence) && !followedNodes(service, request.sender.bare, false).isEmpty())
        return refused(service, request, refusal::internalError());
    const bool startsOnly = isTrue(request.verb.attribute(u"parent-only"_s));
    auto outcome = showFeed(service, request, {nodes, *since, perNode, recentPage, startsOnly});
    const bool isResult = !outcome.stanzas.isEmpty() && outcome.stanzas.first().attribute(u"type"_s) == "result"_L1;
    if (isResult && service.has(Habit::DoubleReplies))
        outcome.stanzas.append(outcome.stanzas.first());
    return outcome;
}

Outcome showUserItems(ServiceState &service, const Request &request)
{
    if (!request.verb.has(u"since"_s))
        return refused(service, request, refusal::detailed(u"since-required"_s));
    const auto since = timeFromWire(request.verb.attribute(u"since"_s));
    if (!since)
        return refused(service, request, refusal::detailed(u"invalid-since-value-provided"_s));
    const bool startsOnly = isTrue(request.verb.attribute(u"parent-only"_s));
    return showFeed(service, request, {followedNodes(service, request.sender.bare, false), *since, -1, -1, startsOnly});
}

Outcome showFirehose(ServiceState &service, const Request &request)
{
    QList<Node> nodes;
    int count = 0;
    for (const auto &name : service.store.nodeNames()) {
        const auto node = service.store.node(name);
        if (isOpenTo(*node, service.settings.usersDomain, request.sender.domain)) {
            nodes.append(*node);
            count += service.store.countItems(*node, false);
        }
    }
    auto items = service.store.newest(nodes, 0, firehoseItems, false);
    items.resize(std::min<qsizetype>(items.size(), firehoseItems));
    std::ranges::reverse(items);
    for (auto &item : items)
        service.store.loadEntry(item);
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    for (const auto &group : itemsByNode(items))
        pubsub.add(group);
    const bool isEmpty = items.isEmpty();
    pubsub.add(pageElement(isEmpty ? QString() : items.first().id, isEmpty ? QString() : items.last().id, count,
        service.has(Habit::SwappedNamespaces)));
    auto outcome = answered(answer(service, request, pubsub));
    if (service.has(Habit::DoubleReplies))
        outcome.stanzas.append(outcome.stanzas.first());
    return outcome;
}

} // namespace cumulet::channelserver
