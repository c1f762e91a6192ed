#include "ui/timeline/RowStyle.h"

#include "ui/common/Contrast.h"
#include "ui/common/Theme.h"

#include <algorithm>
#include <cmath>

namespace cumulet {

static TextLook lookOf(const Theme &theme, Theme::Type type)
{
    TextLook look;
    look.font = theme.font(type);
    look.code = theme.codeFont(type);
    look.lineHeight = theme.lineHeight(type);
    look.ink = theme.color(Theme::Text);
    look.muted = theme.color(Theme::Muted);
    look.link = theme.color(Theme::Link);
    look.codeGround = theme.color(Theme::CodeGround);
    look.rule = theme.color(Theme::Accent);
    look.selection = mixed(theme.color(Theme::Accent), theme.color(Theme::Ground), 0.3);
    look.focus = theme.color(Theme::Accent);
    return look;
}

RowStyle::RowStyle(const Theme &t)
    : theme(t)
    , post(lookOf(t, Theme::Type::Post))
    , chat(lookOf(t, Theme::Type::Post))
    , comment(lookOf(t, Theme::Type::Comment))
    , notice(lookOf(t, Theme::Type::Small))
    , name(t.font(Theme::Type::Body, QFont::DemiBold))
    , commentName(t.font(Theme::Type::Comment, QFont::DemiBold))
    , small(t.font(Theme::Type::Small))
    , smallBold(t.font(Theme::Type::Small, QFont::DemiBold))
    , tiny(t.font(Theme::Type::Tiny))
    , nameMetrics(name)
    , commentNameMetrics(commentName)
    , smallMetrics(small)
    , smallBoldMetrics(smallBold)
    , tinyMetrics(tiny)
    , smallLine(t.lineHeight(Theme::Type::Small))
    , targetHeight(std::max(24, t.lineHeight(Theme::Type::Small) + 4))
    , avatar(t.scaled(Theme::avatarRow))
    , commentAvatar(t.scaled(Theme::avatarComment))
{
    chat.lineHeight = std::max(qRound(QFontMetricsF(chat.font).height()), chat.lineHeight - 1);
    notice.ink = theme.color(Theme::Muted);
    notice.font.setItalic(true);
}

} // namespace cumulet
