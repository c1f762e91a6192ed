// From the composer to the other side's screen on bad days: offline, broken connections, refusals, an ended program.
#include "flows/FlowDomain.h"
#include "kit/TemporaryProfile.h"
#include "kit/TestMain.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"
#include "ui/models/ChatTimelineModel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class SendOfflineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatWasWrittenOfflineIsSentOnceInOrder();
    void whatWaitsSurvivesTheEndOfTheProgram();
    void aCutInMidSendIsSettledByTheArchive_data();
    void aCutInMidSendIsSettledByTheArchive();
    void aRefusedMessageSaysWhyAndMayBeSentAgain();

private:
    static QStringList texts(int count);
    /// The rows of the chat as the timeline shows them.
    static QStringList shown(LiveClient &client, const Jid &peer);

    std::unique_ptr<FlowDomain> m_domain;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
};

CUMULET_TEST(SendOfflineTest)

void SendOfflineTest::init()
{
    m_domain = std::make_unique<FlowDomain>();
    QVERIFY(m_domain->isOpen());
    m_domain->befriend(u"romeo"_s, u"juliet"_s);
    m_romeo = m_domain->client(u"romeo"_s);
    m_juliet = m_domain->client(u"juliet"_s);
    QVERIFY2(m_romeo->start() && m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY2(m_juliet->start() && m_juliet->waitOnline(), qPrintable(m_juliet->error()));
}

void SendOfflineTest::cleanup()
{
    m_romeo.reset();
    m_juliet.reset();
    m_domain.reset();
}

QStringList SendOfflineTest::texts(int count)
{
    QStringList all;
    for (int i = 0; i < count; ++i) {
        all.append(u"№%1 любовь"_s.arg(i));
    }
    return all;
}

QStringList SendOfflineTest::shown(LiveClient &client, const Jid &peer)
{
    const auto chat = client.openChat(peer);
    if (!chat) {
        return {};
    }
    ChatTimelineModel model(client.services(), client.conversations(), *chat);
    QSignalSpy loaded(&model, &TimelineModel::loaded);
    model.load();
    if (!waitFor([&] { return !loaded.isEmpty(); })) {
        return {};
    }
    QStringList bodies;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto message = model.message(model.index(row).data(TimelineRoles::RowIdRole).toLongLong());
        bodies.append(message ? message->body : QString());
    }
    return bodies;
}

void SendOfflineTest::whatWasWrittenOfflineIsSentOnceInOrder()
{
    m_romeo->goOffline();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    const auto all = texts(40); // more than are under way at a time
    for (const auto &text : all) {
        QVERIFY2(m_romeo->send(m_juliet->jid(), text), qPrintable(m_romeo->error()));
    }
    QCOMPARE(shown(*m_romeo, m_juliet->jid()), all);
    const auto waiting = m_romeo->messages(m_juliet->jid());
    QVERIFY(std::all_of(waiting.cbegin(), waiting.cend(),
        [](const Message &message) { return message.state == DeliveryState::Queued; }));
    const auto chat = m_romeo->openChat(m_juliet->jid());
    QVERIFY(waitFor(
        [&] { return m_romeo->conversations().entry(chat->id).value_or(Conversation()).preview == all.last(); }));

    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    QVERIFY(waitFor([&] { return m_juliet->bodies(m_romeo->jid()).size() >= all.size(); }));
    QCOMPARE(m_juliet->bodies(m_romeo->jid()), all);
    QCOMPARE(shown(*m_romeo, m_juliet->jid()), all);
    QCOMPARE(m_domain->archivedBodies(u"juliet"_s), all);
    QVERIFY(waitFor([&] { return m_romeo->message(m_juliet->jid(), all.last()).state == DeliveryState::Delivered; }));
}

void SendOfflineTest::whatWaitsSurvivesTheEndOfTheProgram()
{
    const TemporaryProfile profile;
    m_romeo = m_domain->client(u"romeo"_s, profile.path());
    QVERIFY(m_romeo->start() && m_romeo->waitOnline());
    QVERIFY(m_romeo->send(m_juliet->jid(), u"first"_s));
    QVERIFY(m_romeo->waitUntilSent());
    m_domain->server.stop();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    QVERIFY(m_romeo->send(m_juliet->jid(), u"second"_s));
    m_romeo = m_domain->client(u"romeo"_s, profile.path());
    QVERIFY(m_romeo->start());
    QCOMPARE(shown(*m_romeo, m_juliet->jid()), QStringList({u"first"_s, u"second"_s}));
    QVERIFY(m_romeo->send(m_juliet->jid(), u"third"_s));
    QVERIFY(waitFor([this] { return m_romeo->services().chat->waiting() == 2; }));
    QVERIFY(m_domain->server.listen());
    m_romeo->services().session->retryNow();
    m_juliet->services().session->retryNow();
    QVERIFY2(m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    const QStringList all{u"first"_s, u"second"_s, u"third"_s};
    QCOMPARE(m_domain->archivedBodies(u"juliet"_s), all);
    QVERIFY2(m_juliet->waitOnline(), qPrintable(m_juliet->error()));
    QVERIFY(waitFor([&] { return m_juliet->bodies(m_romeo->jid()) == all; }));
}

void SendOfflineTest::aCutInMidSendIsSettledByTheArchive_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<FlowDomain::Fate>("fate");
    QTest::newRow("the answer is lost") << 7 << FlowDomain::Fate::TakenUnsaid;
    QTest::newRow("the message is lost") << 3 << FlowDomain::Fate::Lost;
}

void SendOfflineTest::aCutInMidSendIsSettledByTheArchive()
{
    QFETCH(const int, at);
    QFETCH(const FlowDomain::Fate, fate);
    const auto all = texts(12);
    bool isCut = false;
    m_domain->fate = [&](const QString &body) {
        return body == all.at(at) && !std::exchange(isCut, true) ? fate : FlowDomain::Fate::Taken;
    };
    m_romeo->reconnectAtOnce();
    m_juliet->reconnectAtOnce();
    for (const auto &text : all) {
        QVERIFY(m_romeo->send(m_juliet->jid(), text));
    }
    QVERIFY2(m_romeo->waitUntilSent(), qPrintable(m_romeo->error()));
    QVERIFY(isCut);
    QCOMPARE(m_domain->archivedBodies(u"juliet"_s), all);
    QVERIFY(waitFor([&] { return m_juliet->bodies(m_romeo->jid()).size() >= all.size(); }));
    QCOMPARE(m_juliet->bodies(m_romeo->jid()), all);
    QCOMPARE(shown(*m_romeo, m_juliet->jid()), all);
}

void SendOfflineTest::aRefusedMessageSaysWhyAndMayBeSentAgain()
{
    m_domain->fate = [](const QString &) { return FlowDomain::Fate::Refused; };
    QVERIFY(m_romeo->send(m_juliet->jid(), u"star-crossed"_s));
    QVERIFY(waitFor(
        [this] { return m_romeo->message(m_juliet->jid(), u"star-crossed"_s).state == DeliveryState::Failed; }));
    const auto refused = m_romeo->message(m_juliet->jid(), u"star-crossed"_s);
    QCOMPARE(refused.error.kind, ErrorKind::Rejected);
    QVERIFY(m_romeo->waitUntilSent());
    m_domain->fate = {};
    QVERIFY(outcome(m_romeo->services().chat->retry(refused.row)));
    QVERIFY(waitFor([this] { return m_juliet->bodies(m_romeo->jid()) == QStringList{u"star-crossed"_s}; }));
    QVERIFY(waitFor(
        [this] { return m_romeo->message(m_juliet->jid(), u"star-crossed"_s).state == DeliveryState::Delivered; }));
    QCOMPARE(m_domain->archivedBodies(u"juliet"_s), QStringList{u"star-crossed"_s});
}

#include "SendOfflineTest.moc"
