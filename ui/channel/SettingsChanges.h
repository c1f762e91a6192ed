// What has to be sent so that a channel's nodes become as somebody wants them: only what differs (buddycloud.md 4.3).
#pragma once

#include "domain/Channel.h"
#include "services/channel/ChannelNodes.h"

#include <functional>

namespace cumulet {

/// What was entered for a channel.
struct WantedSettings
{
    QString title;
    QString description;
    AccessModel access = AccessModel::Open;
    Affiliation role = Affiliation::Member;
    bool isListed = true;
    bool isSameForAll = true; ///< the other nodes get role and listing, too
    std::function<AccessModel(const NodeId &)> accessOf; ///< of the other nodes
};

/// For each node that differs, the fields that do; title and description are those of the posts alone.
QList<NodeSettings> changesTo(const QList<NodeSettings> &nodes, const WantedSettings &wanted);

/// How an access model is shown and chosen: a whitelist as the private channel that it is.
AccessModel shownAccess(AccessModel model);
/// That of a node.
AccessModel shownAccess(const ChannelSettings &fields);

/// Whether a node is listed by its service.
bool isListed(const ChannelSettings &fields);

} // namespace cumulet
