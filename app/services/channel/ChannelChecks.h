#pragma once

#include "services/check/ServerCheck.h"

namespace cumulet {

class ChannelDirectory;
class ChannelService;

/// The names of what is asked, for the words of the UI.
namespace channelCheck {
inline constexpr auto service = "service";
inline constexpr auto registration = "registration";
inline constexpr auto ownChannel = "ownChannel";
inline constexpr auto directory = "directory";
inline constexpr auto mediaServer = "mediaServer";
inline constexpr auto search = "search";
inline constexpr auto archive = "archive";
inline constexpr auto temporary = "temporary";
} // namespace channelCheck

/// What a server can do for channels, as the steps of a ServerCheck: the service (buddycloud.md 2.2), registration
/// (3.1), our channel (4.3), directory (7.1), media server (2.5), search (4.20), what came in our absence (4.14), and
/// temporary channels (4.19). The services must outlive the check.
QList<ServerCheck::Step> channelChecks(ChannelService &channels, ChannelDirectory &directory);

} // namespace cumulet
