#include "live/LiveClient.h"

#include "kit/TemporaryProfile.h"
#include "kit/fakes/FakeNetworkState.h"
#include "kit/fakes/FakeSecretStore.h"
#include "main/AccountAssembly.h"
#include "services/account/AccountService.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"
#include "store/AccountStore.h"
#include "store/ChannelStore.h"
#include "store/ConversationStore.h"
#include "store/Database.h"
#include "store/MessageStore.h"
#include "store/RosterStore.h"
#include "xmpp/XmppWires.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace cumulet::tests {

namespace {

constexpr int pageSize = 500;

ChannelTiming channelTiming()
{
    return {.firstRetry = 2s, .longestRetry = 5s};
}

// every row of a paged list, oldest first
template <typename T, typename Ask, typename Place> QList<T> allPages(Ask ask, Place place)
{
    QList<T> rows;
    PageRequest request;
    request.limit = pageSize;
    while (true) {
        const Result<Page<T>> page = outcome(ask(request));
        if (!page || page->rows.isEmpty()) {
            return rows;
        }
        rows = page->rows + rows;
        if (page->atOldest) {
            return rows;
        }
        request.from = place(page->rows.first());
    }
}

} // namespace

// In the order of their making; they go in the reverse order.
struct LiveClient::Parts
{
    Parts(const XmppOptions &xmppOptions, const QString &profile)
        : temporary(profile.isEmpty() ? std::make_unique<TemporaryProfile>() : nullptr)
        , options(xmppOptions)
        , folder(temporary ? temporary->path() : profile)
        , accountStore(database)
        , rosterStore(database)
        , conversationStore(database)
        , messageStore(database)
        , channelStore(database)
        , accountService(accountStore, secrets)
        , assembly({.accounts = accountService,
              .conversations = conversationStore,
              .messages = messageStore,
              .channels = channelStore,
              .roster = rosterStore,
              .secrets = secrets,
              .network = network,
              .makeWires = [this] { return makeWires(options); },
              .channelTiming = channelTiming(),
              .profile = folder})
        , accounts(accountService, [this](const Account &account) { return assembly.make(account); })
        , conversations(conversationStore, accounts)
    {
    }

    std::unique_ptr<TemporaryProfile> temporary;
    XmppOptions options;
    QString folder;
    Database database;
    AccountStore accountStore;
    RosterStore rosterStore;
    ConversationStore conversationStore;
    MessageStore messageStore;
    ChannelStore channelStore;
    FakeSecretStore secrets;
    FakeNetworkState network;
    AccountService accountService;
    AccountAssembly assembly;
    Accounts accounts;
    ConversationService conversations;
    const AccountServices *services = nullptr;
};

LiveClient::LiveClient(
    const SessionSettings &settings, const XmppOptions &options, const QString &profile, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , d(std::make_unique<Parts>(options, profile))
{
    d->secrets.passwords.insert(settings.jid, settings.password);
}

LiveClient::~LiveClient() = default;

bool LiveClient::fail(const QString &what, const Error &error)
{
    m_error = u"%1: %2 (kind %3)"_s.arg(what, error.detail).arg(int(error.kind));
    return false;
}

bool LiveClient::start()
{
    const auto opened = outcome(d->database.open(d->folder + u"/cumulet.sqlite"_s));
    if (!opened || opened->obstacle != Database::Obstacle::None) {
        return fail(u"database"_s, opened ? Error{ErrorKind::Storage, u"cannot be used"_s} : opened.error());
    }
    if (const auto loaded = outcome(d->conversations.load()); !loaded) {
        return fail(u"list"_s, loaded.error());
    }
    if (const auto loaded = outcome(d->accountService.load()); !loaded) {
        return fail(u"accounts"_s, loaded.error());
    }
    if (d->accountService.accounts().isEmpty()) {
        Account account;
        account.jid = m_settings.jid;
        account.host = m_settings.host;
        account.port = m_settings.port;
        const auto added =
            outcome(d->accountService.add(account, m_settings.password, AccountService::PasswordPlace::Keyring));
        if (!added) {
            return fail(u"account"_s, added.error());
        }
    }
    d->services = d->accounts.of(d->accountService.accounts().first().id);
    return d->services != nullptr;
}

bool LiveClient::waitOnline()
{
    const SessionService &session = *d->services->session;
    return waitFor([&session] { return session.isOnline(); }, 2 * liveLimit)
        || fail(u"session in state %1"_s.arg(int(session.status().state)), session.status().error);
}

bool LiveClient::waitForChannels()
{
    const ChannelService &channels = *d->services->channels;
    return waitOnline()
        && (waitFor([&channels] { return channels.status().state == ChannelServiceStatus::Ready; }, 2 * liveLimit)
            || fail(u"channel service in state %1"_s.arg(int(channels.status().state)), channels.status().error));
}

void LiveClient::goOffline()
{
    d->services->session->goOffline();
}

void LiveClient::goOnline()
{
    d->services->session->goOnline();
}

void LiveClient::reconnectAtOnce()
{
    SessionService &session = *d->services->session;
    connect(&session, &SessionService::statusChanged, this, [&session](const ConnectionStatus &status) {
        if (status.state == ConnectionState::Waiting) {
            QMetaObject::invokeMethod(&session, [&session] { session.retryNow(); }, Qt::QueuedConnection);
        }
    });
}

const AccountServices &LiveClient::services() const
{
    return *d->services;
}

ConversationService &LiveClient::conversations() const
{
    return d->conversations;
}

Accounts &LiveClient::accounts() const
{
    return d->accounts;
}

std::optional<Conversation> LiveClient::openChat(const Jid &peer)
{
    const auto chat = outcome(d->conversations.open(d->services->account.id, Conversation::Kind::Chat, peer));
    return chat ? std::optional(*chat) : std::nullopt;
}

std::optional<Conversation> LiveClient::openChannel(const NodeId &node)
{
    const auto channel =
        outcome(d->conversations.open(d->services->account.id, Conversation::Kind::Channel, node.channel()));
    return channel ? std::optional(*channel) : std::nullopt;
}

bool LiveClient::send(const Jid &to, const QString &body, MessageRow corrects)
{
    const auto chat = openChat(to);
    if (!chat) {
        return fail(u"send"_s, {ErrorKind::NotFound, u"no chat"_s});
    }
    const auto sent = outcome(d->services->chat->send(chat->id, body, corrects));
    return sent || fail(u"send"_s, sent.error());
}

bool LiveClient::post(const NodeId &node, const QString &body, const ItemId &inReplyTo)
{
    const auto written = outcome(d->services->channels->post(node, body, inReplyTo));
    return written || fail(u"post"_s, written.error());
}

bool LiveClient::waitUntilSent(int milliseconds)
{
    const ChatService &chat = *d->services->chat;
    const ChannelService &channels = *d->services->channels;
    return waitFor([&] { return chat.waiting() == 0 && channels.waiting() == 0; }, milliseconds)
        || fail(u"%1 messages and %2 posts wait"_s.arg(chat.waiting()).arg(channels.waiting()), {});
}

QList<Message> LiveClient::messages(const Jid &peer)
{
    const auto chat = openChat(peer);
    if (!chat) {
        return {};
    }
    return allPages<Message>([&](const PageRequest &request) { return d->services->chat->page(chat->id, request); },
        [](const Message &message) { return Cursor{message.time.toMSecsSinceEpoch(), message.row}; });
}

QStringList LiveClient::bodies(const Jid &peer)
{
    QStringList bodies;
    const auto all = messages(peer);
    for (const auto &message : all) {
        bodies.append(message.body);
    }
    return bodies;
}

Message LiveClient::message(const Jid &peer, const QString &body)
{
    const auto all = messages(peer);
    const auto found =
        std::find_if(all.crbegin(), all.crend(), [&body](const Message &message) { return message.body == body; });
    return found == all.crend() ? Message() : *found;
}

QList<Thread> LiveClient::threads(const NodeId &node)
{
    const auto channel = openChannel(node);
    if (!channel) {
        return {};
    }
    ChannelService &channels = *d->services->channels;
    auto threads = allPages<Thread>(
        [&](const PageRequest &request) { return channels.page(channel->id, request, ThreadOrder::NewestPost); },
        [](const Thread &thread) { return Cursor{thread.start.published.toMSecsSinceEpoch(), thread.start.row}; });
    for (auto &thread : threads) {
        if (thread.earlierComments > 0) {
            if (const auto whole = outcome(channels.thread(thread.start.row))) {
                thread = *whole;
            }
        }
    }
    return threads;
}

QStringList LiveClient::lines(const NodeId &node)
{
    QStringList lines;
    const auto all = threads(node);
    for (const auto &thread : all) {
        lines.append(thread.start.body);
        for (const auto &comment : thread.comments) {
            lines.append(thread.start.body + u" < "_s + comment.body);
        }
    }
    return lines;
}

Post LiveClient::postOf(const NodeId &node, const QString &body)
{
    const auto all = threads(node);
    for (const auto &thread : all) {
        if (thread.start.body == body) {
            return thread.start;
        }
        for (const auto &comment : thread.comments) {
            if (comment.body == body) {
                return comment;
            }
        }
    }
    return {};
}

} // namespace cumulet::tests
