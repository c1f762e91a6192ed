#include "kit/fakes/FakeChannelWire.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

FakeChannelWire::FakeChannelWire(FakeChannelServer &server, const Jid &ownJid, QObject *parent)
    : ChannelWire(parent)
    , m_server(server)
    , m_ownJid(ownJid)
{
}

template <typename T, typename Act>
Future<T> FakeChannelWire::question(const QString &kind, const QString &details, Act act)
{
    asked.append(kind + u' ' + details);
    auto &fates = m_fates[kind];
    const auto fate = fates.isEmpty() ? always : fates.takeFirst();
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto answer = [promise](const Result<T> &result) {
        promise->addResult(result);
        promise->finish();
    };
    const auto later = [this](std::function<void()> step) { QTimer::singleShot(0, this, std::move(step)); };
    if (!isOnline) {
        later([answer] { answer(Error{ErrorKind::Offline, u"no stream"_s}); });
    } else if (fate == Fate::LostGoing) {
        later([answer] { answer(Error{ErrorKind::Timeout, u"no answer"_s}); });
    } else if (fate == Fate::Refused) {
        later([this, answer] { answer(refusal); });
    } else {
        const Result<T> result = act();
        if (fate == Fate::LostComing) {
            later([answer] { answer(Error{ErrorKind::Timeout, u"no answer"_s}); });
        } else if (fate == Fate::Kept) {
            m_kept.append([answer, result] { answer(result); });
        } else {
            later([answer, result] { answer(result); });
        }
    }
    return promise->future();
}

template <typename T, typename Act> Future<T> FakeChannelWire::ofNode(const QString &kind, const NodeId &node, Act act)
{
    return question<T>(kind, node.text(), [&]() -> Result<T> {
        const auto known = m_server.nodes.find(node);
        if (known == m_server.nodes.end()) {
            return Error{ErrorKind::NotFound, u"item-not-found"_s};
        }
        return act(*known);
    });
}

void FakeChannelWire::letGo()
{
    for (const auto &answer : std::exchange(m_kept, {})) {
        answer();
    }
}

bool FakeChannelWire::hears(const NodeId &node) const
{
    // also those who are banned hear (buddycloud.md 4.13)
    return isOnline && m_isAnnounced
        && m_server.nodes.value(node).members.value(m_ownJid).subscription == NodeSubscription::Subscribed;
}

Post FakeChannelWire::live(const NodeId &node, const Jid &author, const QString &body, const ItemId &inReplyTo)
{
    const auto post = m_server.put(node, author, body, inReplyTo);
    if (hears(node)) {
        Q_EMIT postsReceived(node, {post});
    }
    return post;
}

Post FakeChannelWire::liveRate(
    const NodeId &node, const Jid &author, int rating, const ItemId &inReplyTo, const ItemId &target)
{
    const auto post = m_server.rate(node, author, rating, inReplyTo, target).value_or(Post());
    if (hears(node)) {
        Q_EMIT postsReceived(node, {post});
    }
    return post;
}

void FakeChannelWire::liveRetract(const NodeId &node, const ItemId &item)
{
    const auto taken = m_server.take(node, item);
    if (hears(node)) {
        for (const auto &one : taken) {
            Q_EMIT postsRetracted(node, {one});
        }
    }
}

void FakeChannelWire::liveMembership(
    const NodeId &node, const Jid &jid, Affiliation affiliation, NodeSubscription subscription, bool tells)
{
    m_server.join(node, jid, affiliation, subscription);
    if (subscription == NodeSubscription::None) {
        m_server.nodes[node].members.remove(jid);
    }
    if (tells) {
        Q_EMIT membershipChanged(node, jid, affiliation, subscription);
    }
}

Future<ChannelServiceAddress> FakeChannelWire::findService(const Jid &remembered)
{
    return question<ChannelServiceAddress>(u"findService"_s, remembered.text(),
        [this] { return ChannelServiceAddress{m_server.address, m_server.topicsDomain, {}}; });
}

Future<ChannelServiceAddress> FakeChannelWire::checkService(const Jid &chosen)
{
    return question<ChannelServiceAddress>(
        u"checkService"_s, chosen.text(), [this, chosen]() -> Result<ChannelServiceAddress> {
            if (chosen != m_server.address) {
                return Error{ErrorKind::Rejected, u"no channel service"_s};
            }
            return ChannelServiceAddress{chosen, m_server.topicsDomain, ChannelServiceAddress::Way::Chosen};
        });
}

Future<QList<DiscoveredService>> FakeChannelWire::services()
{
    return question<QList<DiscoveredService>>(u"services"_s, {}, [this] { return m_server.services; });
}

void FakeChannelWire::announcePresence()
{
    ++presences;
    m_isAnnounced = isOnline;
}

Future<Done> FakeChannelWire::registerAccount()
{
    return question<Done>(u"registerAccount"_s, {}, [this] {
        const auto node = NodeId::of(m_ownJid);
        if (!m_server.nodes.contains(node)) {
            m_server.add(node, m_ownJid);
        }
        return Done{};
    });
}

Future<Channel> FakeChannelWire::describe(const NodeId &node)
{
    return ofNode<Channel>(u"describe"_s, node, [](const FakeChannelServer::Node &known) { return known.face; });
}

Future<ChannelSettings> FakeChannelWire::settings(const NodeId &node)
{
    return ofNode<ChannelSettings>(u"settings"_s, node, [](const FakeChannelServer::Node &known) {
        auto fields = known.fields;
        fields.insert(u"pubsub#title"_s, known.face.title);
        fields.insert(u"pubsub#description"_s, known.face.description);
        fields.insert(u"pubsub#access_model"_s, toWire(known.face.accessModel));
        fields.insert(u"buddycloud#default_affiliation"_s, toWire(known.face.defaultAffiliation));
        return fields;
    });
}

Future<QList<Membership>> FakeChannelWire::ownMemberships()
{
    return question<QList<Membership>>(u"ownMemberships"_s, {}, [this] {
        QList<Membership> own;
        for (const auto &node : std::as_const(m_server.nodes)) {
            if (node.members.contains(m_ownJid)) {
                own.append(node.members.value(m_ownJid));
            }
        }
        return own;
    });
}

Future<QList<Membership>> FakeChannelWire::members(const NodeId &node)
{
    return ofNode<QList<Membership>>(
        u"members"_s, node, [](const FakeChannelServer::Node &known) { return known.members.values(); });
}

Future<Membership> FakeChannelWire::subscribe(const NodeId &node)
{
    return ofNode<Membership>(u"subscribe"_s, node, [this, node](FakeChannelServer::Node &known) -> Result<Membership> {
        if (known.members.value(m_ownJid).affiliation == Affiliation::Outcast) {
            return Error{ErrorKind::NotAllowed, u"forbidden"_s};
        }
        const bool isNew = !known.members.contains(m_ownJid);
        if (isNew || known.members.value(m_ownJid).subscription == NodeSubscription::Invited) {
            const bool isOpen = known.face.accessModel == AccessModel::Open;
            m_server.join(node, m_ownJid, known.face.defaultAffiliation,
                isOpen ? NodeSubscription::Subscribed : NodeSubscription::Pending);
        }
        return known.members.value(m_ownJid);
    });
}

Future<Done> FakeChannelWire::unsubscribe(const NodeId &node)
{
    return ofNode<Done>(u"unsubscribe"_s, node, [this](FakeChannelServer::Node &known) {
        known.members.remove(m_ownJid);
        return Done{};
    });
}

Future<Done> FakeChannelWire::setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription)
{
    return ofNode<Done>(u"setSubscription"_s, node, [&](FakeChannelServer::Node &known) {
        known.members[jid].subscription = subscription;
        if (subscription == NodeSubscription::None) {
            known.members.remove(jid);
        }
        return Done{};
    });
}

Future<Done> FakeChannelWire::setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation)
{
    return ofNode<Done>(u"setAffiliation"_s, node, [&](FakeChannelServer::Node &known) {
        known.members[jid].affiliation = affiliation;
        return Done{};
    });
}

Future<PostPage> FakeChannelWire::posts(const NodeId &node, const QString &after, int limit)
{
    return ofNode<PostPage>(
        u"posts"_s, node, [&](const FakeChannelServer::Node &) { return m_server.page(node, after, limit); });
}

Future<PostPage> FakeChannelWire::thread(const NodeId &node, const ItemId &start)
{
    return ofNode<PostPage>(u"thread"_s, node, [&](const FakeChannelServer::Node &known) -> Result<PostPage> {
        PostPage page;
        page.node = node;
        page.isComplete = givesWholeThreads;
        for (const auto &post : known.items) {
            if (post.item == start || post.inReplyTo == start) {
                page.posts.append(post);
            }
        }
        if (page.posts.isEmpty()) {
            return Error{ErrorKind::NotFound, u"item-not-found"_s};
        }
        return page;
    });
}

Future<QList<PostPage>> FakeChannelWire::recentPosts(const QDateTime &since, int perNode)
{
    return question<QList<PostPage>>(
        u"recentPosts"_s, since.toString(Qt::ISODateWithMs), [&] { return m_server.recent(m_ownJid, since, perNode); });
}

Future<ItemId> FakeChannelWire::publish(const OutgoingPost &post)
{
    return ofNode<ItemId>(u"publish"_s, post.node, [&](const FakeChannelServer::Node &known) -> Result<ItemId> {
        const auto role = known.members.value(m_ownJid);
        if (role.affiliation < Affiliation::Publisher || role.subscription != NodeSubscription::Subscribed) {
            return Error{ErrorKind::NotAllowed, u"forbidden"_s};
        }
        const auto made = post.rating > 0
            ? m_server.rate(post.node, m_ownJid, post.rating, post.inReplyTo, post.target, post.originId)
            : m_server.put(post.node, m_ownJid, post.body, post.inReplyTo, {}, post.originId);
        if (!made) {
            return Error{ErrorKind::Conflict, u"item-already-rated"_s};
        }
        if (echoesFirst && hears(post.node)) {
            Q_EMIT postsReceived(post.node, {*made});
        }
        return made->item;
    });
}

Future<Done> FakeChannelWire::retract(const NodeId &node, const ItemId &item)
{
    return ofNode<Done>(u"retract"_s, node, [&](const FakeChannelServer::Node &) -> Result<Done> {
        const auto taken = m_server.take(node, item);
        if (taken.isEmpty()) {
            return Error{ErrorKind::NotFound, u"item-not-found"_s};
        }
        if (echoesFirst && hears(node)) {
            Q_EMIT postsRetracted(node, taken);
        }
        return Done{};
    });
}

Future<Done> FakeChannelWire::createChannel(const NodeId &node, const ChannelSettings &settings)
{
    return question<Done>(u"createChannel"_s, node.text(), [&]() -> Result<Done> {
        if (m_server.nodes.contains(node)) {
            return Error{ErrorKind::Conflict, u"conflict"_s};
        }
        auto &made = m_server.add(node, m_ownJid);
        made.face = withSettings(made.face, settings);
        made.fields.insert(settings);
        return Done{};
    });
}

Future<Done> FakeChannelWire::configureChannel(const NodeId &node, const ChannelSettings &settings)
{
    return ofNode<Done>(u"configureChannel"_s, node, [&](FakeChannelServer::Node &known) {
        known.face = withSettings(known.face, settings);
        known.fields.insert(settings);
        return Done{};
    });
}

Future<Done> FakeChannelWire::deleteChannel(const NodeId &node)
{
    return ofNode<Done>(u"deleteChannel"_s, node, [&](const FakeChannelServer::Node &) {
        m_server.nodes.remove(node);
        return Done{};
    });
}

} // namespace cumulet::tests
