#include "Request.h"

#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

namespace refusal {

Refusal badRequest()
{
    return {u"bad-request"_s, u"modify"_s, 400, {}, {}};
}
Refusal forbidden()
{
    return {u"forbidden"_s, u"auth"_s, 403, {}, {}};
}
Refusal notAuthorized()
{
    return {u"not-authorized"_s, u"auth"_s, 401, {}, {}};
}
Refusal itemNotFound()
{
    return {u"item-not-found"_s, u"cancel"_s, 404, {}, {}};
}
Refusal conflict()
{
    return {u"conflict"_s, u"cancel"_s, 409, {}, {}};
}
Refusal notAllowed()
{
    return {u"not-allowed"_s, u"cancel"_s, 405, {}, {}};
}
Refusal internalError()
{
    return {u"internal-server-error"_s, u"wait"_s, 500, {}, {}, true};
}
Refusal notImplemented()
{
    return {u"feature-not-implemented"_s, u"cancel"_s, 501, {}, {}, true};
}
Refusal unavailable()
{
    return {u"service-unavailable"_s, u"cancel"_s, 503, {}, {}, true};
}
Refusal remoteServerNotFound()
{
    return {u"remote-server-not-found"_s, u"cancel"_s, 404, {}, {}};
}
Refusal registrationRequired()
{
    return {u"registration-required"_s, u"auth"_s, 407, {}, {}};
}
Refusal nodeRequired()
{
    return detailed(u"nodeid-required"_s);
}
Refusal detailed(const QString &detail)
{
    return {u"bad-request"_s, u"modify"_s, 0, detail, xmlns::pubsubErrors};
}

} // namespace refusal

bool mayTakePart(const ServiceState &service, const Request &request)
{
    return service.isLocalUser(request.sender.domain) || !request.onBehalfOf.isEmpty();
}

static Element reply(const ServiceState &service, const Request &request, const QString &type)
{
    Element iq(u"iq"_s);
    const auto to = request.onBehalfOf.isEmpty() ? request.sender.full() : request.onBehalfOf;
    iq.set(u"id"_s, request.id).set(u"to"_s, to).set(u"type"_s, type);
    return iq.set(u"from"_s, service.settings.domain);
}

Element answer(const ServiceState &service, const Request &request)
{
    return reply(service, request, u"result"_s);
}

Element answer(const ServiceState &service, const Request &request, const Element &payload)
{
    return answer(service, request).add(payload);
}

Element answer(const ServiceState &service, const Request &request, const Refusal &refusal)
{
    Element error(u"error"_s);
    if (refusal.code > 0)
        error.set(u"code"_s, QString::number(refusal.code));
    error.set(u"type"_s, refusal.type);
    error.add(Element(refusal.condition, xmlns::stanzaErrors));
    if (!refusal.detail.isEmpty())
        error.add(Element(refusal.detail, refusal.detailXmlns));
    auto iq = reply(service, request, u"error"_s);
    if (refusal.echoes)
        iq.add(request.payload);
    return iq.add(error);
}

Outcome answered(const Element &stanza)
{
    return {{stanza}};
}

Outcome refused(const ServiceState &service, const Request &request, const Refusal &refusal)
{
    return {{answer(service, request, refusal)}};
}

Element formField(const QString &var, const QString &value, const QString &type)
{
    Element field(u"field"_s);
    if (!type.isEmpty())
        field.set(u"type"_s, type);
    field.set(u"var"_s, var);
    return field.addLeaf(u"value"_s, value);
}

QList<std::pair<QString, QString>> formValues(const Element &form)
{
    QList<std::pair<QString, QString>> values;
    for (const auto &field : form.children()) {
        if (field.name() == "field"_L1 && !field.attribute(u"var"_s).isEmpty())
            values.append({field.attribute(u"var"_s), field.child(u"value"_s).text()});
    }
    return values;
}

} // namespace cumulet::channelserver
