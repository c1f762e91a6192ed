#pragma once

#include "channelserver/ChannelService.h"
#include "channelserver/InProcessFront.h"
#include "kit/loopback/LoopbackServer.h"
#include "live/LiveClient.h"

namespace cumulet::tests {

/// example.org in the test's own process: the server of kit/loopback with an archive (XEP-0313) for each account, and
/// our channel service behind it. Bad days are played through server, front, and takeMessages().
class FlowDomain
{
public:
    explicit FlowDomain(const channelserver::Behaviour &behaviour = channelserver::Behaviour::proper());

    /// Whether server and service are there.
    bool isOpen() const { return m_isOpen; }
    /// A client of that account, not started; profile: a folder that stays.
    std::unique_ptr<LiveClient> client(const QString &user, const QString &profile = {});
    /// Both have the other as a contact.
    void befriend(const QString &user, const QString &other);

    /// What becomes of a chat message that a client sends.
    enum class Fate {
        Taken,
        Lost, ///< the connections break before it is there
        TakenUnsaid, ///< it is archived and passed on, and the connections break before the sender knows
        Refused, ///< answered with an error
    };
    /// Asked for every chat message with its text.
    std::function<Fate(const QString &body)> fate;

    struct Archived
    {
        QString id;
        QString peer;
        QString xml;
        QString body;
        QDateTime at;
    };
    const QList<Archived> &archive(const QString &user) { return m_archives[user]; }
    QStringList archivedBodies(const QString &user);
    /// Puts a message into the archive of user, as if peer had sent it; nobody is told.
    void addToArchive(const QString &user, const QString &peer, const QString &body, const QString &id);
    /// Nothing is taken any more, and every connection is cut in the next turn of the event loop. May be called by hooks.
    void breakConnections();

    LoopbackServer server;
    channelserver::ChannelService service;
    channelserver::InProcessFront front;

private:
    bool take(const QDomElement &stanza);
    bool takeMessage(const QDomElement &stanza);
    void answerArchiveQuery(const QDomElement &stanza, const QDomElement &query);
    void keep(const QString &user, const QString &peer, const QString &xml, const QString &body);

    QHash<QString, QList<Archived>> m_archives;
    int m_lastId = 0;
    bool m_isOpen = false;
    bool m_isBroken = false;
};

} // namespace cumulet::tests
