// What the channel directory answers (buddycloud.md 7.1).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// The answer of the directory's own address to an IQ.
Outcome askDirectory(ServiceState &service, const Request &request);

} // namespace cumulet::channelserver
