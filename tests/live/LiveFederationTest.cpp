// Channel services of two domains behind one real server (buddycloud.md 6): juliet and romeo are of the first domain,
// balthasar of the second one; once as it is written and once with all habits of the real server.
#include "kit/TestMain.h"
#include "live/ChannelStage.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveFederationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { ChannelStage::kindsAndBehaviours(); }
    void init();
    void cleanup();
    void aChannelOfAnotherDomainLives();
    void aClosedChannelOfAnotherDomain();
    void rolesReachTheOtherDomain();
    void aServiceThatIsGoneHoldsUpNothing();

private:
    bool hasRole(LiveClient &client, Affiliation affiliation);

    ChannelStage m_stage{u"mantua.example"_s};
    std::unique_ptr<LiveClient> m_juliet;
    std::unique_ptr<LiveClient> m_balthasar;
    NodeId m_node; ///< balthasar's, at mantua.example
};

CUMULET_TEST(LiveFederationTest)

void LiveFederationTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    QFETCH_GLOBAL(QString, behaviour);
    bool isMissing = false;
    if (LiveServer::isExternal()) {
        QSKIP("somebody else's server has one domain");
    }
    if (const QString why = m_stage.enter(kind, &isMissing, behaviour); !why.isEmpty()) {
        if (isMissing) {
            QSKIP(qPrintable(why));
        }
        QFAIL(qPrintable(why));
    }
    m_juliet = m_stage.reader(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
    m_balthasar = m_stage.neighbour(u"balthasar"_s);
    QVERIFY2(m_balthasar, qPrintable(m_stage.error()));
    QCOMPARE(m_balthasar->services().channels->status().service.text(), u"channels.mantua.example"_s);
    m_node = m_stage.makeTopic(*m_balthasar);
    QVERIFY(!m_node.isEmpty());
}

void LiveFederationTest::cleanup()
{
    m_juliet.reset();
    m_balthasar.reset();
}

void LiveFederationTest::aChannelOfAnotherDomainLives()
{
    ChannelService &juliets = *m_juliet->services().channels;
    QCOMPARE(m_node.channel().domain(), u"topics.mantua.example"_s);
    QVERIFY(m_balthasar->post(m_node, m_stage.words(u"before"_s)));
    QVERIFY2(m_balthasar->waitUntilSent(), qPrintable(m_balthasar->error()));

    // found, followed, read
    const auto preview = outcome(juliets.preview(m_node));
    QVERIFY(preview);
    QCOMPARE(preview->title, u"Балкон balcony "_s + m_stage.tag());
    QVERIFY(m_stage.follow(*m_juliet, m_node));
    QVERIFY(m_stage.hasLines(*m_juliet, m_node, {m_stage.words(u"before"_s)}));

    // posts and comments in both directions
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"from Verona"_s)));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    QVERIFY(m_stage.hasPosts(*m_balthasar, m_node, {m_stage.words(u"from Verona"_s)}));
    QCOMPARE(m_balthasar->postOf(m_node, m_stage.words(u"from Verona"_s)).author, m_juliet->jid());
    QVERIFY(m_balthasar->post(m_node, m_stage.words(u"from Mantua"_s)));
    QVERIFY(m_balthasar->waitUntilSent());
    QVERIFY(m_stage.hasPosts(*m_juliet, m_node, {m_stage.words(u"from Mantua"_s)}));
    const auto start = m_juliet->postOf(m_node, m_stage.words(u"from Mantua"_s));
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"a comment"_s), start.item));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const QStringList all{m_stage.words(u"before"_s), m_stage.words(u"from Verona"_s), m_stage.words(u"from Mantua"_s),
        m_stage.words(u"from Mantua"_s) + u" < "_s + m_stage.words(u"a comment"_s)};
    QVERIFY(m_stage.hasLines(*m_balthasar, m_node, all));
    QVERIFY(m_stage.hasLines(*m_juliet, m_node, all));

    // reading it again, by whatever way, leaves it complete (11.4, no. 16)
    for (int i = 0; i < 2; ++i) {
        QVERIFY(outcome(juliets.fetchNewest(m_node)));
        QVERIFY(outcome(juliets.thread(start.row)));
        QVERIFY(m_stage.hasLines(*m_juliet, m_node, all));
    }
    const auto mine = m_juliet->postOf(m_node, m_stage.words(u"from Verona"_s));
    QVERIFY(outcome(juliets.retract(m_node, mine.item)));
    QVERIFY(waitFor([&] { return m_balthasar->postOf(m_node, mine.body).row == 0; }));

    QVERIFY(outcome(juliets.unfollow(m_node)));
    QCOMPARE(ChannelStage::standing(*m_juliet, m_node).ownSubscription, NodeSubscription::None);
    QVERIFY(waitFor([&] {
        const auto members = outcome(m_balthasar->services().channels->members(m_node));
        return members && std::none_of(members->cbegin(), members->cend(), [this](const Membership &member) {
            return member.jid == m_juliet->jid() && member.subscription == NodeSubscription::Subscribed;
        });
    }));
}

void LiveFederationTest::aClosedChannelOfAnotherDomain()
{
    const auto closed =
        m_stage.makeTopic(*m_balthasar, AccessModel::Authorize, Affiliation::Publisher, u"apothecary"_s);
    QVERIFY(!closed.isEmpty());
    QVERIFY(m_balthasar->post(closed, m_stage.words(u"for members"_s)));
    QVERIFY(m_balthasar->waitUntilSent());
    const auto asked = outcome(m_juliet->services().channels->follow(closed));
    QVERIFY(asked);
    QCOMPARE(asked->subscription, NodeSubscription::Pending);
    QVERIFY(outcome(m_balthasar->services().channels->answerRequest(closed, m_juliet->jid(), true)));
    QVERIFY(waitFor(
        [&] { return ChannelStage::standing(*m_juliet, closed).ownSubscription == NodeSubscription::Subscribed; }));
    QVERIFY(m_stage.hasLines(*m_juliet, closed, {m_stage.words(u"for members"_s)}));
}

bool LiveFederationTest::hasRole(LiveClient &client, Affiliation affiliation)
{
    return waitFor([&] { return ChannelStage::standing(client, m_node).ownAffiliation == affiliation; });
}

void LiveFederationTest::rolesReachTheOtherDomain()
{
    ChannelService &balthasars = *m_balthasar->services().channels;
    QVERIFY(m_stage.follow(*m_juliet, m_node));
    QVERIFY(outcome(balthasars.setAffiliation(m_node, m_juliet->jid(), Affiliation::Member)));
    QVERIFY(hasRole(*m_juliet, Affiliation::Member));
    const auto standing = m_juliet->services().channels->standingIn(ChannelStage::standing(*m_juliet, m_node));
    QVERIFY(!isAllowed(ChannelOperation::Post, standing));
    QVERIFY(outcome(balthasars.setAffiliation(m_node, m_juliet->jid(), Affiliation::Moderator)));
    QVERIFY(hasRole(*m_juliet, Affiliation::Moderator));
    QVERIFY(m_balthasar->post(m_node, m_stage.words(u"poison"_s)));
    QVERIFY(m_stage.hasPosts(*m_juliet, m_node, {m_stage.words(u"poison"_s)}));
    const auto poison = m_juliet->postOf(m_node, m_stage.words(u"poison"_s));
    QVERIFY(outcome(m_juliet->services().channels->retract(m_node, poison.item)));
    QVERIFY(waitFor([&] { return m_balthasar->postOf(m_node, poison.body).row == 0; }));
    QVERIFY(outcome(balthasars.setAffiliation(m_node, m_juliet->jid(), Affiliation::Outcast)));
    QVERIFY(hasRole(*m_juliet, Affiliation::Outcast));
}

void LiveFederationTest::aServiceThatIsGoneHoldsUpNothing()
{
    QFETCH_GLOBAL(QString, behaviour);
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    const bool isSilent = behaviour == u"all-real";
    if (isSilent && kind == LiveServer::Kind::Ejabberd) {
        QSKIP("half a minute of silence is the same behind both servers");
    }
    QVERIFY(m_stage.follow(*m_juliet, m_node));
    QVERIFY(m_stage.neighbourService().kill());
    ChannelService &juliets = *m_juliet->services().channels;
    const auto preview = juliets.preview(NodeId::of(m_balthasar->jid()));
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"it waits"_s)));
    // our own channel and chats go on meanwhile
    QVERIFY(m_juliet->post(m_juliet->ownChannel(), m_stage.words(u"meanwhile"_s)));
    const auto isPosted = [&] {
        return m_juliet->postOf(m_juliet->ownChannel(), m_stage.words(u"meanwhile"_s)).state == DeliveryState::Sent;
    };
    QVERIFY(waitFor(isPosted, 2 * liveLimit)); // what is sent first waits for its answer, half a minute at the most
    QVERIFY(m_juliet->send(m_balthasar->jid(), m_stage.words(u"a chat"_s)));
    QVERIFY(waitFor([&] { return m_balthasar->message(m_juliet->jid(), m_stage.words(u"a chat"_s)).row != 0; }));
    QVERIFY(waitForAnswer(preview, 40'000));
    QCOMPARE(preview.result().error().kind, isSilent ? ErrorKind::Timeout : ErrorKind::Unreachable);
    QCOMPARE(juliets.status().state, ChannelServiceStatus::Ready);
    QVERIFY2(m_stage.neighbourService().again(behaviour), qPrintable(m_stage.neighbourService().error()));
    QVERIFY2(m_juliet->waitUntilSent(3 * liveLimit), qPrintable(m_juliet->error()));
    QVERIFY2(m_balthasar->waitForChannels(), qPrintable(m_balthasar->error()));
    QVERIFY(outcome(m_balthasar->services().channels->fetchNewest(m_node)));
    QVERIFY(m_stage.hasLines(*m_balthasar, m_node, {m_stage.words(u"it waits"_s)}));
}

#include "LiveFederationTest.moc"
