// A service that is already full, for tests of what many and large things do (Habit::Huge).
#pragma once

#include "ServiceState.h"

namespace cumulet::channelserver {

/// Fills an empty store: 300 topic channels "huge-1" to "huge-300"; the first with 500 members and 10,000 posts, every
/// 500th of them of 60 KiB, the others with one post each.
void fillHugeInstallation(ServiceState &service);
/// Makes a user a follower of all those channels; to be called at registration.
void followHugeInstallation(ServiceState &service, const QString &user);

} // namespace cumulet::channelserver
