// People and their parts in a channel, seen from every side: three accounts, and a second device of one of them; behind
// each real server, once with the service as it is written and once with all habits of the real one.
#include "kit/TestMain.h"
#include "live/ChannelStage.h"
#include "live/ServerRecord.h"
#include "services/channel/ChannelService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LivePeopleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { ChannelStage::kindsAndBehaviours(); }
    void init();
    void cleanup();
    void requestsAreAllowedDeniedAndWithdrawn();
    void invitationsAreAcceptedAndDeclined();
    void rolesAndBansAreSeenByWhomTheyConcern();
    void aModeratorDeletesWhatAnotherWrote();
    void bothDevicesAgree();
    void anAnswerToACommentBelongsToItsThread();

private:
    /// What a client knows after it has logged in again: quiet services say nothing before.
    static bool comesBack(LiveClient &client);
    bool hasState(LiveClient &client, NodeSubscription state);
    bool hasRole(LiveClient &client, Affiliation affiliation);
    /// The part of that person in the list that the client sees; None where there is no row.
    static NodeSubscription listed(LiveClient &client, const NodeId &node, const Jid &who);

    ChannelStage m_stage;
    std::unique_ptr<LiveClient> m_juliet; ///< the owner
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_nurse;
    NodeId m_node;
};

CUMULET_TEST(LivePeopleTest)

void LivePeopleTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    QFETCH_GLOBAL(QString, behaviour);
    bool isMissing = false;
    if (const QString why = m_stage.enter(kind, &isMissing, behaviour); !why.isEmpty()) {
        if (isMissing) {
            QSKIP(qPrintable(why));
        }
        QFAIL(qPrintable(why));
    }
    for (auto *const one : {&m_juliet, &m_romeo, &m_nurse}) {
        *one = m_stage.reader(one == &m_juliet ? u"juliet"_s : one == &m_romeo ? u"romeo"_s : u"nurse"_s);
        QVERIFY2(*one, qPrintable(m_stage.error()));
    }
    if (m_juliet->services().channels->status().topicsDomain.isEmpty()) {
        QSKIP("that service has no topics domain");
    }
}

void LivePeopleTest::cleanup()
{
    if (m_juliet && !m_node.isEmpty()) {
        (void)outcome(m_juliet->services().channels->deleteChannel(m_node));
    }
    m_node = {};
    m_nurse.reset();
    m_romeo.reset();
    m_juliet.reset();
}

bool LivePeopleTest::comesBack(LiveClient &client)
{
    client.goOffline();
    if (!waitFor([&] { return !client.services().session->isConnected(); })) {
        return false;
    }
    client.goOnline();
    return client.waitForChannels();
}

bool LivePeopleTest::hasState(LiveClient &client, NodeSubscription state)
{
    return waitFor([&] { return ChannelStage::standing(client, m_node).ownSubscription == state; });
}

bool LivePeopleTest::hasRole(LiveClient &client, Affiliation affiliation)
{
    return waitFor([&] { return ChannelStage::standing(client, m_node).ownAffiliation == affiliation; });
}

NodeSubscription LivePeopleTest::listed(LiveClient &client, const NodeId &node, const Jid &who)
{
    const auto members = outcome(client.services().channels->members(node));
    if (members) {
        for (const auto &member : *members) {
            if (member.jid == who) {
                return member.subscription;
            }
        }
    }
    return NodeSubscription::None;
}

void LivePeopleTest::requestsAreAllowedDeniedAndWithdrawn()
{
    m_node = m_stage.makeTopic(*m_juliet, AccessModel::Authorize);
    QVERIFY(!m_node.isEmpty());
    ChannelService &juliets = *m_juliet->services().channels;
    QSignalSpy requested(&juliets, &ChannelService::followRequested);
    for (auto *const who : {m_romeo.get(), m_nurse.get()}) {
        const auto asked = outcome(who->services().channels->follow(m_node));
        QVERIFY(asked);
        QCOMPARE(asked->subscription, NodeSubscription::Pending);
        QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, who->jid()) == NodeSubscription::Pending; }));
    }
    QVERIFY(waitFor([&] { return requested.size() >= 2; }));

    QVERIFY(outcome(juliets.answerRequest(m_node, m_romeo->jid(), true)));
    QVERIFY(hasState(*m_romeo, NodeSubscription::Subscribed));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_romeo->jid()) == NodeSubscription::Subscribed; }));
    QVERIFY(outcome(juliets.answerRequest(m_node, m_nurse->jid(), false)));
    QFETCH_GLOBAL(QString, behaviour);
    if (behaviour == u"all-real") {
        QVERIFY(comesBack(*m_nurse)); // nobody told her
    }
    QVERIFY(hasState(*m_nurse, NodeSubscription::None));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_nurse->jid()) == NodeSubscription::None; }));

    // she asks again, and thinks better of it
    QVERIFY(outcome(m_nurse->services().channels->follow(m_node)));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_nurse->jid()) == NodeSubscription::Pending; }));
    QVERIFY(outcome(m_nurse->services().channels->unfollow(m_node)));
    QVERIFY(hasState(*m_nurse, NodeSubscription::None));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_nurse->jid()) == NodeSubscription::None; }));
}

void LivePeopleTest::invitationsAreAcceptedAndDeclined()
{
    m_node = m_stage.makeTopic(*m_juliet);
    QVERIFY(!m_node.isEmpty());
    QFETCH_GLOBAL(QString, behaviour);
    for (auto *const who : {m_romeo.get(), m_nurse.get()}) {
        QVERIFY(outcome(m_juliet->services().channels->invite(m_node, who->jid())));
        if (behaviour == u"all-real") {
            QVERIFY(comesBack(*who));
        }
        QVERIFY(hasState(*who, NodeSubscription::Invited));
        QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, who->jid()) == NodeSubscription::Invited; }));
    }
    QVERIFY(m_stage.follow(*m_romeo, m_node));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_romeo->jid()) == NodeSubscription::Subscribed; }));
    QVERIFY(outcome(m_nurse->services().channels->unfollow(m_node)));
    QVERIFY(hasState(*m_nurse, NodeSubscription::None));
    QVERIFY(waitFor([&] { return listed(*m_juliet, m_node, m_nurse->jid()) == NodeSubscription::None; }));
}

void LivePeopleTest::rolesAndBansAreSeenByWhomTheyConcern()
{
    m_node = m_stage.makeTopic(*m_juliet, {m_romeo.get(), m_nurse.get()});
    QVERIFY(!m_node.isEmpty());
    ChannelService &juliets = *m_juliet->services().channels;
    const auto mayPost = [this] {
        ChannelService &romeos = *m_romeo->services().channels;
        return isAllowed(ChannelOperation::Post, romeos.standingIn(ChannelStage::standing(*m_romeo, m_node)));
    };
    for (const auto role : {Affiliation::Member, Affiliation::Publisher, Affiliation::Moderator}) {
        QVERIFY(outcome(juliets.setAffiliation(m_node, m_romeo->jid(), role)));
        QVERIFY(hasRole(*m_romeo, role));
        QCOMPARE(mayPost(), role != Affiliation::Member);
    }
    // banned while reading: nothing is lost, nothing comes, nothing is asked any more
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"for all"_s)));
    QVERIFY(m_stage.hasPosts(*m_romeo, m_node, {m_stage.words(u"for all"_s)}));
    QVERIFY(outcome(juliets.setAffiliation(m_node, m_romeo->jid(), Affiliation::Outcast)));
    QVERIFY(hasRole(*m_romeo, Affiliation::Outcast));
    QVERIFY(!mayPost());
    QVERIFY(!outcome(m_romeo->services().channels->fetchNewest(m_node)));
    QVERIFY(m_romeo->postOf(m_node, m_stage.words(u"for all"_s)).row != 0);

    QVERIFY(outcome(juliets.setAffiliation(m_node, m_romeo->jid(), Affiliation::Publisher)));
    QVERIFY(hasRole(*m_romeo, Affiliation::Publisher));
    QVERIFY(m_romeo->post(m_node, m_stage.words(u"back again"_s)));
    QVERIFY(m_stage.hasPosts(*m_nurse, m_node, {m_stage.words(u"back again"_s)}));
}

void LivePeopleTest::aModeratorDeletesWhatAnotherWrote()
{
    m_node = m_stage.makeTopic(*m_juliet, {m_romeo.get(), m_nurse.get()});
    QVERIFY(!m_node.isEmpty());
    QVERIFY(m_romeo->post(m_node, m_stage.words(u"a quarrel"_s)));
    QVERIFY(m_stage.hasPosts(*m_nurse, m_node, {m_stage.words(u"a quarrel"_s)}));
    const auto quarrel = m_nurse->postOf(m_node, m_stage.words(u"a quarrel"_s));
    // who only writes there is refused, and the post comes back
    QVERIFY(outcome(m_nurse->services().channels->retract(m_node, quarrel.item)));
    QVERIFY(m_nurse->waitUntilSent());
    QVERIFY(m_stage.hasPosts(*m_nurse, m_node, {quarrel.body}));
    QVERIFY(m_romeo->postOf(m_node, quarrel.body).row != 0);
    QVERIFY(outcome(m_juliet->services().channels->setAffiliation(m_node, m_nurse->jid(), Affiliation::Moderator)));
    QVERIFY(hasRole(*m_nurse, Affiliation::Moderator));
    QVERIFY(outcome(m_nurse->services().channels->retract(m_node, quarrel.item)));
    for (auto *const who : {m_romeo.get(), m_juliet.get(), m_nurse.get()}) {
        QVERIFY(m_stage.hasLines(*who, m_node, {}));
    }
}

void LivePeopleTest::bothDevicesAgree()
{
    m_node = m_stage.makeTopic(*m_juliet);
    QVERIFY(!m_node.isEmpty());
    auto phone = m_stage.device(*m_romeo);
    QVERIFY2(phone, qPrintable(m_stage.error()));
    QVERIFY(m_stage.follow(*m_romeo, m_node));
    QVERIFY(waitFor([&] { return phone->services().channels->isFollowed(m_node); }));
    const auto unread = [this](LiveClient &client) {
        const auto entry = client.openChannel(m_node);
        return client.conversations().entry(entry->id).value_or(Conversation());
    };
    QVERIFY(m_romeo->post(m_node, m_stage.words(u"mine"_s)));
    QVERIFY(m_stage.hasPosts(*phone, m_node, {m_stage.words(u"mine"_s)}));
    QCOMPARE(unread(*phone).unread, 0);
    QCOMPARE(unread(*m_romeo).unread, 0);
    // a mention counts on both, and not for anybody else
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"ask "_s + m_romeo->jid().text())));
    QVERIFY(waitFor([&] { return unread(*phone).mentions == 1 && unread(*m_romeo).mentions == 1; }));
    QCOMPARE(unread(*phone).unread, 1);
    QCOMPARE(unread(*m_juliet).mentions, 0);
    QVERIFY(outcome(phone->services().channels->unfollow(m_node)));
    QVERIFY(comesBack(*m_romeo));
    QVERIFY(hasState(*m_romeo, NodeSubscription::None));
}

// 11.4, no. 6
void LivePeopleTest::anAnswerToACommentBelongsToItsThread()
{
    m_node = m_stage.makeTopic(*m_juliet, {m_romeo.get(), m_nurse.get()});
    QVERIFY(!m_node.isEmpty());
    QVERIFY(m_juliet->post(m_node, m_stage.words(u"start"_s)));
    QVERIFY(m_stage.hasPosts(*m_romeo, m_node, {m_stage.words(u"start"_s)}));
    const auto start = m_romeo->postOf(m_node, m_stage.words(u"start"_s));
    QVERIFY(m_romeo->post(m_node, m_stage.words(u"comment"_s), start.item));
    QVERIFY(m_stage.hasPosts(*m_nurse, m_node, {m_stage.words(u"comment"_s)}));
    const auto comment = m_nurse->postOf(m_node, m_stage.words(u"comment"_s));
    const auto written =
        outcome(m_nurse->services().channels->post(m_node, m_stage.words(u"answer"_s), start.item, comment.item));
    QVERIFY(written);
    QVERIFY(m_stage.hasPosts(*m_romeo, m_node, {m_stage.words(u"answer"_s)}));
    const auto answer = m_romeo->postOf(m_node, m_stage.words(u"answer"_s));
    QCOMPARE(answer.inReplyTo, start.item);
    QCOMPARE(answer.target, comment.item);
    QCOMPARE(answer.targetAuthor, m_romeo->jid());
    QVERIFY(outcome(m_romeo->services().channels->isAnswerToUs(answer)).value());
    ServerRecord record(m_juliet->settings(), m_stage.options());
    QVERIFY2(record.logIn(), qPrintable(record.error()));
    const auto items = record.items(m_node);
    QVERIFY(items);
    QCOMPARE(items->size(), 3);
    QCOMPARE(items->last().inReplyTo, start.item);
}

#include "LivePeopleTest.moc"
