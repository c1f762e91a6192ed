// Who announced presence to the service, and is therefore notified (buddycloud.md 4.1).
#pragma once

#include "Address.h"

#include <QMap>
#include <QStringList>

namespace cumulet::channelserver {

/// Any presence but unavailable (and error) announces its sender; kept in memory only, as the real server does.
class OnlineResources
{
public:
    void presenceReceived(const Address &sender, const QString &type);
    void forgetAll() { m_resources.clear(); }
    /// The addresses of a user to notify, in the order they came.
    QStringList of(const QString &bareJid) const { return m_resources.value(bareJid); }

private:
    QMap<QString, QStringList> m_resources;
};

} // namespace cumulet::channelserver
