#include "domain/ChannelRules.h"

namespace cumulet {

static bool readsOpenly(const ChannelStanding &standing)
{
    return standing.accessModel == AccessModel::Open
        || (standing.accessModel == AccessModel::Local && standing.isSameDomain);
}

// what stands between us and the rights of our role
static Verdict whyNotActive(const ChannelStanding &standing)
{
    switch (standing.subscription) {
    case NodeSubscription::Subscribed:
        return Verdict::Allowed;
    case NodeSubscription::Pending:
        return Verdict::RequestPending;
    case NodeSubscription::Invited:
        return Verdict::Invited;
    case NodeSubscription::None:
        break;
    }
    return Verdict::NotFollowing;
}

static Verdict decideByRole(const ChannelStanding &standing, Affiliation needed, Verdict otherwise)
{
    if (const auto verdict = whyNotActive(standing); verdict != Verdict::Allowed) {
        return verdict;
    }
    return standing.affiliation >= needed ? Verdict::Allowed : otherwise;
}

static Verdict decideReading(const ChannelStanding &standing)
{
    if (readsOpenly(standing)) {
        return Verdict::Allowed;
    }
    if (standing.subscription == NodeSubscription::Subscribed) {
        return standing.affiliation >= Affiliation::Member ? Verdict::Allowed : Verdict::Closed;
    }
    return standing.subscription == NodeSubscription::Pending ? Verdict::RequestPending : Verdict::Closed;
}

static Verdict decideFollowing(const ChannelStanding &standing)
{
    switch (standing.subscription) {
    case NodeSubscription::Subscribed:
        return Verdict::AlreadyFollowing;
    case NodeSubscription::Pending:
        return Verdict::RequestPending;
    case NodeSubscription::None:
    case NodeSubscription::Invited:
        break;
    }
    return Verdict::Allowed;
}

static Verdict decideLeaving(const ChannelStanding &standing)
{
    if (standing.subscription == NodeSubscription::None) {
        return Verdict::NotFollowingAnyway;
    }
    if (standing.affiliation == Affiliation::Owner && (standing.isLastOwner || standing.isOwnPersonalChannel)) {
        return Verdict::LastOwner;
    }
    return Verdict::Allowed;
}

ChannelStanding standingIn(const Channel &channel, const Jid &ownJid)
{
    return {
        .accessModel = channel.accessModel,
        .affiliation = channel.ownAffiliation,
        .subscription = channel.ownSubscription,
        .isSameDomain = channel.node.channel().domain() == ownJid.domain()
            || channel.node.channel().domain().endsWith(u'.' + ownJid.domain()),
        .isLastOwner = false,
        .isOwnPersonalChannel = channel.node.channel() == ownJid.bare(),
        .isGone = channel.isGone,
    };
}

Verdict decide(ChannelOperation operation, const ChannelStanding &standing)
{
    const bool isLeaving = operation == ChannelOperation::Unfollow;
    if (standing.isGone && !isLeaving) {
        return Verdict::Gone;
    }
    if (standing.affiliation == Affiliation::Outcast && !isLeaving) {
        return Verdict::Banned; // also for reading: it kills the real service (buddycloud.md 0, rule 8)
    }
    switch (operation) {
    case ChannelOperation::Read:
        return decideReading(standing);
    case ChannelOperation::Follow:
        return decideFollowing(standing);
    case ChannelOperation::Unfollow:
        return decideLeaving(standing);
    case ChannelOperation::Post:
    case ChannelOperation::Comment:
    case ChannelOperation::Rate:
        return decideByRole(standing, Affiliation::Publisher, Verdict::ReadersOnly);
    case ChannelOperation::DeleteOwnPost:
        return Verdict::Allowed; // the service asks for authorship only (buddycloud.md 5.2)
    case ChannelOperation::Invite:
        return decideByRole(standing, Affiliation::Member, Verdict::NotFollowing);
    case ChannelOperation::DeleteAnyPost:
    case ChannelOperation::AnswerRequests:
    case ChannelOperation::ChangeRoles:
        return decideByRole(standing, Affiliation::Moderator, Verdict::NeedsModerator);
    case ChannelOperation::MakeModerator:
    case ChannelOperation::EditChannel:
        return decideByRole(standing, Affiliation::Owner, Verdict::NeedsOwner);
    case ChannelOperation::DeleteChannel:
        if (standing.isOwnPersonalChannel) {
            return Verdict::OwnPersonalChannel;
        }
        return decideByRole(standing, Affiliation::Owner, Verdict::NeedsOwner);
    }
    return Verdict::NeedsOwner;
}

NodeSubscription outcomeOfFollowing(const ChannelStanding &standing)
{
    return readsOpenly(standing) ? NodeSubscription::Subscribed : NodeSubscription::Pending;
}

} // namespace cumulet
