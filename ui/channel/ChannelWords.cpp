#include "ui/channel/ChannelWords.h"

#include "ui/common/ErrorText.h"

using namespace Qt::StringLiterals;

namespace cumulet {

QString ChannelWords::access(AccessModel model)
{
    switch (model) {
    case AccessModel::Open:
        return tr("Open channel");
    case AccessModel::Local:
        return tr("Open on its own server");
    case AccessModel::Authorize:
    case AccessModel::Whitelist:
        break;
    }
    return tr("Private channel");
}

QString ChannelWords::accessMeaning(AccessModel model)
{
    switch (model) {
    case AccessModel::Open:
        return tr("Anyone can read and follow.");
    case AccessModel::Local:
        return tr("People of the same server can read and follow; others have to ask.");
    case AccessModel::Authorize:
    case AccessModel::Whitelist:
        break;
    }
    return tr("Only followers can read; the owner or a moderator admits them.");
}

QString ChannelWords::role(Affiliation affiliation)
{
    switch (affiliation) {
    case Affiliation::Owner:
        return tr("owner");
    case Affiliation::Moderator:
        return tr("moderator");
    case Affiliation::Publisher:
        return tr("follower who may post");
    case Affiliation::Member:
        return tr("follower");
    case Affiliation::Outcast:
        return tr("banned");
    case Affiliation::None:
        break;
    }
    return tr("not following");
}

QString ChannelWords::roleMeaning(Affiliation affiliation)
{
    switch (affiliation) {
    case Affiliation::Owner:
        return tr("Can do everything, also change and delete the channel.");
    case Affiliation::Moderator:
        return tr("Can post, delete any post, admit, remove and ban people.");
    case Affiliation::Publisher:
        return tr("Can read, post and comment.");
    case Affiliation::Member:
        return tr("Can read.");
    case Affiliation::Outcast:
        return tr("Can neither read nor follow.");
    case Affiliation::None:
        break;
    }
    return tr("Has no role here.");
}

QString ChannelWords::summary(const Channel &channel, const ChannelStanding &standing)
{
    QStringList parts{access(channel.accessModel)};
    if (channel.followers >= 0) {
        parts.append(tr("%n follower(s)", nullptr, channel.followers));
    }
    const Verdict posting = decide(ChannelOperation::Post, standing);
    switch (posting) {
    case Verdict::Allowed:
        parts.append(standing.affiliation >= Affiliation::Moderator ? tr("you are %1").arg(role(standing.affiliation))
                                                                    : tr("you can post"));
        break;
    case Verdict::RequestPending:
        parts.append(tr("you asked to follow"));
        break;
    case Verdict::Invited:
        parts.append(tr("you are invited"));
        break;
    case Verdict::ReadersOnly:
        parts.append(tr("you can read"));
        break;
    case Verdict::Banned:
        parts.append(tr("you are banned"));
        break;
    case Verdict::Gone:
        return tr("This channel was deleted");
    default:
        break;
    }
    return parts.join(u" · "_s);
}

QString ChannelWords::audience(const Channel &channel)
{
    const QString who = channel.accessModel == AccessModel::Open ? tr("Open: anyone can read")
        : channel.accessModel == AccessModel::Local              ? tr("Everybody on this server can read")
                                                                 : tr("Private: only followers can read");
    return channel.followers >= 0 ? u"%1 · %2"_s.arg(who, tr("%n follower(s)", nullptr, channel.followers)) : who;
}

QString ChannelWords::refusal(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allowed:
        return {};
    case Verdict::NotFollowing:
        return tr("Follow this channel to post here, if its owner lets followers post.");
    case Verdict::RequestPending:
        return tr("You asked to follow. The owner or a moderator has to agree first.");
    case Verdict::Invited:
        return tr("You are invited. Accept the invitation first.");
    case Verdict::ReadersOnly:
        return tr("You can read here. Posting is for those whom the owner or a moderator lets post.");
    case Verdict::Banned:
        return tr("The owner removed your access.");
    case Verdict::Closed:
        return tr("Only followers can read this.");
    case Verdict::AlreadyFollowing:
        return tr("You follow this channel already.");
    case Verdict::NotFollowingAnyway:
        return tr("You do not follow this channel.");
    case Verdict::LastOwner:
        return tr("You own this channel: an owner cannot leave it.");
    case Verdict::NeedsModerator:
        return tr("That takes a moderator.");
    case Verdict::NeedsOwner:
        return tr("That takes the owner.");
    case Verdict::OwnPersonalChannel:
        return tr("Your own channel cannot be deleted.");
    case Verdict::Gone:
        return tr("This channel was deleted. What you have read stays here.");
    }
    return {};
}

QString ChannelWords::serviceTrouble(const ChannelServiceStatus &status)
{
    switch (status.state) {
    case ChannelServiceStatus::None:
        return tr("Your server has no channels.");
    case ChannelServiceStatus::Unavailable:
        return tr("The channel service does not answer. Chat still works.");
    case ChannelServiceStatus::Unknown:
    case ChannelServiceStatus::Looking:
    case ChannelServiceStatus::Ready:
        break;
    }
    return {};
}

} // namespace cumulet
