#pragma once

#include "ui/common/Icons.h"

namespace cumulet {

class AccountService;
class Accounts;
class AvatarPainter;
class ConversationService;
class FeedService;
class MediaSource;
class NotificationService;
class PreferenceService;
class SearchService;
class SignIn;
class Theme;

/// What the windows are built on; made once in app/main, outlives every window.
struct ProgramParts
{
    AccountService &accountService;
    Accounts &accounts;
    ConversationService &conversations;
    FeedService &feeds;
    SearchService &search;
    PreferenceService &preferences;
    NotificationService &notifications;
    SignIn &signIn;
    Theme &theme;
    AvatarPainter &avatars;
    Icons icons;
    MediaSource *media = nullptr; ///< pictures and files of posts; none: they are left out
};

} // namespace cumulet
