#pragma once

#include <QString>

namespace cumulet {

/// text without the characters that XML 1.0 cannot carry (control characters, half surrogate pairs, U+FFFE and
/// U+FFFF). Everything a person may have pasted goes through here: one such character would end the stream.
QString xmlText(const QString &text);

/// The first length UTF-16 units of text, or one less where that would cut a surrogate pair.
QString cutText(const QString &text, qsizetype length);

} // namespace cumulet
