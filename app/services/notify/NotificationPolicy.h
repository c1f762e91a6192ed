#pragma once

#include "domain/Channel.h"
#include "domain/Conversation.h"
#include "domain/Message.h"
#include "domain/Post.h"

namespace cumulet {

/// What the policy looks at.
struct NoticeContext
{
    bool isWindowActive = false;
    ConversationId visibleConversation = 0; ///< the one open in the active window
    bool isDoNotDisturb = false; ///< own presence
    Conversation::Notices notices = Conversation::Notices::Usual; ///< what was chosen for the conversation
    ThreadNotices thread = ThreadNotices::Usual; ///< what was chosen for the thread of a post
    bool wasTold = false; ///< a notice of this conversation was shown, and not looked at since
};

/// Decides whether a notice pops up. By default chat messages do unless they are being read, and posts do when they are
/// in our own channel, mention us or answer something of ours; each conversation may have a choice of its own.
class NotificationPolicy
{
public:
    static bool isWorthNotice(const Message &message, const NoticeContext &context);
    static bool isWorthNotice(const Post &post, const Jid &ownJid, bool isAnswerToUs, ConversationId conversation,
        const NoticeContext &context);
    /// Something about a channel, not in it: told unless it is looked at.
    static bool isWorthNotice(ConversationId conversation, const NoticeContext &context);
    static bool mentions(const QString &body, const Jid &jid);
};

} // namespace cumulet
