// Channels from one person's composer to another one's screen, with a service that is good, bad or away; once as the
// protocol is written and once with all habits of the real server.
#include "flows/FlowDomain.h"
#include "kit/TestMain.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"
#include "ui/models/ChannelTimelineModel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;
using channelserver::Behaviour;

class ChannelFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void aPostComesOntoTheOtherScreen();
    void whatWasWrittenOfflineFollowsInOrder();
    void aLostAnswerIsSettledByTheItems();
    void aLostPostIsSentAgain();
    void aRefusedPostSaysWhyAndMayBeSentAgain();
    void aSilentServiceHoldsUpNothing();
    void whatIsTooMuchIsAGapThatIsFilledOnDemand();
    void whatWasDeletedMeanwhileGoes();
    void aChannelOfAnotherServerStaysComplete();
    void aSilentRemoteServerHoldsUpNothing();

private:
    /// Romeo follows juliet's own channel.
    bool follow();
    bool hasLines(LiveClient &client, const QStringList &expected);

    std::unique_ptr<FlowDomain> m_domain;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    NodeId m_node;
};

CUMULET_TEST(ChannelFlowTest)

void ChannelFlowTest::initTestCase_data()
{
    QTest::addColumn<bool>("isReal");
    QTest::newRow("as written") << false;
    QTest::newRow("as the real server") << true;
}

void ChannelFlowTest::init()
{
    QFETCH_GLOBAL(bool, isReal);
    auto behaviour = isReal ? Behaviour::allReal() : Behaviour::proper();
    behaviour.habits |= channelserver::Habit::RelayRemote; // of far.test
    behaviour.habits |= channelserver::Habit::SilentRemote; // of silent.test
    m_domain = std::make_unique<FlowDomain>(behaviour);
    QVERIFY(m_domain->isOpen());
    m_romeo = m_domain->client(u"romeo"_s);
    m_juliet = m_domain->client(u"juliet"_s);
    m_node = m_juliet->ownChannel();
    QVERIFY2(m_romeo->start() && m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY2(m_juliet->start() && m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
}

void ChannelFlowTest::cleanup()
{
    m_romeo.reset();
    m_juliet.reset();
    m_domain.reset();
}

bool ChannelFlowTest::follow()
{
    const auto followed = outcome(m_romeo->services().channels->follow(m_node));
    return followed && followed->subscription == NodeSubscription::Subscribed;
}

bool ChannelFlowTest::hasLines(LiveClient &client, const QStringList &expected)
{
    QStringList found;
    const bool isSo = waitFor(
        [&] {
            found = client.lines(m_node);
            return found == expected;
        },
        liveLimit / 2);
    if (!isSo) {
        qWarning() << "expected" << expected << "and found" << found;
    }
    return isSo;
}

void ChannelFlowTest::aPostComesOntoTheOtherScreen()
{
    QVERIFY(follow());
    const auto channel = m_romeo->openChannel(m_node);
    QVERIFY(channel);
    ChannelTimelineModel timeline(m_romeo->services(), m_romeo->conversations(), *channel);
    QSignalSpy loaded(&timeline, &TimelineModel::loaded);
    timeline.load();
    QVERIFY(waitFor([&] { return !loaded.isEmpty(); }));

    QVERIFY(m_juliet->post(m_node, u"Wherefore <b>art</b> thou 🌹"_s));
    QVERIFY(waitFor([&] { return timeline.rowCount() == 1; }));
    const auto thread = timeline.index(0).data(TimelineRoles::RowRole).value<ThreadRow>();
    QCOMPARE(thread.post.body, u"Wherefore <b>art</b> thou 🌹"_s);
    QCOMPARE(thread.post.authorJid, m_juliet->jid().text());
    QVERIFY(waitFor([&] { return m_romeo->conversations().totalUnread() == 1; }));

    QVERIFY(m_juliet->waitUntilSent());
    const Post post = m_juliet->postOf(m_node, thread.post.body);
    QVERIFY(m_juliet->post(m_node, u"a comment"_s, post.item));
    QVERIFY(waitFor(
        [&] { return timeline.index(0).data(TimelineRoles::RowRole).value<ThreadRow>().comments.size() == 1; }));
    QVERIFY(m_juliet->waitUntilSent());
    QVERIFY(outcome(m_juliet->services().channels->retract(m_node, m_juliet->postOf(m_node, u"a comment"_s).item)));
    QVERIFY(
        waitFor([&] { return timeline.index(0).data(TimelineRoles::RowRole).value<ThreadRow>().comments.isEmpty(); }));
    QVERIFY(outcome(m_juliet->services().channels->retract(m_node, post.item)));
    QVERIFY(waitFor([&] { return timeline.rowCount() == 0; }));
}

void ChannelFlowTest::whatWasWrittenOfflineFollowsInOrder()
{
    QVERIFY(follow());
    QVERIFY(m_juliet->post(m_node, u"0"_s));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const ItemId start = m_juliet->postOf(m_node, u"0"_s).item;
    m_juliet->goOffline();
    QVERIFY(waitFor([this] { return !m_juliet->services().session->isConnected(); }));
    for (const auto &text : {u"1"_s, u"2"_s, u"3"_s}) {
        QVERIFY(m_juliet->post(m_node, text));
        QVERIFY(m_juliet->post(m_node, u"about "_s + text, start));
    }
    QCOMPARE(m_juliet->postOf(m_node, u"2"_s).state, DeliveryState::Queued);
    m_juliet->goOnline();
    QVERIFY2(m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const QStringList all{u"0"_s, u"0 < about 1"_s, u"0 < about 2"_s, u"0 < about 3"_s, u"1"_s, u"2"_s, u"3"_s};
    QVERIFY(hasLines(*m_juliet, all));
    QVERIFY(hasLines(*m_romeo, all));
}

void ChannelFlowTest::aLostAnswerIsSettledByTheItems()
{
    QVERIFY(follow());
    m_juliet->reconnectAtOnce();
    m_romeo->reconnectAtOnce();
    QVERIFY(m_juliet->post(m_node, u"before"_s));
    QVERIFY(m_juliet->waitUntilSent());
    // the service takes it, and nobody hears of that: neither answer nor event, and then the connections break
    m_domain->front.loseAnswers(1, u"publish"_s);
    m_domain->front.loseEvents(1, u"publish"_s);
    m_domain->server.addHook([this, isFirst = true](const QDomElement &stanza) mutable {
        if (!stanza.firstChildElement(u"pubsub"_s).firstChildElement(u"publish"_s).isNull()
            && std::exchange(isFirst, false)) {
            m_domain->front.receive(stanza);
            m_domain->breakConnections();
            return true;
        }
        return false;
    });
    QVERIFY(m_juliet->post(m_node, u"unknown"_s));
    QVERIFY(m_juliet->post(m_node, u"after"_s));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    QCOMPARE(m_domain->front.requestCount(u"publish"_s), 3);
    const QStringList all{u"before"_s, u"unknown"_s, u"after"_s};
    QVERIFY(hasLines(*m_juliet, all));
    QVERIFY(hasLines(*m_romeo, all));
}

void ChannelFlowTest::aLostPostIsSentAgain()
{
    QVERIFY(follow());
    m_juliet->reconnectAtOnce();
    m_romeo->reconnectAtOnce();
    m_domain->server.addHook([this, isFirst = true](const QDomElement &stanza) mutable {
        if (!stanza.firstChildElement(u"pubsub"_s).firstChildElement(u"publish"_s).isNull()
            && std::exchange(isFirst, false)) {
            m_domain->breakConnections();
            return true;
        }
        return false;
    });
    QVERIFY(m_juliet->post(m_node, u"lost at first"_s));
    QVERIFY(m_juliet->post(m_node, u"after"_s));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    QVERIFY(hasLines(*m_juliet, {u"lost at first"_s, u"after"_s}));
    QVERIFY(hasLines(*m_romeo, {u"lost at first"_s, u"after"_s}));
}

void ChannelFlowTest::aRefusedPostSaysWhyAndMayBeSentAgain()
{
    m_domain->front.refuse(1, u"publish"_s, u"not-acceptable"_s, u"modify"_s);
    QVERIFY(m_juliet->post(m_node, u"too bold"_s));
    QVERIFY(waitFor([this] { return m_juliet->postOf(m_node, u"too bold"_s).state == DeliveryState::Failed; }));
    const Post refused = m_juliet->postOf(m_node, u"too bold"_s);
    QCOMPARE(refused.error.kind, ErrorKind::Rejected);
    QVERIFY(outcome(m_juliet->services().channels->retry(refused.row)));
    QVERIFY(waitFor([this] { return m_juliet->postOf(m_node, u"too bold"_s).state == DeliveryState::Sent; }));
    QVERIFY(follow());
    QVERIFY(hasLines(*m_romeo, {u"too bold"_s}));
}

void ChannelFlowTest::aSilentServiceHoldsUpNothing()
{
    m_romeo->goOffline();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    m_domain->front.setSilent(true);
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY(m_romeo->send(m_juliet->jid(), u"good night"_s));
    QVERIFY(waitFor([this] { return m_juliet->bodies(m_romeo->jid()) == QStringList{u"good night"_s}; }));
    QVERIFY(m_romeo->services().channels->status().state != ChannelServiceStatus::Ready);
    QVERIFY(m_romeo->post(m_romeo->ownChannel(), u"it waits"_s));
    QCOMPARE(m_romeo->postOf(m_romeo->ownChannel(), u"it waits"_s).state, DeliveryState::Queued);
}

void ChannelFlowTest::whatIsTooMuchIsAGapThatIsFilledOnDemand()
{
    QVERIFY(follow());
    QVERIFY(m_juliet->post(m_node, u"known"_s));
    QVERIFY(hasLines(*m_romeo, {u"known"_s}));
    m_romeo->goOffline();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    QStringList all{u"known"_s};
    for (int i = 0; i < 280; ++i) {
        all.append(QString::number(i));
        QVERIFY(m_juliet->post(m_node, all.last()));
    }
    QVERIFY2(m_juliet->waitUntilSent(3 * liveLimit), qPrintable(m_juliet->error()));
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));

    ChannelService &romeos = *m_romeo->services().channels;
    const auto channel = m_romeo->openChannel(m_node);
    const auto unread = [&] { return m_romeo->conversations().entry(channel->id).value_or(Conversation()).unread; };
    QCOMPARE(m_romeo->lines(m_node).size(), 220 + 1);
    QCOMPARE(outcome(romeos.gaps(m_node)).value().size(), 1);
    QVERIFY(waitFor([&] { return unread() == 220 + 1; })); // "known" was not looked at
    for (int calls = 0; !outcome(romeos.gaps(m_node)).value().isEmpty(); ++calls) {
        QVERIFY(calls < 5);
        const auto gap = outcome(romeos.gaps(m_node)).value().first().id;
        QVERIFY(outcome(romeos.fillGap(m_node, gap)));
    }
    QVERIFY(hasLines(*m_romeo, all));
    QVERIFY(waitFor([&] { return unread() == all.size(); }));
}

void ChannelFlowTest::whatWasDeletedMeanwhileGoes()
{
    QVERIFY(follow());
    const auto post = [this](const QString &text, const ItemId &start = {}) {
        return m_juliet->post(m_node, text, start) && m_juliet->waitUntilSent() ? m_juliet->postOf(m_node, text).item
                                                                                : ItemId();
    };
    const ItemId first = post(u"first"_s);
    const ItemId second = post(u"second"_s);
    const ItemId third = post(u"third"_s);
    const ItemId comment = post(u"about first"_s, first);
    QVERIFY(!post(u"also about first"_s, first).isEmpty());
    QVERIFY(!post(u"about second"_s, second).isEmpty());
    QVERIFY(hasLines(*m_romeo,
        {u"first"_s, u"first < about first"_s, u"first < also about first"_s, u"second"_s, u"second < about second"_s,
            u"third"_s}));
    m_romeo->goOffline();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    for (const auto &item : {comment, second, third}) {
        QVERIFY(outcome(m_juliet->services().channels->retract(m_node, item)));
    }
    QVERIFY(!post(u"fourth"_s).isEmpty());
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY(outcome(m_romeo->services().channels->fetchNewest(m_node)));
    QVERIFY(hasLines(*m_romeo, {u"first"_s, u"first < also about first"_s, u"fourth"_s}));
}

// buddycloud.md 11.4, no. 16: what the service can tell of such a channel changes once it has read there
void ChannelFlowTest::aChannelOfAnotherServerStaysComplete()
{
    m_node = NodeId::fromTrusted(u"/user/opera@far.test/posts"_s);
    QVERIFY(outcome(m_juliet->services().channels->createTopicChannel(
        m_node.channel(), u"Opera"_s, {}, AccessModel::Open, Affiliation::Publisher)));
    QVERIFY(follow());
    QVERIFY(m_juliet->post(m_node, u"aria"_s));
    QVERIFY(m_juliet->waitUntilSent());
    QVERIFY(hasLines(*m_romeo, {u"aria"_s}));
    QVERIFY(m_romeo->post(m_node, u"encore"_s, m_romeo->postOf(m_node, u"aria"_s).item));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    const QStringList all{u"aria"_s, u"aria < encore"_s};
    for (int i = 0; i < 2; ++i) {
        QVERIFY(hasLines(*m_juliet, all));
        QVERIFY(outcome(m_romeo->services().channels->fetchNewest(m_node)));
        QVERIFY(outcome(m_romeo->services().channels->thread(m_romeo->postOf(m_node, u"aria"_s).row)));
        QVERIFY(hasLines(*m_romeo, all));
    }
}

// no. 15: the answer never comes; until that is known everything else goes on
void ChannelFlowTest::aSilentRemoteServerHoldsUpNothing()
{
    QFETCH_GLOBAL(bool, isReal);
    if (isReal) {
        QSKIP("half a minute of silence is the same whatever the other habits");
    }
    const auto mute = NodeId::fromTrusted(u"/user/mute@silent.test/posts"_s);
    ChannelService &romeos = *m_romeo->services().channels;
    const auto newest = romeos.fetchNewest(mute);
    const auto followed = romeos.follow(mute);
    QVERIFY(m_romeo->post(m_romeo->ownChannel(), u"meanwhile"_s));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    QVERIFY(!newest.isFinished() && !followed.isFinished());
    QVERIFY(waitForAnswer(newest, 40'000));
    QCOMPARE(newest.result().error().kind, ErrorKind::Timeout);
    QVERIFY(waitForAnswer(followed, 40'000));
    QCOMPARE(followed.result().error().kind, ErrorKind::Timeout);
    QCOMPARE(romeos.status().state, ChannelServiceStatus::Ready);
}

#include "ChannelFlowTest.moc"
