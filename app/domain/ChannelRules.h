// Who may do what in a channel: the one decision table (buddycloud.md section 5). The interface offers what is
// allowed and says why not; the server's refusal is handled all the same.
#pragma once

#include "domain/Channel.h"

namespace cumulet {

enum class ChannelOperation {
    Read,
    Follow,
    Unfollow,
    Post,
    Comment,
    Rate,
    DeleteOwnPost,
    DeleteAnyPost,
    Invite,
    AnswerRequests, ///< approve, deny, remove
    ChangeRoles, ///< publisher, member, outcast
    MakeModerator,
    EditChannel,
    DeleteChannel,
};

/// Why an operation is not offered; the sentence is chosen in the UI.
enum class Verdict {
    Allowed,
    NotFollowing, ///< follow first
    RequestPending, ///< the request to follow is not answered yet
    Invited, ///< accept the invitation first
    ReadersOnly, ///< followers may read here, not write
    Banned,
    Closed, ///< only followers may read
    AlreadyFollowing,
    NotFollowingAnyway, ///< there is nothing to leave
    LastOwner, ///< the last owner cannot leave
    NeedsModerator,
    NeedsOwner,
    OwnPersonalChannel, ///< one's own personal channel cannot be deleted
    Gone, ///< the channel was deleted
};

/// The circumstances of a decision.
struct ChannelStanding
{
    AccessModel accessModel = AccessModel::Authorize;
    Affiliation affiliation = Affiliation::None;
    NodeSubscription subscription = NodeSubscription::None;
    bool isSameDomain = true; ///< matters for AccessModel::Local
    bool isLastOwner = false;
    bool isOwnPersonalChannel = false;
    bool isGone = false;
};

/// Our standing in a channel as far as it is known.
ChannelStanding standingIn(const Channel &channel, const Jid &ownJid);

/// Allowed, or the first reason why not.
Verdict decide(ChannelOperation operation, const ChannelStanding &standing);

inline bool isAllowed(ChannelOperation operation, const ChannelStanding &standing)
{
    return decide(operation, standing) == Verdict::Allowed;
}

/// What would happen on Follow: Subscribed at once, or Pending until somebody agrees.
NodeSubscription outcomeOfFollowing(const ChannelStanding &standing);

} // namespace cumulet
