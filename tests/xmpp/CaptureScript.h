// The operation of a channel wire that a recorded request stands for.
#pragma once

#include "ChannelBench.h"

#include <functional>
#include <optional>

namespace cumulet::tests {

/// Starts the operation; its outcome in words, once it is known.
using CaptureCall = std::function<QFuture<QString>(ChannelWire &wire)>;

/// Nothing where no operation of ours sends such a request.
std::optional<CaptureCall> callFor(const QDomElement &recorded, const Jid &own);

} // namespace cumulet::tests
