#include "ViewRules.h"

#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

bool isOpenTo(const Node &node, const QString &usersDomain, const QString &domain)
{
    const auto model = node.field(u"pubsub#access_model"_s);
    return model == "open"_L1 || (model == "local"_L1 && domain == usersDomain);
}

View viewOf(ServiceState &service, const Node &node, const Address &user)
{
    const auto member = service.store.member(node, user.bare);
    if (member.role == Role::Outcast)
        return View::Banned;
    if (isOpenTo(node, service.settings.usersDomain, user.domain))
        return View::Allowed;
    if (member.isSubscribed())
        return member.role >= Role::Member ? View::Allowed : View::Roleless;
    return member.state == Subscription::Pending ? View::Pending : View::Closed;
}

Refusal refusalOf(const ServiceState &service, View view, bool inItems)
{
    const auto notAuthorized = inItems && service.has(Habit::Underscore) ? u"not_authorized"_s : u"not-authorized"_s;
    switch (view) {
    case View::Pending:
        return {notAuthorized, u"auth"_s, 0, u"pending-subscription"_s, xmlns::pubsubErrors};
    case View::Roleless:
        return {notAuthorized, u"auth"_s, 0, u"closed-node"_s, xmlns::pubsubErrors};
    case View::Closed:
        return {u"forbidden"_s, u"auth"_s, 0, u"closed-node"_s, xmlns::pubsubErrors};
    case View::Banned:
    case View::Allowed:
        break;
    }
    return refusal::forbidden();
}

Outcome refusedView(const ServiceState &service, const Request &request, View view, bool inItems)
{
    if (view == View::Banned && service.has(Habit::OutcastDies))
        return {{}, 0, true};
    return refused(service, request, refusalOf(service, view, inItems));
}

} // namespace cumulet::channelserver
