// Several channel services: requests for nodes of other domains are passed on, and those of others are performed for
// their users (buddycloud.md 6).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// Whether that node is another service's, which is asked for it.
bool isElsewhere(const ServiceState &service, const QString &node);
/// Passes a request on to the service of the node's domain; its answer comes to takeAnswer().
Outcome passOn(ServiceState &service, const Request &request, const QString &domain);
/// Takes an answer to one of our requests and gives it to the client as ours.
Outcome takeAnswer(ServiceState &service, const Element &stanza);

using Performance = Outcome (*)(ServiceState &, Request &);
/// Performs what a service asks for one of its users, once it is sure that it speaks for that user's domain.
Outcome performForActor(ServiceState &service, const Request &request, Performance perform);

/// Takes news of another service's node: they are kept and told to our followers (RemoteNews.cpp).
Outcome takeNews(ServiceState &service, const Element &message);
/// Whoever waits too long learns it, or nothing.
Outcome expirePassedOn(ServiceState &service);

} // namespace cumulet::channelserver
