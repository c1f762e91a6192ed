// Reading and writing the configuration of a node (buddycloud.md 4.3).
#include "Notifications.h"
#include "Operations.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr int titleLimit = 128;
static constexpr int descriptionLimit = 1024;

Element configurationForm(const Node &node, const QStringList &only)
{
    Element form(u"x"_s, xmlns::form);
    form.set(u"type"_s, u"result"_s).add(formField(u"FORM_TYPE"_s, xmlns::nodeConfig, u"hidden"_s));
    for (const auto &[var, value] : node.fields) {
        if (only.isEmpty() || only.contains(var))
            form.add(formField(var, value));
    }
    return form;
}

Outcome showConfiguration(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto node = service.store.node(request.node());
    if (!node || service.isRelayed(request.node()))
        return refused(service, request, refusal::itemNotFound());
    Element configure(u"configure"_s);
    configure.set(u"node"_s, node->name).add(configurationForm(*node));
    return answered(answer(service, request, Element(u"pubsub"_s, request.payload.xmlns()).add(configure)));
}

static bool isSetOnce(const QString &var)
{
    return var == "buddycloud#channel_type"_L1 || var == "pubsub#type"_L1;
}

static bool isFixed(const QString &var)
{
    return var == "pubsub#creation_date"_L1 || var == "pubsub#creator"_L1;
}

static bool isAllowed(const QString &var, const QString &value)
{
    if (var == "pubsub#access_model"_L1)
        return QStringList{u"open"_s, u"whitelist"_s, u"authorize"_s, u"local"_s}.contains(value);
    if (var == "buddycloud#default_affiliation"_L1)
        return roleFromWire(value) >= Role::Member;
    return true;
}

static QString storedValue(const ServiceState &service, const QString &var, const QString &value)
{
    const bool isTitle = var == "pubsub#title"_L1;
    const bool isDescription = var == "pubsub#description"_L1;
    if (value.isEmpty() && (isTitle || isDescription) && service.has(Habit::DefaultValue))
        return u"DEFAULT_VALUE"_s;
    if (isTitle)
        return value.left(titleLimit);
    return isDescription ? value.left(descriptionLimit) : value;
}

std::optional<Node> configured(const ServiceState &service, Node node, const Element &form, bool isNew)
{
    for (const auto &[var, value] : formValues(form)) {
        if (!isAllowed(var, value))
            return std::nullopt;
        if (isFixed(var) || (isSetOnce(var) && node.has(var)) || (var == "buddycloud#ephemeral"_L1 && !isNew))
            continue;
        node.setField(var, storedValue(service, var, value));
    }
    node.setField(u"buddycloud#last_updated"_s, wireTime(service.now()));
    return node;
}

void notifyConfiguration(ServiceState &service, Outcome &outcome, const Node &node, const Element &form)
{
    // what was sent and the standard fields, but not everything that is stored
    QStringList told{u"buddycloud#last_updated"_s, u"pubsub#access_model"_s, u"buddycloud#channel_type"_s,
        u"buddycloud#default_affiliation"_s, u"pubsub#title"_s, u"pubsub#creation_date"_s, u"FORM_TYPE"_s,
        u"pubsub#description"_s, u"pubsub#creator"_s};
    for (const auto &[var, value] : formValues(form))
        told.append(var);
    const bool isBare = service.has(Habit::EmptyNamespaces);
    Element x(u"x"_s, xmlns::form);
    x.set(u"type"_s, u"result"_s);
    for (const auto &[var, value] : node.fields) {
        if (!told.contains(var))
            continue;
        Element field(u"field"_s, isBare ? u""_s : xmlns::form);
        x.add(field.set(u"var"_s, var).addLeaf(u"value"_s, value));
    }
    Element configuration(u"configuration"_s, isBare ? u""_s : xmlns::event);
    notifySubscribers(service, outcome, node, {configuration.set(u"node"_s, node.name).add(x)});
}

// The ProtoXEP lets moderators change how a channel presents itself; the real server lets only owners.
static bool mayConfigure(const ServiceState &service, Role role, const Element &form)
{
    if (role == Role::Owner)
        return true;
    if (role != Role::Moderator || service.has(Habit::OwnerOnlyConfig))
        return false;
    const QStringList open{
        u"FORM_TYPE"_s, u"pubsub#title"_s, u"pubsub#description"_s, u"buddycloud#default_affiliation"_s};
    const auto values = formValues(form);
    return std::ranges::all_of(values, [&](const auto &pair) { return open.contains(pair.first); });
}

Outcome configure(ServiceState &service, const Request &request)
{
    if (request.node().isEmpty())
        return refused(service, request, refusal::nodeRequired());
    const auto node = service.store.node(request.node());
    if (!node)
        return refused(service, request, refusal::itemNotFound());
    const auto form = request.verb.child(u"x"_s);
    if (form.isNull())
        return refused(service, request, refusal::badRequest());
    if (!mayConfigure(service, service.store.member(*node, request.sender.bare).role, form))
        return refused(service, request, refusal::forbidden());
    const auto changed = configured(service, *node, form, false);
    if (!changed)
        return refused(service, request, refusal::badRequest());
    {
        const Transaction together(service.store.database());
        service.store.saveFields(*changed);
    }
    auto outcome = answered(answer(service, request));
    notifyConfiguration(service, outcome, service.store.node(changed->name).value_or(*changed), form);
    return outcome;
}

} // namespace cumulet::channelserver
