// The ways to answer a request.
#pragma once

#include "ServiceState.h"
#include "UserRequest.h"

namespace cumulet::channelserver {

/// Why a request is refused, as it is written.
struct Refusal
{
    QString condition; ///< of RFC 6120, 8.3.3
    QString type; ///< auth, cancel, modify, wait
    int code = 0; ///< the number of older XMPP that the real server adds; 0: none
    QString detail; ///< the service's own condition; empty: none
    QString detailXmlns;
    bool echoes = false; ///< the request comes back with the error
};

namespace refusal {

Refusal badRequest();
Refusal forbidden();
Refusal notAuthorized();
Refusal itemNotFound();
Refusal conflict();
Refusal notAllowed();
Refusal internalError();
Refusal notImplemented();
Refusal unavailable();
Refusal remoteServerNotFound();
Refusal registrationRequired();
Refusal nodeRequired();
/// bad-request with a condition of the pubsub errors namespace.
Refusal detailed(const QString &detail);

} // namespace refusal

/// Whether the sender may follow and write here: a user of ours, or of a service that vouches for it.
bool mayTakePart(const ServiceState &service, const Request &request);

/// An empty result; add what it carries.
Element answer(const ServiceState &service, const Request &request);
Element answer(const ServiceState &service, const Request &request, const Element &payload);
Element answer(const ServiceState &service, const Request &request, const Refusal &refusal);

/// Shorthands for the ends of operations.
Outcome answered(const Element &stanza);
Outcome refused(const ServiceState &service, const Request &request, const Refusal &refusal);

/// A field of a form; type and value may be empty.
Element formField(const QString &var, const QString &value, const QString &type = {});
/// The values of a submitted form by name, first value only.
QList<std::pair<QString, QString>> formValues(const Element &form);

} // namespace cumulet::channelserver
