#pragma once

#include "kit/fakes/FakeAvatarWire.h"
#include "kit/fakes/FakeChannelDirectoryWire.h"
#include "kit/fakes/FakeNetworkState.h"
#include "kit/fakes/FakeSessionWire.h"
#include "services/HouseholdBench.h"
#include "services/account/SignIn.h"
#include "services/channel/ChannelDirectory.h"
#include "services/feed/FeedService.h"
#include "services/preference/PreferenceService.h"
#include "services/roster/AvatarService.h"
#include "services/search/SearchService.h"
#include "services/session/SessionService.h"
#include "store/FeedStore.h"
#include "store/PreferenceStore.h"
#include "store/SearchStore.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/Theme.h"
#include "ui/models/TimelineRoles.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ServiceAvatars.h"
#include "ui/timeline/TimelineView.h"

#include <QApplication>

#include <algorithm>

namespace cumulet::tests {

/// The whole window over one account on fake wires and a real database, offscreen.
class WindowBench
{
public:
    WindowBench()
    {
        server.add(NodeId::of(chat.romeo), chat.romeo);
        server.add(cooking, chat.juliet).face.title = QStringLiteral("Cooking");
        server.join(cooking, chat.romeo);
        theme.dress(*qApp);
        (void)await(accountService.load());
        (void)await(conversations.load());
        window = std::make_unique<MainWindow>(parts());
        window->resize(1280, 820);
        window->show();
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
    }
    ~WindowBench()
    {
        window.reset();
        chat.settle();
    }

    /// What every window takes.
    ProgramParts parts()
    {
        return {accountService, running, conversations, feeds, search, preferences, notifications, signIn, theme,
            avatars, Icons(theme)};
    }
    /// Logs in: the stream connects, what waits is sent.
    void goOnline()
    {
        session.goOnline();
        sessionWire.bound = chat.romeo.withResource(QStringLiteral("test"));
        Q_EMIT sessionWire.connected(false);
        (void)await(channels.start({}));
        (void)await(chat.chat->start(false));
        chat.settle();
    }
    void receive(const Jid &peer, const QString &body)
    {
        Q_EMIT chat.chatWire->messageReceived(chat.from(peer, body));
        chat.settle();
    }
    ConversationId open(Conversation::Kind kind, const Jid &jid)
    {
        const auto conversation = await(conversations.open(chat.account.id, kind, jid)).value();
        window->openAddress(chat.account.id, kind, jid);
        chat.settle();
        return conversation.id;
    }
    /// A line on screen that says exactly that.
    bool isSaid(const QString &sentence) const
    {
        const auto labels = window->findChildren<PlainLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&](const PlainLabel *label) { return label->isVisible() && label->text() == sentence; });
    }
    /// The row at the top of the timeline.
    qint64 firstRow() const
    {
        const auto *model = find<TimelineView>(QStringLiteral("timeline"))->model();
        return model->index(0, 0).data(TimelineRoles::RowIdRole).toLongLong();
    }
    template <typename T> T *find(const QString &name = {}) const { return window->findChild<T *>(name); }

    ChatBench chat;
    const NodeId cooking = NodeId::fromTrusted(QStringLiteral("/user/cooking@topics.example.org/posts"));
    FakeChannelServer server;
    FakeChannelWire wire{server, chat.romeo};
    ChannelStore channelStore{*chat.database};
    ChannelService channels{
        ChannelService::Parts{chat.account.id, chat.romeo, wire, channelStore, *chat.conversations}};
    FakeChannelDirectoryWire directoryWire{server};
    ChannelDirectory directory{directoryWire, channels};
    FakeSessionWire sessionWire;
    FakeAvatarWire avatarWire;
    FakeNetworkState network;
    FakeSecretStore secrets = withPassword(chat.romeo);
    SessionService session{chat.account, sessionWire, secrets, network};
    AvatarService avatarService{chat.account.id, avatarWire, *chat.rosters};
    AccountService accountService{*chat.accounts, secrets};
    Accounts running{accountService, [this](const Account &account) {
                         return AccountServices{.account = account,
                             .session = &session,
                             .roster = chat.roster.get(),
                             .chat = chat.chat.get(),
                             .channels = &channels,
                             .directory = &directory,
                             .avatars = &avatarService,
                             .owner = {}};
                     }};
    ConversationService conversations{*chat.conversations, running};
    FakeDesktopNotifier notifier;
    NotificationService notifications{running, conversations, notifier};
    FeedStore feedStore{*chat.database};
    FeedService feeds{feedStore, running, conversations};
    SearchStore searchStore{*chat.database};
    SearchService search{searchStore};
    PreferenceStore preferenceStore{*chat.database};
    PreferenceService preferences{preferenceStore};
    FakeSessionWire *trial = nullptr; ///< the stream of the login that is tried
    SignIn signIn{accountService, [this] {
                      auto stream = std::make_shared<FakeSessionWire>();
                      trial = stream.get();
                      return AccountWires{.session = stream.get(), .owner = stream};
                  }};
    Theme theme;
    ServiceAvatars avatarSource{running};
    AvatarPainter avatars{theme, &avatarSource};
    std::unique_ptr<MainWindow> window;

private:
    static FakeSecretStore withPassword(const Jid &jid)
    {
        FakeSecretStore secrets;
        secrets.passwords.insert(jid, QStringLiteral("secret"));
        return secrets;
    }
};

} // namespace cumulet::tests
