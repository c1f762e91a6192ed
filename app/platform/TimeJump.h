#pragma once

#include <QtTypes>

#include <optional>

namespace cumulet {

/// Notices that the machine slept where nobody tells: the wall clock then runs ahead of the steady one, which stands
/// still during sleep. A clock set forward looks the same, which is harmless.
class TimeJump
{
public:
    /// Both in milliseconds. True when the wall clock gained more than 30 s since the last call.
    bool observe(qint64 wall, qint64 steady)
    {
        const auto difference = wall - steady;
        const bool jumped = m_difference && difference - *m_difference > 30'000;
        m_difference = difference;
        return jumped;
    }

private:
    std::optional<qint64> m_difference;
};

} // namespace cumulet
