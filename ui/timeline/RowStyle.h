#pragma once

#include "ui/timeline/TextBlock.h"

#include <QFont>
#include <QFontMetricsF>

namespace cumulet {

class AvatarPainter;
class Theme;

/// Fonts, colours and measures of rows, taken from the theme once instead of for every row. Made anew when the theme or
/// the application font changes.
struct RowStyle
{
    explicit RowStyle(const Theme &theme);

    const Theme &theme;
    TextLook post;
    TextLook chat;
    TextLook comment;
    TextLook notice; ///< tombstones, reasons
    QFont name; ///< a post's author
    QFont commentName;
    QFont small;
    QFont smallBold; ///< words that can be clicked
    QFont tiny;
    QFontMetricsF nameMetrics;
    QFontMetricsF commentNameMetrics;
    QFontMetricsF smallMetrics;
    QFontMetricsF smallBoldMetrics;
    QFontMetricsF tinyMetrics;
    int smallLine; ///< height of a line of small words
    int targetHeight; ///< least height of what can be clicked
    int avatar;
    int commentAvatar;
};

} // namespace cumulet
