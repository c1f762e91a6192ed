#pragma once

#include "wire/ChannelWire.h"

namespace cumulet {

/// Whether a page of a node (newest first, a comment lifts its thread's start above itself, buddycloud.md 4.10) goes back
/// to before that time, so that everything newer has been seen.
bool reachesBack(const PostPage &page, const QDateTime &time);

} // namespace cumulet
