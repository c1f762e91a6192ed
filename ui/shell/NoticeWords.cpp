#include "ui/shell/NoticeWords.h"

namespace cumulet {

QString NoticeWords::ofRole(Affiliation role)
{
    switch (role) {
    case Affiliation::Owner:
        return tr("You own this channel now.");
    case Affiliation::Moderator:
        return tr("You are a moderator here now.");
    case Affiliation::Publisher:
        return tr("You may post here now.");
    case Affiliation::Member:
        return tr("You may read here now, but not post.");
    case Affiliation::Outcast:
    case Affiliation::None:
        break;
    }
    return tr("The owner removed your access.");
}

QString NoticeWords::of(const StandingNotice &notice)
{
    switch (notice.kind) {
    case StandingNotice::FollowRequest:
        return tr("%1 asks to follow.").arg(notice.person);
    case StandingNotice::Invited:
        return tr("You are invited to follow.");
    case StandingNotice::Admitted:
        return tr("You were let in.");
    case StandingNotice::RoleChanged:
        return ofRole(notice.role);
    case StandingNotice::ChannelDeleted:
        return tr("This channel was deleted. What you have read of it stays here.");
    }
    return {};
}

} // namespace cumulet
