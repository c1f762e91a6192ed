#include "services/notify/NotificationPolicy.h"

#include "text/MentionText.h"

namespace cumulet {

static bool isWatched(ConversationId conversation, const NoticeContext &context)
{
    return context.isWindowActive && context.visibleConversation == conversation;
}

bool NotificationPolicy::isWorthNotice(const Message &message, const NoticeContext &context)
{
    return !message.isOwn && message.state == DeliveryState::Received && !context.isDoNotDisturb
        && !isWatched(message.conversation, context);
}

bool NotificationPolicy::isWorthNotice(
    const Post &post, const Jid &ownJid, bool isAnswerToUs, ConversationId conversation, const NoticeContext &context)
{
    if (post.author.bare() == ownJid.bare() || context.isDoNotDisturb || isWatched(conversation, context)) {
        return false;
    }
    const bool isInOwnChannel = post.node.channel() == ownJid.bare();
    return isInOwnChannel || isAnswerToUs || mentions(post.body, ownJid);
}

bool NotificationPolicy::mentions(const QString &body, const Jid &jid)
{
    return isMentioned(body, jid);
}

} // namespace cumulet
