#include "FakeComponentHost.h"

#include "../ComponentFront.h"
#include "kit/TestMain.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// The service behind a server: the protocol of components, and the program.
class ComponentFrontTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothDomainsConnect();
    void eitherConnectionCarriesBothDomains();
    void aWrongSecretIsFinal();
    void stanzasSurviveAnyCutting();
    void aLostConnectionComesBackWithoutPresences();
    void aReadByAnOutcastBreaksTheStreamOff();
    void aServerThatIsNotThereYetIsWaitedFor();
    void theProgramRunsAndEnds();
    void theProgramSaysWhatIsWrong_data();
    void theProgramSaysWhatIsWrong();
};

static const QString channels = u"channels.capulet.example"_s;
static const QString topics = u"topics.capulet.example"_s;

namespace {

struct Stage
{
    explicit Stage(const QByteArray &secret = "secret", const QString &behaviour = {})
        : service({channels, topics, {}, Behaviour::fromText(behaviour, nullptr)})
        , front(&service, {u"127.0.0.1"_s, host.port(), {}, secret})
    {
        service.open(u":memory:"_s);
    }
    bool start()
    {
        QSignalSpy ready(&front, &ComponentFront::ready);
        front.start();
        return ready.wait();
    }
    // the first answer to a request; what else came stays with the host
    Element ask(const QByteArray &xml, int piece = 1000)
    {
        host.send(channels, xml, piece);
        Element answer;
        const bool isAnswered = QTest::qWaitFor([&] { return !(answer = host.takeFirst(u"iq"_s)).isNull(); });
        return isAnswered ? answer : Element();
    }

    FakeComponentHost host{"secret"};
    ChannelService service;
    ComponentFront front;
};

} // namespace

static QByteArray iq(const QByteArray &type, const QByteArray &payload, const QByteArray &user = "ann")
{
    return "<iq from='" + user + "@capulet.example/here' to='channels.capulet.example' id='1' type='" + type + "'>"
        + payload + "</iq>";
}

static QByteArray set(const QByteArray &verb, const QByteArray &user = "ann")
{
    return iq("set", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + verb + "</pubsub>", user);
}

static const QByteArray annPosts = "/user/ann@capulet.example/posts";

static QByteArray post(const QByteArray &text)
{
    return set("<publish node='" + annPosts + "'><item><entry xmlns='http://www.w3.org/2005/Atom'><content>" + text
        + "</content></entry></item></publish>");
}

void ComponentFrontTest::bothDomainsConnect()
{
    Stage stage;
    QVERIFY(stage.start());
    QCOMPARE(stage.host.ready(), (QStringList{channels, topics}));
    const auto info = stage.ask(iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>"));
    QCOMPARE(info.child(u"query"_s).children().first().attribute(u"type"_s), u"channels"_s);
    stage.host.send(topics,
        "<iq from='a@capulet.example/x' to='topics.capulet.example' id='2' type='get'>"
        "<query xmlns='http://jabber.org/protocol/disco#items'/></iq>");
    QTRY_VERIFY(!stage.host.received().isEmpty());
    QCOMPARE(stage.host.takeFirst(u"iq"_s).child(u"query"_s).children().value(0).attribute(u"jid"_s), channels);
}

// ejabberd does so when both domains have one secret
void ComponentFrontTest::eitherConnectionCarriesBothDomains()
{
    Stage stage;
    QVERIFY(stage.start());
    const QByteArray info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
    stage.host.send(topics, iq("get", info));
    QTRY_VERIFY(!stage.host.received().isEmpty());
    const auto channelsInfo = stage.host.takeFirst(u"iq"_s);
    QCOMPARE(channelsInfo.attribute(u"from"_s), channels);
    QCOMPARE(channelsInfo.child(u"query"_s).children().first().attribute(u"type"_s), u"channels"_s);
    stage.host.send(channels,
        "<iq from='a@capulet.example/x' to='topics.capulet.example' id='2' type='get'>"
        "<query xmlns='http://jabber.org/protocol/disco#items'/></iq>");
    QTRY_VERIFY(!stage.host.received().isEmpty());
    QCOMPARE(stage.host.takeFirst(u"iq"_s).attribute(u"from"_s), topics);
}

void ComponentFrontTest::aWrongSecretIsFinal()
{
    Stage stage("guess");
    QSignalSpy refused(&stage.front, &ComponentFront::refused);
    stage.front.start();
    QTRY_COMPARE(refused.size(), 2); // one for each domain
    QVERIFY(refused.first().first().toString().contains(u"secret"_s));
    QCOMPARE(stage.host.connections(), 2);
}

void ComponentFrontTest::stanzasSurviveAnyCutting()
{
    Stage stage;
    QVERIFY(stage.start());
    stage.ask(iq("set", "<query xmlns='jabber:iq:register'/>"));
    for (const int piece : {1, 2, 3, 7})
        QCOMPARE(stage.ask(post("Привет, 世界 \xF0\x9F\x8C\xB9 &lt;"), piece).attribute(u"type"_s), u"result"_s);
    const auto items = stage.ask(
        iq("get", "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + annPosts + "'/></pubsub>"));
    const auto list = items.child(u"pubsub"_s).child(u"items"_s).children();
    QCOMPARE(list.size(), 4);
    for (const auto &item : list)
        QCOMPARE(
            item.child(u"entry"_s).child(u"content"_s).text(), QString::fromUtf8("Привет, 世界 \xF0\x9F\x8C\xB9 <"));
}

void ComponentFrontTest::aLostConnectionComesBackWithoutPresences()
{
    Stage stage;
    QVERIFY(stage.start());
    stage.ask(iq("set", "<query xmlns='jabber:iq:register'/>"));
    stage.host.send(channels, "<presence from='ann@capulet.example/here' to='channels.capulet.example'/>");
    stage.ask(post("heard"));
    QTRY_COMPARE(stage.host.received().size(), 1); // the event comes after the answer
    stage.host.takeFirst(u"message"_s);
    QSignalSpy ready(&stage.front, &ComponentFront::ready);
    stage.host.drop(channels);
    QVERIFY(ready.wait());
    QCOMPARE(stage.ask(post("not heard")).name(), u"iq"_s);
    QCOMPARE(stage.ask(post("nor this")).name(), u"iq"_s);
    QVERIFY(stage.host.received().isEmpty());
}

void ComponentFrontTest::aReadByAnOutcastBreaksTheStreamOff()
{
    Stage stage("secret", u"outcast-dies=10"_s);
    QVERIFY(stage.start());
    stage.ask(iq("set", "<query xmlns='jabber:iq:register'/>"));
    stage.ask(set("<subscribe node='" + annPosts + "' jid='ben@capulet.example'/>", "ben"));
    stage.ask(set("<affiliations node='" + annPosts
        + "'><affiliation jid='ben@capulet.example' affiliation='outcast'/></affiliations>"));
    QSignalSpy lost(&stage.front, &ComponentFront::lost);
    QSignalSpy ready(&stage.front, &ComponentFront::ready);
    stage.host.send(channels,
        iq("get", "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + annPosts + "'/></pubsub>",
            "ben"));
    QVERIFY(lost.wait());
    QVERIFY(!ready.isEmpty() || ready.wait());
}

void ComponentFrontTest::aServerThatIsNotThereYetIsWaitedFor()
{
    quint16 port = 0;
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        port = probe.serverPort();
    }
    ComponentSocket socket({u"127.0.0.1"_s, port, channels, "secret"});
    QSignalSpy lost(&socket, &ComponentSocket::lost);
    socket.start();
    QTRY_VERIFY(lost.size() >= 2);
    QVERIFY(!lost.first().first().toString().isEmpty());
}

static QString writeFile(const QTemporaryDir &folder, const QString &name, const QByteArray &content)
{
    QFile file(folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
}

void ComponentFrontTest::theProgramRunsAndEnds()
{
    FakeComponentHost host("secret");
    QTemporaryDir folder;
    QProcess program;
    program.start(QStringLiteral(CHANNELSERVER_PROGRAM),
        {u"--server"_s, u"127.0.0.1:%1"_s.arg(host.port()), u"--domain"_s, channels, u"--topics-domain"_s, topics,
            u"--secret-file"_s, writeFile(folder, u"secret"_s, "secret\n"), u"--store"_s, folder.filePath(u"store"_s)});
    QTRY_COMPARE(program.peek(100), QByteArray("ready\n"));
    host.send(channels, iq("set", "<query xmlns='jabber:iq:register'/>"));
    QTRY_COMPARE(host.received().size(), 1);
    program.terminate();
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);

    ChannelService again({channels, topics, {}, {}});
    QVERIFY(again.open(folder.filePath(u"store"_s)));
    const auto nodes =
        again.receive(Element::fromXml(u"<iq from='x@capulet.example/y' id='1' type='get'>"
                                       "<query xmlns='http://jabber.org/protocol/disco#items'/></iq>"_s));
    QCOMPARE(nodes.stanzas.first().child(u"query"_s).children().size(), 6);
}

void ComponentFrontTest::theProgramSaysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("secret") << QStringList{u"--domain"_s, channels, u"--secret-file"_s, u"WRONG"_s}
                            << u"does not accept the secret"_s;
    QTest::newRow("no domain") << QStringList{u"--secret-file"_s, u"WRONG"_s} << u"--domain is missing"_s;
    QTest::newRow("no secret file") << QStringList{u"--domain"_s, channels} << u"--secret-file is missing"_s;
    QTest::newRow("behaviour") << QStringList{u"--domain"_s, channels, u"--secret-file"_s, u"WRONG"_s, u"--behaviour"_s,
        u"rude"_s} << u"rude"_s;
    QTest::newRow("store") << QStringList{u"--domain"_s, channels, u"--secret-file"_s, u"WRONG"_s, u"--store"_s,
        u"/no/such/place"_s}
                           << u"cannot open the store"_s;
}

void ComponentFrontTest::theProgramSaysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    FakeComponentHost host("secret");
    QTemporaryDir folder;
    arguments.replaceInStrings(u"WRONG"_s, writeFile(folder, u"wrong"_s, "guess"));
    QProcess program;
    program.start(QStringLiteral(CHANNELSERVER_PROGRAM),
        arguments + QStringList{u"--server"_s, u"127.0.0.1:%1"_s.arg(host.port())});
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitCode(), 2);
    const auto said = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(said.contains(words), qPrintable(said));
}

CUMULET_TEST(ComponentFrontTest)
#include "ComponentFrontTest.moc"
