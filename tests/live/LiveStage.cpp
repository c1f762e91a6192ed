#include "live/LiveStage.h"

#include "services/roster/RosterService.h"

#include <QMetaEnum>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

void LiveStage::kinds()
{
    QTest::addColumn<LiveServer::Kind>("kind");
    const auto all = LiveServer::kinds();
    for (const auto kind : all) {
        QTest::addRow("%s", QMetaEnum::fromType<LiveServer::Kind>().valueToKey(int(kind))) << kind;
    }
}

QString LiveStage::enter(LiveServer::Kind kind, bool *isMissing)
{
    const QString why = LiveServer::whyNot(kind);
    *isMissing = !why.isEmpty();
    if (*isMissing) {
        return why;
    }
    auto &server = m_servers[kind];
    if (!server) {
        server = std::make_unique<LiveServer>();
        if (!server->start(kind, u"verona.example"_s, m_neighbour)) {
            const QString error = server->error();
            server.reset();
            return error;
        }
    }
    m_server = server.get();
    return {};
}

XmppOptions LiveStage::options() const
{
    XmppOptions options;
    options.extraCertificates = m_server->certificates();
    return options;
}

std::optional<SessionSettings> LiveStage::freshSettings(const QString &user)
{
    const auto account = m_server->freshAccount(user);
    if (!account) {
        m_error = m_server->error();
        return std::nullopt;
    }
    return m_server->sessionSettings(*account);
}

std::unique_ptr<LiveClient> LiveStage::client(const QString &user)
{
    const auto settings = freshSettings(user);
    return settings ? client(*settings) : nullptr;
}

std::unique_ptr<LiveClient> LiveStage::client(const SessionSettings &settings, const QString &profile)
{
    auto client = std::make_unique<LiveClient>(settings, options(), profile);
    if (!client->start() || !client->waitOnline()) {
        m_error = client->error();
        return nullptr;
    }
    return client;
}

bool LiveStage::befriend(LiveClient &one, LiveClient &other)
{
    RosterService &mine = *one.services().roster;
    RosterService &theirs = *other.services().roster;
    const auto isMutual = [](const RosterService &roster, const Jid &jid) {
        const auto item = roster.item(jid);
        return item && item->subscription == PresenceSubscription::Both;
    };
    if (!isMutual(mine, other.jid()) && !outcome(mine.add(other.jid(), u"The other one"_s))) {
        return false;
    }
    const auto acceptOpen = [](RosterService &roster, const Jid &jid) {
        const auto requests = roster.requests();
        for (const auto &request : requests) {
            if (request.jid == jid) {
                roster.accept(jid);
            }
        }
    };
    return waitFor([&] {
        acceptOpen(mine, other.jid());
        acceptOpen(theirs, one.jid());
        return isMutual(mine, other.jid()) && isMutual(theirs, one.jid()) && mine.presenceOf(other.jid()).isAvailable()
            && theirs.presenceOf(one.jid()).isAvailable();
    });
}

} // namespace cumulet::tests
