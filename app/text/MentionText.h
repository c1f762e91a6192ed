// Who and what is named in a text.
#pragma once

#include "domain/Jid.h"
#include "text/TextSpan.h"

namespace cumulet {

/// Addresses (Mention, with or without a leading "@"; target is the bare JID) and "#words" (Hashtag; target is the word
/// in lower case) of a text, in order; at most 2,000.
QList<TextSpan> mentionsOf(const QString &text);

/// Whether a text speaks to somebody: their address, "@" and the local part of it, or their name as a whole word
/// (letter case does not matter). An empty name is not looked for.
bool isMentioned(const QString &text, const Jid &jid, const QString &name = {});

} // namespace cumulet
