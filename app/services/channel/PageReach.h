#pragma once

#include "store/ChannelGap.h"
#include "wire/ChannelWire.h"

namespace cumulet {

/// Whether a page of a channel goes back to everything that came since that time: everything before it was complete.
/// Items come newest first by their sort key; a comment lifts its thread start above itself (buddycloud.md 4.10), so a
/// start that stands high says nothing of its own.
bool reachesBack(const PostPage &page, const QDateTime &time);

/// Where that page ends: its last item, and what its times tell of that place.
ReadingEnd endOf(const PostPage &page);

} // namespace cumulet
