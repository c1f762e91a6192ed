#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

namespace cumulet {

/// The waiting times of a session, its clock and its dice; tests put their own in.
struct SessionTiming
{
    std::chrono::milliseconds firstRetry{1'000};
    std::chrono::milliseconds longestRetry{300'000};
    /// A connection that lasted this long was a good one: the next retry is quick again.
    std::chrono::milliseconds goodConnection{60'000};
    std::chrono::milliseconds attemptLimit{90'000}; ///< from open() to connected() or disconnected()
    std::chrono::milliseconds silence{60'000}; ///< without a byte for this long: ask for a sign of life
    std::chrono::milliseconds pingLimit{20'000};
    std::chrono::milliseconds quickPingLimit{5'000}; ///< after the network changed or the machine woke up
    std::chrono::milliseconds closeLimit{3'000}; ///< how long a goodbye may take

    std::function<QDateTime()> now; ///< UTC
    std::function<double()> random; ///< from 0 to below 1

    /// The real clock and a random generator.
    static SessionTiming real();
};

} // namespace cumulet
