#include "WireBench.h"

#include "kit/TestMain.h"
#include "xmpp/XmppWires.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ChatWireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoPeopleChat()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        XmppSession hers(LoopbackServer::options());
        XmppChatWire chat(&hers);
        QSignalSpy connected(&hers, &SessionWire::connected);
        hers.open(bench.server.settingsFor(u"juliet"_s));
        QVERIFY(connected.wait());
        QSignalSpy got(&chat, &ChatWire::messageReceived);
        QSignalSpy notices(&bench.chat, &ChatWire::noticeReceived);
        QSignalSpy states(&bench.chat, &ChatWire::chatStateReceived);

        OutgoingMessage message;
        message.to = bench.server.jid(u"juliet"_s);
        message.originId = makeOriginId();
        message.body = u"But soft, what light 😀"_s;
        QVERIFY(wait(bench.chat.send(message)));
        QTRY_COMPARE(got.count(), 1);
        const auto received = got.first().first().value<IncomingMessage>();
        QCOMPARE(received.peer, bench.server.jid(u"romeo"_s));
        QCOMPARE(received.body, message.body);
        QCOMPARE(received.originId, message.originId);
        QCOMPARE(received.messageId.text(), message.originId.text());

        chat.sendNotice(received.peer, received.messageId, DeliveryState::Delivered);
        chat.sendNotice(received.peer, received.messageId, DeliveryState::Displayed);
        chat.sendChatState(received.peer, ChatState::Composing);
        QTRY_COMPARE(states.count(), 1);
        QCOMPARE(notices.count(), 2);
        QCOMPARE(notices.last().first().value<DeliveryNotice>().state, DeliveryState::Displayed);
        QCOMPARE(notices.last().first().value<DeliveryNotice>().messageId.text(), message.originId.text());
    }

    void saysWhenAMessageIsRefused()
    {
        WireBench bench;
        QVERIFY(bench.logIn());
        QSignalSpy refused(&bench.chat, &ChatWire::messageRefused);
        OutgoingMessage message;
        message.to = bench.server.jid(u"juliet"_s);
        message.originId = OriginId(u"out-1"_s);
        message.body = u"hello"_s;
        QVERIFY(wait(bench.chat.send(message)));
        bench.push(chatStanza(u"refused.xml"_s) + chatStanza(u"refused.xml"_s));
        QVERIFY(bench.settle());
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused.first().last().value<Error>().kind, ErrorKind::Unreachable);
    }

    void theWiresShareOneStreamAndGoTogether()
    {
        WireBench bench;
        QVERIFY(bench.server.listen());
        auto wires = makeWires(LoopbackServer::options());
        QVERIFY(wires.session && wires.chat && wires.archive && wires.roster && wires.avatars && wires.channels);
        QSignalSpy connected(wires.session, &SessionWire::connected);
        wires.session->open(bench.server.settingsFor(u"romeo"_s));
        QVERIFY(connected.wait());
        QSignalSpy messages(wires.chat, &ChatWire::messageReceived);
        bench.server.send(u"romeo"_s, u"<message from='a@b.test'><body>hi</body></message>"_s);
        QTRY_COMPARE(messages.count(), 1);
        // in the middle of everything
        OutgoingMessage message;
        message.to = bench.server.jid(u"juliet"_s);
        message.originId = makeOriginId();
        message.body = u"hello"_s;
        const auto sent = wires.chat->send(message);
        const auto page = wires.archive->page({});
        wires = {};
        QVERIFY(sent.isFinished() && page.isFinished());
        QTRY_VERIFY(bench.server.sessions(u"romeo"_s).isEmpty());
    }
};

CUMULET_TEST(ChatWireTest)
#include "ChatWireTest.moc"
