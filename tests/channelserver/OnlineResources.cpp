#include "OnlineResources.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

void OnlineResources::presenceReceived(const Address &sender, const QString &type)
{
    auto &resources = m_resources[sender.bare];
    if (type == "unavailable"_L1 || type == "error"_L1)
        resources.removeAll(sender.full());
    else if (!resources.contains(sender.full()))
        resources.append(sender.full());
    if (resources.isEmpty())
        m_resources.remove(sender.bare);
}

} // namespace cumulet::channelserver
