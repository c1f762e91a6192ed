// Events to those who follow a node and are online (buddycloud.md 4.21).
#pragma once

#include "Request.h"

namespace cumulet::channelserver {

/// Adds an event with these children for every online resource of every subscriber.
void notifySubscribers(ServiceState &service, Outcome &outcome, const Node &node, const QList<Element> &children);
/// The same for one user, subscribed or not.
void notifyUser(ServiceState &service, Outcome &outcome, const QString &user, const QList<Element> &children);
/// An event about items, which Habit::ReorderEvents may hold back.
void notifyItem(ServiceState &service, Outcome &outcome, const Node &node, const Element &itemOrRetract);
/// A headline without event, such as a form, to one user.
void sendHeadline(ServiceState &service, Outcome &outcome, const QString &user, const Element &payload);

} // namespace cumulet::channelserver
