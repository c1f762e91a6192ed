#include "Address.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

Address Address::fromText(const QString &text)
{
    Address address;
    const auto slash = text.indexOf(u'/');
    address.bare = text.left(slash < 0 ? text.size() : slash).toLower();
    address.resource = slash < 0 ? QString() : text.mid(slash + 1);
    address.domain = address.bare.mid(address.bare.indexOf(u'@') + 1);
    return address;
}

NodeName NodeName::fromText(const QString &name)
{
    if (!name.startsWith("/user/"_L1))
        return {};
    const auto start = 6;
    const auto slash = name.indexOf(u'/', start);
    if (slash < 0 || slash + 1 == name.size())
        return {};
    const auto channel = name.mid(start, slash - start);
    const auto at = channel.indexOf(u'@');
    if (at <= 0 || at + 1 == channel.size() || channel.indexOf(u'@', at + 1) >= 0)
        return {};
    return {channel, channel.mid(at + 1).toLower(), name.mid(slash + 1)};
}

QString globalId(const QString &service, const QString &node, const QString &localId)
{
    return "tag:"_L1 + service + u',' + node + u',' + localId;
}

QString localId(const QString &id)
{
    return id.startsWith("tag:"_L1) ? id.mid(id.lastIndexOf(u',') + 1) : id;
}

QString nodeOfId(const QString &id)
{
    return id.startsWith("tag:"_L1) ? id.section(u',', 1, -2) : QString();
}

} // namespace cumulet::channelserver
