#pragma once

#include "domain/Presence.h"

#include <QMap>

namespace cumulet {

/// The presence to show for somebody with several devices (resource to presence): the highest priority, then the most
/// available. Offline when there is none.
Presence bestPresence(const QMap<QString, Presence> &devices);

} // namespace cumulet
