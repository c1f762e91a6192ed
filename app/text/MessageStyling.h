// Message Styling (XEP-0393): marks in plain text.
#pragma once

#include "text/TextSpan.h"

namespace cumulet {

/// The styled stretches of a text: Strong, Emphasis, Strike, Code, CodeBlock and Quote, by their beginning, outer ones
/// first. Each includes its marks (which stay visible); a Quote covers all its lines, a CodeBlock its fences. Quotes are
/// nested at most eight deep, and at most 2,000 spans are found; what is beyond is plain text.
QList<TextSpan> stylingOf(const QString &text);

} // namespace cumulet
