#pragma once

#include "kit/fakes/FakeDesktopNotifier.h"
#include "kit/fakes/FakeSecretStore.h"
#include "services/ChannelBench.h"
#include "services/ChatBench.h"
#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/conversation/ConversationService.h"
#include "services/notify/NotificationService.h"

namespace cumulet::tests {

/// Everything that merges accounts, over one account with a chat and its channels on one database.
class HouseholdBench
{
public:
    HouseholdBench()
    {
        const auto &bench = chat;
        cooking = NodeId::fromTrusted(QStringLiteral("/user/cooking@topics.example.org/posts"));
        server.add(NodeId::of(bench.romeo), bench.romeo);
        server.add(cooking, bench.juliet).face.title = QStringLiteral("Cooking");
        server.join(cooking, bench.romeo);
        conversations = std::make_unique<ConversationService>(*bench.conversations, running);
        notifications = std::make_unique<NotificationService>(running, *conversations, notifier);
        (void)await(accountService.load());
        (void)await(conversations->load());
    }
    ~HouseholdBench()
    {
        notifications.reset();
        conversations.reset();
        chat.settle();
    }
    void start()
    {
        (void)await(channels.start({}));
        (void)await(chat.chat->start(false));
        chat.settle();
    }
    void receive(const Jid &peer, const QString &body)
    {
        Q_EMIT chat.chatWire->messageReceived(chat.from(peer, body));
        chat.settle();
    }

    ChatBench chat;
    NodeId cooking;
    FakeChannelServer server;
    FakeChannelWire wire{server, chat.romeo};
    ChannelStore channelStore{*chat.database};
    ChannelService channels{
        ChannelService::Parts{chat.account.id, chat.romeo, wire, channelStore, *chat.conversations}};
    FakeSecretStore secrets;
    AccountService accountService{*chat.accounts, secrets};
    Accounts running{accountService, [this](const Account &account) {
                         AccountServices services;
                         services.account = account;
                         services.chat = chat.chat.get();
                         services.roster = chat.roster.get();
                         services.channels = &channels;
                         return services;
                     }};
    FakeDesktopNotifier notifier;
    std::unique_ptr<ConversationService> conversations;
    std::unique_ptr<NotificationService> notifications;
};

} // namespace cumulet::tests
