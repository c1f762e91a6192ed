#pragma once

#include "domain/Conversation.h"
#include "domain/Message.h"
#include "domain/Post.h"
#include "services/notify/NotificationPolicy.h"

#include <QObject>

namespace cumulet {

class Accounts;
class ConversationService;
class DesktopNotifier;

/// Turns what arrives into desktop notices, grouped by conversation; a click opens the exact place.
/// Notices of old messages that were caught up are summed up, one per conversation.
class NotificationService : public QObject
{
    Q_OBJECT

public:
    NotificationService(Accounts &accounts, ConversationService &conversations, DesktopNotifier &notifier,
                        QObject *parent = nullptr);

    void setWindowActive(bool active);
    /// The conversation that is open in the window; its notices are withdrawn.
    void setVisibleConversation(ConversationId id);

Q_SIGNALS:
    /// A notice was clicked: open that row (message row, or thread start for a channel).
    void openRequested(cumulet::ConversationId conversation, qint64 row);

private:
    void followAccount(AccountId id);
    void noteMessages(AccountId account, const QList<Message> &messages);
    void notePosts(AccountId account, const QList<Post> &posts);

    Accounts &m_accounts;
    ConversationService &m_conversations;
    DesktopNotifier &m_notifier;
    NoticeContext m_context;
};

} // namespace cumulet
