#pragma once

#include "domain/Result.h"

namespace cumulet {

/// Nobody knows whether the service did what it was asked for: it may have.
inline bool isOutcomeUnknown(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Unreachable:
    case ErrorKind::Canceled:
        return true;
    default:
        return false;
    }
}

/// It is worth asking once more, later: nothing was decided, or the service has too much to do.
inline bool isForLater(const Error &error)
{
    return isOutcomeUnknown(error) || error.kind == ErrorKind::SlowDown;
}

} // namespace cumulet
