#pragma once

#include "domain/Channel.h"
#include "kit/ChannelServer.h"
#include "live/LiveStage.h"

namespace cumulet::tests {

/// The servers of a test class with our channel service behind them, and people who use it. With a neighbour, a second
/// domain with a service of its own; the two federate.
class ChannelStage : public LiveStage
{
public:
    using LiveStage::LiveStage;

    /// One global row for each kind of server and each behaviour of the service: columns kind and behaviour.
    static void kindsAndBehaviours();
    /// As LiveStage::enter(); the services are started, or started again if they shall behave otherwise.
    QString enter(LiveServer::Kind kind, bool *isMissing, const QString &behaviour = {});

    ChannelServer &service() { return *m_pair->here; }
    ChannelServer &neighbourService() { return *m_pair->there; }
    /// A random word of this test function; words() begin with it.
    const QString &tag() const { return m_tag; }
    QString words(const QString &text) const { return m_tag + u' ' + text + QStringLiteral(" — 频道 🌹 <&>"); }

    /// A running client of a fresh account whose channels are ready; null: see error().
    std::unique_ptr<LiveClient> reader(const QString &user);
    std::unique_ptr<LiveClient> neighbour(const QString &user);
    /// One more device of that person.
    std::unique_ptr<LiveClient> device(const LiveClient &of);
    /// A new topic channel; empty: see the log.
    NodeId makeTopic(LiveClient &owner, AccessModel access = AccessModel::Open,
        Affiliation affiliation = Affiliation::Publisher, const QString &name = QStringLiteral("balcony"));
    /// The same, followed by all these.
    NodeId makeTopic(LiveClient &owner, const QList<LiveClient *> &followers);
    bool follow(LiveClient &who, const NodeId &node);
    /// Waits until the lines of this test function are these.
    bool hasLines(LiveClient &client, const NodeId &node, const QStringList &expected);
    /// The posts and comments with that text are there, in whatever order.
    bool hasPosts(LiveClient &client, const NodeId &node, const QStringList &bodies);
    /// What the client knows of its own part in a channel.
    static Channel standing(LiveClient &client, const NodeId &node);

private:
    struct Pair
    {
        std::unique_ptr<ChannelServer> here;
        std::unique_ptr<ChannelServer> there;
        QString behaviour;
    };
    static QString start(Pair &pair, const LiveServer &server, const QString &behaviour);
    std::unique_ptr<LiveClient> withChannels(std::unique_ptr<LiveClient> client);

    std::map<LiveServer *, Pair> m_pairs;
    Pair *m_pair = nullptr;
    QString m_tag;
};

} // namespace cumulet::tests
