// Everything a client can ask for, one function each. All take the request apart themselves, check it, change the
// store and give the stanzas to send: the answer first, then the notifications.
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

// Discovery.cpp
Outcome describeService(ServiceState &service, const Request &request);
Outcome describeNode(ServiceState &service, const Request &request);
Outcome listNodes(ServiceState &service, const Request &request);

// Registration.cpp
Outcome registerUser(ServiceState &service, const Request &request);
Outcome unregisterUser(ServiceState &service, const Request &request);

// NodeCreation.cpp
Outcome createNode(ServiceState &service, const Request &request);
Outcome deleteNode(ServiceState &service, const Request &request);
/// Fields of a new node: the defaults of buddycloud.md 3.1 for a channel of that owner.
QList<std::pair<QString, QString>> newNodeFields(
    const ServiceState &service, const NodeName &name, const QString &owner);

// Configuration.cpp
Outcome showConfiguration(ServiceState &service, const Request &request);
Outcome configure(ServiceState &service, const Request &request);
/// What a submitted form makes of a node; nothing if a value is not allowed. isNew: fields that are set once may be set.
std::optional<Node> configured(const ServiceState &service, Node node, const Element &form, bool isNew);
void notifyConfiguration(ServiceState &service, Outcome &outcome, const Node &node, const Element &form);
/// The configuration as a form of type result; only the fields named, if any are.
Element configurationForm(const Node &node, const QStringList &only = {});

// Subscribing.cpp
Outcome subscribe(ServiceState &service, const Request &request);
Outcome unsubscribe(ServiceState &service, const Request &request);

// Moderation.cpp
Outcome changeSubscription(ServiceState &service, const Request &request);
Outcome changeAffiliation(ServiceState &service, const Request &request);

// MemberLists.cpp
Outcome listSubscriptions(ServiceState &service, const Request &request);
Outcome listAffiliations(ServiceState &service, const Request &request);
Outcome listSubscriptionsWithConfiguration(ServiceState &service, const Request &request);

// Publishing.cpp
Outcome publish(ServiceState &service, const Request &request);
Outcome retract(ServiceState &service, const Request &request);

// Items.cpp
Outcome showItems(ServiceState &service, const Request &request);

// Threads.cpp
Outcome showThreads(ServiceState &service, const Request &request);
Outcome showThread(ServiceState &service, const Request &request);
Outcome showReplies(ServiceState &service, const Request &request);

// RecentItems.cpp
Outcome showRecentItems(ServiceState &service, const Request &request);
Outcome showUserItems(ServiceState &service, const Request &request);
Outcome showFirehose(ServiceState &service, const Request &request);

// Search.cpp
Outcome showSearchForm(ServiceState &service, const Request &request);
Outcome search(ServiceState &service, const Request &request);

// Replay.cpp
Outcome replay(ServiceState &service, const Request &request);

} // namespace cumulet::channelserver
