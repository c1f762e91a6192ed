#pragma once

#include "domain/NodeId.h"

#include <QDateTime>
#include <QMetaType>

namespace cumulet {

/// Role in a node (buddycloud.md 1.4). Whoever may do what is in ChannelRules.
enum class Affiliation { None, Outcast, Member, Publisher, Moderator, Owner };

/// Following a node: the subscription, not the role.
enum class NodeSubscription { None, Pending, Invited, Subscribed };

/// Who may read and follow (buddycloud.md 1.5). Absent or unknown counts as Authorize.
enum class AccessModel { Open, Authorize, Whitelist, Local };

/// A person's personal channel, or a group's topic channel.
enum class ChannelType { Unknown, Personal, Topic };

/// Our standing in a node: both are needed, since a pending request carries a role already.
struct Membership
{
    NodeId node;
    Jid jid; ///< bare
    Affiliation affiliation = Affiliation::None;
    NodeSubscription subscription = NodeSubscription::None;

    bool operator==(const Membership &) const = default;
};

/// What is known of a channel's posts node: its face (buddycloud.md 4.3). All texts are untrusted plain text.
struct Channel
{
    NodeId node;
    QString title; ///< at most 128 characters
    QString description; ///< at most 1,024 characters
    AccessModel accessModel = AccessModel::Authorize;
    Affiliation defaultAffiliation = Affiliation::Member;
    ChannelType type = ChannelType::Unknown;
    Jid owner; ///< informational only
    QDateTime created;
    Affiliation ownAffiliation = Affiliation::None;
    NodeSubscription ownSubscription = NodeSubscription::None;
    int followers = -1; ///< -1: not known
    bool isGone = false; ///< deleted on the service; what was read stays readable

    QString displayTitle() const { return title.isEmpty() ? node.channel().shortName() : title; }
    bool operator==(const Channel &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Channel)
Q_DECLARE_METATYPE(cumulet::Membership)
