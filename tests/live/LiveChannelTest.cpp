// Channels between whole clients, a real server, and a channel service behind it: ours, or somebody else's.
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

class LiveChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { LiveStage::kinds(); }
    void init();
    void cleanup();
    void everybodyHasAChannel();
    void aTopicChannelLives();
    void whatWasWrittenOfflineFollowsInOrder();
    void likesAreCountedAndTakenBack();
    void whatIsReadOnOneDeviceIsReadOnBoth();
    void theServiceMayGoAndChatsDoNotCare();

private:
    QString words(const QString &text) const { return m_stage.words(text); }
    /// A new channel of juliet's, read by both.
    bool makeTopic();
    bool hasLines(LiveClient &client, const NodeId &node, const QStringList &expected)
    {
        return m_stage.hasLines(client, node, expected);
    }

    ChannelStage m_stage;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    NodeId m_topic;
};

CUMULET_TEST(LiveChannelTest)

void LiveChannelTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    ENTER_STAGE(m_stage, kind);
    m_romeo = m_stage.reader(u"romeo"_s);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));
    m_juliet = m_stage.reader(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
}

void LiveChannelTest::cleanup()
{
    if (m_juliet && !m_topic.isEmpty()) {
        (void)outcome(m_juliet->services().channels->deleteChannel(m_topic));
    }
    m_topic = {};
    m_romeo.reset();
    m_juliet.reset();
}

bool LiveChannelTest::makeTopic()
{
    m_topic = m_stage.makeTopic(*m_juliet, {m_romeo.get()});
    return !m_topic.isEmpty();
}

void LiveChannelTest::everybodyHasAChannel()
{
    const auto &status = m_romeo->services().channels->status();
    QCOMPARE(status.service.text(), m_stage.service().domain());
    const auto own = outcome(m_romeo->services().channels->open(m_romeo->ownChannel()));
    QVERIFY(own);
    QCOMPARE(own->ownAffiliation, Affiliation::Owner);
    QCOMPARE(own->ownSubscription, NodeSubscription::Subscribed);
    QVERIFY(m_romeo->post(m_romeo->ownChannel(), words(u"mine"_s)));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    QVERIFY(hasLines(*m_romeo, m_romeo->ownChannel(), {words(u"mine"_s)}));
    QCOMPARE(m_romeo->postOf(m_romeo->ownChannel(), words(u"mine"_s)).state, DeliveryState::Sent);
    const auto list = m_romeo->conversations().entries();
    QVERIFY(std::any_of(list.cbegin(), list.cend(), [](const Conversation &entry) { return entry.isOwnChannel; }));
}

void LiveChannelTest::aTopicChannelLives()
{
    if (m_juliet->services().channels->status().topicsDomain.isEmpty()) {
        QSKIP("that service has no topics domain");
    }
    QVERIFY(makeTopic());
    ChannelService &romeos = *m_romeo->services().channels;
    ChannelService &juliets = *m_juliet->services().channels;
    QVERIFY(
        waitFor([&] { return outcome(romeos.open(m_topic)).value().title == u"Балкон balcony "_s + m_stage.tag(); }));

    // live events in both directions
    QVERIFY(m_romeo->post(m_topic, words(u"question"_s)));
    QVERIFY(hasLines(*m_juliet, m_topic, {words(u"question"_s)}));
    const auto entry = m_juliet->openChannel(m_topic);
    QVERIFY(waitFor([&] { return m_juliet->conversations().entry(entry->id).value_or(Conversation()).unread == 1; }));
    const Post question = m_juliet->postOf(m_topic, words(u"question"_s));
    QCOMPARE(question.author, m_romeo->jid());
    QVERIFY(m_juliet->post(m_topic, words(u"answer"_s), question.item));
    const QStringList both{words(u"question"_s), words(u"question"_s) + u" < "_s + words(u"answer"_s)};
    QVERIFY(hasLines(*m_romeo, m_topic, both));
    QVERIFY(hasLines(*m_juliet, m_topic, both));
    QVERIFY(m_juliet->waitUntilSent());

    // somebody who comes later reads it all
    auto nurse = m_stage.client(u"nurse"_s);
    QVERIFY2(nurse, qPrintable(m_stage.error()));
    QVERIFY2(nurse->waitForChannels(), qPrintable(nurse->error()));
    QVERIFY(outcome(nurse->services().channels->follow(m_topic)));
    QVERIFY(hasLines(*nurse, m_topic, both));
    const auto standing = outcome(nurse->services().channels->open(m_topic));
    QVERIFY(standing);
    QVERIFY(isAllowed(ChannelOperation::Comment, nurse->services().channels->standingIn(*standing)));
    QVERIFY(!isAllowed(ChannelOperation::DeleteAnyPost, nurse->services().channels->standingIn(*standing)));

    // what is deleted goes everywhere
    QVERIFY(outcome(juliets.retract(m_topic, m_juliet->postOf(m_topic, words(u"answer"_s)).item)));
    QVERIFY(hasLines(*m_romeo, m_topic, {words(u"question"_s)}));
    QVERIFY(hasLines(*m_juliet, m_topic, {words(u"question"_s)}));
    QVERIFY(hasLines(*nurse, m_topic, {words(u"question"_s)}));
    QVERIFY(outcome(romeos.unfollow(m_topic)));
    QCOMPARE(outcome(romeos.open(m_topic)).value().ownSubscription, NodeSubscription::None);
}

void LiveChannelTest::whatWasWrittenOfflineFollowsInOrder()
{
    const NodeId own = m_romeo->ownChannel();
    QVERIFY(m_romeo->post(own, words(u"0"_s)));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    const ItemId start = m_romeo->postOf(own, words(u"0"_s)).item;
    QVERIFY(!start.isEmpty());
    m_romeo->goOffline();
    QVERIFY(waitFor([&] { return !m_romeo->services().session->isConnected(); }));
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(m_romeo->post(own, words(QString::number(i))));
        QVERIFY(m_romeo->post(own, words(u"about 0, "_s + QString::number(i)), start));
    }
    QCOMPARE(m_romeo->postOf(own, words(u"3"_s)).state, DeliveryState::Queued);
    QCOMPARE(m_romeo->services().channels->waiting(), 10);
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    QStringList expected{words(u"0"_s)};
    for (int i = 1; i <= 5; ++i) {
        expected += {words(QString::number(i)), words(u"about 0, "_s + QString::number(i))};
    }
    ServerRecord record(m_romeo->settings(), m_stage.options());
    QVERIFY2(record.logIn(), qPrintable(record.error()));
    QCOMPARE(record.itemBodies(own).filter(m_stage.tag()), expected);
}

void LiveChannelTest::likesAreCountedAndTakenBack()
{
    QVERIFY(makeTopic());
    QVERIFY(m_juliet->post(m_topic, words(u"What's in a name?"_s)));
    const auto seen = [this](LiveClient &client) { return client.postOf(m_topic, words(u"What's in a name?"_s)); };
    QVERIFY(waitFor([&] { return seen(*m_romeo).row > 0 && !seen(*m_juliet).item.isEmpty(); }));
    QVERIFY(m_romeo->post(m_topic, words(u"A rose"_s), seen(*m_romeo).item));
    QVERIFY(waitFor([&] { return m_juliet->postOf(m_topic, words(u"A rose"_s)).row > 0; }));

    QVERIFY(outcome(m_romeo->services().channels->rate(seen(*m_romeo), 5)));
    QCOMPARE(seen(*m_romeo).ratings, (Ratings{1, 5, 5})); // at once
    QVERIFY(waitFor([&] { return seen(*m_juliet).ratings == Ratings{1, 5, 0}; }));
    const auto comment = m_juliet->postOf(m_topic, words(u"A rose"_s));
    QVERIFY(outcome(m_juliet->services().channels->rate(comment, 3)));
    QVERIFY(waitFor([&] { return m_romeo->postOf(m_topic, comment.body).ratings == Ratings{1, 3, 0}; }));
    QCOMPARE(m_juliet->lines(m_topic).filter(m_stage.tag()).size(), 2); // no comments

    m_romeo->goOffline();
    QVERIFY(outcome(m_romeo->services().channels->withdrawRating(seen(*m_romeo))));
    QCOMPARE(seen(*m_romeo).ratings, Ratings());
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY(m_romeo->waitUntilSent());
    QVERIFY(waitFor([&] { return seen(*m_juliet).ratings == Ratings(); }));
    QVERIFY(outcome(m_romeo->services().channels->rate(seen(*m_romeo), 4))); // a new one is taken
    QVERIFY(waitFor([&] { return seen(*m_juliet).ratings == Ratings{1, 4, 0}; }));
}

void LiveChannelTest::whatIsReadOnOneDeviceIsReadOnBoth()
{
    const NodeId node = m_juliet->ownChannel();
    QVERIFY(outcome(m_romeo->services().channels->follow(node)));
    auto phone = m_stage.client(m_romeo->settings());
    QVERIFY2(phone, qPrintable(m_stage.error()));
    QVERIFY2(phone->waitForChannels(), qPrintable(phone->error()));
    const auto unread = [&node](LiveClient &client) {
        const auto entry = client.openChannel(node);
        return client.conversations().entry(entry->id).value_or(Conversation()).unread;
    };
    const auto readAll = [&node](LiveClient &client) {
        const auto entry = client.openChannel(node);
        const Thread newest = client.threads(node).last();
        const Cursor place{newest.lastActivity.toMSecsSinceEpoch(), newest.start.row};
        return bool(outcome(client.conversations().markRead(entry->id, place)));
    };
    QVERIFY(m_juliet->post(node, words(u"first"_s)));
    QVERIFY(waitFor([&] { return unread(*m_romeo) == 1 && unread(*phone) == 1; }));
    QVERIFY(readAll(*m_romeo));
    QVERIFY(waitFor([&] { return unread(*phone) == 0; }));

    // what we write on one device is new on neither
    QVERIFY(m_romeo->post(m_romeo->ownChannel(), words(u"mine"_s)));
    QVERIFY(waitFor([&] { return phone->postOf(phone->ownChannel(), words(u"mine"_s)).row != 0; }));
    const auto own = phone->openChannel(phone->ownChannel());
    QCOMPARE(phone->conversations().entry(own->id).value_or(Conversation()).unread, 0);

    // and what was read while the other one was away
    phone->goOffline();
    QVERIFY(waitFor([&] { return !phone->services().session->isConnected(); }));
    QVERIFY(m_juliet->post(node, words(u"second"_s)));
    QVERIFY(waitFor([&] { return unread(*m_romeo) == 1; }));
    auto third = m_stage.client(m_romeo->settings()); // hears of it as soon as it is shared
    QVERIFY2(third, qPrintable(m_stage.error()));
    QVERIFY2(third->waitForChannels(), qPrintable(third->error()));
    QSignalSpy changed(third->services().channels, &ChannelService::conversationsChanged);
    QVERIFY(readAll(*m_romeo));
    QVERIFY(waitFor([&] { return !changed.isEmpty(); }));
    phone->goOnline();
    QVERIFY2(phone->waitForChannels(), qPrintable(phone->error()));
    QVERIFY(waitFor([&] { return phone->postOf(node, words(u"second"_s)).row != 0 && unread(*phone) == 0; }));
}

void LiveChannelTest::theServiceMayGoAndChatsDoNotCare()
{
    if (!m_stage.service().isOurs()) {
        QSKIP("somebody else's channel service is not stopped");
    }
    const NodeId own = m_romeo->ownChannel();
    const ChannelServiceStatus &status = m_romeo->services().channels->status();
    QVERIFY(m_romeo->post(own, words(u"before"_s)));
    QVERIFY(m_romeo->waitUntilSent());
    QVERIFY(m_stage.service().kill());
    QVERIFY(m_romeo->post(own, words(u"meanwhile"_s)));
    // the chat goes on at once
    QVERIFY(m_romeo->send(m_juliet->jid(), words(u"chat"_s)));
    QVERIFY(waitFor([&] { return m_juliet->message(m_romeo->jid(), words(u"chat"_s)).row != 0; }));
    QVERIFY(m_romeo->services().session->isOnline());
    QCOMPARE(m_romeo->services().channels->waiting(), 1);
    // and a login does not wait for channels
    m_juliet->goOffline();
    QVERIFY(waitFor([&] { return !m_juliet->services().session->isConnected(); }));
    m_juliet->goOnline();
    QVERIFY2(m_juliet->waitOnline(), qPrintable(m_juliet->error()));

    QVERIFY2(m_stage.service().again(), qPrintable(m_stage.service().error()));
    QVERIFY2(m_romeo->waitUntilSent(3 * liveLimit), qPrintable(m_romeo->error()));
    QCOMPARE(status.state, ChannelServiceStatus::Ready);
    QVERIFY2(m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
    QVERIFY(hasLines(*m_romeo, own, {words(u"before"_s), words(u"meanwhile"_s)}));
    ServerRecord record(m_romeo->settings(), m_stage.options());
    QVERIFY2(record.logIn(), qPrintable(record.error()));
    QCOMPARE(record.itemBodies(own).filter(m_stage.tag()), QStringList({words(u"before"_s), words(u"meanwhile"_s)}));
}

#include "LiveChannelTest.moc"
