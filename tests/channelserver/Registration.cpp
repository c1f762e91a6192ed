// jabber:iq:register: a user's personal channel comes into being, or goes (buddycloud.md 3).
#include "HugeInstallation.h"
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static QString personalNode(const QString &user, const QString &type)
{
    return "/user/"_L1 + user + u'/' + type;
}

Outcome registerUser(ServiceState &service, const Request &request)
{
    if (request.type == "get"_L1)
        return refused(service, request, {u"unexpected-request"_s, u"wait"_s, 400, {}, {}, true});
    if (!service.isLocalUser(request.sender.domain))
        return refused(service, request, refusal::notAllowed());
    const auto user = request.sender.bare;
    if (service.store.node(personalNode(user, u"posts"_s)))
        return answered(answer(service, request));

    const Transaction together(service.store.database());
    for (const auto &type :
        {u"posts"_s, u"status"_s, u"subscriptions"_s, u"geo/previous"_s, u"geo/current"_s, u"geo/next"_s}) {
        const auto name = personalNode(user, type);
        if (service.store.node(name))
            continue; // somebody made it before
        auto fields = newNodeFields(service, NodeName::fromText(name), user);
        if (type == "posts"_L1)
            fields.append({u"buddycloud#channel_type"_s, u"personal"_s});
        const auto node = service.store.addNode(name, fields);
        service.store.saveMember(node, {user, name, Role::Owner, Subscription::Subscribed, {}, 0}, service.nowMs());
    }
    if (service.has(Habit::Huge))
        followHugeInstallation(service, user);
    return answered(answer(service, request));
}

Outcome unregisterUser(ServiceState &service, const Request &request)
{
    const auto asked = request.payload.children();
    if (asked.size() != 1 || asked.first().name() != "remove"_L1)
        return refused(service, request, refusal::badRequest());
    const auto user = request.sender.bare;
    if (!service.store.node(personalNode(user, u"posts"_s)))
        return refused(service, request, refusal::registrationRequired());

    const Transaction together(service.store.database());
    for (const auto &membership : service.store.membershipsOf(user, true)) {
        const auto node = service.store.node(membership.node);
        const bool isOwn = NodeName::fromText(node->name).channel == user && membership.role == Role::Owner;
        const bool isPersonal = node->field(u"buddycloud#channel_type"_s) == "personal"_L1;
        if (isOwn || (isPersonal && service.has(Habit::GreedyUnregister)))
            service.store.removeNode(*node);
        else
            service.store.removeMember(*node, user);
    }
    service.store.removeItemsOf(user);
    return answered(answer(service, request));
}

} // namespace cumulet::channelserver
