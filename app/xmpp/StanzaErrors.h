// What XMPP says went wrong, in our own words: the only reader of error conditions.
#pragma once

#include "domain/Result.h"

#include <QXmppError.h>
#include <QXmppStanza.h>

class QDomElement;

namespace cumulet {

/// From a stanza error condition (RFC 6120 section 8.3.3).
Error toError(const QXmppStanza::Error &error);
/// From whatever QXmpp reports: stanza, stream (RFC 6120 section 4.9.3), authentication, binding, socket, sending.
Error toError(const QXmppError &error);
/// From the error child of a stanza of type error.
Error errorIn(const QDomElement &stanza);

} // namespace cumulet
