#pragma once

#include "wire/AccountWires.h"
#include "xmpp/XmppOptions.h"

namespace cumulet {

/// Makes the wires of one account over one XMPP stream. They live in the calling thread, which needs an event loop.
AccountWires makeWires(const XmppOptions &options = {});

} // namespace cumulet
