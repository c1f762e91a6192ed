#include "live/ChannelStage.h"

#include "services/channel/ChannelService.h"

#include <QMetaEnum>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

void ChannelStage::kindsAndBehaviours()
{
    QTest::addColumn<LiveServer::Kind>("kind");
    QTest::addColumn<QString>("behaviour");
    const auto all = LiveServer::kinds();
    for (const auto kind : all) {
        const auto *name = QMetaEnum::fromType<LiveServer::Kind>().valueToKey(int(kind));
        QTest::addRow("%s, as written", name) << kind << u"proper"_s;
        QTest::addRow("%s, as the real server", name) << kind << u"all-real"_s;
    }
}

QString ChannelStage::start(Pair &pair, const LiveServer &server, const QString &behaviour)
{
    if (pair.here && pair.behaviour != behaviour && pair.here->isOurs()) {
        const bool isAgain = pair.here->again(behaviour) && (!pair.there || pair.there->again(behaviour));
        pair.behaviour = behaviour;
        return isAgain ? QString() : u"the channel service did not start again"_s;
    }
    if (pair.here) {
        return {};
    }
    auto here = std::make_unique<ChannelServer>();
    if (!here->start(server, behaviour)) {
        return here->error();
    }
    if (!server.settings().neighbour.isEmpty()) {
        pair.there = std::make_unique<ChannelServer>();
        if (!pair.there->start(server.settings().ofNeighbour(), behaviour)) {
            return pair.there->error();
        }
    }
    pair.here = std::move(here);
    pair.behaviour = behaviour;
    return {};
}

QString ChannelStage::enter(LiveServer::Kind kind, bool *isMissing, const QString &behaviour)
{
    if (const QString why = LiveStage::enter(kind, isMissing); !why.isEmpty()) {
        return why;
    }
    if (const QString why = ChannelServer::whyNot(server()); !why.isEmpty()) {
        *isMissing = true;
        return why;
    }
    m_pair = &m_pairs[&server()];
    m_tag = QUuid::createUuid().toString(QUuid::Id128).left(8);
    return start(*m_pair, server(), behaviour);
}

std::unique_ptr<LiveClient> ChannelStage::withChannels(std::unique_ptr<LiveClient> client)
{
    if (client && !client->waitForChannels()) {
        fail(client->error());
        return nullptr;
    }
    return client;
}

std::unique_ptr<LiveClient> ChannelStage::reader(const QString &user)
{
    return withChannels(client(user));
}

std::unique_ptr<LiveClient> ChannelStage::neighbour(const QString &user)
{
    const auto account = server().neighbourAccount(user);
    if (!account) {
        fail(server().error());
        return nullptr;
    }
    return withChannels(client(server().sessionSettings(*account)));
}

std::unique_ptr<LiveClient> ChannelStage::device(const LiveClient &of)
{
    return withChannels(client(of.settings()));
}

NodeId ChannelStage::makeTopic(LiveClient &owner, AccessModel access, Affiliation affiliation, const QString &name)
{
    ChannelService &channels = *owner.services().channels;
    const auto topics = channels.status().topicsDomain;
    const auto domain = topics.isEmpty() ? owner.jid().domain() : topics.text();
    const auto made = outcome(channels.createTopicChannel(Jid::fromTrusted(u"%1-%2@%3"_s.arg(name, m_tag, domain)),
        u"Балкон %1 %2"_s.arg(name, m_tag), u"Rosen & <Dornen> 阳台"_s, access, affiliation));
    if (!made) {
        qWarning() << "no channel:" << made.error().detail;
    }
    return made ? *made : NodeId();
}

NodeId ChannelStage::makeTopic(LiveClient &owner, const QList<LiveClient *> &followers)
{
    const auto node = makeTopic(owner);
    for (auto *const follower : followers) {
        if (node.isEmpty() || !follow(*follower, node)) {
            return {};
        }
    }
    return node;
}

bool ChannelStage::follow(LiveClient &who, const NodeId &node)
{
    const auto followed = outcome(who.services().channels->follow(node));
    if (!followed) {
        qWarning() << "not followed:" << followed.error().detail;
    }
    return followed && followed->subscription == NodeSubscription::Subscribed;
}

bool ChannelStage::hasLines(LiveClient &client, const NodeId &node, const QStringList &expected)
{
    QStringList found;
    const bool isSo = waitFor([&] {
        found = client.lines(node).filter(m_tag);
        return found == expected;
    });
    if (!isSo) {
        qWarning() << "expected" << expected << "and found" << found;
    }
    return isSo;
}

bool ChannelStage::hasPosts(LiveClient &client, const NodeId &node, const QStringList &bodies)
{
    return waitFor([&] {
        return std::all_of(
            bodies.cbegin(), bodies.cend(), [&](const QString &body) { return client.postOf(node, body).row != 0; });
    });
}

Channel ChannelStage::standing(LiveClient &client, const NodeId &node)
{
    const auto channel = outcome(client.services().channels->open(node));
    return channel ? *channel : Channel();
}

} // namespace cumulet::tests
