#pragma once

#include "services/session/SessionTiming.h"

namespace cumulet {

/// How long to wait before the next attempt: doubling from the first to the longest wait, spread by a fifth to each
/// side, so that the clients of a restarted server do not all come back at once.
class Backoff
{
public:
    /// The wait before the next attempt; each call makes the following one longer.
    std::chrono::milliseconds next(const SessionTiming &timing)
    {
        const auto base = std::min(timing.firstRetry * (1 << m_attempts), timing.longestRetry);
        m_attempts = std::min(m_attempts + 1, 20);
        return std::chrono::milliseconds(qRound64(double(base.count()) * (0.8 + 0.4 * timing.random())));
    }
    void reset() { m_attempts = 0; }

private:
    int m_attempts = 0;
};

} // namespace cumulet
