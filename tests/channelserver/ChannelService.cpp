#include "ChannelService.h"

#include "Directory.h"
#include "Federation.h"
#include "HugeInstallation.h"
#include "Operations.h"
#include "RemoteNodes.h"
#include "ViewRules.h"
#include "Xmlns.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Operation pubsubOperation(const QString &type, const QString &verb)
{
    static const QHash<QString, Operation> readings{{u"subscriptions"_s, listSubscriptions},
        {u"affiliations"_s, listAffiliations}, {u"items"_s, showItems}, {u"thread"_s, showThread},
        {u"threads"_s, showThreads}, {u"replies"_s, showReplies}, {u"user-items"_s, showUserItems},
        {u"recent-items"_s, showRecentItems}, {u"configure"_s, showConfiguration},
        {u"subscriptions-with-configuration"_s, listSubscriptionsWithConfiguration}};
    static const QHash<QString, Operation> changes{{u"publish"_s, publish}, {u"retract"_s, retract},
        {u"subscribe"_s, subscribe}, {u"unsubscribe"_s, unsubscribe}, {u"create"_s, createNode},
        {u"configure"_s, configure}, {u"delete"_s, deleteNode}, {u"subscriptions"_s, changeSubscription},
        {u"affiliations"_s, changeAffiliation}};
    return (type == "get"_L1 ? readings : changes).value(verb);
}

static void append(Outcome &outcome, const Outcome &more)
{
    outcome.stanzas += more.stanzas;
    outcome.delay = std::max(outcome.delay, more.delay);
    outcome.endsStream = outcome.endsStream || more.endsStream;
}

// The node of another domain.
static Outcome answerForRemote(ServiceState &service, const Request &request, const QString &domain)
{
    const auto &behaviour = service.settings.behaviour;
    if (service.has(Habit::SilentRemote) && domain == "silent.test"_L1) {
        if (behaviour.remoteDelay < 0)
            return {};
        auto late = refused(service, request, refusal::remoteServerNotFound());
        late.delay = behaviour.remoteDelay;
        return late;
    }
    if (service.settings.federates)
        return passOn(service, request, domain);
    return service.has(Habit::Silence) ? Outcome() : refused(service, request, refusal::remoteServerNotFound());
}

static Outcome performVerb(ServiceState &service, const Request &request, Operation operation)
{
    const auto name = NodeName::fromText(request.node());
    if (!isElsewhere(service, request.node()))
        return operation(service, request);
    const auto kept = answerFromKept(service, request, operation);
    return kept ? *kept : answerForRemote(service, request, name.domain);
}

static Outcome performVerbs(ServiceState &service, Request &request)
{
    const auto children = request.payload.children();
    Outcome outcome;
    bool isKnown = false;
    for (const auto &child : children) {
        const auto operation = pubsubOperation(request.type, child.name());
        // a configure beside a create belongs to it, see createNode
        const bool isPart = child.name() == "configure"_L1 && !request.payload.child(u"create"_s).isNull();
        if (!operation || isPart)
            continue;
        isKnown = true;
        request.verb = child;
        append(outcome, performVerb(service, request, operation));
        if (!service.has(Habit::DoubleReplies) || isElsewhere(service, request.node()))
            break;
    }
    return isKnown ? outcome : refused(service, request, refusal::notImplemented());
}

static Outcome performPubsub(ServiceState &service, Request &request)
{
    const bool isForSomebody = !request.payload.child(u"actor"_s).isNull();
    return isForSomebody ? performForActor(service, request, performVerbs) : performVerbs(service, request);
}

static Outcome performDiscovery(ServiceState &service, const Request &request)
{
    const auto node = request.payload.attribute(u"node"_s);
    const auto name = NodeName::fromText(node);
    if (request.payload.xmlns() == xmlns::discoItems)
        return listNodes(service, request);
    if (!request.payload.has(u"node"_s))
        return describeService(service, request);
    if (name.isValid() && !service.isLocalNode(name.domain))
        return answerForRemote(service, request, name.domain);
    return describeNode(service, request);
}

static Outcome perform(ServiceState &service, Request &request)
{
    const auto xmlns = request.payload.xmlns();
    const bool isGet = request.type == "get"_L1;
    if (xmlns == xmlns::pubsub || xmlns == xmlns::owner)
        return performPubsub(service, request);
    if (isGet && (xmlns == xmlns::discoInfo || xmlns == xmlns::discoItems))
        return performDiscovery(service, request);
    if (xmlns == xmlns::registration) {
        const bool leaves = !isGet && !request.payload.child(u"remove"_s).isNull();
        return leaves ? unregisterUser(service, request) : registerUser(service, request);
    }
    if (xmlns == xmlns::search)
        return isGet ? showSearchForm(service, request) : search(service, request);
    if (xmlns == xmlns::replay)
        return replay(service, request);
    return refused(service, request, refusal::unavailable());
}

static std::optional<Request> requestOf(const Element &stanza)
{
    const auto type = stanza.attribute(u"type"_s);
    if (stanza.name() != "iq"_L1 || (type != "get"_L1 && type != "set"_L1))
        return std::nullopt;
    const auto children = stanza.children();
    return Request{stanza.attribute(u"id"_s), type, Address::fromText(stanza.attribute(u"from"_s)),
        children.isEmpty() ? Element() : children.first(), {}};
}

// Messages and answers mean something only when they are another service's.
static Outcome takeFromServices(ServiceState &service, const Element &stanza)
{
    if (!service.settings.federates)
        return {};
    if (stanza.name() == "iq"_L1)
        return takeAnswer(service, stanza);
    const bool isNews = stanza.name() == "message"_L1 && stanza.attribute(u"type"_s) != "error"_L1;
    return isNews ? takeNews(service, stanza) : Outcome();
}

static QString withoutFirstLabel(const QString &domain)
{
    return domain.mid(domain.indexOf(u'.') + 1);
}

ChannelService::ChannelService(const ServiceSettings &settings)
    : m_state(std::make_unique<ServiceState>())
{
    m_state->settings = settings;
    if (settings.usersDomain.isEmpty())
        m_state->settings.usersDomain = withoutFirstLabel(settings.domain);
    m_state->now = [] { return QDateTime::currentDateTimeUtc(); };
    m_state->newId = [] { return QUuid::createUuid().toString(QUuid::WithoutBraces); };
}

ChannelService::~ChannelService() = default;

bool ChannelService::open(const QString &storeFile, QString *error)
{
    if (!m_state->store.open(storeFile, error))
        return false;
    if (m_state->has(Habit::Huge) && m_state->store.nodeNames().isEmpty())
        fillHugeInstallation(*m_state);
    return true;
}

void ChannelService::setClock(std::function<QDateTime()> now)
{
    m_state->now = std::move(now);
}

void ChannelService::setIdSource(std::function<QString()> newId)
{
    m_state->newId = std::move(newId);
}

Outcome ChannelService::receive(const Element &stanza)
{
    const auto sender = Address::fromText(stanza.attribute(u"from"_s));
    if (!sender.isValid())
        return {};
    if (stanza.name() == "presence"_L1) {
        if (m_state->isLocalUser(sender.domain))
            m_state->online.presenceReceived(sender, stanza.attribute(u"type"_s));
        return {};
    }
    Outcome outcome;
    if (m_state->settings.federates)
        outcome = expirePassedOn(*m_state);
    auto request = requestOf(stanza);
    if (!request)
        append(outcome, takeFromServices(*m_state, stanza));
    else if (request->payload.isNull())
        append(outcome, refused(*m_state, *request, refusal::badRequest()));
    else
        append(outcome, perform(*m_state, *request));
    return outcome;
}

Outcome ChannelService::receive(const QDomElement &stanza)
{
    return receive(Element::fromDom(stanza));
}

Outcome ChannelService::receiveForTopics(const Element &stanza)
{
    const auto request = requestOf(stanza);
    if (!request || request->type != "get"_L1 || request->payload.xmlns() != xmlns::discoItems
        || request->payload.has(u"node"_s))
        return {};
    Element item(u"item"_s, m_state->has(Habit::EmptyNamespaces) ? u""_s : xmlns::discoItems);
    item.set(u"name"_s, u"buddycloud-server"_s).set(u"jid"_s, m_state->settings.domain);
    auto result = answer(*m_state, *request, Element(u"query"_s, xmlns::discoItems).add(item));
    return answered(result.set(u"from"_s, m_state->settings.topicsDomain));
}

Outcome ChannelService::receiveForDirectory(const Element &stanza)
{
    const auto request = requestOf(stanza);
    if (!request || !request->sender.isValid() || request->payload.isNull())
        return {};
    return askDirectory(*m_state, *request);
}

Outcome ChannelService::receiveForAny(const Element &stanza)
{
    const auto domain = Address::fromText(stanza.attribute(u"to"_s)).domain;
    const auto &settings = m_state->settings;
    if (!domain.isEmpty() && domain == settings.topicsDomain)
        return receiveForTopics(stanza);
    if (!domain.isEmpty() && domain == settings.directoryDomain)
        return receiveForDirectory(stanza);
    return receive(stanza);
}

static QString postsOf(const QString &channel)
{
    return u"/user/%1/posts"_s.arg(channel);
}

bool ChannelService::hasChannel(const QString &channel) const
{
    return m_state->store.node(postsOf(channel)).has_value();
}

bool ChannelService::mayRead(const QString &channel, const QString &user) const
{
    const auto node = m_state->store.node(postsOf(channel));
    return node && viewOf(*m_state, *node, Address::fromText(user)) == View::Allowed;
}

bool ChannelService::mayPost(const QString &channel, const QString &user) const
{
    const auto node = m_state->store.node(postsOf(channel));
    if (!node)
        return false;
    const auto member = m_state->store.member(*node, Address::fromText(user).bare);
    return member.isSubscribed() && member.role >= Role::Publisher;
}

bool ChannelService::mayModerate(const QString &channel, const QString &user) const
{
    const auto node = m_state->store.node(postsOf(channel));
    return node && m_state->store.member(*node, Address::fromText(user).bare).role >= Role::Moderator;
}

const ServiceSettings &ChannelService::settings() const
{
    return m_state->settings;
}

void ChannelService::setBehaviour(const Behaviour &behaviour)
{
    m_state->settings.behaviour = behaviour;
}

void ChannelService::forgetPresence()
{
    m_state->online.forgetAll();
}

} // namespace cumulet::channelserver
