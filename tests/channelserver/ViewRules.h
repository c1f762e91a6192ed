// Who may read a node (buddycloud.md 5.1).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

enum class View { Allowed, Banned, Closed, Pending, Roleless };

/// What a user may see of a node's items.
View viewOf(ServiceState &service, const Node &node, const Address &user);
/// Whether somebody of that domain becomes a subscriber at once.
bool isOpenTo(const Node &node, const QString &usersDomain, const QString &domain);
/// How a view that is not Allowed is refused; only answers to items spell not_authorized with an underscore.
Refusal refusalOf(const ServiceState &service, View view, bool inItems);
/// The outcome of a refused read, which ends the stream for an outcast under Habit::OutcastDies.
Outcome refusedView(const ServiceState &service, const Request &request, View view, bool inItems);

} // namespace cumulet::channelserver
