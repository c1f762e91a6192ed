#include "main/AccountAssembly.h"

#include "services/account/AccountService.h"
#include "services/channel/ChannelDirectory.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"
#include "services/media/MediaService.h"
#include "services/roster/AvatarService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"
#include "wire/RosterWire.h"
#include "wire/SessionWire.h"

#include <QLoggingCategory>
#include <QPromise>

namespace cumulet {

Q_LOGGING_CATEGORY(lcAssembly, "cumulet.assembly", QtInfoMsg)

namespace {

// All services of one account, in the order of their making; they go in the reverse order.
struct Household
{
    Household(const Account &account, const AccountAssembly::Parts &parts)
        : wires(parts.makeWires())
        , roster(account.id, account.jid, *wires.roster, parts.roster)
        , avatars(account.id, *wires.avatars, parts.roster)
        , chat({account.id, account.jid, *wires.chat, *wires.archive, parts.messages, parts.conversations, roster})
        , channels({account.id, account.jid, *wires.channels, parts.channels, parts.conversations, parts.channelTiming,
              wires.readPositions, wires.media, parts.profile})
        , media(*wires.media, parts.channels, parts.profile)
        , directory(*wires.directory, channels)
        , session(account, *wires.session, parts.secrets, parts.network)
    {
    }

    AccountWires wires;
    RosterService roster;
    AvatarService avatars;
    ChatService chat;
    ChannelService channels;
    MediaService media;
    ChannelDirectory directory;
    SessionService session;
};

void logFailure(const char *what, const Result<Done> &done)
{
    if (!done) {
        qCWarning(lcAssembly, "%s: %s", what, qUtf8Printable(done.error().detail));
    }
}

// After a login that did not resume: catch up with the archive, then the account counts as online. Channels follow on
// their own: chat never waits for them.
QFuture<void> prepare(const std::shared_ptr<Household> &household)
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    whenDone(household->chat.start(false), &household->session, [promise](const Result<Done> &done) {
        logFailure("catch-up", done);
        promise->finish();
    });
    whenDone(household->channels.start(household->session.account().channelService), &household->session,
        [](const Result<Done> &done) { logFailure("channels", done); });
    return promise->future();
}

} // namespace

AccountServices AccountAssembly::make(const Account &account) const
{
    auto household = std::make_shared<Household>(account, m_parts);
    SessionService &session = household->session;
    ChatService &chat = household->chat;
    ChannelService &channels = household->channels;
    RosterService &roster = household->roster;
    AvatarService &avatars = household->avatars;

    channels.setChosenService(account.chosenChannelService);
    QObject::connect(&m_parts.accounts, &AccountService::accountChanged, &channels,
        [&channels, id = account.id](const Account &changed) {
            if (changed.id == id) {
                channels.setChosenService(changed.chosenChannelService);
            }
        });
    session.setPreparation([weak = std::weak_ptr(household)] {
        const auto alive = weak.lock();
        return alive ? prepare(alive) : QtFuture::makeReadyVoidFuture();
    });
    QObject::connect(&session, &SessionService::connected, &session, [&chat, &channels, &session](bool resumed) {
        if (resumed) {
            whenDone(chat.start(true), &session, [](const Result<Done> &done) { logFailure("resumed", done); });
            channels.resume();
        }
    });
    QObject::connect(&session, &SessionService::lost, &session, [&chat, &channels, &roster] {
        chat.stop();
        channels.stop();
        roster.forgetPresences();
    });
    avatars.setAudience(
        [&roster, own = account.jid.bare()](const Jid &jid) { return jid == own || roster.item(jid).has_value(); });
    QObject::connect(household->wires.roster, &RosterWire::presenceReceived, &avatars,
        [&avatars](const Jid &from, const Presence &presence) {
            if (!presence.avatarHash.isEmpty()) {
                avatars.noteHash(from, presence.avatarHash);
            }
        });
    QObject::connect(&channels, &ChannelService::statusChanged, &session,
        [&session, &accounts = m_parts.accounts](const ChannelServiceStatus &status) {
            // the service that was found is asked first next time
            auto known = accounts.account(session.account().id);
            if (known && status.state == ChannelServiceStatus::Ready && known->channelService != status.service) {
                known->channelService = status.service;
                whenDone(accounts.change(*known), &session,
                    [](const Result<Done> &done) { logFailure("channel service", done); });
            }
        });
    const auto report = [](const char *what) { return [what](const Result<Done> &done) { logFailure(what, done); }; };
    whenDone(roster.load(), &roster, report("roster"));
    whenDone(avatars.load(), &avatars, report("avatars"));
    if (account.isEnabled && !m_parts.startsOffline) {
        session.goOnline();
    }
    return {.account = account,
        .session = &session,
        .roster = &roster,
        .chat = &chat,
        .channels = &channels,
        .directory = &household->directory,
        .avatars = &avatars,
        .media = &household->media,
        .owner = household};
}

} // namespace cumulet
