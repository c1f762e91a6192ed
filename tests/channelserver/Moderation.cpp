// Approving, inviting, removing, and changing roles (buddycloud.md 4.12, 4.13).
#include "Notifications.h"
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Refusal unexpected()
{
    return {u"unexpected-request"_s, u"modify"_s, 400, {}, {}};
}

static Refusal ownRow(const QString &detail)
{
    return {u"not-allowed"_s, u"cancel"_s, 0, detail, xmlns::buddycloudErrors};
}

static void tellSubscription(ServiceState &service, Outcome &outcome, const Node &node, const Member &member)
{
    Element event(u"subscription"_s);
    event.set(u"subscription"_s, wireName(member.state)).set(u"jid"_s, member.user).set(u"node"_s, node.name);
    if (member.state == Subscription::Invited)
        event.set(u"invited-by"_s, member.invitedBy);
    notifySubscribers(service, outcome, node, {event});
    const bool isQuiet = service.has(member.state == Subscription::Invited ? Habit::QuietInvite : Habit::QuietDeny);
    if (!member.isSubscribed() && !isQuiet)
        notifyUser(service, outcome, member.user, {event});
}

static std::optional<Refusal> subscriptionRefusal(const Member &sender, const Member &target, Subscription wanted)
{
    const bool moderates = sender.role >= Role::Moderator;
    const bool invites = wanted == Subscription::Invited;
    if (!moderates && !(invites && sender.isSubscribed() && sender.role >= Role::Member))
        return refusal::forbidden();
    if (target.user == sender.user)
        return ownRow(u"can-not-modify-own-subscription"_s);
    if (target.state == Subscription::None && !invites)
        return unexpected();
    return std::nullopt;
}

Outcome changeSubscription(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto row = request.verb.child(u"subscription"_s);
    if (row.attribute(u"jid"_s).isEmpty() || row.attribute(u"subscription"_s).isEmpty())
        return refused(service, request, refusal::badRequest());
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    const auto wanted = subscriptionFromWire(row.attribute(u"subscription"_s));
    const auto sender = service.store.member(*node, request.sender.bare);
    auto target = service.store.member(*node, Address::fromText(row.attribute(u"jid"_s)).bare);
    if (const auto no = subscriptionRefusal(sender, target, wanted))
        return refused(service, request, *no);
    auto outcome = answered(answer(service, request));
    if (wanted == Subscription::Invited && target.state != Subscription::None)
        return outcome; // is here already

    const Transaction together(service.store.database());
    target.state = wanted;
    target.invitedBy = wanted == Subscription::Invited ? request.sender.bare : QString();
    if (wanted == Subscription::None && (target.role != Role::Outcast || service.has(Habit::WeakBans)))
        target.role = Role::None;
    service.store.saveMember(*node, target, service.nowMs());
    tellSubscription(service, outcome, *node, target);
    return outcome;
}

// The checks of buddycloud.md 4.13, in the order of that table, from the third on.
static std::optional<Refusal> affiliationRefusal(
    const Node &node, const Member &sender, const Member &target, Role wanted)
{
    if (sender.role < Role::Moderator)
        return refusal::notAuthorized();
    if (sender.role == Role::Moderator && wanted >= Role::Moderator)
        return refusal::forbidden();
    if (target.role == Role::None && target.state == Subscription::None)
        return unexpected();
    if (sender.role == Role::Moderator && target.role >= Role::Moderator)
        return refusal::forbidden();
    if (sender.user == target.user)
        return ownRow(u"can-not-modify-own-affiliation"_s);
    if (target.role == Role::Owner)
        return Refusal{u"not-acceptable"_s, u"modify"_s, 406, {}, {}};
    if (node.isEphemeral() && wanted < Role::Moderator)
        return refusal::notAllowed();
    return std::nullopt;
}

Outcome changeAffiliation(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto row = request.verb.child(u"affiliation"_s);
    if (row.attribute(u"jid"_s).isEmpty() || row.attribute(u"affiliation"_s).isEmpty())
        return refused(service, request, refusal::badRequest());
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    const auto wanted = roleFromWire(row.attribute(u"affiliation"_s));
    const auto sender = service.store.member(*node, request.sender.bare);
    auto target = service.store.member(*node, Address::fromText(row.attribute(u"jid"_s)).bare);
    if (const auto no = affiliationRefusal(*node, sender, target, wanted))
        return refused(service, request, *no);

    auto outcome = answered(answer(service, request));
    const Transaction together(service.store.database());
    target.role = wanted;
    service.store.saveMember(*node, target, service.nowMs());
    Element affiliation(u"affiliation"_s);
    affiliation.set(u"affiliation"_s, wireName(wanted)).set(u"jid"_s, target.user);
    Element affiliations(u"affiliations"_s, service.has(Habit::EmptyNamespaces) ? u""_s : xmlns::event);
    affiliations.set(u"node"_s, node->name).add(affiliation);
    notifySubscribers(service, outcome, *node, {affiliations});
    // the banned learn it, although nothing else reaches them any more
    if (wanted == Role::Outcast && !service.has(Habit::WeakBans))
        notifyUser(service, outcome, target.user, {affiliations});
    return outcome;
}

} // namespace cumulet::channelserver
