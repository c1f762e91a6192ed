// Links in plain text.
#pragma once

#include "text/TextSpan.h"

namespace cumulet {

/// The links of a text, in order: http, https, xmpp and mailto addresses that are written out with their scheme. Bare
/// domains are not links, punctuation after an address is not part of it, brackets only in pairs. The text of a link is
/// always its whole address, so that nothing is hidden; at most 2,000 links are found.
QList<TextSpan> linksOf(const QString &text);

/// Whether an address may be opened at all: http, https, xmpp or mailto, without control or direction characters.
bool isSafeAddress(const QString &address);

/// The address as it should be shown before it is opened: a host outside ASCII in its "xn--" form (look-alike letters
/// show), everything else unchanged.
QString plainAddress(const QString &address);

} // namespace cumulet
