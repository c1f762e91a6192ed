// Lists of subscriptions and affiliations, of oneself and of a node (buddycloud.md 4.8, 4.9).
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static bool asksForEphemeral(const Request &request)
{
    return request.verb.attribute(u"ephemeral"_s, xmlns::buddycloud) == "true"_L1;
}

static Element subscriptionRow(const QString &name, const Member &member)
{
    Element row(name);
    row.set(u"subscription"_s, wireName(member.state)).set(u"jid"_s, member.user).set(u"node"_s, member.node);
    if (!member.invitedBy.isEmpty() && member.state == Subscription::Invited)
        row.set(u"invited-by"_s, member.invitedBy);
    return row;
}

static Element affiliationRow(const Member &member, bool withInviter)
{
    Element row(u"affiliation"_s);
    row.set(u"affiliation"_s, wireName(member.role)).set(u"jid"_s, member.user).set(u"node"_s, member.node);
    if (withInviter && member.state == Subscription::Invited)
        row.set(u"invited-by"_s, member.invitedBy);
    return row;
}

static QList<Member> ownRows(ServiceState &service, const Request &request, bool bySubscription)
{
    QList<Member> rows;
    for (const auto &member : service.store.membershipsOf(request.sender.bare, bySubscription)) {
        const auto node = service.store.node(member.node);
        if (node && node->isEphemeral() == asksForEphemeral(request))
            rows.append(member);
    }
    return rows;
}

Outcome listSubscriptions(ServiceState &service, const Request &request)
{
    Element list(u"subscriptions"_s);
    if (!request.verb.has(u"node"_s)) {
        for (const auto &member : ownRows(service, request, true)) {
            if (member.state != Subscription::None)
                list.add(subscriptionRow(u"subscription"_s, member));
        }
    } else {
        const auto node = service.store.node(request.node());
        if (!node)
            return refused(service, request, refusal::itemNotFound());
        if (service.isRelayed(node->name) && request.payload.child(u"set"_s).isNull())
            return {}; // known here, but answered only through the remote service, which wants a page
        list.set(u"node"_s, node->name);
        const bool moderates = service.store.member(*node, request.sender.bare).role >= Role::Moderator;
        for (const auto &member : service.store.members(*node, true)) {
            const bool isOpen = moderates || member.isSubscribed() || member.user == request.sender.bare;
            if (member.state != Subscription::None && isOpen)
                list.add(subscriptionRow(u"subscription"_s, member));
        }
    }
    const auto xmlns = service.has(Habit::SwappedNamespaces) ? xmlns::pubsub : request.payload.xmlns();
    return answered(answer(service, request, Element(u"pubsub"_s, xmlns).add(list)));
}

// In the real server an outcast is shown to everybody as long as the subscription is left.
static bool isListed(const ServiceState &service, const Member &member, const QString &asking, bool moderates)
{
    if (member.role == Role::None)
        return false;
    if (moderates || member.user == asking)
        return true;
    return member.isSubscribed() && (member.role != Role::Outcast || service.has(Habit::WeakBans));
}

Outcome listAffiliations(ServiceState &service, const Request &request)
{
    const bool isOwn = !request.verb.has(u"node"_s);
    Element list(u"affiliations"_s);
    if (isOwn) {
        for (const auto &member : ownRows(service, request, false)) {
            if (member.role != Role::None || member.state == Subscription::Invited)
                list.add(affiliationRow(member, true));
        }
    } else {
        const auto node = service.store.node(request.node());
        if (!node)
            return refused(service, request, refusal::itemNotFound());
        const bool moderates = service.store.member(*node, request.sender.bare).role >= Role::Moderator;
        for (const auto &member : service.store.members(*node, false)) {
            if (isListed(service, member, request.sender.bare, moderates))
                list.add(affiliationRow(member, false));
        }
    }
    const auto swapped = isOwn ? xmlns::owner : xmlns::pubsub;
    const auto xmlns = service.has(Habit::SwappedNamespaces) ? swapped : request.payload.xmlns();
    return answered(answer(service, request, Element(u"pubsub"_s, xmlns).add(list)));
}

static bool passes(const Node &node, const Element &filter)
{
    const auto allowed = filter.children();
    return std::ranges::all_of(allowed, [&](const Element &allow) {
        return node.has(allow.attribute(u"field"_s))
            && node.field(allow.attribute(u"field"_s)) == allow.attribute(u"value"_s);
    });
}

Outcome listSubscriptionsWithConfiguration(ServiceState &service, const Request &request)
{
    QStringList fields;
    for (const auto &allow : request.verb.child(u"configuration-filter"_s).children())
        fields.append(allow.attribute(u"field"_s));
    Element list(u"subscriptions-with-configuration"_s, xmlns::buddycloud);
    for (const auto &member : service.store.membershipsOf(request.sender.bare, true)) {
        const auto node = service.store.node(member.node);
        if (member.state == Subscription::None || !node || !passes(*node, request.verb.child(u"subscription-filter"_s))
            || node->isEphemeral())
            continue;
        Element configure(u"configure"_s);
        configure.set(u"node"_s, node->name).add(configurationForm(*node, fields));
        list.add(subscriptionRow(u"subscription-with-configuration"_s, member).add(configure));
    }
    return answered(answer(service, request, Element(u"pubsub"_s, xmlns::pubsub).add(list)));
}

} // namespace cumulet::channelserver
