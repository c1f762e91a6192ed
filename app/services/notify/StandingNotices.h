#pragma once

#include "domain/Channel.h"
#include "domain/Conversation.h"
#include "services/notify/NotificationPolicy.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace cumulet {

class Accounts;
class ConversationService;
class DesktopNotifier;

/// Something about a channel, not in it.
struct StandingNotice
{
    enum Kind { FollowRequest, Invited, Admitted, RoleChanged, ChannelDeleted };
    Kind kind = FollowRequest;
    QString person; ///< who asks to follow
    Affiliation role = Affiliation::None; ///< our new one
};

/// Tells on the desktop that somebody asks to follow a channel of ours, that we were invited or let in, that our role
/// was changed, and that a channel we follow was deleted. A click opens the channel.
class StandingNotices : public QObject
{
    Q_OBJECT

public:
    StandingNotices(Accounts &accounts, ConversationService &conversations, DesktopNotifier &notifier,
        const std::function<NoticeContext(AccountId, const Conversation &)> &context, QObject *parent = nullptr);

    /// The sentences; without them nothing is told.
    void setWords(const std::function<QString(const StandingNotice &)> &words) { m_words = words; }
    void setWanted(bool areWanted);
    void withdraw(ConversationId id);

Q_SIGNALS:
    void openRequested(cumulet::ConversationId conversation);

private:
    void followAccount(AccountId id);
    void noteStanding(AccountId account, const Membership &before, const Membership &now);
    void tell(AccountId account, const NodeId &node, const StandingNotice &notice);
    void show(AccountId account, const Conversation &conversation, const StandingNotice &notice);

    Accounts &m_accounts;
    ConversationService &m_conversations;
    DesktopNotifier &m_notifier;
    std::function<NoticeContext(AccountId, const Conversation &)> m_context;
    std::function<QString(const StandingNotice &)> m_words;
    QHash<QString, ConversationId> m_shown; // by the key of the notice
    bool m_areWanted = true;
};

} // namespace cumulet
