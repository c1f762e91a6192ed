// Making and deleting nodes (buddycloud.md 4.2, 4.5).
#include "Notifications.h"
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

QList<std::pair<QString, QString>> newNodeFields(
    const ServiceState &service, const NodeName &name, const QString &owner)
{
    const auto words = u"%1's very own buddycloud channel"_s.arg(name.channel);
    return {{u"buddycloud#default_affiliation"_s, u"member"_s}, {u"pubsub#access_model"_s, u"open"_s},
        {u"pubsub#creation_date"_s, wireTime(service.now())}, {u"pubsub#description"_s, words},
        {u"pubsub#owner"_s, owner}, {u"pubsub#title"_s, words}};
}

// The first answer. node is made in the store if it is one.
static Element create(ServiceState &service, const Request &request, const Element &form)
{
    const auto name = NodeName::fromText(request.node());
    if (request.node().isEmpty())
        return answer(service, request, refusal::nodeRequired());
    if (!name.isSimple() || (form.isNull() && service.has(Habit::StrictCreate)))
        return answer(service, request, refusal::badRequest());
    if (!service.isLocalUser(request.sender.domain))
        return answer(service, request, refusal::forbidden());
    if (service.store.node(request.node()))
        return answer(service, request, refusal::conflict());

    Node draft{0, request.node(), newNodeFields(service, name, request.sender.bare)};
    draft.setField(u"pubsub#creator"_s, request.sender.bare);
    const auto complete = configured(service, draft, form, true);
    if (!complete)
        return answer(service, request, refusal::badRequest());
    const Transaction together(service.store.database());
    const auto node = service.store.addNode(draft.name, complete->fields);
    service.store.saveMember(
        node, {request.sender.bare, node.name, Role::Owner, Subscription::Subscribed, {}, 0}, service.nowMs());
    return answer(service, request);
}

Outcome createNode(ServiceState &service, const Request &request)
{
    const auto configuration = request.payload.child(u"configure"_s);
    const auto form = configuration.child(u"x"_s);
    const auto first = create(service, request, form);
    auto outcome = answered(first);
    const bool isMade = first.attribute(u"type"_s) == "result"_L1;
    const bool isStrict = service.has(Habit::StrictCreate);
    if (configuration.isNull())
        return outcome;
    // the real server takes the configure for a request of its own, which needs the node again
    if (isStrict && configuration.attribute(u"node"_s).isEmpty()) {
        outcome.stanzas.append(answer(service, request, refusal::nodeRequired()));
        return outcome;
    }
    if (service.has(Habit::DoubleReplies)) {
        auto second = request;
        second.verb = configuration;
        if (second.node().isEmpty())
            second.verb.set(u"node"_s, request.node());
        const auto result = configure(service, second);
        outcome.stanzas += result.stanzas;
    } else if (isMade) {
        if (const auto node = service.store.node(request.node()))
            notifyConfiguration(service, outcome, *node, form);
    }
    return outcome;
}

Outcome deleteNode(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    if (!NodeName::fromText(request.node()).isSimple())
        return refused(service, request, refusal::badRequest());
    if (!service.isLocalUser(request.sender.domain))
        return refused(service, request, refusal::forbidden());
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    if (node->isEphemeral()) {
        return refused(service, request,
            {u"not-allowed"_s, u"cancel"_s, 0, u"can-not-delete-ephemeral-node"_s, xmlns::buddycloudErrors});
    }
    if (service.store.member(*node, request.sender.bare).role != Role::Owner)
        return refused(service, request, refusal::notAuthorized());

    auto outcome = answered(answer(service, request));
    notifySubscribers(service, outcome, *node, {Element(u"delete"_s).set(u"node"_s, node->name)});
    const Transaction together(service.store.database());
    service.store.removeNode(*node);
    return outcome;
}

} // namespace cumulet::channelserver
