#include "Exchange.h"

#include "../ChannelService.h"
#include "kit/TestMain.h"

#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

// Every captured exchange of a real server is played to the service with all its habits: what the clients sent goes in,
// in order, and what comes out must be what each of them received. Ids of items are handed to the service from the
// captures, so only times differ.
class CaptureReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersAsTheRealServer_data();
    void answersAsTheRealServer();

private:
    using Mail = QMultiMap<QString, QString>; // user and stanza
    struct Comparison
    {
        QString name;
        Mail missing;
        Mail surplus;
    };

    void replay(const Exchange &exchange);
    void prepareFor(const QString &name);
    void preparePaging();
    void send(const QString &by, const QDomElement &stanza, Mail &received);
    void sendXml(const QString &from, const QString &xml);
    void request(const QString &from, const QString &type, const QString &xml);
    void request(const QString &user, const QString &pubsubChild, bool asOwner = false);
    void offerIds(const Exchange &exchange, const QDomElement &request);

    std::unique_ptr<ChannelService> m_service;
    QList<Exchange> m_exchanges;
    QList<Comparison> m_comparisons;
    QStringList m_ids;
    QDateTime m_time{QDate(2026, 11, 23), QTime(15, 34), QTimeZone::UTC};
};

static const QString domain = u"capulet.example"_s;
static const QString channels = u"channels.capulet.example"_s;
static const QString topics = u"topics.capulet.example"_s;
static const QString pubsub = u"http://jabber.org/protocol/pubsub"_s;
static const QString posts = u"/user/romeo@capulet.example/posts"_s;
static const QString paging = u"/user/paging@topics.capulet.example/posts"_s;

static const QHash<QString, QString> resources{{u"romeo"_s, u"orchard"_s}, {u"juliet"_s, u"balcony"_s},
    {u"mercutio"_s, u"street"_s}, {u"tybalt"_s, u"sword"_s}, {u"benvolio"_s, u"square"_s}, {u"nurse"_s, u"chamber"_s}};

// Exchanges in which the service has no part.
static const QHash<QString, QString> notReplayed{
    {u"001-disco-items-domain"_s, u"the XMPP server lists its components"_s},
    {u"002-disco-info-domain"_s, u"the XMPP server describes itself"_s},
};

// Single requests that the XMPP server answered itself, in exchanges that are replayed otherwise.
static const QHash<QString, QString> answeredByTheServer{
    {u"juliet-105"_s, u"an IQ without payload does not get past the XMPP server"_s},
};

static QString addressOf(const QString &user)
{
    return user + u'@' + domain + u'/' + resources.value(user);
}

static bool isForService(const QString &address)
{
    return address == channels || address == topics;
}

void CaptureReplayTest::initTestCase()
{
    m_exchanges = readExchanges(captureFolder());
    if (m_exchanges.isEmpty())
        QSKIP(qPrintable(u"no captures in %1 (set CUMULET_CAPTURES)"_s.arg(captureFolder())));
    m_service = std::make_unique<ChannelService>(ServiceSettings{channels, topics, domain, Behaviour::allReal()});
    QVERIFY(m_service->open(u":memory:"_s));
    m_service->setClock([this] { return m_time = m_time.addMSecs(1); });
    m_service->setIdSource([this] { return m_ids.isEmpty() ? u"no-id-offered"_s : m_ids.takeFirst(); });
    for (const auto &exchange : m_exchanges) {
        prepareFor(exchange.name);
        if (!notReplayed.contains(exchange.name))
            replay(exchange);
    }
}

// What was done between the recorded operations. The captures show only its results.
void CaptureReplayTest::prepareFor(const QString &name)
{
    if (name.startsWith("116"_L1)) {
        preparePaging();
    } else if (name.startsWith("147"_L1)) {
        sendXml(addressOf(u"tybalt"_s), u"<presence/>"_s);
    } else if (name.startsWith("153"_L1)) {
        for (const auto &user : {u"benvolio"_s, u"nurse"_s})
            sendXml(addressOf(user), u"<presence/>"_s);
        for (const auto &user : {u"mercutio"_s, u"nurse"_s})
            request(user, u"<subscribe node='%1' jid='%2@%3'/>"_s.arg(posts, user, domain));
        request(u"tybalt"_s, u"<unsubscribe node='%1' jid='tybalt@%2'/>"_s.arg(posts, domain));
    }
}

void CaptureReplayTest::preparePaging()
{
    sendXml(u"juliet@%1/tomb"_s.arg(domain), u"<presence type='unavailable'/>"_s);
    for (const auto &user : {u"tybalt"_s, u"benvolio"_s, u"nurse"_s})
        request(addressOf(user), u"set"_s, u"<query xmlns='jabber:iq:register'/>"_s);
    request(u"romeo"_s,
        u"<create node='%1'/><configure><x xmlns='jabber:x:data' type='submit'/></configure>"_s.arg(paging));
    request(u"juliet"_s, u"<subscribe node='%1' jid='juliet@%2'/>"_s.arg(paging, domain));
    request(u"romeo"_s,
        u"<affiliations node='%1'><affiliation jid='juliet@%2' affiliation='publisher'/></affiliations>"_s.arg(
            paging, domain),
        true);

    // the posts as capture 116 shows them, in the order of their times
    const auto capture =
        std::ranges::find_if(m_exchanges, [](const auto &each) { return each.name.startsWith("116"_L1); });
    QMap<QString, QDomElement> entries;
    for (const auto &captured : capture->stanzas) {
        const auto found = captured.stanza.elementsByTagNameNS(u"http://www.w3.org/2005/Atom"_s, u"entry"_s);
        for (int i = 0; i < found.size() && !captured.isSent; ++i)
            entries.insert(found.at(i).firstChildElement(u"published"_s).text(), found.at(i).toElement());
    }
    for (const auto &entry : std::as_const(entries)) {
        const auto reply = entry.firstChildElement(u"in-reply-to"_s);
        m_ids = {entry.firstChildElement(u"id"_s).text().section(u',', -1)};
        request(entry.firstChildElement(u"author"_s).firstChildElement(u"name"_s).text().section(u'@', 0, 0),
            u"<publish node='%1'><item><entry "
            u"xmlns='http://www.w3.org/2005/Atom'><content>%2</content>%3</entry></item>"
            "</publish>"_s.arg(paging, entry.firstChildElement(u"content"_s).text(),
                reply.isNull() ? QString() : u"<in-reply-to ref='%1'/>"_s.arg(reply.attribute(u"ref"_s))));
    }
}

void CaptureReplayTest::sendXml(const QString &from, const QString &xml)
{
    auto stanza = Element::fromXml(xml);
    m_service->receive(stanza.set(u"from"_s, from).set(u"to"_s, channels));
}

void CaptureReplayTest::request(const QString &from, const QString &type, const QString &xml)
{
    sendXml(from, u"<iq xmlns='jabber:client' id='prepared' type='%1'>%2</iq>"_s.arg(type, xml));
}

void CaptureReplayTest::request(const QString &user, const QString &pubsubChild, bool asOwner)
{
    request(addressOf(user), u"set"_s,
        u"<pubsub xmlns='%1'>%2</pubsub>"_s.arg(asOwner ? pubsub + "#owner"_L1 : pubsub, pubsubChild));
}

// The id that the real server gave to the item that this request publishes.
void CaptureReplayTest::offerIds(const Exchange &exchange, const QDomElement &request)
{
    m_ids.clear();
    for (const auto &captured : exchange.stanzas) {
        const auto published = captured.stanza.firstChildElement(u"pubsub"_s).firstChildElement(u"publish"_s);
        if (!captured.isSent && captured.stanza.attribute(u"id"_s) == request.attribute(u"id"_s) && !published.isNull())
            m_ids = {published.firstChildElement(u"item"_s).attribute(u"id"_s).section(u',', -1)};
    }
}

void CaptureReplayTest::send(const QString &by, const QDomElement &stanza, Mail &received)
{
    auto sent = Element::fromDom(stanza);
    // a server sends a subscription request on with the bare address
    const bool isBare = stanza.attribute(u"type"_s) == "subscribe"_L1;
    sent.set(u"from"_s, isBare ? by.section(u'/', 0, 0) : by);
    const auto outcome =
        stanza.attribute(u"to"_s) == topics ? m_service->receiveForTopics(sent) : m_service->receive(sent);
    for (const auto &answer : outcome.stanzas) {
        const auto document = answer.toDom();
        const auto root = document.documentElement();
        received.insert(root.attribute(u"to"_s).section(u'@', 0, 0), canonical(root));
    }
}

void CaptureReplayTest::replay(const Exchange &exchange)
{
    Mail expected;
    Mail received;
    for (const auto &captured : exchange.stanzas) {
        const auto &stanza = captured.stanza;
        if (answeredByTheServer.contains(stanza.attribute(u"id"_s)))
            continue;
        if (!captured.isSent) {
            if (isForService(stanza.attribute(u"from"_s)))
                expected.insert(captured.by, canonical(stanza));
        } else if (isForService(stanza.attribute(u"to"_s))) {
            offerIds(exchange, stanza);
            // juliet's second device
            const bool isTomb = exchange.name.startsWith("115"_L1) && captured.by == "juliet"_L1;
            send(isTomb ? u"juliet@%1/tomb"_s.arg(domain) : addressOf(captured.by), stanza, received);
        }
    }
    Comparison comparison{exchange.name, expected, received};
    for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
        if (comparison.surplus.contains(it.key(), it.value())) {
            comparison.surplus.erase(comparison.surplus.find(it.key(), it.value()));
            comparison.missing.erase(comparison.missing.find(it.key(), it.value()));
        }
    }
    m_comparisons.append(comparison);
}

void CaptureReplayTest::answersAsTheRealServer_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_comparisons.size(); ++i)
        QTest::newRow(qPrintable(m_comparisons.at(i).name)) << i;
}

void CaptureReplayTest::answersAsTheRealServer()
{
    QFETCH(int, index);
    const auto &comparison = m_comparisons.at(index);
    QStringList differences;
    for (auto it = comparison.missing.cbegin(); it != comparison.missing.cend(); ++it)
        differences.append(u"missing, to %1: %2"_s.arg(it.key(), it.value()));
    for (auto it = comparison.surplus.cbegin(); it != comparison.surplus.cend(); ++it)
        differences.append(u"too much, to %1: %2"_s.arg(it.key(), it.value()));
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

CUMULET_TEST(CaptureReplayTest)
#include "CaptureReplayTest.moc"
