// Answers of a channel service as values. All of them look at local names only and take nothing on trust: other
// nodes' rows and items, unreadable addresses and unknown words are left out.
#pragma once

#include "domain/Channel.h"
#include "wire/ChannelWire.h"

#include <QDateTime>
#include <QDomElement>

#include <optional>

namespace cumulet {

/// One row of a list of subscriptions or affiliations: the half that was told.
struct MembershipRow
{
    NodeId node;
    Jid jid; ///< bare
    std::optional<Affiliation> affiliation;
    std::optional<NodeSubscription> subscription;
};

/// All <subscription/> and <affiliation/> rows in an answer or event, at any of the places where they are found.
/// The node stands on the row or on the list around it; a missing affiliation is None.
QList<MembershipRow> readRows(const QDomElement &parent);
/// Joins rows of the same node and address.
QList<Membership> joinRows(const QList<MembershipRow> &rows);

/// A form (XEP-0004) as field to first value; the first field of a name counts. Empty where there is no form.
ChannelSettings readForm(const QDomElement &form);

/// Items of that node in the order given, with the service's paging. requested: how many were asked for;
/// isFirst: the request was for the newest ones.
PostPage readPostPage(const QDomElement &iq, const NodeId &node, int requested, bool isFirst, const QDateTime &now);

/// One page of recent items: a group for each node, and what to send back for the next page ("node,id").
struct RecentPage
{
    QList<PostPage> groups;
    QString last; ///< empty: there is no further page
};
RecentPage readRecentPage(const QDomElement &iq, const QDateTime &now);

/// The id that the service gave to what we published in that node.
std::optional<ItemId> readPublishedId(const QDomElement &iq, const NodeId &node);

/// Whether an answer to disco#info says: this is a channel service (category pubsub, type channels).
bool isChannelService(const QDomElement &iq);
/// The services in an answer to disco#items: bare domains, in the order given, without repeats, at most limit.
QList<Jid> readServices(const QDomElement &iq, qsizetype limit);

} // namespace cumulet
