#pragma once

#include "ui/common/Theme.h"

#include <QIcon>
#include <QString>

namespace cumulet {

/// Freedesktop names of the icons the program uses; a test finds each of them in the packaged theme.
namespace IconNames {
inline constexpr auto about = u"help-about";
inline constexpr auto add = u"list-add";
inline constexpr auto addPerson = u"contact-new";
inline constexpr auto attach = u"mail-attachment";
inline constexpr auto back = u"go-previous";
inline constexpr auto close = u"window-close";
inline constexpr auto copy = u"edit-copy";
inline constexpr auto details = u"view-right-new";
inline constexpr auto discard = u"edit-delete-remove";
inline constexpr auto edit = u"document-edit";
inline constexpr auto forward = u"go-next";
inline constexpr auto home = u"go-home";
inline constexpr auto leave = u"application-exit";
inline constexpr auto like = u"emblem-favorite";
inline constexpr auto link = u"insert-link";
inline constexpr auto more = u"view-more-horizontal-symbolic";
inline constexpr auto newest = u"go-bottom";
inline constexpr auto notifications = u"notifications";
inline constexpr auto person = u"user-identity";
inline constexpr auto people = u"system-users";
inline constexpr auto quit = u"application-exit";
inline constexpr auto remove = u"edit-delete";
inline constexpr auto repost = u"mail-forward";
inline constexpr auto retry = u"view-refresh";
inline constexpr auto save = u"document-save-as";
inline constexpr auto search = u"edit-find";
inline constexpr auto send = u"document-send";
inline constexpr auto settings = u"configure";
inline constexpr auto work = u"network-server";
inline constexpr auto zoomFit = u"zoom-fit-best";
inline constexpr auto zoomIn = u"zoom-in";
inline constexpr auto zoomOut = u"zoom-out";
} // namespace IconNames

/// Icons by freedesktop name from the desktop's theme, Breeze where it has none, recoloured with a token of ours so
/// that they are right in light and dark; an icon made before follows a later change of the theme.
class Icons
{
public:
    /// Names Breeze as the theme behind the desktop's. Theme::dress() calls it.
    static void prepare();

    explicit Icons(const Theme &theme)
        : m_theme(theme)
    {
    }
    /// Null when no theme has it.
    QIcon named(QStringView name, Theme::Token token = Theme::Muted) const;

private:
    const Theme &m_theme;
};

} // namespace cumulet
