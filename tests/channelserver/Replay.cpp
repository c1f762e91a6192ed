// Replay of missed events in the real server's own dialect of an archive (buddycloud.md 4.18).
#include "ItemPages.h"
#include "Operations.h"
#include "Xmlns.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

struct Span
{
    qint64 start = 0;
    qint64 end = std::numeric_limits<qint64>::max();

    bool contains(qint64 time) const { return time >= start && time <= end; }
};

static std::optional<Span> spanOf(const Element &query)
{
    Span span;
    for (const auto &[name, time] : {std::pair{u"start"_s, &span.start}, std::pair{u"end"_s, &span.end}}) {
        const auto text = query.child(name).text();
        if (text.isEmpty())
            continue;
        const auto parsed = timeFromWire(text);
        if (!parsed)
            return std::nullopt;
        *time = *parsed;
    }
    return span;
}

static Element replayed(const ServiceState &service, const Request &request, qint64 time, const Element &eventChild)
{
    const auto address = [&](Element element) {
        return element.set(u"from"_s, service.settings.domain).set(u"to"_s, request.sender.full());
    };
    Element forwarded(u"forwarded"_s, xmlns::forward);
    forwarded.add(Element(u"delay"_s, xmlns::delay).set(u"stamp"_s, wireTime(time)));
    forwarded.add(address(Element(u"msg"_s).set(u"type"_s, u"headline"_s)));
    forwarded.add(Element(u"event"_s, xmlns::event).add(eventChild));
    return address(Element(u"message"_s))
        .add(Element(u"result"_s, xmlns::replay).set(u"id"_s, request.id))
        .add(forwarded);
}

static void replayRoles(
    ServiceState &service, const Request &request, const Node &node, const Span &span, Outcome &outcome)
{
    for (const auto &member : service.store.members(node, false)) {
        if (!span.contains(member.roleTime) || member.role == Role::None)
            continue;
        Element affiliation(u"affiliation"_s);
        affiliation.set(u"affiliation"_s, wireName(member.role)).set(u"jid"_s, member.user);
        Element affiliations(u"affiliations"_s, xmlns::forward);
        affiliations.set(u"node"_s, node.name).add(affiliation);
        outcome.stanzas.append(replayed(service, request, member.roleTime, affiliations));
    }
}

Outcome replay(ServiceState &service, const Request &request)
{
    const auto span = spanOf(request.payload);
    if (!span)
        return refused(service, request, refusal::badRequest());
    Outcome outcome;
    QList<Node> nodes;
    for (const auto &member : service.store.membershipsOf(request.sender.bare, true)) {
        const auto node = service.store.node(member.node);
        if (!member.isSubscribed() || member.role < Role::Member || !node)
            continue;
        nodes.append(*node);
        replayRoles(service, request, *node, *span, outcome);
    }
    for (auto item : service.store.newest(nodes, span->start, -1, false)) {
        service.store.loadEntry(item);
        if (!span->contains(item.updated))
            continue;
        Element items(u"items"_s, xmlns::forward);
        items.set(u"node"_s, item.node).add(itemElement(item));
        outcome.stanzas.append(replayed(service, request, item.created, items));
    }
    outcome.stanzas.append(answer(service, request));
    return outcome;
}

} // namespace cumulet::channelserver
