#include "services/notify/NotificationService.h"

#include "platform/DesktopNotifier.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"
#include "text/PreviewLine.h"

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostLines = 3;
// what comes within this time is one notice of each conversation
static constexpr auto collectingTime = 300ms;

static QString keyOf(ConversationId id)
{
    return u"conversation/%1"_s.arg(id);
}

NotificationService::NotificationService(
    Accounts &accounts, ConversationService &conversations, DesktopNotifier &notifier, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_conversations(conversations)
    , m_notifier(notifier)
    , m_standing(accounts, conversations, notifier,
          [this](AccountId account, const Conversation &conversation) { return contextOf(account, conversation); })
{
    connect(&m_standing, &StandingNotices::openRequested, this,
        [this](ConversationId conversation) { Q_EMIT openRequested(conversation, 0); });
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(collectingTime);
    connect(&m_collecting, &QTimer::timeout, this, &NotificationService::showPending);
    connect(&accounts, &Accounts::added, this, &NotificationService::followAccount);
    for (const auto id : accounts.ids()) {
        followAccount(id);
    }
    connect(&conversations, &ConversationService::entryChanged, this, [this](const Conversation &entry) {
        if (entry.unread == 0) {
            withdraw(entry.id); // read, maybe on another device
        }
    });
    connect(&conversations, &ConversationService::entryRemoved, this, &NotificationService::withdraw);
    connect(&notifier, &DesktopNotifier::activated, this, [this](const QString &key) {
        for (const auto &[id, row] : m_shown.asKeyValueRange()) {
            if (keyOf(id) == key) {
                Q_EMIT openRequested(id, row);
                return;
            }
        }
    });
}

void NotificationService::followAccount(AccountId id)
{
    const auto *services = m_accounts.of(id);
    if (services && services->chat) {
        connect(services->chat, &ChatService::arrived, this,
            [this, id](const QList<Message> &messages) { noteMessages(id, messages); });
    }
    if (services && services->channels) {
        connect(services->channels, &ChannelService::arrived, this,
            [this, id](const QList<Post> &posts) { notePosts(id, posts); });
    }
}

void NotificationService::setWishes(bool areWanted, bool withText)
{
    m_areWanted = areWanted;
    m_withText = withText;
    m_standing.setWanted(areWanted);
    if (!areWanted) {
        const auto shown = m_shown.keys();
        for (const auto id : shown) {
            withdraw(id);
        }
    }
}

void NotificationService::setWindowActive(bool active)
{
    m_context.isWindowActive = active;
    if (active) {
        withdraw(m_context.visibleConversation);
        m_standing.withdraw(m_context.visibleConversation);
    }
}

void NotificationService::setVisibleConversation(ConversationId id)
{
    m_context.visibleConversation = id;
    if (m_context.isWindowActive) {
        withdraw(id);
        m_standing.withdraw(id);
    }
}

NoticeContext NotificationService::contextOf(AccountId account, const Conversation &conversation) const
{
    auto context = m_context;
    context.notices = conversation.notices;
    context.wasTold = m_pending.contains(conversation.id) || m_shown.contains(conversation.id);
    const auto *services = m_accounts.of(account);
    context.isDoNotDisturb =
        services && services->session && services->session->presence().show == Presence::Show::DoNotDisturb;
    return context;
}

QString NotificationService::nameOf(AccountId account, const Jid &jid) const
{
    const auto *services = m_accounts.of(account);
    return services && services->roster ? services->roster->nameOf(jid) : jid.shortName();
}

void NotificationService::noteMessages(AccountId account, const QList<Message> &messages)
{
    for (const auto &message : messages) {
        auto conversation = m_conversations.entry(message.conversation).value_or(Conversation());
        conversation.id = message.conversation;
        if (!NotificationPolicy::isWorthNotice(message, contextOf(account, conversation))) {
            continue;
        }
        if (conversation.title.isEmpty()) { // not in the list yet: it is told of at the same time
            conversation.title = nameOf(account, message.sender);
        }
        add(conversation, message.body, message.row);
    }
}

void NotificationService::notePosts(AccountId account, const QList<Post> &posts)
{
    const auto *services = m_accounts.of(account);
    if (!services || !services->channels) {
        return;
    }
    for (const auto &post : posts) {
        const auto isAnswer = services->channels->isAnswerToUs(post);
        whenDone(services->channels->threadNotices(post), this,
            [this, account, post, isAnswer](const Result<ThreadNotices> &notices) {
                const auto thread = notices ? *notices : ThreadNotices::Usual;
                whenDone(isAnswer, this, [this, account, post, thread](const Result<bool> &answers) {
                    notePost(account, post, answers && *answers, thread);
                });
            });
    }
}

void NotificationService::notePost(AccountId account, const Post &post, bool isAnswerToUs, ThreadNotices thread)
{
    const auto *services = m_accounts.of(account);
    if (!services || !services->channels) {
        return;
    }
    Conversation conversation;
    conversation.jid = post.node.channel();
    for (const auto &entry : m_conversations.entries()) {
        if (entry.account == account && entry.kind == Conversation::Kind::Channel && entry.jid == conversation.jid) {
            conversation = entry;
        }
    }
    auto context = contextOf(account, conversation);
    context.thread = thread;
    if (conversation.id == 0
        || !NotificationPolicy::isWorthNotice(
            post, services->channels->ownJid(), isAnswerToUs, conversation.id, context)) {
        return;
    }
    const auto line = u"%1: %2"_s.arg(nameOf(account, post.author), post.body.left(1000));
    if (post.isThreadStart()) {
        add(conversation, line, post.row);
        return;
    }
    whenDone(services->channels->threadOf(post.node, post.inReplyTo), this,
        [this, conversation, line](const Result<PostRow> &start) { add(conversation, line, start ? *start : 0); });
}

void NotificationService::add(const Conversation &conversation, const QString &line, qint64 row)
{
    auto &pending = m_pending[conversation.id];
    pending.title = conversation.displayTitle();
    pending.lines.append(previewLine(line));
    if (pending.lines.size() > mostLines) {
        pending.lines.removeFirst();
    }
    ++pending.count;
    pending.row = row;
    if (!m_collecting.isActive()) {
        m_collecting.start();
    }
}

void NotificationService::showPending()
{
    for (const auto &[id, pending] : std::exchange(m_pending, {}).asKeyValueRange()) {
        if (!m_areWanted || (m_context.isWindowActive && m_context.visibleConversation == id)) {
            continue;
        }
        const auto title = previewLine(pending.title, 100);
        DesktopNotice notice;
        notice.key = keyOf(id);
        notice.title = pending.count > 1 ? u"%1 (%2)"_s.arg(title).arg(pending.count) : title;
        notice.text = m_withText ? pending.lines.join(u'\n') : QString();
        m_shown.insert(id, pending.row);
        m_notifier.show(notice);
    }
}

void NotificationService::withdraw(ConversationId id)
{
    m_pending.remove(id);
    if (m_shown.remove(id)) {
        m_notifier.withdraw(keyOf(id));
    }
}

} // namespace cumulet
