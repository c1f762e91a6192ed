// Chats and contacts between whole clients on real servers.
#include "kit/ChoppyRelay.h"
#include "kit/TestMain.h"
#include "live/LiveStage.h"
#include "live/ServerRecord.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"
#include "services/session/SessionService.h"

#include <QRandomGenerator>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveChatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { LiveStage::kinds(); }
    void init();
    void cleanup();
    void contactsAgreeAndPart();
    void aChatGoesBothWaysWithReceipts();
    void aCorrectionReplacesTheText();
    void theOtherDeviceSeesEverything();
    void whatWasMissedIsCaughtUp();
    void aConnectionCutInMidSendLosesAndDoublesNothing();
    void aPowerCutOfTheServerLosesNothing();

private:
    QString words(int number) const { return u"%1 №%2 — 爱 🌹 <&>"_s.arg(m_tag).arg(number); }
    QStringList manyWords(int count) const;
    bool sendAll(LiveClient &from, const LiveClient &to, const QStringList &bodies);
    /// Of somebody else's server's old chats only what this test function wrote.
    QStringList ours(const QStringList &bodies) const { return bodies.filter(m_tag); }
    bool waitForBodies(LiveClient &client, const Jid &peer, const QStringList &expected);
    bool waitForState(LiveClient &client, const Jid &peer, const QString &body, DeliveryState state);

    LiveStage m_stage;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    QString m_tag; ///< in every text of a test function
};

CUMULET_TEST(LiveChatTest)

void LiveChatTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    ENTER_STAGE(m_stage, kind);
    m_tag = QUuid::createUuid().toString(QUuid::Id128).left(8);
    m_romeo = m_stage.client(u"romeo"_s);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));
    m_juliet = m_stage.client(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
}

void LiveChatTest::cleanup()
{
    m_romeo.reset();
    m_juliet.reset();
}

QStringList LiveChatTest::manyWords(int count) const
{
    QStringList all;
    for (int i = 0; i < count; ++i) {
        all.append(words(i));
    }
    return all;
}

bool LiveChatTest::sendAll(LiveClient &from, const LiveClient &to, const QStringList &bodies)
{
    return std::all_of(bodies.cbegin(), bodies.cend(), [&](const QString &body) { return from.send(to.jid(), body); });
}

bool LiveChatTest::waitForBodies(LiveClient &client, const Jid &peer, const QStringList &expected)
{
    QStringList found;
    const bool isSo = waitFor(
        [&] {
            found = ours(client.bodies(peer));
            return found.size() >= expected.size();
        },
        2 * liveLimit);
    if (found != expected) {
        qWarning() << found.size() << "of" << expected.size() << "came:" << found;
    }
    return isSo && found == expected;
}

bool LiveChatTest::waitForState(LiveClient &client, const Jid &peer, const QString &body, DeliveryState state)
{
    return waitFor([&] { return client.message(peer, body).state >= state; });
}

void LiveChatTest::contactsAgreeAndPart()
{
    RosterService &romeos = *m_romeo->services().roster;
    RosterService &juliets = *m_juliet->services().roster;
    if (!LiveServer::isExternal()) {
        QVERIFY(!romeos.isContact(m_juliet->jid()));
    }
    QVERIFY(LiveStage::befriend(*m_romeo, *m_juliet));
    RosterItem item = *romeos.item(m_juliet->jid());
    item.name = u"Джульетта <b>&"_s;
    item.groups = {u"Capulets"_s, u"卡普莱特"_s};
    QVERIFY(outcome(romeos.change(item)));
    QVERIFY(waitFor([&] { return romeos.nameOf(m_juliet->jid()) == item.name; }));
    QCOMPARE(romeos.item(m_juliet->jid())->groups.size(), 2);

    Presence away;
    away.show = Presence::Show::Away;
    away.status = u"на балконе"_s;
    m_juliet->services().session->setPresence(away);
    QVERIFY(waitFor([&] { return romeos.presenceOf(m_juliet->jid()).status == away.status; }));
    QCOMPARE(romeos.presenceOf(m_juliet->jid()).show, Presence::Show::Away);

    QVERIFY(outcome(romeos.remove(m_juliet->jid())));
    QVERIFY(waitFor([&] { return !romeos.isContact(m_juliet->jid()); }));
    QVERIFY(waitFor([&] {
        const auto left = juliets.item(m_romeo->jid());
        return !left || left->subscription == PresenceSubscription::None;
    }));
}

void LiveChatTest::aChatGoesBothWaysWithReceipts()
{
    QVERIFY(LiveStage::befriend(*m_romeo, *m_juliet));
    const QString question = words(1) + u"\nsecond line"_s;
    QVERIFY2(m_romeo->send(m_juliet->jid(), question), qPrintable(m_romeo->error()));
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), {question}));
    QVERIFY(waitForState(*m_romeo, m_juliet->jid(), question, DeliveryState::Delivered));
    const QString answer = words(2);
    QVERIFY(m_juliet->send(m_romeo->jid(), answer));
    QVERIFY(waitForBodies(*m_romeo, m_juliet->jid(), {question, answer}));
    QVERIFY(waitForState(*m_juliet, m_romeo->jid(), answer, DeliveryState::Delivered));
    QVERIFY(!m_romeo->message(m_juliet->jid(), answer).isOwn);

    const auto chat = m_romeo->openChat(m_juliet->jid());
    QVERIFY(waitFor([&] { return m_romeo->conversations().entry(chat->id).value_or(Conversation()).unread >= 1; }));
    m_romeo->services().chat->markSeen(chat->id, m_romeo->message(m_juliet->jid(), answer));
    QVERIFY(waitForState(*m_juliet, m_romeo->jid(), answer, DeliveryState::Displayed));
    QVERIFY(waitFor([&] { return m_romeo->conversations().entry(chat->id)->unread == 0; }));
}

void LiveChatTest::aCorrectionReplacesTheText()
{
    QVERIFY(m_romeo->send(m_juliet->jid(), words(1)));
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), {words(1)}));
    QVERIFY(m_romeo->send(m_juliet->jid(), words(2), m_romeo->message(m_juliet->jid(), words(1)).row));
    QVERIFY(waitFor([&] { return m_juliet->message(m_romeo->jid(), words(2)).isCorrected; }));
    QCOMPARE(ours(m_juliet->bodies(m_romeo->jid())), QStringList{words(2)});
    QCOMPARE(ours(m_romeo->bodies(m_juliet->jid())), QStringList{words(2)});

    // a device that knows neither yet reads both from the archive
    const auto phone = m_stage.client(m_juliet->settings());
    QVERIFY2(phone, qPrintable(m_stage.error()));
    QVERIFY(waitForBodies(*phone, m_romeo->jid(), {words(2)}));
}

void LiveChatTest::theOtherDeviceSeesEverything()
{
    const auto phone = m_stage.client(m_romeo->settings());
    QVERIFY2(phone, qPrintable(m_stage.error()));
    QVERIFY(m_romeo->send(m_juliet->jid(), words(1)));
    QVERIFY(waitForBodies(*phone, m_juliet->jid(), {words(1)}));
    QVERIFY(phone->message(m_juliet->jid(), words(1)).isOwn);
    QVERIFY(m_juliet->send(m_romeo->jid(), words(2)));
    QVERIFY(waitForBodies(*phone, m_juliet->jid(), {words(1), words(2)}));
    QVERIFY(waitForBodies(*m_romeo, m_juliet->jid(), {words(1), words(2)}));
    // and again in the archive: nothing is doubled
    phone->goOffline();
    QVERIFY(waitFor([&] { return !phone->services().session->isConnected(); }));
    phone->goOnline();
    QVERIFY(phone->waitOnline());
    QCOMPARE(ours(phone->bodies(m_juliet->jid())), QStringList({words(1), words(2)}));
}

void LiveChatTest::whatWasMissedIsCaughtUp()
{
    QVERIFY(m_romeo->send(m_juliet->jid(), words(0)));
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), {words(0)}));
    m_juliet->goOffline();
    QVERIFY(waitFor([&] { return !m_juliet->services().session->isConnected(); }));
    const auto all = manyWords(130); // more than two pages
    QVERIFY(sendAll(*m_romeo, *m_juliet, all.mid(1)));
    QVERIFY2(m_romeo->waitUntilSent(2 * liveLimit), qPrintable(m_romeo->error()));
    // written meanwhile, and sent on return
    QVERIFY(m_juliet->send(m_romeo->jid(), words(1000)));
    QCOMPARE(m_juliet->message(m_romeo->jid(), words(1000)).state, DeliveryState::Queued);
    m_juliet->goOnline();
    QVERIFY2(m_juliet->waitOnline(), qPrintable(m_juliet->error()));
    QVERIFY(waitFor([&] { return ours(m_juliet->bodies(m_romeo->jid())).size() > all.size(); }));
    auto read = ours(m_juliet->bodies(m_romeo->jid()));
    QCOMPARE(read.removeAll(words(1000)), 1);
    QCOMPARE(read, all);
    QVERIFY(m_juliet->waitUntilSent());
    QVERIFY(waitFor([&] { return m_romeo->message(m_juliet->jid(), words(1000)).row != 0; }));
}

void LiveChatTest::aConnectionCutInMidSendLosesAndDoublesNothing()
{
    const auto &settings = m_stage.server().settings();
    ChoppyRelay relay(settings.address, settings.port);
    auto road = m_romeo->settings();
    road.host = u"127.0.0.1"_s;
    road.port = relay.port();
    m_romeo.reset();
    m_romeo = m_stage.client(road);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));

    // of 80 messages each some 300 bytes long, in either direction, at any byte
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator dice(seed);
    constexpr int cutsWanted = 6;
    int cuts = 0;
    const auto arm = [&] {
        relay.cutAfter(
            dice.bounded(3) == 0 ? ChoppyRelay::Side::Server : ChoppyRelay::Side::Client, 1'000 + dice.bounded(7'000));
    };
    arm();
    connect(&relay, &ChoppyRelay::connectionCut, this, [&] {
        if (++cuts < cutsWanted) {
            arm();
        }
    });
    m_romeo->reconnectAtOnce();
    const auto all = manyWords(80);
    QVERIFY(sendAll(*m_romeo, *m_juliet, all));
    QVERIFY2(m_romeo->waitUntilSent(4 * liveLimit), qPrintable(m_romeo->error()));
    QVERIFY(cuts > 0);
    qInfo("%d cuts", cuts);
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), all));
    QCOMPARE(ours(m_romeo->bodies(m_juliet->jid())), all);
    ServerRecord record(m_juliet->settings(), m_stage.options());
    QVERIFY2(record.logIn(), qPrintable(record.error()));
    QCOMPARE(ours(record.archivedBodies(m_romeo->jid())), all);
}

void LiveChatTest::aPowerCutOfTheServerLosesNothing()
{
    if (LiveServer::isExternal()) {
        QSKIP("somebody else's server is not killed");
    }
    const auto all = manyWords(40);
    QVERIFY(sendAll(*m_romeo, *m_juliet, all.first(10)));
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), all.first(10)));
    QVERIFY(sendAll(*m_romeo, *m_juliet, all.mid(10, 20)));
    QVERIFY2(m_stage.server().kill(), qPrintable(m_stage.server().error()));
    QVERIFY(waitFor([&] { return !m_romeo->services().session->isConnected(); }));
    QVERIFY(sendAll(*m_romeo, *m_juliet, all.last(10)));
    QCOMPARE(m_romeo->message(m_juliet->jid(), all.last()).state, DeliveryState::Queued);
    QVERIFY2(m_stage.server().again(), qPrintable(m_stage.server().error()));
    m_romeo->services().session->retryNow();
    m_juliet->services().session->retryNow();
    QVERIFY2(m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY2(m_juliet->waitOnline(), qPrintable(m_juliet->error()));
    QVERIFY2(m_romeo->waitUntilSent(2 * liveLimit), qPrintable(m_romeo->error()));
    QCOMPARE(ours(m_romeo->bodies(m_juliet->jid())), all);
    ServerRecord romeos(m_romeo->settings(), m_stage.options());
    QVERIFY2(romeos.logIn(), qPrintable(romeos.error()));
    QCOMPARE(ours(romeos.archivedBodies(m_juliet->jid())), all);
    // a server that dies between the two archives has taken a message and not delivered it: what it has of hers counts
    ServerRecord juliets(m_juliet->settings(), m_stage.options());
    QVERIFY2(juliets.logIn(), qPrintable(juliets.error()));
    const QStringList delivered = ours(juliets.archivedBodies(m_romeo->jid()));
    QVERIFY(delivered.size() >= all.size() - 1);
    QVERIFY(waitForBodies(*m_juliet, m_romeo->jid(), delivered));
}

#include "LiveChatTest.moc"
