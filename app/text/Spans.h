#pragma once

#include "text/TextSpan.h"

namespace cumulet {

/// Everything that is marked in a text: styling, links, mentions and hashtags, by their beginning, outer ones first.
/// Spans are nested or apart, never crossed: a styling mark inside an address is part of the address, and code holds
/// nothing else. Time and number (at most 6,000) are bounded for every text.
QList<TextSpan> spansOf(const QString &body);

} // namespace cumulet
