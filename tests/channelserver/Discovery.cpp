// disco#info and disco#items of the service and its nodes (buddycloud.md 2.2, 2.6, 4.3).
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Element identity(const QString &type)
{
    Element element(u"identity"_s);
    return element.set(u"category"_s, u"pubsub"_s).set(u"type"_s, type);
}

static Element feature(const QString &var)
{
    Element element(u"feature"_s);
    return element.set(u"var"_s, var);
}

Outcome describeService(ServiceState &service, const Request &request)
{
    Element query(u"query"_s, xmlns::discoInfo);
    query.add(identity(u"channels"_s)).add(identity(u"inbox"_s));
    for (const auto &var : {xmlns::registration, xmlns::discoInfo, xmlns::discoItems, xmlns::search})
        query.add(feature(var));
    return answered(answer(service, request, query));
}

Outcome describeNode(ServiceState &service, const Request &request)
{
    const auto name = request.payload.attribute(u"node"_s);
    if (!NodeName::fromText(name).isValid())
        return refused(service, request, refusal::internalError());
    const auto node = service.store.node(name);
    Element query(u"query"_s, xmlns::discoInfo);
    if (!node) {
        auto request404 = request; // the real server echoes the query without its node
        request404.payload = query;
        auto notFound = refusal::itemNotFound();
        notFound.echoes = true;
        return refused(service, request404, notFound);
    }
    Element form(u"x"_s, xmlns::form);
    form.set(u"type"_s, u"result"_s).add(formField(u"FORM_TYPE"_s, xmlns::metaData, u"hidden"_s));
    for (const auto &[var, value] : node->fields) {
        const bool hidesLocal =
            var == "pubsub#access_model"_L1 && value == "local"_L1 && !service.isLocalUser(request.sender.domain);
        form.add(formField(var, hidesLocal ? u"authorize"_s : value));
    }
    query.set(u"node"_s, name).add(identity(u"leaf"_s)).add(feature(xmlns::pubsub)).add(form);
    query.add(feature(xmlns::pubsub)).add(identity(u"leaf"_s));
    return answered(answer(service, request, query));
}

Outcome listNodes(ServiceState &service, const Request &request)
{
    if (request.payload.has(u"node"_s)) {
        auto notImplemented = refusal::notImplemented();
        notImplemented.echoes = false;
        return refused(service, request, notImplemented);
    }
    Element query(u"query"_s, xmlns::discoItems);
    for (const auto &name : service.store.nodeNames()) {
        const auto node = service.store.node(name);
        if (!NodeName::fromText(name).isValid() || node->field(u"buddycloud#advertise_node"_s) == "false"_L1
            || !service.isOwnNode(name))
            continue;
        Element item(u"item"_s, service.has(Habit::EmptyNamespaces) ? u""_s : xmlns::discoItems);
        query.add(item.set(u"node"_s, name).set(u"jid"_s, service.settings.domain));
    }
    return answered(answer(service, request, query));
}

} // namespace cumulet::channelserver
