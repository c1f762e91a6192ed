// From the wire to the screen: what others send, through services and store into the models.
#include "flows/FlowDomain.h"
#include "kit/TestMain.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/session/SessionService.h"
#include "ui/models/ChatTimelineModel.h"
#include "ui/models/ConversationListModel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ReceiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aMessageComesOntoTheScreen();
    void onlyContactsGetReceipts();
    void theArchiveAddsWhatWasMissedAndDoublesNothing();
    void olderMessagesComeOnDemand();
    void otherDevicesAreBelievedAndForgersAreNot();
    void correctionsCountOnlyFromTheSender();
    void textStaysText();

private:
    QString chatMessage(const QString &from, const QString &body, const QString &id, const QString &more = {}) const;
    QStringList julietsBodies() { return m_romeo->bodies(m_juliet); }
    /// Everything sent to romeo so far has been dealt with.
    bool settle();

    std::unique_ptr<FlowDomain> m_domain;
    std::unique_ptr<LiveClient> m_romeo;
    Jid m_juliet;
    int m_settled = 0;
};

CUMULET_TEST(ReceiveTest)

void ReceiveTest::init()
{
    m_domain = std::make_unique<FlowDomain>();
    QVERIFY(m_domain->isOpen());
    m_domain->befriend(u"romeo"_s, u"juliet"_s);
    m_domain->server.addAccount(u"juliet"_s);
    m_romeo = m_domain->client(u"romeo"_s);
    QVERIFY2(m_romeo->start() && m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    m_juliet = m_domain->server.jid(u"juliet"_s);
}

void ReceiveTest::cleanup()
{
    m_romeo.reset();
    m_domain.reset();
}

QString ReceiveTest::chatMessage(const QString &from, const QString &body, const QString &id, const QString &more) const
{
    return u"<message xmlns='jabber:client' type='chat' from='%1' to='romeo@example.org' id='%2'><body>%3</body>%4</message>"_s
        .arg(from, id, body.toHtmlEscaped(), more);
}

// stanzas keep their order: when a last one of juliet's is on the screen, all before it were dealt with
bool ReceiveTest::settle()
{
    const QString last = u"settled %1"_s.arg(++m_settled);
    m_domain->server.send(u"romeo"_s, chatMessage(u"nurse@example.org/x"_s, last, last));
    const Jid nurse = m_domain->server.jid(u"nurse"_s);
    return waitFor([&] { return m_romeo->message(nurse, last).row != 0; });
}

void ReceiveTest::aMessageComesOntoTheScreen()
{
    ConversationListModel list(m_romeo->conversations(), m_romeo->accounts());
    const auto chat = m_romeo->openChat(m_juliet);
    QVERIFY(chat);
    ChatTimelineModel timeline(m_romeo->services(), m_romeo->conversations(), *chat);
    QSignalSpy loaded(&timeline, &TimelineModel::loaded);
    timeline.load();
    QVERIFY(waitFor([&] { return !loaded.isEmpty(); }));
    QCOMPARE(timeline.rowCount(), 0);

    QSignalSpy arrived(m_romeo->services().chat, &ChatService::arrived);
    m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/balcony"_s, u"O Romeo 🌹"_s, u"m1"_s));
    QVERIFY(waitFor([&] { return timeline.rowCount() == 1; }));
    const auto row = timeline.index(0).data(TimelineRoles::RowRole).value<ChatRow>();
    QCOMPARE(row.body, u"O Romeo 🌹"_s);
    QCOMPARE(row.senderJid, m_juliet.text());
    QVERIFY(!row.own);
    QCOMPARE(arrived.size(), 1);
    QVERIFY(waitFor([&] {
        const int at = list.rowOf(chat->id);
        return at >= 0 && list.index(at).data(ConversationListModel::UnreadRole).toInt() == 1
            && list.index(at).data(ConversationListModel::PreviewRole).toString() == row.body;
    }));
    timeline.markSeen({row.id});
    QVERIFY(waitFor([&] { return m_romeo->conversations().totalUnread() == 0; }));
}

void ReceiveTest::onlyContactsGetReceipts()
{
    QStringList receipts;
    connect(&m_domain->server, &LoopbackServer::stanzaReceived, this, [&](const QDomElement &stanza) {
        const auto received = stanza.firstChildElement(u"received"_s);
        if (stanza.tagName() == u"message" && !received.isNull()) {
            receipts.append(received.attribute(u"id"_s));
        }
    });
    const QString request = u"<request xmlns='urn:xmpp:receipts'/>"_s;
    m_domain->server.send(u"romeo"_s, chatMessage(u"tybalt@example.org/x"_s, u"are you there?"_s, u"t1"_s, request));
    m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/x"_s, u"are you?"_s, u"j1"_s, request));
    QVERIFY(waitFor([&] { return !receipts.isEmpty(); }));
    QVERIFY(settle());
    QCOMPARE(receipts, QStringList{u"j1"_s});
}

void ReceiveTest::theArchiveAddsWhatWasMissedAndDoublesNothing()
{
    m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/x"_s, u"live"_s, u"l1"_s));
    QVERIFY(waitFor([&] { return julietsBodies() == QStringList{u"live"_s}; }));
    m_romeo->goOffline();
    QVERIFY(waitFor([this] { return !m_romeo->services().session->isConnected(); }));
    m_domain->addToArchive(u"romeo"_s, u"juliet"_s, u"live"_s, u"l1"_s);
    QStringList expected{u"live"_s};
    for (int i = 0; i < 400; ++i) {
        expected.append(u"missed %1"_s.arg(i));
        m_domain->addToArchive(u"romeo"_s, u"juliet"_s, expected.last(), u"missed-%1"_s.arg(i));
    }
    m_romeo->goOnline();
    QVERIFY2(m_romeo->waitOnline(), qPrintable(m_romeo->error()));
    QVERIFY(waitFor([&] { return julietsBodies().size() >= expected.size(); }));
    QStringList found = julietsBodies();
    // the archive dates the live one anew, so it may stand on either side of those of the same moment
    found.sort();
    expected.sort();
    QCOMPARE(found, expected);
}

void ReceiveTest::olderMessagesComeOnDemand()
{
    QStringList expected;
    for (int i = 0; i < 3'000; ++i) {
        expected.append(u"old %1"_s.arg(i, 4, 10, '0'_L1));
        m_domain->addToArchive(u"mercutio"_s, u"juliet"_s, expected.last(), u"old-%1"_s.arg(i));
    }
    const auto mercutio = m_domain->client(u"mercutio"_s);
    QVERIFY2(mercutio->start() && mercutio->waitOnline(), qPrintable(mercutio->error()));
    const auto chat = mercutio->openChat(m_juliet);
    QVERIFY(chat);
    while (true) {
        const auto older = outcome(mercutio->services().chat->fetchOlder(chat->id));
        if (!older) {
            QCOMPARE(older.error().kind, ErrorKind::NotFound);
            break;
        }
    }
    QCOMPARE(mercutio->bodies(m_juliet), expected);
}

void ReceiveTest::otherDevicesAreBelievedAndForgersAreNot()
{
    const auto carbon = [](const QString &from, const QString &body) {
        return u"<message xmlns='jabber:client' type='chat' from='%1' to='romeo@example.org'><sent "
               u"xmlns='urn:xmpp:carbons:2'>"
               "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
               "from='romeo@example.org/phone' to='juliet@example.org' "
               "id='%2'><body>%2</body></message></forwarded></sent>"
               "</message>"_s.arg(from, body);
    };
    m_domain->server.send(u"romeo"_s, carbon(u"romeo@example.org"_s, u"from the phone"_s));
    QVERIFY(waitFor([&] { return m_romeo->message(m_juliet, u"from the phone"_s).isOwn; }));
    for (const auto &forger :
        {u"juliet@example.org/x"_s, u"tybalt@example.org"_s, u"example.org"_s, u"romeo@example.com"_s}) {
        m_domain->server.send(u"romeo"_s, carbon(forger, u"forged by "_s + forger));
    }
    QVERIFY(settle());
    QCOMPARE(julietsBodies(), QStringList{u"from the phone"_s});
}

void ReceiveTest::correctionsCountOnlyFromTheSender()
{
    const QString replace = u"<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>"_s;
    m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/x"_s, u"at eigth"_s, u"m1"_s));
    m_domain->server.send(
        u"romeo"_s, chatMessage(u"tybalt@example.org/x"_s, u"at midnight, alone"_s, u"m2"_s, replace));
    QVERIFY(settle());
    QCOMPARE(julietsBodies(), QStringList{u"at eigth"_s});
    m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/x"_s, u"at eight"_s, u"m3"_s, replace));
    QVERIFY(waitFor([&] { return julietsBodies() == QStringList{u"at eight"_s}; }));
    QVERIFY(m_romeo->message(m_juliet, u"at eight"_s).isCorrected);
}

void ReceiveTest::textStaysText()
{
    const QStringList nasty{
        u"<img src='file:///etc/passwd'><b>bold</b>"_s,
        u"&lt;not an entity&gt;"_s,
        u"line\n\n\nbreaks\ttab"_s,
        u"\u202Egnp.exe"_s,
        u"👨‍👩‍👧‍👦"_s + u"é"_s.repeated(5'000),
        u"]]> <!-- %1 %n %s"_s,
    };
    for (int i = 0; i < nasty.size(); ++i) {
        m_domain->server.send(u"romeo"_s, chatMessage(u"juliet@example.org/x"_s, nasty.at(i), u"n%1"_s.arg(i)));
    }
    QVERIFY(waitFor([&] { return julietsBodies().size() == nasty.size(); }));
    QCOMPARE(julietsBodies(), nasty);
}

#include "ReceiveTest.moc"
