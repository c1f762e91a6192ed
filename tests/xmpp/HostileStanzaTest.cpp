// Each kind of stanza from each kind of sender: what is believed, and of whom.
#include "WireBench.h"

#include "kit/TestMain.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

const auto contact = u"juliet@example.org"_s;

// name and address; %me and %own are filled in by the bench
QList<std::pair<QString, QString>> senders()
{
    return {
        {u"own bare"_s, u"%own"_s},
        {u"own full"_s, u"%me"_s},
        {u"other resource"_s, u"%own/phone"_s},
        {u"contact"_s, u"juliet@example.org"_s},
        {u"contact's device"_s, u"juliet@example.org/balcony"_s},
        {u"stranger"_s, u"mallory@evil.test/x"_s},
        {u"server"_s, u"example.org"_s},
        {u"other domain"_s, u"evil.test"_s},
        {u"nobody"_s, {}},
    };
}

QSet<QString> ownAccount()
{
    return {u"own bare"_s, u"nobody"_s};
}

QString from(const QString &address)
{
    return address.isEmpty() ? QString() : u" from='%1'"_s.arg(address);
}

} // namespace

class HostileStanzaTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WireBench> m_bench;
    QString m_lastRequest; ///< id of the newest request that the client sent
    bool m_holdsRequests = false;
    LoopbackServer::Hook m_hook; ///< of the test that runs

    // the bare address that a sender stands for
    QString bareOf(const QString &address) const
    {
        const auto full = QString(address)
                              .replace(u"%me"_s, m_bench->session.boundJid().text())
                              .replace(u"%own"_s, m_bench->session.boundJid().bare().text());
        return full.isEmpty() ? m_bench->session.boundJid().bare().text() : Jid::fromTrusted(full).bare().text();
    }

    static void addSenders(const QSet<QString> &believed)
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("isBelieved");
        for (const auto &[name, address] : senders()) {
            QTest::newRow(qPrintable(name)) << address << believed.contains(name);
        }
    }

    static void addEverybody()
    {
        QSet<QString> all;
        for (const auto &[name, address] : senders()) {
            all.insert(name);
        }
        addSenders(all);
    }

    // the messages since the bench was asked, without its fence
    static QList<IncomingMessage> messagesIn(const QSignalSpy &spy)
    {
        QList<IncomingMessage> messages;
        for (const auto &arguments : spy) {
            const auto message = arguments.first().value<IncomingMessage>();
            if (message.body != u"fence") {
                messages += message;
            }
        }
        return messages;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_bench = std::make_unique<WireBench>();
        RosterItem juliet;
        juliet.jid = Jid::fromTrusted(contact);
        juliet.subscription = PresenceSubscription::Both;
        m_bench->server.setRoster(u"romeo"_s, {juliet});
        QVERIFY(m_bench->logIn());
        m_bench->server.addHook([this](const QDomElement &stanza) {
            if (m_hook && m_hook(stanza)) {
                return true;
            }
            if (stanza.tagName() == u"iq" && m_holdsRequests) {
                m_lastRequest = stanza.attribute(u"id"_s);
                return true;
            }
            return false;
        });
    }

    void cleanup()
    {
        m_hook = nullptr;
        m_holdsRequests = false;
        m_lastRequest.clear();
    }

    void cleanupTestCase() { m_bench.reset(); }

    void carbonOfAReceivedMessage_data() { addSenders(ownAccount()); }
    void carbonOfAReceivedMessage()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageReceived);
        m_bench->push(u"<message%1><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
                      "<message xmlns='jabber:client' from='juliet@example.org/b' to='%own/phone' type='chat'>"
                      "<body>forged</body></message></forwarded></received></message>"_s.arg(from(address)));
        QVERIFY(m_bench->settle());
        QCOMPARE(messagesIn(spy).size(), isBelieved ? 1 : 0);
    }

    void carbonOfASentMessage_data() { addSenders(ownAccount()); }
    void carbonOfASentMessage()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageReceived);
        m_bench->push(u"<message%1 type='chat'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
                      "<message xmlns='jabber:client' from='%own/phone' to='juliet@example.org' type='chat'>"
                      "<body>forged</body></message></forwarded></sent></message>"_s.arg(from(address)));
        QVERIFY(m_bench->settle());
        QCOMPARE(messagesIn(spy).size(), isBelieved ? 1 : 0);
    }

    void archiveResult_data() { addSenders(ownAccount()); }
    void archiveResult()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QString queryId;
        QString iqId;
        m_hook = [&](const QDomElement &stanza) {
            const auto query = stanza.firstChildElement(u"query"_s);
            if (query.namespaceURI() != u"urn:xmpp:mam:2" || !queryId.isEmpty()) {
                return false;
            }
            queryId = query.attribute(u"queryid"_s);
            iqId = stanza.attribute(u"id"_s);
            return true;
        };
        QSignalSpy live(&m_bench->chat, &ChatWire::messageReceived);
        const auto page = m_bench->archive.page({});
        QTRY_VERIFY(!queryId.isEmpty());
        const auto result = chatStanza(u"archive-result.xml"_s).replace(u" from='romeo@example.org'"_s, from(address));
        m_bench->push(QString(result).replace(u"%query"_s, u"another-query"_s));
        m_bench->push(QString(result).replace(u"%query"_s, queryId));
        m_bench->push(u"<iq type='result' id='%1'><fin xmlns='urn:xmpp:mam:2' complete='true'/></iq>"_s.arg(iqId));
        const auto answer = wait(page);
        QVERIFY(answer);
        QCOMPARE(answer->messages.size(), isBelieved ? 1 : 0);
        QVERIFY(messagesIn(live).isEmpty());
    }

    void rosterPush_data() { addSenders(ownAccount()); }
    void rosterPush()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy changed(&m_bench->roster, &RosterWire::itemChanged);
        QSignalSpy removed(&m_bench->roster, &RosterWire::itemRemoved);
        const auto push = u"<iq%1 type='set' id='p'><query xmlns='jabber:iq:roster'><item jid='%2'"
                          " subscription='%3'/></query></iq>"_s;
        m_bench->push(push.arg(from(address), u"mallory@evil.test"_s, u"both"_s));
        m_bench->push(push.arg(from(address), u"mallory@evil.test"_s, u"remove"_s));
        QVERIFY(m_bench->settle());
        QCOMPARE(changed.count(), isBelieved ? 1 : 0);
        QCOMPARE(removed.count(), isBelieved ? 1 : 0);
    }

    void answerToARequestToTheAccount_data() { addSenders(ownAccount()); }
    void answerToARequestToTheAccount()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        m_holdsRequests = true;
        RosterItem item;
        item.jid = Jid::fromTrusted(contact);
        const auto done = m_bench->roster.setItem(item);
        QTRY_VERIFY(!m_lastRequest.isEmpty());
        m_bench->push(u"<iq%1 type='result' id='%2'/>"_s.arg(from(address), m_lastRequest));
        QVERIFY(m_bench->settle());
        QCOMPARE(done.isFinished(), isBelieved);
        m_bench->push(u"<iq type='result' id='%1'/>"_s.arg(m_lastRequest));
        QVERIFY(wait(done));
    }

    void answerToARequestToAContact_data() { addSenders({u"contact"_s, u"nobody"_s}); }
    void answerToARequestToAContact()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        m_holdsRequests = true;
        const auto avatar = m_bench->avatars.fetch(Jid::fromTrusted(contact));
        QTRY_VERIFY(!m_lastRequest.isEmpty());
        const auto first = m_lastRequest;
        m_bench->push(u"<iq%1 type='error' id='%2'><error type='cancel'><item-not-found"
                      " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"_s.arg(from(address), first));
        QVERIFY(m_bench->settle());
        // who is believed leads to the next request, for the vCard
        if (isBelieved) {
            QTRY_VERIFY(m_lastRequest != first);
        } else {
            QCoreApplication::processEvents();
            QCOMPARE(m_lastRequest, first);
        }
    }

    void message_data() { addEverybody(); }
    void message()
    {
        QFETCH(QString, address);
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageReceived);
        m_bench->push(u"<message%1 to='%own' type='chat' id='x'><body>hello</body>"
                      "<replace xmlns='urn:xmpp:message-correct:0' id='old'/></message>"_s.arg(from(address)));
        QVERIFY(m_bench->settle());
        const auto messages = messagesIn(spy);
        QCOMPARE(messages.size(), 1);
        // a correction is the sender's own; whose message it corrects is judged by peer and from
        QCOMPARE(messages.first().peer.text(), bareOf(address));
        QCOMPARE(messages.first().from.bare().text(), bareOf(address));
        QCOMPARE(messages.first().isOwn, bareOf(address) == bareOf({}));
        QCOMPARE(messages.first().replaces.text(), u"old"_s);
    }

    void messageForSomebodyElse_data() { addSenders({}); }
    void messageForSomebodyElse()
    {
        QFETCH(QString, address);
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageReceived);
        m_bench->push(
            u"<message%1 to='juliet@example.org' type='chat'><body>hello</body></message>"_s.arg(from(address)));
        QVERIFY(m_bench->settle());
        QVERIFY(messagesIn(spy).isEmpty());
    }

    void receiptAndMarker_data() { addEverybody(); }
    void receiptAndMarker()
    {
        QFETCH(QString, address);
        QSignalSpy spy(&m_bench->chat, &ChatWire::noticeReceived);
        m_bench->push(u"<message%1 type='chat'><received xmlns='urn:xmpp:receipts' id='out-1'/></message>"
                      "<message%1 type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='out-1'/></message>"_s.arg(
                          from(address)));
        QVERIFY(m_bench->settle());
        QCOMPARE(spy.count(), 2);
        for (const auto &arguments : std::as_const(spy)) {
            const auto notice = arguments.first().value<DeliveryNotice>();
            QCOMPARE(notice.peer.text(), bareOf(address));
            QCOMPARE(notice.isOwn, bareOf(address) == bareOf({}));
        }
    }

    void chatState_data()
    {
        addSenders({u"contact"_s, u"contact's device"_s, u"stranger"_s, u"server"_s, u"other domain"_s});
    }
    void chatState()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy spy(&m_bench->chat, &ChatWire::chatStateReceived);
        m_bench->push(
            u"<message%1 type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>"_s.arg(
                from(address)));
        QVERIFY(m_bench->settle());
        QCOMPARE(spy.count(), isBelieved ? 1 : 0);
        if (isBelieved) {
            QCOMPARE(spy.first().first().value<Jid>().text(), bareOf(address));
        }
    }

    void refusal_data() { addSenders({u"contact"_s, u"contact's device"_s}); }
    void refusal()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        OutgoingMessage message;
        message.to = Jid::fromTrusted(contact);
        message.originId = makeOriginId();
        message.body = u"hello"_s;
        QVERIFY(wait(m_bench->chat.send(message)));
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageRefused);
        const auto refused = u"<message%1 id='%2' type='error'><body>hello</body><error type='cancel'>"
                             "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"_s;
        m_bench->push(refused.arg(from(address), u"guessed"_s));
        m_bench->push(refused.arg(from(address), message.originId.text()));
        QVERIFY(m_bench->settle());
        QCOMPARE(spy.count(), isBelieved ? 1 : 0);
        if (isBelieved) {
            QCOMPARE(spy.first().first().value<OriginId>(), message.originId);
        }
    }

    void groupChatAndHeadlines_data() { addSenders({}); }
    void groupChatAndHeadlines()
    {
        QFETCH(QString, address);
        QSignalSpy spy(&m_bench->chat, &ChatWire::messageReceived);
        m_bench->push(
            u"<message%1 type='groupchat'><body>x</body></message>"
            "<message%1 type='headline'><body>x</body></message>"
            "<message%1 type='groupchat'><subject>topic</subject></message>"
            "<message%1><body>x</body><event xmlns='http://jabber.org/protocol/pubsub#event'/></message>"_s.arg(
                from(address)));
        QVERIFY(m_bench->settle());
        QVERIFY(messagesIn(spy).isEmpty());
    }

    void avatarNews_data() { addSenders({u"own bare"_s, u"contact"_s, u"server"_s, u"other domain"_s, u"nobody"_s}); }
    void avatarNews()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy spy(&m_bench->avatars, &AvatarWire::avatarAnnounced);
        m_bench->push(u"<message%1><event xmlns='http://jabber.org/protocol/pubsub#event'><items"
                      " node='urn:xmpp:avatar:metadata'><item id='x'><metadata xmlns='urn:xmpp:avatar:metadata'>"
                      "<info id='%2' bytes='9' type='image/png'/></metadata></item></items></event></message>"_s.arg(
                          from(address), QString(40, u'a')));
        QVERIFY(m_bench->settle());
        QCOMPARE(spy.count(), isBelieved ? 1 : 0);
        if (isBelieved) {
            QCOMPARE(spy.first().first().value<Jid>().text(), bareOf(address));
        }
    }

    void subscriptionRequest_data()
    {
        addSenders({u"own bare"_s, u"own full"_s, u"other resource"_s, u"contact"_s, u"contact's device"_s,
            u"stranger"_s, u"server"_s, u"other domain"_s});
    }
    void subscriptionRequest()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QSignalSpy spy(&m_bench->roster, &RosterWire::subscriptionRequested);
        m_bench->push(u"<presence%1 type='subscribe'><status>let me in</status></presence>"_s.arg(from(address)));
        QVERIFY(m_bench->settle());
        QCOMPARE(spy.count(), isBelieved ? 1 : 0);
        if (isBelieved) {
            QCOMPARE(spy.first().first().value<SubscriptionRequest>().jid.text(), bareOf(address));
        }
    }

    // a stranger gets the answer of somebody who is not there
    void questionAboutOurSoftware_data()
    {
        addSenders({u"own bare"_s, u"own full"_s, u"other resource"_s, u"contact"_s, u"contact's device"_s, u"server"_s,
            u"other domain"_s, u"nobody"_s});
    }
    void questionAboutOurSoftware()
    {
        QFETCH(QString, address);
        QFETCH(bool, isBelieved);
        QString answer;
        m_hook = [&](const QDomElement &stanza) {
            if (stanza.attribute(u"id"_s) == u"version-question") {
                answer = stanza.attribute(u"type"_s);
                return true;
            }
            return false;
        };
        m_bench->push(
            u"<iq%1 type='get' id='version-question'><query xmlns='jabber:iq:version'/></iq>"_s.arg(from(address)));
        QTRY_VERIFY(!answer.isEmpty());
        QCOMPARE(answer, isBelieved ? u"result"_s : u"error"_s);
    }
};

CUMULET_TEST(HostileStanzaTest)
#include "HostileStanzaTest.moc"
