#include "services/notify/StandingNotices.h"

#include "platform/DesktopNotifier.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "text/PreviewLine.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static QString keyOf(ConversationId id)
{
    return u"standing/%1"_s.arg(id);
}

StandingNotices::StandingNotices(Accounts &accounts, ConversationService &conversations, DesktopNotifier &notifier,
    const std::function<NoticeContext(AccountId, const Conversation &)> &context, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_conversations(conversations)
    , m_notifier(notifier)
    , m_context(context)
{
    connect(&accounts, &Accounts::added, this, &StandingNotices::followAccount);
    for (const auto id : accounts.ids()) {
        followAccount(id);
    }
    connect(&notifier, &DesktopNotifier::activated, this, [this](const QString &key) {
        if (const auto shown = m_shown.constFind(key); shown != m_shown.cend()) {
            Q_EMIT openRequested(*shown);
        }
    });
}

void StandingNotices::followAccount(AccountId id)
{
    const auto *services = m_accounts.of(id);
    if (!services || !services->channels) {
        return;
    }
    connect(services->channels, &ChannelService::followRequested, this, [this, id](const NodeId &node, const Jid &jid) {
        const auto *of = m_accounts.of(id);
        tell(id, node,
            {StandingNotice::FollowRequest, of && of->roster ? of->roster->nameOf(jid) : jid.shortName(), {}});
    });
    connect(services->channels, &ChannelService::standingChanged, this,
        [this, id](const Membership &before, const Membership &now) { noteStanding(id, before, now); });
    connect(services->channels, &ChannelService::channelDeleted, this,
        [this, id](const NodeId &node) { tell(id, node, {StandingNotice::ChannelDeleted, {}, {}}); });
}

void StandingNotices::noteStanding(AccountId account, const Membership &before, const Membership &now)
{
    const bool wasKnown = before.affiliation != Affiliation::None && now.affiliation != Affiliation::None;
    if (now.subscription == NodeSubscription::Invited && before.subscription != NodeSubscription::Invited) {
        tell(account, now.node, {StandingNotice::Invited, {}, now.affiliation});
    } else if (before.subscription == NodeSubscription::Pending && now.subscription == NodeSubscription::Subscribed) {
        tell(account, now.node, {StandingNotice::Admitted, {}, now.affiliation});
    } else if (wasKnown && before.affiliation != now.affiliation
        && before.subscription == NodeSubscription::Subscribed) {
        tell(account, now.node, {StandingNotice::RoleChanged, {}, now.affiliation});
    }
}

void StandingNotices::tell(AccountId account, const NodeId &node, const StandingNotice &notice)
{
    const auto opened = m_conversations.open(account, Conversation::Kind::Channel, node.channel());
    whenDone(opened, this, [this, account, notice](const Result<Conversation> &conversation) {
        if (conversation) {
            show(account, *conversation, notice);
        }
    });
}

void StandingNotices::show(AccountId account, const Conversation &conversation, const StandingNotice &notice)
{
    if (!m_words || !m_areWanted
        || !NotificationPolicy::isWorthNotice(conversation.id, m_context(account, conversation))) {
        return;
    }
    DesktopNotice shown;
    shown.key = keyOf(conversation.id);
    shown.title = previewLine(conversation.displayTitle(), 100);
    shown.text = previewLine(m_words(notice));
    m_shown.insert(shown.key, conversation.id);
    m_notifier.show(shown);
}

void StandingNotices::setWanted(bool areWanted)
{
    m_areWanted = areWanted;
    if (!areWanted) {
        const auto keys = std::exchange(m_shown, {}).keys();
        for (const auto &key : keys) {
            m_notifier.withdraw(key);
        }
    }
}

void StandingNotices::withdraw(ConversationId id)
{
    if (m_shown.remove(keyOf(id))) {
        m_notifier.withdraw(keyOf(id));
    }
}

} // namespace cumulet
