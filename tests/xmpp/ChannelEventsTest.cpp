#include "ChannelBench.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ChannelEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfNewsIsTold_data();
    void everyKindOfNewsIsTold();
    void newsOfOthersAreNotOurs_data();
    void newsOfOthersAreNotOurs();
    void aRepetitionTellsTheSameAgain();
    void whatMakesNoSenseIsTakenInSilence_data();
    void whatMakesNoSenseIsTakenInSilence();
    void aChatWithTheServiceIsNoNews();
    void copiedOriginIdsAreForgotten();
    void theServiceComesAndGoes_data();
    void theServiceComesAndGoes();
    void presenceOfOthersIsNotOurs();
    void withoutAServiceNothingIsTaken();
};

static QString fromService(const QString &content, const QString &from = u"channels.a.test"_s)
{
    return u"<message type='headline' from='%1' to='ann@a.test/desk'>%2</message>"_s.arg(from.toHtmlEscaped(), content);
}

static QString inEvent(const QString &content)
{
    return u"<event xmlns='http://jabber.org/protocol/pubsub#event'>%1</event>"_s.arg(content);
}

static const QString item = u"<items node='/user/ben@a.test/posts'><item id='tag:x,/user/ben@a.test/posts,i1'><entry>"
                            "<published>2026-11-23T10:00:00Z</published><author><name>ben@a.test</name></author>"
                            "<content>hi</content></entry></item></items>"_s;
static const QString itemNews = u"post /user/ben@a.test/posts i1 by ben@a.test at 2026-11-23T10:00:00.000Z: hi"_s;
static const QString form = u"<x xmlns='jabber:x:data' type='form'><field var='FORM_TYPE'><value>"
                            "http://jabber.org/protocol/pubsub#subscribe_authorization</value></field>"
                            "<field var='pubsub#node'><value>/user/ann@a.test/posts</value></field>"
                            "<field var='pubsub#subscriber_jid'><value>cat@a.test/x</value></field></x>"_s;

void ChannelEventsTest::everyKindOfNewsIsTold_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QStringList>("news");

    const auto row = [](const char *name, const QString &content, const QStringList &news) {
        QTest::newRow(name) << content << news;
    };
    const auto member = [](const QString &rest) { return QStringList{u"member /user/ben@a.test/posts "_s + rest}; };
    row("item", inEvent(item), {itemNews});
    row("retract", inEvent(u"<items node='/user/ben@a.test/posts'><retract id='i1'/><retract id='i2'/></items>"_s),
        {u"gone /user/ben@a.test/posts i1"_s, u"gone /user/ben@a.test/posts i2"_s});
    row("tombstone", inEvent(u"<items node='/user/ben@a.test/posts'><item id='i1'><deleted-entry/></item></items>"_s),
        {u"gone /user/ben@a.test/posts i1"_s});
    row("follow",
        inEvent(u"<subscription node='/user/ben@a.test/posts' jid='cat@a.test' subscription='subscribed'/>"
                "<affiliations><affiliation node='/user/ben@a.test/posts' jid='cat@a.test' "
                "affiliation='member'/></affiliations>"_s),
        member(u"cat@a.test member subscribed"_s));
    row("leave",
        inEvent(u"<subscription node='/user/ben@a.test/posts' jid='cat@a.test' subscription='none'/>"
                "<affiliations><affiliation node='/user/ben@a.test/posts' jid='cat@a.test'/></affiliations>"_s),
        member(u"cat@a.test none none"_s));
    row("approved",
        inEvent(u"<subscription node='/user/ben@a.test/posts' jid='ann@a.test' subscription='subscribed'/>"_s),
        member(u"ann@a.test - subscribed"_s));
    row("invited",
        inEvent(u"<subscription node='/user/ben@a.test/posts' jid='ann@a.test/desk' subscription='invited' "
                "invited-by='ben@a.test'/>"_s),
        member(u"ann@a.test - invited"_s));
    row("role, empty namespace",
        inEvent(u"<affiliations xmlns='' node='/user/ben@a.test/posts'>"
                "<affiliation jid='ann@a.test' affiliation='publisher'/></affiliations>"_s),
        member(u"ann@a.test publisher -"_s));
    row("configuration, empty namespaces",
        inEvent(u"<configuration xmlns='' node='/user/ben@a.test/posts'><x xmlns='jabber:x:data' type='result'>"
                "<field xmlns='' var='pubsub#title'><value>Ben</value></field><field xmlns='' var='FORM_TYPE'>"
                "<value>http://jabber.org/protocol/pubsub#node_config</value></field></x></configuration>"_s),
        {u"settings /user/ben@a.test/posts pubsub#title=Ben"_s});
    row("delete", inEvent(u"<delete node='/user/ben@a.test/posts'/>"_s), {u"deleted /user/ben@a.test/posts"_s});
    row("request", form, {u"request /user/ann@a.test/posts cat@a.test"_s});
    row("several", inEvent(item + u"<delete node='/user/dave@b.test/posts'/>"_s),
        {itemNews, u"deleted /user/dave@b.test/posts"_s});
    row("event in the forward namespace", u"<event xmlns='urn:xmpp:forward:0'>%1</event>"_s.arg(item), {itemNews});
}

void ChannelEventsTest::everyKindOfNewsIsTold()
{
    QFETCH(QString, content);
    ChannelBench bench;
    QVERIFY(bench.receive(fromService(content)));
    QTEST(bench.news, "news");
    QCOMPARE(bench.alive, 1);
}

void ChannelEventsTest::newsOfOthersAreNotOurs_data()
{
    QTest::addColumn<QString>("from");

    QTest::newRow("a stranger") << u"eve@b.test"_s;
    QTest::newRow("a stranger with a telling resource") << u"eve@b.test/channels.a.test"_s;
    QTest::newRow("a person at the service") << u"eve@channels.a.test"_s;
    QTest::newRow("our own account") << u"ann@a.test"_s;
    QTest::newRow("our own server") << u"a.test"_s;
    QTest::newRow("another service of our domain") << u"topics.a.test"_s;
    QTest::newRow("a longer name") << u"channels.a.test.evil.test"_s;
    QTest::newRow("a name that ends alike") << u"evilchannels.a.test"_s;
    QTest::newRow("another domain's service") << u"channels.b.test"_s;
    QTest::newRow("nobody") << QString();
    QTest::newRow("no address") << u"channels.a.test/"_s;
    QTest::newRow("letters that look alike") << u"ch\u0430nnels.a.test"_s;
}

void ChannelEventsTest::newsOfOthersAreNotOurs()
{
    QFETCH(QString, from);
    ChannelBench bench;
    for (const auto &content : {inEvent(item), form, inEvent(u"<delete node='/user/ben@a.test/posts'/>"_s)}) {
        QVERIFY(!bench.receive(fromService(content, from)));
    }
    QVERIFY(!bench.receive(u"<message to='ann@a.test'>"_s + inEvent(item) + u"</message>"_s));
    QVERIFY(bench.news.isEmpty());
    QCOMPARE(bench.alive, 0);
}

void ChannelEventsTest::aRepetitionTellsTheSameAgain()
{
    ChannelBench bench;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(bench.receive(fromService(inEvent(item))));
    }
    QCOMPARE(bench.news, QStringList(3, itemNews));
}

void ChannelEventsTest::whatMakesNoSenseIsTakenInSilence_data()
{
    QTest::addColumn<QString>("content");

    QTest::newRow("empty") << inEvent({});
    QTest::newRow("purge, not of this kind of service") << inEvent(u"<purge node='/user/ben@a.test/posts'/>"_s);
    QTest::newRow("no node") << inEvent(u"<items><item id='i1'/></items>"_s);
    QTest::newRow("another kind of node") << inEvent(u"<items node='urn:xmpp:avatar:data'><item id='i1'/></items>"_s);
    QTest::newRow("item without entry") << inEvent(u"<items node='/user/ben@a.test/posts'><item id='i1'/></items>"_s);
    QTest::newRow("retraction of nothing") << inEvent(u"<items node='/user/ben@a.test/posts'><retract/></items>"_s);
    QTest::newRow("subscription of nobody")
        << inEvent(u"<subscription node='/user/ben@a.test/posts' subscription='subscribed'/>"_s);
    QTest::newRow("firehose") << inEvent(
        u"<subscription node='/firehose' jid='ann@a.test' subscription='subscribed'/>"_s);
    QTest::newRow("configuration without form") << inEvent(u"<configuration node='/user/ben@a.test/posts'/>"_s);
    QTest::newRow("body beside") << inEvent({}) + u"<body>read me</body>"_s;
}

void ChannelEventsTest::whatMakesNoSenseIsTakenInSilence()
{
    QFETCH(QString, content);
    ChannelBench bench;
    QVERIFY(bench.receive(fromService(content))); // taken: never a chat
    QVERIFY(bench.news.isEmpty());
}

void ChannelEventsTest::aChatWithTheServiceIsNoNews()
{
    ChannelBench bench;
    QVERIFY(!bench.receive(u"<message type='chat' from='channels.a.test'><body>hello</body></message>"_s));
    QVERIFY(!bench.receive(u"<message from='channels.a.test'><x xmlns='jabber:x:data' type='form'/></message>"_s));
    QVERIFY(bench.news.isEmpty());
    // our own words that came back
    QVERIFY(bench.receive(
        u"<message type='error' from='channels.a.test'>%1<error type='cancel'/></message>"_s.arg(inEvent(item))));
    QVERIFY(bench.news.isEmpty());
}

void ChannelEventsTest::copiedOriginIdsAreForgotten()
{
    ChannelBench bench;
    QList<OriginId> ids;
    connect(bench.wire.get(), &ChannelWire::postsReceived, this,
        [&ids](const NodeId &, const QList<Post> &posts) { ids.append(posts.constFirst().originId); });
    const auto entry = u"<items node='/user/ben@a.test/posts'><item id='i1'><entry><author><name>%1</name></author>"
                       "<meta><origin-id xmlns='urn:xmpp:sid:0' id='o1'/></meta><content/></entry></item></items>"_s;
    bench.receive(fromService(inEvent(entry.arg(u"ann@a.test"_s))));
    bench.receive(fromService(inEvent(entry.arg(u"eve@b.test"_s))));
    QCOMPARE(ids, (QList{OriginId(u"o1"_s), OriginId()}));
}

void ChannelEventsTest::theServiceComesAndGoes_data()
{
    QTest::addColumn<QString>("stanza");
    QTest::addColumn<int>("lost");
    QTest::addColumn<int>("alive");

    const auto error = u"<iq type='error' id='x' from='channels.a.test'><error type='%1'>"
                       "<%2 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"_s;
    QTest::newRow("available") << u"<presence from='channels.a.test'/>"_s << 0 << 1;
    QTest::newRow("asks to see us") << u"<presence from='channels.a.test' type='subscribe'/>"_s << 0 << 1;
    QTest::newRow("unavailable") << u"<presence from='channels.a.test' type='unavailable'/>"_s << 1 << 0;
    QTest::newRow("error presence") << u"<presence from='channels.a.test' type='error'/>"_s << 1 << 0;
    QTest::newRow("component away") << error.arg(u"wait"_s, u"service-unavailable"_s) << 1 << 0;
    QTest::newRow("no way there") << error.arg(u"wait"_s, u"remote-server-timeout"_s) << 1 << 0;
    QTest::newRow("an ordinary refusal") << error.arg(u"auth"_s, u"forbidden"_s) << 0 << 1;
    QTest::newRow("a result") << u"<iq type='result' id='x' from='channels.a.test'/>"_s << 0 << 1;
    QTest::newRow("a resource of the service")
        << u"<presence from='channels.a.test/x' type='unavailable'/>"_s << 1 << 0;
    QTest::newRow("somebody else") << u"<presence from='eve@b.test' type='unavailable'/>"_s << 0 << 0;
}

void ChannelEventsTest::theServiceComesAndGoes()
{
    QFETCH(QString, stanza);
    ChannelBench bench;
    bench.receive(stanza);
    QTEST(bench.lost, "lost");
    QTEST(bench.alive, "alive");
}

void ChannelEventsTest::presenceOfOthersIsNotOurs()
{
    ChannelBench bench;
    QVERIFY(bench.receive(u"<presence from='channels.a.test' type='subscribe'/>"_s)); // no contact request
    QVERIFY(!bench.receive(u"<presence from='eve@b.test' type='subscribe'/>"_s));
    QVERIFY(!bench.receive(u"<presence from='eve@channels.a.test'/>"_s));
}

void ChannelEventsTest::withoutAServiceNothingIsTaken()
{
    ChannelBench bench;
    bench.wire->setService({});
    QVERIFY(!bench.receive(fromService(inEvent(item))));
    QVERIFY(!bench.receive(fromService(inEvent(item), QString())));
    QVERIFY(bench.news.isEmpty());
}

CUMULET_TEST(ChannelEventsTest)
#include "ChannelEventsTest.moc"
