#include "ui/models/HoldingClock.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace cumulet {

HoldingClock::HoldingClock(QObject *parent)
    : QObject(parent)
    , m_now([] { return QDateTime::currentDateTimeUtc(); })
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &HoldingClock::ticked);
}

void HoldingClock::setClock(const std::function<QDateTime()> &now)
{
    m_now = now;
}

int HoldingClock::secondsLeft(const Post &post) const
{
    if (!post.heldUntil.isValid() || post.state != DeliveryState::Queued) {
        return 0;
    }
    const std::chrono::milliseconds left = post.heldUntil - m_now();
    // one that is held for longer than a minute is not held: the clock was set back
    return left <= 0ms || left > 1min ? 0 : int(std::chrono::ceil<std::chrono::seconds>(left).count());
}

bool HoldingClock::watches(const Thread &thread)
{
    const auto isHeld = [this](const Post &post) { return secondsLeft(post) > 0; };
    const bool found = isHeld(thread.start) || std::any_of(thread.comments.cbegin(), thread.comments.cend(), isHeld);
    if (found && !m_timer.isActive()) {
        m_timer.start();
    }
    return found;
}

} // namespace cumulet
