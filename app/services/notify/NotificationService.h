#pragma once

#include "domain/Conversation.h"
#include "domain/Message.h"
#include "domain/Post.h"
#include "services/notify/NotificationPolicy.h"
#include "services/notify/StandingNotices.h"

#include <QHash>
#include <QObject>
#include <QTimer>

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
    NotificationService(
        Accounts &accounts, ConversationService &conversations, DesktopNotifier &notifier, QObject *parent = nullptr);

    /// What the user wants: notices at all, and what was written in them (others may look at the screen).
    void setWishes(bool areWanted, bool withText);
    /// The sentences of what is told about channels, not in them.
    void setWords(const std::function<QString(const StandingNotice &)> &words) { m_standing.setWords(words); }
    void setWindowActive(bool active);
    /// The conversation that is open in the window; its notices are withdrawn.
    void setVisibleConversation(ConversationId id);

Q_SIGNALS:
    /// A notice was clicked: open that row (message row, or thread start for a channel).
    void openRequested(cumulet::ConversationId conversation, qint64 row);

private:
    // What a notice of one conversation says and opens.
    struct Pending
    {
        QString title;
        QStringList lines; // the newest last, a few
        int count = 0;
        qint64 row = 0;
    };
    void followAccount(AccountId id);
    void noteMessages(AccountId account, const QList<Message> &messages);
    void notePosts(AccountId account, const QList<Post> &posts);
    void notePost(AccountId account, const Post &post, bool isAnswerToUs, ThreadNotices thread);
    void add(const Conversation &conversation, const QString &line, qint64 row);
    void showPending();
    void withdraw(ConversationId id);
    NoticeContext contextOf(AccountId account, const Conversation &conversation) const;
    QString nameOf(AccountId account, const Jid &jid) const;

    Accounts &m_accounts;
    ConversationService &m_conversations;
    DesktopNotifier &m_notifier;
    NoticeContext m_context;
    StandingNotices m_standing;
    bool m_areWanted = true;
    bool m_withText = true;
    QHash<ConversationId, Pending> m_pending; // collected for a moment, so that a catch-up is one notice
    QHash<ConversationId, qint64> m_shown; // the row that a click opens
    QTimer m_collecting;
};

} // namespace cumulet
