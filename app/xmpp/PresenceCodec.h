// Presence stanzas (RFC 6121 section 4) to and from our values.
#pragma once

#include "domain/Presence.h"

#include <QXmppPresence.h>

namespace cumulet {

/// Our presence as a stanza.
QXmppPresence toStanza(const Presence &presence);
/// Somebody's availability; texts are cut to their limits.
Presence fromStanza(const QXmppPresence &stanza);

} // namespace cumulet
