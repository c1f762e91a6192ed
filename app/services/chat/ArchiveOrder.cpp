#include "services/chat/ArchiveOrder.h"

#include <algorithm>
#include <ranges>

using namespace std::chrono_literals;

namespace cumulet {

static constexpr auto sameMoment = 1s;

ArchivePage datedBefore(const QDateTime &until, ArchivePage page)
{
    if (!until.isValid()) {
        return page;
    }
    QDateTime latest = until.addDuration(-1ms);
    for (auto &message : page.messages | std::views::reverse) {
        if (message.time > latest && message.time <= latest.addDuration(sameMoment)) {
            message.time = latest;
        }
        latest = std::min(latest, message.time);
    }
    return page;
}

} // namespace cumulet
