#include "xmpp/XmppChannelWire.h"

#include "xmpp/PubsubAnswers.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/PubsubErrors.h"
#include "xmpp/PubsubPayloads.h"
#include "xmpp/ServiceSurvey.h"
#include "xmpp/StanzaListener.h"

#include <QXmppClient.h>
#include <QXmppPresence.h>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr int largestPage = 100; // of items in one answer: the XMPP server cuts stanzas that are too big
constexpr qsizetype longestPost = 200'000; // bytes; Prosody takes 262,144 in a stanza and closes the stream over more
constexpr auto bannedError = "you are banned there"_L1;

PubsubRequests::Send sendThrough(QXmppClient *client, PubsubRequests::Send given)
{
    return given ? given : [client](const QXmppStanza &stanza) { return client->sendPacket(stanza); };
}

} // namespace

XmppChannelWire::XmppChannelWire(QXmppClient *client, QObject *parent, ChannelSurroundings surroundings)
    : ChannelWire(parent)
    , m_client(client)
    , m_surroundings(std::move(surroundings))
    , m_requests(client, sendThrough(client, m_surroundings.send), nullptr)
{
    m_client->insertExtension(0, new StanzaListener(this, [this](const QDomElement &stanza) { return take(stanza); }));
}

XmppChannelWire::~XmppChannelWire() = default;

bool XmppChannelWire::take(const QDomElement &stanza)
{
    const bool isFromOurs = isFromService(stanza, m_service);
    const QString tag = stanza.tagName();
    if (isFromOurs && tag == "presence"_L1) {
        takePresence(stanza);
        return true;
    }
    if (isFromOurs && stanza.attribute(u"type"_s) == "error"_L1 && meansServiceLost(stanza)) {
        Q_EMIT serviceLost();
    } else if (isFromOurs) {
        Q_EMIT serviceAlive();
    }
    if (tag == "iq"_L1) {
        return m_requests.take(stanza);
    }
    if (!isFromOurs || tag != "message"_L1 || !carriesChannelNews(stanza)) {
        return false;
    }
    for (const auto &news : readChannelNews(stanza, m_surroundings.now())) {
        tell(news);
    }
    return true;
}

// also a request to see our presence, which some builds send: it is no contact (buddycloud.md 4.1)
void XmppChannelWire::takePresence(const QDomElement &presence)
{
    const QString type = presence.attribute(u"type"_s);
    if (type == "error"_L1 || type == "unavailable"_L1) {
        Q_EMIT serviceLost();
    } else {
        Q_EMIT serviceAlive();
    }
}

void XmppChannelWire::tell(const ChannelNews &news)
{
    if (const auto *posts = std::get_if<PostNews>(&news)) {
        tell(*posts);
    } else if (const auto *membership = std::get_if<MembershipNews>(&news)) {
        tell(*membership);
    } else if (const auto *settings = std::get_if<SettingsNews>(&news)) {
        Q_EMIT settingsChanged(settings->node, settings->settings);
    } else if (const auto *deletion = std::get_if<DeletionNews>(&news)) {
        m_banned.remove(deletion->node);
        Q_EMIT channelDeleted(deletion->node);
    } else if (const auto *request = std::get_if<RequestNews>(&news)) {
        Q_EMIT followRequested(request->node, request->jid);
    }
}

void XmppChannelWire::tell(const PostNews &news)
{
    if (m_banned.contains(news.node)) {
        return; // the service goes on telling the banned (buddycloud.md 4.13)
    }
    if (!news.posts.isEmpty()) {
        Q_EMIT postsReceived(news.node, withOwnIdsOnly(news.posts));
    }
    if (!news.retracted.isEmpty()) {
        Q_EMIT postsRetracted(news.node, news.retracted);
    }
}

void XmppChannelWire::tell(const MembershipNews &news)
{
    if (news.jid == ownJid() && news.affiliation) {
        rememberRole(news.node, *news.affiliation);
    }
    Q_EMIT membershipChanged(news.node, news.jid, news.affiliation, news.subscription);
}

Jid XmppChannelWire::ownJid() const
{
    return Jid::fromTrusted(m_client->configuration().jidBare());
}

void XmppChannelWire::rememberRole(const NodeId &node, Affiliation affiliation)
{
    if (affiliation == Affiliation::Outcast) {
        m_banned.insert(node);
    } else {
        m_banned.remove(node);
    }
}

// an id of ours in somebody else's post is a copy, and must not pass for the answer to what we sent
QList<Post> XmppChannelWire::withOwnIdsOnly(QList<Post> posts) const
{
    const auto own = ownJid();
    for (auto &post : posts) {
        if (post.author != own) {
            post.originId = {};
        }
    }
    return posts;
}

Future<QDomElement> XmppChannelWire::get(XmlIq::Writer payload)
{
    return m_requests.request(m_service, QXmppIq::Get, std::move(payload), m_surroundings.requestLimit);
}

Future<QDomElement> XmppChannelWire::set(XmlIq::Writer payload)
{
    return m_requests.request(m_service, QXmppIq::Set, std::move(payload), m_surroundings.requestLimit);
}

Future<Done> XmppChannelWire::setDone(XmlIq::Writer payload)
{
    return andThen(set(std::move(payload)), this, [](const QDomElement &) { return Result(Done{}); });
}

Future<ChannelServiceAddress> XmppChannelWire::findService(const Jid &remembered)
{
    const auto domain = Jid::fromTrusted(ownJid().domain());
    if (domain.isEmpty()) {
        return failed<ChannelServiceAddress>({ErrorKind::Offline, u"no account"_s});
    }
    auto *search = new DiscoSearch(&m_requests, m_surroundings.lookUpTextRecords, m_surroundings.discoLimits);
    return search->start(domain, remembered.bare());
}

Future<ChannelServiceAddress> XmppChannelWire::checkService(const Jid &chosen)
{
    const auto info = m_requests.request(chosen, QXmppIq::Get, payload::discoInfo(), m_surroundings.discoLimits.info);
    return andThen(info, this, [this, chosen](const QDomElement &iq) -> Future<ChannelServiceAddress> {
        if (!isChannelService(iq)) {
            return failed<ChannelServiceAddress>({ErrorKind::Rejected, u"no channel service: "_s + chosen.text()});
        }
        // our domain may know where its topic channels go
        return eitherWay(findService(chosen), this,
            [chosen](const Result<ChannelServiceAddress> &found) -> Result<ChannelServiceAddress> {
                const bool isSame = found && found->service == chosen;
                return ChannelServiceAddress{
                    chosen, isSame ? found->topicsDomain : Jid(), ChannelServiceAddress::Way::Chosen};
            });
    });
}

Future<QList<DiscoveredService>> XmppChannelWire::services()
{
    const auto domain = Jid::fromTrusted(ownJid().domain());
    auto *survey = new ServiceSurvey(&m_requests, m_surroundings.discoLimits.info);
    return survey->start(domain);
}

void XmppChannelWire::setService(const Jid &service)
{
    if (m_service != service.bare()) {
        m_service = service.bare();
        m_banned.clear();
    }
}

void XmppChannelWire::announcePresence()
{
    if (m_service.isEmpty()) {
        return;
    }
    QXmppPresence presence;
    presence.setTo(m_service.text());
    sendThrough(m_client, m_surroundings.send)(presence);
}

Future<Done> XmppChannelWire::registerAccount()
{
    return setDone(payload::registration());
}

Future<Channel> XmppChannelWire::describe(const NodeId &node)
{
    return andThen(get(payload::discoInfo(node.text())), this, [node](const QDomElement &iq) {
        Channel channel;
        channel.node = node;
        return Result(withSettings(channel, readForm(childNamed(childNamed(iq, u"query"), u"x"))));
    });
}

Future<ChannelSettings> XmppChannelWire::settings(const NodeId &node)
{
    const auto withoutType = [](ChannelSettings fields) {
        fields.remove(u"FORM_TYPE"_s);
        return Result(fields);
    };
    return eitherWay(get(payload::settings(node)), this,
        [this, node, withoutType](const Result<QDomElement> &iq) -> Future<ChannelSettings> {
            if (iq) {
                const auto configure = childNamed(childNamed(*iq, u"pubsub"), u"configure");
                return ready(*withoutType(readForm(childNamed(configure, u"x"))));
            }
            if (iq.error().kind != ErrorKind::NotFound) {
                return failed<ChannelSettings>(iq.error());
            }
            // of nodes that it keeps for another service it tells only this way (4.3)
            return andThen(get(payload::discoInfo(node.text())), this, [withoutType](const QDomElement &info) {
                return withoutType(readForm(childNamed(childNamed(info, u"query"), u"x")));
            });
        });
}

Future<QList<Membership>> XmppChannelWire::joined(XmlIq::Writer subscriptions, XmlIq::Writer affiliations)
{
    // both are on their way at the same time
    auto rows = get(std::move(subscriptions));
    auto second = get(std::move(affiliations));
    return andThen(rows, this, [this, second](const QDomElement &first) {
        return andThen(second, this, [first](const QDomElement &other) {
            return Result(joinRows(readRows(childNamed(first, u"pubsub")) + readRows(childNamed(other, u"pubsub"))));
        });
    });
}

Future<QList<Membership>> XmppChannelWire::ownMemberships()
{
    return andThen(
        joined(payload::ownSubscriptions(), payload::ownAffiliations()), this, [this](QList<Membership> memberships) {
            const auto own = ownJid();
            memberships.removeIf([&own](const Membership &row) { return row.jid != own; });
            m_banned.clear();
            for (const auto &row : std::as_const(memberships)) {
                rememberRole(row.node, row.affiliation);
            }
            return Result(memberships);
        });
}

Future<QList<Membership>> XmppChannelWire::members(const NodeId &node)
{
    return andThen(joined(payload::subscriptions(node), payload::affiliations(node)), this,
        [this, node](QList<Membership> members) {
            const auto own = ownJid();
            members.removeIf([&node](const Membership &row) { return row.node != node; });
            const bool isModerator = std::any_of(members.cbegin(), members.cend(),
                [&](const auto &row) { return row.jid == own && row.affiliation >= Affiliation::Moderator; });
            members.removeIf([&](const Membership &row) {
                return !isModerator && row.jid != own && row.affiliation == Affiliation::Outcast;
            });
            return Result(members);
        });
}

Future<Membership> XmppChannelWire::subscribe(const NodeId &node)
{
    return andThen(
        set(payload::subscribe(node, ownJid())), this, [this, node](const QDomElement &iq) -> Result<Membership> {
            for (const auto &row : joinRows(readRows(childNamed(iq, u"pubsub")))) {
                if (row.node == node && row.jid == ownJid()) {
                    rememberRole(row.node, row.affiliation);
                    return row;
                }
            }
            return Error{ErrorKind::Malformed, u"no subscription in the answer"_s};
        });
}

Future<Done> XmppChannelWire::unsubscribe(const NodeId &node)
{
    return setDone(payload::unsubscribe(node, ownJid()));
}

Future<Done> XmppChannelWire::setSubscription(const NodeId &node, const Jid &jid, NodeSubscription subscription)
{
    return setDone(payload::setSubscription(node, jid, subscription));
}

Future<Done> XmppChannelWire::setAffiliation(const NodeId &node, const Jid &jid, Affiliation affiliation)
{
    return setDone(payload::setAffiliation(node, jid, affiliation));
}

Future<PostPage> XmppChannelWire::posts(const NodeId &node, const QString &after, int limit)
{
    if (m_banned.contains(node)) {
        return failed<PostPage>({ErrorKind::NotAllowed, bannedError});
    }
    const int max = std::clamp(limit, 1, largestPage);
    return andThen(get(payload::items(node, after, max)), this,
        [this, node, max, isFirst = after.isEmpty()](const QDomElement &iq) {
            auto page = readPostPage(iq, node, max, isFirst, m_surroundings.now());
            page.posts = withOwnIdsOnly(page.posts);
            return Result(page);
        });
}

Future<ItemId> XmppChannelWire::publish(const OutgoingPost &post)
{
    if (post.body.toUtf8().size() > longestPost) {
        return failed<ItemId>({ErrorKind::TooLarge, u"over %1 bytes"_s.arg(longestPost)});
    }
    return andThen(set(payload::publish(post)), this, [node = post.node](const QDomElement &iq) -> Result<ItemId> {
        if (const auto id = readPublishedId(iq, node)) {
            return *id;
        }
        return Error{ErrorKind::Malformed, u"no item id in the answer"_s};
    });
}

Future<Done> XmppChannelWire::retract(const NodeId &node, const ItemId &item)
{
    return setDone(payload::retract(node, item));
}

Future<Done> XmppChannelWire::createChannel(const NodeId &node, const ChannelSettings &settings)
{
    auto checked = payload::sendable(settings);
    if (!checked.contains(u"buddycloud#channel_type"_s)) {
        checked.insert(u"buddycloud#channel_type"_s, u"topic"_s); // the service adds none
    }
    return setDone(payload::create(node, checked));
}

Future<Done> XmppChannelWire::configureChannel(const NodeId &node, const ChannelSettings &settings)
{
    const auto checked = payload::sendable(settings);
    return checked.isEmpty() ? ready(Done{}) : setDone(payload::configure(node, checked));
}

Future<Done> XmppChannelWire::deleteChannel(const NodeId &node)
{
    return setDone(payload::remove(node));
}

} // namespace cumulet
