// Following and leaving (buddycloud.md 4.6, 4.7).
#include "Notifications.h"
#include "Operations.h"
#include "ViewRules.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static const QString firehose = u"/firehose"_s;

static Element memberElement(const QString &name, const Member &member)
{
    Element element(name);
    element.set(name, name == "subscription"_L1 ? wireName(member.state) : wireName(member.role));
    return element.set(u"jid"_s, member.user).set(u"node"_s, member.node);
}

static QList<Element> memberEvent(const Member &member)
{
    return {memberElement(u"subscription"_s, member),
        Element(u"affiliations"_s).add(memberElement(u"affiliation"_s, member))};
}

static Role firstRole(const Node &node)
{
    return node.isEphemeral() ? Role::Moderator : roleFromWire(node.field(u"buddycloud#default_affiliation"_s));
}

static Element labelled(Element field, const QString &label)
{
    return field.set(u"label"_s, label);
}

// A hint to those who can approve (buddycloud.md 4.12); nobody reads an answer to it.
static void askModerators(ServiceState &service, Outcome &outcome, const Node &node, const QString &user)
{
    Element form(u"x"_s, xmlns::form);
    form.set(u"type"_s, u"form"_s);
    form.addLeaf(u"instructions"_s, u"Allow %1 to subscribe to node %2?"_s.arg(user, node.name));
    form.addLeaf(u"title"_s, u"Confirm channel subscription"_s);
    form.add(formField(u"FORM_TYPE"_s, xmlns::authorization, u"hidden"_s));
    form.add(labelled(formField(u"pubsub#node"_s, node.name, u"text-single"_s), u"Node"_s));
    form.add(labelled(formField(u"pubsub#subscriber_jid"_s, user, u"jid-single"_s), u"Subscriber Address"_s));
    form.add(labelled(formField(u"pubsub#allow"_s, u"false"_s, u"boolean"_s),
        u"Allow %1 to subscribe to posts of %2?"_s.arg(user, node.name)));
    for (const auto &member : service.store.members(node, true)) {
        if (member.isSubscribed() && member.role >= Role::Moderator)
            sendHeadline(service, outcome, member.user, form);
    }
}

Outcome subscribe(ServiceState &service, const Request &request)
{
    const auto user = request.sender.bare;
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    if (!request.verb.has(u"jid"_s))
        return refused(service, request, refusal::internalError());
    if (Address::fromText(request.verb.attribute(u"jid"_s)).bare != user)
        return refused(service, request, refusal::detailed(u"invalid-jid"_s));
    if (!NodeName::fromText(request.node()).isValid() && request.node() != firehose) {
        return refused(
            service, request, {u"bad-request"_s, u"modify"_s, 0, u"invalid-node-format"_s, xmlns::buddycloudErrors});
    }
    if (!mayTakePart(service, request))
        return refused(service, request, refusal::registrationRequired());
    auto node = service.store.node(request.node());
    if (!node && request.node() == firehose)
        node = service.store.addNode(firehose, {{u"pubsub#access_model"_s, u"open"_s}});
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    auto member = service.store.member(*node, user);
    if (member.role == Role::Outcast)
        return refused(service, request, refusal::forbidden());

    if (!member.isSubscribed() && member.state != Subscription::Pending) {
        member.state = isOpenTo(*node, service.settings.usersDomain, request.sender.domain) ? Subscription::Subscribed
                                                                                            : Subscription::Pending;
        if (member.role == Role::None)
            member.role = firstRole(*node);
        member.invitedBy.clear();
        service.store.saveMember(*node, member, service.nowMs());
    }
    Element pubsub(u"pubsub"_s, xmlns::pubsub);
    pubsub.add(memberElement(u"subscription"_s, member)).add(memberElement(u"affiliation"_s, member));
    auto outcome = answered(answer(service, request, pubsub));
    notifySubscribers(service, outcome, *node, memberEvent(member));
    if (member.state == Subscription::Pending)
        askModerators(service, outcome, *node, user);
    return outcome;
}

// The last owner may not go, since nobody could give the channel to somebody then.
static bool isLastOwner(ServiceState &service, const Node &node, const Member &member)
{
    return member.role == Role::Owner && !node.isEphemeral() && service.store.count(node, Role::Owner) == 1;
}

static void leave(ServiceState &service, const Node &node, Member member)
{
    const Transaction together(service.store.database());
    member.state = Subscription::None;
    if (member.role != Role::Outcast || service.has(Habit::WeakBans))
        member.role = Role::None;
    service.store.saveMember(node, member, service.nowMs());
    if (node.isEphemeral() && service.store.subscribers(node, true).isEmpty())
        service.store.removeNode(node);
}

Outcome unsubscribe(ServiceState &service, const Request &request)
{
    const auto user = request.sender.bare;
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto leaving = Address::fromText(request.verb.attribute(u"jid"_s));
    if (leaving.bare != user)
        return refused(service, request, refusal::notAuthorized());
    if (leaving.isFull()) {
        return refused(
            service, request, {u"forbidden"_s, u"auth"_s, 0, u"can-only-unsubscribe-self"_s, xmlns::buddycloud});
    }
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    const auto member = service.store.member(*node, user);
    if (isLastOwner(service, *node, member))
        return refused(
            service, request, {u"not-allowed"_s, u"cancel"_s, 0, u"node-must-have-owner"_s, xmlns::buddycloud});
    leave(service, *node, member);

    Element affiliation(u"affiliation"_s); // without a role, which means none
    affiliation.set(u"jid"_s, user).set(u"node"_s, node->name);
    auto outcome = answered(answer(service, request));
    const Member gone{user, node->name, Role::None, Subscription::None, {}, 0};
    notifySubscribers(
        service, outcome, *node, {memberElement(u"subscription"_s, gone), Element(u"affiliations"_s).add(affiliation)});
    return outcome;
}

} // namespace cumulet::channelserver
