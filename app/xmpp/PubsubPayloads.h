// What we ask of a channel service: one operation on one thing in each request (buddycloud.md section 0, rule 11).
#pragma once

#include "domain/Post.h"
#include "wire/ChannelWire.h"
#include "xmpp/XmlIq.h"

#include <QDateTime>

namespace cumulet::payload {

using Writer = XmlIq::Writer;

/// XEP-0030, of an entity or of one of its nodes.
Writer discoInfo(const QString &node = {});
Writer discoItems();
/// buddycloud.md 3.1; there is none for unregistering, which deletes other people's channels (rule 9).
Writer registration();

/// XEP-0060 6.1 and 6.2.
Writer subscribe(const NodeId &node, const Jid &jid);
Writer unsubscribe(const NodeId &node, const Jid &jid);
/// Our own rows (5.6, 5.7), or everybody's in a node (8.8.1, 8.9.1).
Writer ownSubscriptions();
Writer ownAffiliations();
Writer subscriptions(const NodeId &node);
Writer affiliations(const NodeId &node);
/// XEP-0060 8.8.2 and 8.9.2, one row.
Writer setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription);
Writer setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation);

/// Items older than after, with result set management (XEP-0059); after is sent as it is given.
Writer items(const NodeId &node, const QString &after, int max);
/// buddycloud.md 4.11.
Writer thread(const NodeId &node, const ItemId &start);
/// buddycloud.md 4.14: at most perNode of each channel. after is sent only in the form "node,id" (rule 8).
Writer recentItems(const QDateTime &since, int perNode, const QString &after, int max);

/// XEP-0060 7.1, without an item id: the service gives it (rule 7).
Writer publish(const OutgoingPost &post);
/// XEP-0060 7.2.
Writer retract(const NodeId &node, const ItemId &item);

/// buddycloud.md 4.2, 4.3, 4.5.
Writer create(const NodeId &node, const ChannelSettings &settings);
Writer configure(const NodeId &node, const ChannelSettings &settings);
/// Asks for the configuration (4.3).
Writer settings(const NodeId &node);
Writer remove(const NodeId &node);

/// The settings as they may be sent: bounded, and never an empty value (rule 10). A text that shall be empty becomes a
/// space; other empty fields are left out.
ChannelSettings sendable(const ChannelSettings &settings);

} // namespace cumulet::payload
