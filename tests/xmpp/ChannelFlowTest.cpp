// The whole wire over a stream: a client logs in to a server in this process, behind which a channel service answers,
// once as the protocol is written and once with all habits of the real server.
#include "channelserver/ChannelService.h"
#include "channelserver/InProcessFront.h"
#include "kit/TestMain.h"
#include "kit/loopback/LoopbackServer.h"
#include "wire/ChannelWire.h"
#include "wire/SessionWire.h"
#include "xmpp/XmppWires.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;
using channelserver::Behaviour;

namespace {

template <typename T> Result<T> outcome(const Future<T> &future)
{
    // a real event loop: QTest::qWaitFor() sleeps between its looks
    QFutureWatcher<Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if (!future.isFinished()) {
        finished.wait(20'000);
    }
    return future.isFinished() && future.resultCount() > 0 ? future.result()
                                                           : Result<T>(Error{ErrorKind::Canceled, u"in vain"_s});
}

/// example.org with a channel service and its topics domain.
class Domain
{
public:
    explicit Domain(const Behaviour &behaviour)
        : service({u"channels.example.org"_s, u"topics.example.org"_s, u"example.org"_s, behaviour})
        , front(&service)
    {
        isOpen = service.open(u":memory:"_s);
        server.addHook([this](const QDomElement &stanza) { return take(stanza); });
        QObject::connect(
            &front, &channelserver::InProcessFront::stanzaReady, &server, [this](const QDomElement &stanza) {
                QString xml;
                QTextStream stream(&xml);
                stanza.save(stream, -1);
                server.send(stanza.attribute(u"to"_s).section(u'@', 0, 0), xml);
            });
        isOpen = isOpen && server.listen();
    }

    LoopbackServer server;
    channelserver::ChannelService service;
    channelserver::InProcessFront front;
    bool isOpen = false;

private:
    bool take(const QDomElement &stanza)
    {
        const QString to = stanza.attribute(u"to"_s);
        if (to.section(u'/', 0, 0).endsWith(u".example.org"_s)) {
            front.receive(stanza);
            return true;
        }
        const auto query = stanza.firstChildElement();
        if (to == "example.org"_L1 && query.namespaceURI() == "http://jabber.org/protocol/disco#items"_L1) {
            server.answer(stanza,
                u"<query xmlns='http://jabber.org/protocol/disco#items'>"
                "<item jid='topics.example.org'/><item jid='channels.example.org'/></query>"_s);
            return true;
        }
        return false;
    }
};

/// Somebody's client.
class Person
{
public:
    Person(Domain &domain, const QString &user)
        : wires(makeWires(LoopbackServer::options()))
        , channels(*wires.channels)
    {
        domain.server.addAccount(user);
        QSignalSpy connected(wires.session, &SessionWire::connected);
        wires.session->open(domain.server.settingsFor(user));
        isOnline = connected.wait(10'000);
        jid = domain.server.jid(user);
        own = NodeId::of(jid);
    }

    bool joinChannels()
    {
        const auto found = outcome(channels.findService());
        if (!found) {
            return false;
        }
        address = *found;
        channels.setService(found->service);
        channels.announcePresence();
        return outcome(channels.registerAccount()).has_value();
    }

    // before the wires: they answer to these
    Jid jid;
    NodeId own;
    ChannelServiceAddress address;
    bool isOnline = false;

    AccountWires wires;
    ChannelWire &channels;
};

} // namespace

class ChannelFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChannelsLife_data() { behaviours(); }
    void aChannelsLife();
    void answersToRequestsToFollow_data() { behaviours(); }
    void answersToRequestsToFollow();
    void longChannelsAreReadInPages_data() { behaviours(); }
    void longChannelsAreReadInPages();
    void catchingUpGivesEverything_data() { behaviours(); }
    void catchingUpGivesEverything();
    void aNewStreamEndsOpenRequests();
    void theServiceMayBeAway();

private:
    static void behaviours();
};

void ChannelFlowTest::behaviours()
{
    QTest::addColumn<bool>("isReal");
    QTest::newRow("as written") << false;
    QTest::newRow("as the real server") << true;
}

void ChannelFlowTest::aChannelsLife()
{
    QFETCH(bool, isReal);
    Domain domain(isReal ? Behaviour::allReal() : Behaviour::proper());
    QVERIFY(domain.isOpen);
    Person ann(domain, u"ann"_s);
    Person ben(domain, u"ben"_s);
    QVERIFY(ann.isOnline && ben.isOnline && ann.joinChannels() && ben.joinChannels());
    QCOMPARE(ann.address.topicsDomain.text(), u"topics.example.org"_s);
    QVERIFY(outcome(ann.channels.registerAccount())); // once more does no harm

    const auto cooking = NodeId::of(Jid::fromTrusted(u"cooking@topics.example.org"_s));
    QVERIFY(outcome(ann.channels.createChannel(cooking,
        {{u"pubsub#title"_s, u"Cooking"_s}, {u"pubsub#description"_s, QString()}, {u"pubsub#access_model"_s, u"open"_s},
            {u"buddycloud#default_affiliation"_s, u"publisher"_s}})));
    QCOMPARE(outcome(ben.channels.createChannel(cooking, {})).error().kind, ErrorKind::Conflict);
    const auto described = outcome(ben.channels.describe(cooking));
    QVERIFY(described);
    QCOMPARE(described->title, u"Cooking"_s);
    QCOMPARE(described->description.trimmed(), QString());
    QCOMPARE(described->type, ChannelType::Topic);
    QCOMPARE(described->accessModel, AccessModel::Open);

    QSignalSpy members(&ann.channels, &ChannelWire::membershipChanged);
    const auto followed = outcome(ben.channels.subscribe(cooking));
    QVERIFY(followed);
    QCOMPARE(followed->subscription, NodeSubscription::Subscribed);
    QCOMPARE(followed->affiliation, Affiliation::Publisher);
    QTRY_VERIFY(!members.isEmpty());
    QCOMPARE(members.last().at(1).value<Jid>(), ben.jid);

    QList<Post> annSees;
    QList<ItemId> annLoses;
    connect(&ann.channels, &ChannelWire::postsReceived, this,
        [&annSees](const NodeId &, const QList<Post> &posts) { annSees.append(posts); });
    connect(&ann.channels, &ChannelWire::postsRetracted, this,
        [&annLoses](const NodeId &, const QList<ItemId> &items) { annLoses.append(items); });
    const OutgoingPost outgoing{cooking, makeOriginId(), u"Pasta <b>al dente</b> & Grüße 🙂\nzweite Zeile"_s, {}, {}};
    const auto start = outcome(ben.channels.publish(outgoing));
    QVERIFY(start);
    QTRY_COMPARE(annSees.size(), 1);
    QCOMPARE(annSees.constFirst().item, *start);
    QCOMPARE(annSees.constFirst().body, outgoing.body);
    QCOMPARE(annSees.constFirst().author, ben.jid);
    QVERIFY(annSees.constFirst().originId.isEmpty()); // it is ben's

    const auto comment = outcome(ann.channels.publish({cooking, makeOriginId(), u"How long?"_s, *start, {}}));
    QVERIFY(comment);
    const auto thread = outcome(ben.channels.thread(cooking, *start));
    QVERIFY(thread);
    QCOMPARE(thread->posts.size(), 2);
    const auto page = outcome(ben.channels.posts(cooking));
    QVERIFY(page);
    QCOMPARE(page->posts.size(), 2);
    QVERIFY(page->isComplete);
    const auto own =
        std::find_if(page->posts.cbegin(), page->posts.cend(), [&](const Post &post) { return post.item == *start; });
    QCOMPARE(own->originId, outgoing.originId); // found again after an unknown outcome

    QVERIFY(outcome(ann.channels.retract(cooking, *start))); // the owner's right; the comment goes with it
    QTRY_COMPARE(annLoses.size(), 2);
    QCOMPARE(outcome(ben.channels.retract(cooking, *comment)).error().kind, ErrorKind::NotFound);
    QVERIFY(outcome(ben.channels.posts(cooking))->posts.isEmpty());

    QSignalSpy settings(&ben.channels, &ChannelWire::settingsChanged);
    QVERIFY(outcome(ann.channels.configureChannel(cooking, {{u"pubsub#title"_s, u"Kitchen"_s}})));
    QTRY_VERIFY(!settings.isEmpty());
    QCOMPARE(settings.last().at(1).value<ChannelSettings>().value(u"pubsub#title"_s), u"Kitchen"_s);
    QCOMPARE(outcome(ben.channels.configureChannel(cooking, {{u"pubsub#title"_s, u"x"_s}})).error().kind,
        ErrorKind::NotAllowed);

    QSignalSpy deleted(&ben.channels, &ChannelWire::channelDeleted);
    QCOMPARE(outcome(ben.channels.deleteChannel(cooking)).error().kind, ErrorKind::NotAllowed);
    QVERIFY(outcome(ann.channels.deleteChannel(cooking)));
    QTRY_COMPARE(deleted.size(), 1);
    QCOMPARE(outcome(ben.channels.describe(cooking)).error().kind, ErrorKind::NotFound);
}

void ChannelFlowTest::answersToRequestsToFollow()
{
    QFETCH(bool, isReal);
    Domain domain(isReal ? Behaviour::allReal() : Behaviour::proper());
    Person ann(domain, u"ann"_s);
    Person ben(domain, u"ben"_s);
    QVERIFY(ann.joinChannels() && ben.joinChannels());
    QVERIFY(outcome(ann.channels.configureChannel(ann.own, {{u"pubsub#access_model"_s, u"authorize"_s}})));
    QCOMPARE(outcome(ben.channels.posts(ann.own)).error().kind, ErrorKind::NotAllowed);

    QSignalSpy requests(&ann.channels, &ChannelWire::followRequested);
    const auto pending = outcome(ben.channels.subscribe(ann.own));
    QVERIFY(pending);
    QCOMPARE(pending->subscription, NodeSubscription::Pending);
    QTRY_COMPARE(requests.size(), 1);
    QCOMPARE(requests.constFirst().at(1).value<Jid>(), ben.jid);
    QCOMPARE(outcome(ben.channels.posts(ann.own)).error().kind, ErrorKind::NotAllowed);
    const auto members = outcome(ann.channels.members(ann.own));
    QVERIFY(members);
    QVERIFY(members->contains({ann.own, ben.jid, Affiliation::Member, NodeSubscription::Pending}));

    QSignalSpy standing(&ben.channels, &ChannelWire::membershipChanged);
    QVERIFY(outcome(ann.channels.setSubscription(ann.own, ben.jid, NodeSubscription::Subscribed)));
    QTRY_VERIFY(!standing.isEmpty());
    QVERIFY(outcome(ben.channels.posts(ann.own)));
    QCOMPARE(outcome(ben.channels.publish({ann.own, {}, u"may I?"_s, {}, {}})).error().kind, ErrorKind::NotAllowed);
    standing.clear();
    QVERIFY(outcome(ann.channels.setAffiliation(ann.own, ben.jid, Affiliation::Publisher)));
    QTRY_VERIFY(!standing.isEmpty());
    QVERIFY(outcome(ben.channels.publish({ann.own, {}, u"thank you"_s, {}, {}})));
    const auto own = outcome(ben.channels.ownMemberships());
    QVERIFY(own);
    QVERIFY(own->contains({ann.own, ben.jid, Affiliation::Publisher, NodeSubscription::Subscribed}));
    QVERIFY(own->contains({ben.own, ben.jid, Affiliation::Owner, NodeSubscription::Subscribed}));

    standing.clear();
    QVERIFY(outcome(ann.channels.setAffiliation(ann.own, ben.jid, Affiliation::Outcast)));
    QTRY_VERIFY(!standing.isEmpty());
    const int reads = domain.front.requestCount(u"items"_s);
    QCOMPARE(outcome(ben.channels.posts(ann.own)).error().kind, ErrorKind::NotAllowed);
    QCOMPARE(domain.front.requestCount(u"items"_s), reads); // not even asked
    QVERIFY(outcome(ben.channels.unsubscribe(ann.own)));
    QVERIFY(!outcome(ann.channels.unsubscribe(ann.own))); // the last owner
}

void ChannelFlowTest::longChannelsAreReadInPages()
{
    QFETCH(bool, isReal);
    Domain domain(isReal ? Behaviour::allReal() : Behaviour::proper());
    Person ann(domain, u"ann"_s);
    QVERIFY(ann.joinChannels());
    QSet<ItemId> all;
    QList<Future<ItemId>> sent;
    for (int i = 0; i < 25; ++i) {
        sent.append(ann.channels.publish({ann.own, {}, u"post %1"_s.arg(i), {}, {}}));
    }
    for (const auto &future : sent) {
        const auto id = outcome(future);
        QVERIFY(id);
        all.insert(*id);
    }
    QSet<ItemId> read;
    QString after;
    for (int pages = 0; pages < 10; ++pages) {
        const auto page = outcome(ann.channels.posts(ann.own, after, 10));
        QVERIFY(page);
        for (const auto &post : page->posts) {
            QVERIFY2(!read.contains(post.item), "given twice");
            read.insert(post.item);
        }
        if (page->isComplete) {
            QCOMPARE(pages, 2);
            break;
        }
        after = page->last;
    }
    QCOMPARE(read, all);
}

void ChannelFlowTest::catchingUpGivesEverything()
{
    QFETCH(bool, isReal);
    Domain domain(isReal ? Behaviour::allReal() : Behaviour::proper());
    Person ann(domain, u"ann"_s);
    Person ben(domain, u"ben"_s);
    QVERIFY(ann.joinChannels() && ben.joinChannels() && outcome(ben.channels.subscribe(ann.own)));
    const auto since = QDateTime::currentDateTimeUtc().addSecs(-60);
    QList<Future<ItemId>> sent;
    for (int i = 0; i < 70; ++i) {
        const auto &person = i % 2 ? ann : ben;
        sent.append(person.channels.publish({person.own, {}, u"post %1"_s.arg(i), {}, {}}));
    }
    for (const auto &future : sent) {
        QVERIFY(outcome(future));
    }
    const auto everything = outcome(ben.channels.recentPosts(since, 100));
    QVERIFY(everything);
    QCOMPARE(everything->size(), 2);
    for (const auto &page : *everything) {
        QCOMPARE(page.posts.size(), 35);
        QVERIFY(page.isComplete);
    }
    const auto newest = outcome(ben.channels.recentPosts(since, 10));
    QVERIFY(newest);
    for (const auto &page : *newest) {
        QCOMPARE(page.posts.size(), 10);
        QVERIFY(!page.isComplete);
        const auto older = outcome(ben.channels.posts(page.node, page.last, 50)); // goes on where it ended
        QVERIFY(older);
        QCOMPARE(older->posts.size(), 25);
    }
    QVERIFY(outcome(ben.channels.recentPosts(QDateTime::currentDateTimeUtc().addSecs(60), 10))->isEmpty());
}

void ChannelFlowTest::aNewStreamEndsOpenRequests()
{
    Domain domain(Behaviour::proper());
    domain.server.addAccount(u"ann"_s);
    auto wires = makeWires(LoopbackServer::options());
    QSignalSpy connected(wires.session, &SessionWire::connected);
    QSignalSpy disconnected(wires.session, &SessionWire::disconnected);
    wires.session->open(domain.server.settingsFor(u"ann"_s));
    QVERIFY(connected.wait(10'000));
    wires.channels->setService(Jid::fromTrusted(u"channels.example.org"_s));
    domain.front.setSilent(true);
    const auto open = wires.channels->registerAccount();
    QTRY_COMPARE(domain.front.requestCount(u"query"_s), 0);
    domain.server.dropConnections();
    QTRY_VERIFY(!disconnected.isEmpty());
    QCOMPARE(outcome(wires.channels->registerAccount()).error().kind, ErrorKind::Offline);
    QVERIFY(!open.isFinished()); // a resumed stream would bring the answer
    domain.front.behaveAgain();
    wires.session->open(domain.server.settingsFor(u"ann"_s));
    QTRY_COMPARE(connected.size(), 2);
    QCOMPARE(outcome(open).error().kind, ErrorKind::Offline);
    QVERIFY(outcome(wires.channels->registerAccount()));
}

void ChannelFlowTest::theServiceMayBeAway()
{
    Domain domain(Behaviour::proper());
    Person ann(domain, u"ann"_s);
    QVERIFY(ann.joinChannels());
    QSignalSpy lost(&ann.channels, &ChannelWire::serviceLost);
    QSignalSpy alive(&ann.channels, &ChannelWire::serviceAlive);
    domain.front.refuse(1, {}, u"service-unavailable"_s, u"wait"_s);
    QCOMPARE(outcome(ann.channels.posts(ann.own)).error().kind, ErrorKind::Unreachable);
    QCOMPARE(lost.size(), 1);
    QVERIFY(alive.isEmpty());
    QVERIFY(outcome(ann.channels.posts(ann.own)));
    QVERIFY(!alive.isEmpty());
    domain.front.garble(1, u"publish"_s);
    QCOMPARE(outcome(ann.channels.publish({ann.own, {}, u"x"_s, {}, {}})).error().kind, ErrorKind::Malformed);
}

CUMULET_TEST(ChannelFlowTest)
#include "ChannelFlowTest.moc"
