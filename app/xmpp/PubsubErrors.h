// Errors of a channel service: RFC 6120 section 8.3, XEP-0060's own conditions, and the service's spellings.
#pragma once

#include "domain/Result.h"

class QDomElement;
class QStringView;

namespace cumulet {

/// The error of an <iq type='error'/> of a channel service. Its detail names all conditions and the service's text,
/// bounded: "bad-request parent-item-not-found: ...".
Error pubsubErrorIn(const QDomElement &iq);

/// Whether the error names that condition, for example "parent-item-not-found".
bool hasCondition(const Error &error, QStringView condition);

/// Whether an error stanza says that the service is not there, so that it comes from our server in the service's name.
bool meansServiceLost(const QDomElement &stanza);

} // namespace cumulet
