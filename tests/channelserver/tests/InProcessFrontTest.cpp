#include "ServiceBench.h"

#include "../InProcessFront.h"
#include "kit/TestMain.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// The front that a test can make slow, wrong or silent.
class InProcessFrontTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersComeLaterAndInOrder();
    void slow();
    void silent();
    void swallowed();
    void answersLost();
    void eventsLost();
    void refused();
    void garbled();
    void faultsAreForOneOperationAndUsedUp();
    void theTopicsDomainAnswersToo();
    void theStreamEndsAndComesBack();
};

static const QString channels = u"channels.capulet.example"_s;

namespace {

// What came from the front, in order.
struct Stage
{
    explicit Stage(const QString &behaviour = {})
        : bench(behaviour)
        , front(&bench.service)
    {
        bench.arrive({u"ann"_s});
        QObject::connect(&front, &InProcessFront::stanzaReady, &front,
            [this](const QDomElement &stanza) { received.append(Element::fromDom(stanza)); });
    }
    void send(const QString &xml, const QString &user = u"ann"_s, const QString &to = channels)
    {
        auto stanza = Element::fromXml(xml);
        stanza.set(u"from"_s, bench.jid(user) + "/here"_L1).set(u"to"_s, to);
        const auto document = stanza.toDom();
        front.receive(document.documentElement());
    }
    void publish(const QString &text)
    {
        send(u"<iq xmlns='jabber:client' type='set' id='p'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish "
             u"node='%1'><item>"
             "<entry xmlns='http://www.w3.org/2005/Atom'><content>%2</content></entry></item></publish></pubsub></iq>"_s
                 .arg(bench.postsOf(u"ann"_s), text));
    }
    QStringList names() const
    {
        QStringList names;
        for (const auto &stanza : received)
            names.append(stanza.name() == "iq"_L1 ? stanza.attribute(u"type"_s) : stanza.name());
        return names;
    }
    qsizetype stored()
    {
        return bench.texts(bench.get(u"ann"_s, u"<items node='%1'/>"_s.arg(bench.postsOf(u"ann"_s)))).size();
    }
    // everything that was sent before has come when this is answered
    void settle()
    {
        front.behaveAgain();
        send(u"<iq xmlns='jabber:client' type='get' id='settled'><ping xmlns='urn:xmpp:ping'/></iq>"_s);
        QTRY_VERIFY(!received.isEmpty() && received.last().attribute(u"id"_s) == "settled"_L1);
        received.removeLast();
    }

    ServiceBench bench;
    InProcessFront front;
    QList<Element> received;
};

} // namespace

void InProcessFrontTest::answersComeLaterAndInOrder()
{
    Stage stage;
    stage.publish(u"one"_s);
    stage.publish(u"two"_s);
    QVERIFY(stage.received.isEmpty());
    QTRY_COMPARE(stage.names(), (QStringList{u"result"_s, u"message"_s, u"result"_s, u"message"_s}));
    QCOMPARE(stage.received.first().xmlns(), u"jabber:client"_s);
    QCOMPARE(stage.front.requestCount(u"publish"_s), 2);
}

void InProcessFrontTest::slow()
{
    Stage stage;
    QElapsedTimer clock;
    clock.start();
    stage.front.setDelay(80);
    stage.publish(u"late"_s);
    QTRY_COMPARE(stage.received.size(), 2);
    QVERIFY(clock.elapsed() >= 80);
}

void InProcessFrontTest::silent()
{
    Stage stage;
    stage.front.setSilent(true);
    stage.publish(u"lost"_s);
    stage.settle();
    QVERIFY(stage.received.isEmpty());
    QCOMPARE(stage.stored(), 0);
}

void InProcessFrontTest::swallowed()
{
    Stage stage;
    stage.front.swallow(1);
    stage.publish(u"lost"_s);
    stage.settle();
    QVERIFY(stage.received.isEmpty());
    QCOMPARE(stage.stored(), 0);
}

void InProcessFrontTest::answersLost()
{
    Stage stage;
    stage.front.loseAnswers(1, u"publish"_s);
    stage.publish(u"stored"_s);
    stage.settle();
    QCOMPARE(stage.names(), QStringList{u"message"_s});
    QCOMPARE(stage.stored(), 1);
}

void InProcessFrontTest::eventsLost()
{
    Stage stage;
    stage.front.loseEvents(1, u"publish"_s);
    stage.publish(u"stored"_s);
    stage.settle();
    QCOMPARE(stage.names(), QStringList{u"result"_s});
    QCOMPARE(stage.stored(), 1);
}

void InProcessFrontTest::refused()
{
    Stage stage;
    stage.front.refuse(1, u"publish"_s, u"resource-constraint"_s, u"wait"_s);
    stage.publish(u"no"_s);
    stage.settle();
    QCOMPARE(stage.names(), QStringList{u"error"_s});
    QCOMPARE(ServiceBench::outcomeOf(stage.received.first()), u"resource-constraint"_s);
    QCOMPARE(stage.stored(), 0);
}

void InProcessFrontTest::garbled()
{
    Stage stage;
    stage.front.garble(1, u"publish"_s);
    stage.publish(u"what?"_s);
    stage.settle();
    QCOMPARE(stage.names(), (QStringList{u"result"_s, u"message"_s}));
    QVERIFY(stage.received.first().child(u"pubsub"_s).child(u"publish"_s).child(u"item"_s).isNull());
    QCOMPARE(stage.stored(), 1);
}

void InProcessFrontTest::faultsAreForOneOperationAndUsedUp()
{
    Stage stage;
    stage.front.refuse(1, u"items"_s);
    stage.front.refuse(1, u"publish"_s);
    stage.publish(u"refused"_s);
    stage.publish(u"stored"_s);
    stage.settle();
    QCOMPARE(stage.names(), (QStringList{u"error"_s, u"result"_s, u"message"_s}));
}

void InProcessFrontTest::theTopicsDomainAnswersToo()
{
    Stage stage;
    const auto items =
        u"<iq xmlns='jabber:client' type='get' id='t'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>"_s;
    stage.send(items, u"ann"_s, u"topics.capulet.example"_s);
    stage.send(items, u"ann"_s, u"elsewhere.example"_s);
    stage.settle();
    QCOMPARE(stage.received.size(), 1);
    QCOMPARE(stage.received.first().attribute(u"from"_s), u"topics.capulet.example"_s);
}

void InProcessFrontTest::theStreamEndsAndComesBack()
{
    Stage stage(u"outcast-dies=20"_s);
    QSignalSpy ended(&stage.front, &InProcessFront::streamEnded);
    QSignalSpy restored(&stage.front, &InProcessFront::streamRestored);
    const auto node = stage.bench.postsOf(u"ann"_s);
    stage.bench.follow(u"ben"_s, node);
    stage.bench.setRole(u"ann"_s, node, u"ben"_s, u"outcast"_s);
    stage.send(
        u"<iq xmlns='jabber:client' type='get' id='i'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%1'/></pubsub></iq>"_s
            .arg(node),
        u"ben"_s);
    QCOMPARE(ended.size(), 1);
    stage.publish(u"into the void"_s);
    QVERIFY(!restored.isEmpty() || restored.wait());
    stage.publish(u"unheard"_s);
    stage.settle();
    QCOMPARE(stage.names(), QStringList{u"result"_s}); // ann has to announce herself again
    QCOMPARE(stage.stored(), 1);
}

CUMULET_TEST(InProcessFrontTest)
#include "InProcessFrontTest.moc"
