#include "Federation.h"

#include "RemoteNodes.h"
#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static constexpr qint64 patience = 180'000; // ms, as in the real server

// The real server loses all errors of others.
static void refuseLate(ServiceState &service, Outcome &outcome, const Request &request, const Refusal &refusal)
{
    if (!service.has(Habit::Silence))
        outcome.stanzas.append(answer(service, request, refusal));
}

static Refusal remoteServerTimeout()
{
    return {u"remote-server-timeout"_s, u"wait"_s, 504, {}, {}};
}

bool isElsewhere(const ServiceState &service, const QString &node)
{
    const auto name = NodeName::fromText(node);
    return name.isValid() && !service.isLocalNode(name.domain);
}

static Element forwarded(const ServiceState &service, const Request &request, const QString &to, const QString &id)
{
    auto payload = request.payload;
    if (payload.xmlns() == xmlns::pubsub || payload.xmlns() == xmlns::owner)
        payload.add(Element(u"actor"_s, xmlns::buddycloud).addText(request.sender.bare));
    Element iq(u"iq"_s);
    iq.set(u"type"_s, request.type).set(u"id"_s, id).set(u"from"_s, service.settings.domain).set(u"to"_s, to);
    return iq.add(payload);
}

Outcome passOn(ServiceState &service, const Request &request, const QString &domain)
{
    if (!request.onBehalfOf.isEmpty())
        return refused(service, request, refusal::itemNotFound()); // only for our own users
    Outcome outcome;
    const auto send = [request, domain](ServiceState &state, Outcome &sent, const QString &authority) {
        if (authority.isEmpty())
            return refuseLate(state, sent, request, refusal::remoteServerNotFound());
        const auto id = state.newQuestionId();
        state.passedOn.insert(id, {request, domain, authority, state.nowMs()});
        sent.stanzas.append(forwarded(state, request, authority, id));
    };
    findAuthority(service, outcome, domain, send);
    return outcome;
}

// A server in between says this when nobody is there.
static bool isBounce(const Element &stanza)
{
    const auto conditions = stanza.child(u"error"_s).children();
    return std::ranges::any_of(conditions, [](const Element &condition) {
        const auto name = condition.name();
        return name == "service-unavailable"_L1 || name == "remote-server-not-found"_L1
            || name == "remote-server-timeout"_L1 || name == "recipient-unavailable"_L1;
    });
}

static Element relabelled(const ServiceState &service, const Request &request, const Element &stanza)
{
    auto iq = answer(service, request);
    const bool isError = stanza.attribute(u"type"_s) == "error"_L1;
    iq.set(u"type"_s, stanza.attribute(u"type"_s));
    for (const auto &child : stanza.children()) {
        if (!isError || child.name() == "error"_L1) // an echoed request has our <actor/>
            iq.add(child);
    }
    return iq;
}

Outcome takeAnswer(ServiceState &service, const Element &stanza)
{
    Outcome outcome;
    if (takeAuthorityAnswer(service, outcome, stanza))
        return outcome;
    const auto known = service.passedOn.constFind(stanza.attribute(u"id"_s));
    if (known == service.passedOn.cend() || known->authority != stanza.attribute(u"from"_s))
        return outcome;
    const auto passed = *known;
    service.passedOn.erase(known);
    if (stanza.attribute(u"type"_s) == "result"_L1) {
        outcome.stanzas.append(relabelled(service, passed.request, stanza));
        const Transaction together(service.store.database());
        keepAnswer(service, passed.request, stanza);
    } else if (isBounce(stanza)) {
        forgetAuthority(service, passed.domain);
        refuseLate(service, outcome, passed.request, refusal::remoteServerNotFound());
    } else if (!service.has(Habit::Silence)) {
        outcome.stanzas.append(relabelled(service, passed.request, stanza));
    }
    return outcome;
}

Outcome performForActor(ServiceState &service, const Request &request, Performance perform)
{
    const auto actor = Address::fromText(request.payload.child(u"actor"_s).text().trimmed());
    const bool isService = !request.sender.bare.contains(u'@');
    if (!service.settings.federates || !isService) {
        return refused(
            service, request, {u"policy-violation"_s, u"cancel"_s, 0, u"invalid-node"_s, xmlns::buddycloudErrors});
    }
    if (!actor.bare.contains(u'@') || service.isLocalUser(actor.domain))
        return refused(service, request, refusal::forbidden());
    Outcome outcome;
    const auto check = [request, actor, perform](ServiceState &state, Outcome &done, const QString &authority) {
        if (authority != request.sender.bare) {
            done.stanzas.append(answer(state, request, refusal::forbidden()));
            return;
        }
        auto performed = request;
        performed.sender = actor;
        performed.onBehalfOf = request.sender.full();
        const auto more = perform(state, performed);
        done.stanzas += more.stanzas;
        done.endsStream = done.endsStream || more.endsStream;
    };
    findAuthority(service, outcome, actor.domain, check);
    return outcome;
}

Outcome expirePassedOn(ServiceState &service)
{
    Outcome outcome;
    const auto before = service.nowMs() - patience;
    expireSearches(service, outcome, before);
    const auto ids = service.passedOn.keys();
    for (const auto &id : ids) {
        if (service.passedOn.value(id).sent < before)
            refuseLate(service, outcome, service.passedOn.take(id).request, remoteServerTimeout());
    }
    return outcome;
}

} // namespace cumulet::channelserver
