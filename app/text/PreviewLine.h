#pragma once

#include <QString>

namespace cumulet {

/// One line of a text, for lists and notices: at most limit characters (an ellipsis shows a cut), white space folded,
/// without control, line or direction characters, so that it cannot disturb what stands beside it, and with at most
/// four combining marks on one letter. Looks at the first 8 Ki characters only.
QString previewLine(const QString &text, int limit = 200);

} // namespace cumulet
