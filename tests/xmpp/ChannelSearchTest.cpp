#include "ChannelBench.h"
#include "kit/TestMain.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/ServiceSurvey.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// A domain with services that answer, or are silent.
class Domain
{
public:
    Domain()
        : bench(u"ann@a.test/desk"_s, QString())
    {
    }

    QStringList items; ///< what disco#items of a.test lists
    QSet<QString> channelServices;
    QSet<QString> others; ///< answer, but are something else
    QSet<QString> refusing;
    QHash<QString, QStringList> itemsOf; ///< disco#items of a service
    bool isSilent = false;
    ChannelBench bench;

    Result<ChannelServiceAddress> find(const QString &remembered = {})
    {
        const auto future = bench.wire->findService(Jid::fromTrusted(remembered));
        (void)QTest::qWaitFor(
            [&] {
                while (m_answered < bench.sent().size()) {
                    answer(m_answered++);
                }
                return future.isFinished();
            },
            5'000);
        return outcome(future);
    }

    QStringList asked(const QString &what) const
    {
        QStringList names;
        for (const auto &request : bench.sent()) {
            if (childNamed(request, u"query").namespaceURI().endsWith(what)) {
                names.append(request.attribute(u"to"_s));
            }
        }
        return names;
    }

private:
    void answer(qsizetype index)
    {
        const auto request = bench.sent().at(index);
        const QString to = request.attribute(u"to"_s);
        const bool isInfo = childNamed(request, u"query").namespaceURI().endsWith(u"#info"_s);
        if (refusing.contains(to)) {
            bench.answer(index,
                u"<error type='cancel'><service-unavailable "
                "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s,
                u"error"_s);
        } else if (isInfo && channelServices.contains(to)) {
            bench.answer(index,
                u"<query><identity category='pubsub' type='leaf'/>"
                "<identity category='pubsub' type='channels'/></query>"_s);
        } else if (isInfo && others.contains(to)) {
            bench.answer(index, u"<query><identity category='conference' type='text'/></query>"_s);
        } else if (!isInfo && (to == "a.test"_L1 ? !isSilent : itemsOf.contains(to))) {
            QString list;
            for (const auto &item : to == "a.test"_L1 ? items : itemsOf.value(to)) {
                list += u"<item xmlns='' jid='%1'/>"_s.arg(item);
            }
            bench.answer(index, u"<query>%1</query>"_s.arg(list));
        }
    }

    qsizetype m_answered = 0;
};

class ChannelSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheServiceAndTheTopicsDomain();
    void aSilentTopicsDomainDoesNotHoldItUp();
    void theFirstOfTwoServicesIsTaken();
    void theRememberedServiceIsCheckedFirst();
    void aRememberedServiceThatIsGoneIsReplaced();
    void aRememberedServiceThatIsAwayIsNotCalledGone();
    void dnsIsAskedWhenDiscoFindsNothing();
    void dnsIsNotTrustedAlone();
    void aDomainWithoutChannelsHasNone();
    void namesThatAreNeverInDnsAreNotLookedUp();
    void aSilentServerIsATimeout();
    void notConnectedIsOffline();
    void onlyServicesAreAsked();
    void answersOfOthersDoNotCount();
    void aSearchEndsWithItsWire();
    void allServicesSayWhatTheyAre();
    void onlyTheFormMakesAMediaServer_data();
    void onlyTheFormMakesAMediaServer();
};

static const QString refusalText =
    u"<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s;

static QString mediaForm(const QString &type, const QString &endpoint)
{
    return u"<query><identity category='component' type='generic' name='Media Server'/><feature var='f'/>"
           "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>%1</value></field>"
           "<field var='endpoint'><value>%2</value></field></x></query>"_s.arg(type, endpoint);
}

void ChannelSearchTest::allServicesSayWhatTheyAre()
{
    ChannelBench bench(u"ann@a.test/desk"_s, QString());
    const auto future = bench.wire->services();
    bench.answerFrom(u"a.test"_s, 0,
        u"<query><item jid='channels.a.test'/><item jid='media.a.test'/><item jid='silent.a.test'/></query>"_s);
    QTRY_COMPARE(bench.sent().size(), 4);
    bench.answerFrom(
        u"media.a.test"_s, 2, mediaForm(u"http://buddycloud.org/v1/api"_s, u"https://a.test/media_proxy"_s));
    bench.answerFrom(u"channels.a.test"_s, 1, u"<query><feature var='jabber:iq:search'/></query>"_s);
    bench.answerFrom(u"silent.a.test"_s, 3, refusalText, u"error"_s);
    const auto services = outcome(future).value();
    QCOMPARE(services.size(), 2); // in the order of the list, those who say something
    QCOMPARE(services.first().features, QStringList{u"jabber:iq:search"_s});
    QCOMPARE(services.last().mediaEndpoint, u"https://a.test/media_proxy"_s);
}

void ChannelSearchTest::onlyTheFormMakesAMediaServer_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("endpoint");
    QTest::newRow("another form") << u"urn:other"_s << u"https://a.test/media"_s;
    QTest::newRow("no address of the web") << u"http://buddycloud.org/v1/api"_s << u"file:///etc/passwd"_s;
    QTest::newRow("empty") << u"http://buddycloud.org/v1/api"_s << QString();
    QTest::newRow("endless") << u"http://buddycloud.org/v1/api"_s << u"https://a.test/"_s + QString(5000, u'x');
}

void ChannelSearchTest::onlyTheFormMakesAMediaServer()
{
    QFETCH(const QString, type);
    QFETCH(const QString, endpoint);
    const auto iq = parsed(u"<iq>%1</iq>"_s.arg(mediaForm(type, endpoint)));
    QCOMPARE(readDiscoveredService(Jid::fromTrusted(u"media.a.test"_s), iq).mediaEndpoint, QString());
}

void ChannelSearchTest::findsTheServiceAndTheTopicsDomain()
{
    Domain domain;
    domain.items = {u"rooms.a.test"_s, u"channels.a.test"_s, u"topics.a.test"_s};
    domain.channelServices = {u"channels.a.test"_s};
    domain.others = {u"rooms.a.test"_s};
    domain.itemsOf = {{u"topics.a.test"_s, {u"channels.a.test"_s}}};
    const auto found = domain.find();
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.a.test"_s);
    QCOMPARE(found->topicsDomain.text(), u"topics.a.test"_s);
    QVERIFY(domain.bench.lookedUp.isEmpty());
}

void ChannelSearchTest::aSilentTopicsDomainDoesNotHoldItUp()
{
    Domain domain;
    domain.items = {u"silent.a.test"_s, u"channels.a.test"_s};
    domain.channelServices = {u"channels.a.test"_s};
    const auto found = domain.find();
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.a.test"_s);
    QVERIFY(found->topicsDomain.isEmpty());
}

void ChannelSearchTest::theFirstOfTwoServicesIsTaken()
{
    Domain domain;
    domain.items = {u"silent.a.test"_s, u"one.a.test"_s, u"two.a.test"_s};
    domain.channelServices = {u"two.a.test"_s, u"one.a.test"_s};
    const auto found = domain.find();
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"one.a.test"_s);
}

void ChannelSearchTest::theRememberedServiceIsCheckedFirst()
{
    Domain domain;
    domain.items = {u"channels.a.test"_s, u"topics.a.test"_s};
    domain.channelServices = {u"channels.a.test"_s, u"channels.hosting.test"_s};
    domain.itemsOf = {{u"topics.a.test"_s, {u"channels.hosting.test"_s}}};
    const auto found = domain.find(u"channels.hosting.test"_s);
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.hosting.test"_s);
    QCOMPARE(found->topicsDomain.text(), u"topics.a.test"_s);
    QCOMPARE(domain.bench.sent().constFirst().attribute(u"to"_s), u"channels.hosting.test"_s);
}

void ChannelSearchTest::aRememberedServiceThatIsGoneIsReplaced()
{
    Domain domain;
    domain.items = {u"channels.a.test"_s};
    domain.channelServices = {u"channels.a.test"_s};
    domain.refusing = {u"old.a.test"_s};
    const auto found = domain.find(u"old.a.test"_s);
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.a.test"_s);
}

void ChannelSearchTest::aRememberedServiceThatIsAwayIsNotCalledGone()
{
    Domain domain;
    domain.items = {u"channels.a.test"_s};
    domain.refusing = {u"channels.a.test"_s};
    QCOMPARE(domain.find(u"channels.a.test"_s).error().kind, ErrorKind::Unreachable);
    QCOMPARE(domain.find().error().kind, ErrorKind::NotFound);
}

void ChannelSearchTest::dnsIsAskedWhenDiscoFindsNothing()
{
    Domain domain;
    domain.items = {u"rooms.a.test"_s};
    domain.others = {u"rooms.a.test"_s};
    domain.channelServices = {u"channels.hosting.test"_s};
    domain.bench.textRecords = {
        {u"_bcloud-server._tcp.a.test"_s, {u"unrelated"_s, u"\"v=1.0 server=channels.hosting.test.\""_s}}};
    const auto found = domain.find();
    QVERIFY(found);
    QCOMPARE(found->service.text(), u"channels.hosting.test"_s);
    QCOMPARE(domain.bench.lookedUp, QStringList{u"_bcloud-server._tcp.a.test"_s});
}

void ChannelSearchTest::dnsIsNotTrustedAlone()
{
    Domain domain;
    domain.others = {u"evil.test"_s};
    domain.bench.textRecords = {{u"_bcloud-server._tcp.a.test"_s, {u"v=1.0 server=evil.test"_s}}};
    QCOMPARE(domain.find().error().kind, ErrorKind::NotFound);
    QCOMPARE(domain.asked(u"#info"_s), QStringList{u"evil.test"_s});
}

void ChannelSearchTest::aDomainWithoutChannelsHasNone()
{
    Domain domain;
    domain.items = {u"rooms.a.test"_s, u"silent.a.test"_s};
    domain.others = {u"rooms.a.test"_s};
    QCOMPARE(domain.find().error().kind, ErrorKind::NotFound);
    Domain empty;
    QCOMPARE(empty.find().error().kind, ErrorKind::NotFound);
}

void ChannelSearchTest::namesThatAreNeverInDnsAreNotLookedUp()
{
    QElapsedTimer timer;
    timer.start();
    for (const auto &name : {u"localhost"_s, u"a.test"_s, u"x.localhost"_s, u"y.invalid"_s, u"capulet.example"_s}) {
        const auto records = lookUpTextRecords(u"_bcloud-server._tcp."_s + name);
        QVERIFY(records.isFinished());
        QVERIFY(records.result()->isEmpty());
    }
    QVERIFY(timer.elapsed() < 1'000);
}

void ChannelSearchTest::aSilentServerIsATimeout()
{
    Domain domain;
    domain.isSilent = true;
    QCOMPARE(domain.find().error().kind, ErrorKind::Timeout);
}

void ChannelSearchTest::notConnectedIsOffline()
{
    Domain domain;
    domain.bench.isConnected = false;
    QCOMPARE(domain.find(u"channels.a.test"_s).error().kind, ErrorKind::Offline);
    QVERIFY(domain.bench.lookedUp.isEmpty());
}

void ChannelSearchTest::onlyServicesAreAsked()
{
    Domain domain;
    domain.items = {
        u"ben@a.test"_s, u"rooms.a.test/x"_s, u"not an address"_s, u"channels.a.test"_s, u"channels.a.test"_s};
    domain.channelServices = {u"channels.a.test"_s};
    QVERIFY(domain.find());
    QCOMPARE(domain.asked(u"#info"_s), QStringList{u"channels.a.test"_s});
    Domain crowded;
    for (int i = 0; i < 500; ++i) {
        crowded.items.append(u"s%1.a.test"_s.arg(i));
    }
    (void)crowded.find();
    QCOMPARE(crowded.asked(u"#info"_s).size(), 50);
}

void ChannelSearchTest::answersOfOthersDoNotCount()
{
    ChannelBench bench(u"ann@a.test/desk"_s, QString());
    const auto future = bench.wire->findService();
    bench.answerFrom(u"eve@b.test"_s, 0, u"<query><item jid='evil.test'/></query>"_s);
    QCOMPARE(outcome(future).error().kind, ErrorKind::Timeout);
    QCOMPARE(bench.sent().size(), 1);
}

void ChannelSearchTest::aSearchEndsWithItsWire()
{
    ChannelBench bench(u"ann@a.test/desk"_s, QString());
    const auto future = bench.wire->findService(Jid::fromTrusted(u"old.a.test"_s));
    bench.answer(1, u"<query><item jid='channels.a.test'/><item jid='topics.a.test'/></query>"_s);
    QCOMPARE(bench.sent().size(), 4);
    bench.wire.reset();
    QCOMPARE(outcome(future).error().kind, ErrorKind::Canceled);
    QCOMPARE(bench.sent().size(), 4); // the end of one request starts no other
    QVERIFY(bench.lookedUp.isEmpty());
}

CUMULET_TEST(ChannelSearchTest)
#include "ChannelSearchTest.moc"
