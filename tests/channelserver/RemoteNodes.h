// What is kept of other services' nodes that our users follow or read, and what is answered from it (buddycloud.md 6.3).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// Keeps what the answer to a request that was passed on tells of its node.
void keepAnswer(ServiceState &service, const Request &request, const Element &stanza);
/// Keeps an entry as it came; nothing happens if it is there, or makes no sense.
void keepEntry(ServiceState &service, const Node &node, const QString &id, const Element &entry);
void keepFields(ServiceState &service, Node node, const Element &form);
/// Keeps <subscription/> or <affiliation/>; member rows of a node by its own name only.
void keepMember(ServiceState &service, const Node &node, const Element &row);
/// Configuration and at least one item are here.
bool isKept(ServiceState &service, const QString &node);

using Operation = Outcome (*)(ServiceState &, const Request &);
/// The answer that is given without asking the node's service: only with Habit::RemoteHoles. Nothing: it is asked.
std::optional<Outcome> answerFromKept(ServiceState &service, const Request &request, Operation operation);

} // namespace cumulet::channelserver
