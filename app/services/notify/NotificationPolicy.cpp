#include "services/notify/NotificationPolicy.h"

#include "text/MentionText.h"

namespace cumulet {

static bool isWatched(ConversationId conversation, const NoticeContext &context)
{
    return context.isWindowActive && context.visibleConversation == conversation;
}

static bool isChosen(const NoticeContext &context, bool isUsual, bool isForUs)
{
    switch (context.notices) {
    case Conversation::Notices::Usual:
        return isUsual;
    case Conversation::Notices::Everything:
        return true;
    case Conversation::Notices::FirstUntilSeen:
        return !context.wasTold;
    case Conversation::Notices::ForUs:
        return isForUs;
    case Conversation::Notices::Nothing:
        return false;
    }
    return isUsual;
}

bool NotificationPolicy::isWorthNotice(const Message &message, const NoticeContext &context)
{
    return !message.isOwn && message.state == DeliveryState::Received && !context.isDoNotDisturb
        && !isWatched(message.conversation, context) && isChosen(context, true, true);
}

bool NotificationPolicy::isWorthNotice(
    const Post &post, const Jid &ownJid, bool isAnswerToUs, ConversationId conversation, const NoticeContext &context)
{
    if (post.author.bare() == ownJid.bare() || context.isDoNotDisturb || isWatched(conversation, context)) {
        return false;
    }
    if (context.thread == ThreadNotices::Muted) {
        return false;
    }
    if (context.thread == ThreadNotices::Followed) {
        return true; // this was asked for, whatever the channel's choice is
    }
    const bool isInOwnChannel = post.node.channel() == ownJid.bare();
    const bool isForUs = isAnswerToUs || mentions(post.body, ownJid);
    return isChosen(context, isInOwnChannel || isForUs, isForUs);
}

bool NotificationPolicy::isWorthNotice(ConversationId conversation, const NoticeContext &context)
{
    return !context.isDoNotDisturb && !isWatched(conversation, context)
        && context.notices != Conversation::Notices::Nothing;
}

bool NotificationPolicy::mentions(const QString &body, const Jid &jid)
{
    return isMentioned(body, jid);
}

} // namespace cumulet
