#include "services/roster/BestPresence.h"

#include <utility>

namespace cumulet {

static int availability(Presence::Show show)
{
    switch (show) {
    case Presence::Show::Chat:
        return 5;
    case Presence::Show::Available:
        return 4;
    case Presence::Show::DoNotDisturb:
        return 3;
    case Presence::Show::Away:
        return 2;
    case Presence::Show::ExtendedAway:
        return 1;
    case Presence::Show::Offline:
        return 0;
    }
    return 0;
}

Presence bestPresence(const QMap<QString, Presence> &devices)
{
    const Presence *best = nullptr;
    const auto rank = [](const Presence &presence) {
        return std::pair(presence.priority, availability(presence.show));
    };
    for (const Presence &presence : devices) {
        if (!best || rank(presence) > rank(*best)) {
            best = &presence;
        }
    }
    return best ? *best : Presence();
}

} // namespace cumulet
