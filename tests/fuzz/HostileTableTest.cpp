// Each kind of stanza from each kind of sender, through the whole road: what may change something, and that nothing
// else does; in the store and on the screen.
#include "fuzz/InboundRoad.h"
#include "kit/TestMain.h"
#include "services/channel/ChannelService.h"
#include "services/chat/ChatService.h"

#include <QLoggingCategory>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

// The table. allowed: it has its effect; ignored: nothing changes, but for what the sender says in a chat of his own.
// "like" is an address that looks like the one that is allowed, at a domain of somebody else.
constexpr auto table = R"(
                    own      own      contact  contact  stranger our      channel  like
                    bare     phone    bare     device            server   service
carbon-sent         allowed  ignored  ignored  ignored  ignored  ignored  ignored  ignored
carbon-received     allowed  ignored  ignored  ignored  ignored  ignored  ignored  ignored
archive-result      allowed  ignored  ignored  ignored  ignored  ignored  ignored  ignored
roster-push         allowed  ignored  ignored  ignored  ignored  ignored  ignored  ignored
channel-post        ignored  ignored  ignored  ignored  ignored  ignored  allowed  ignored
channel-title       ignored  ignored  ignored  ignored  ignored  ignored  allowed  ignored
channel-deletion    ignored  ignored  ignored  ignored  ignored  ignored  allowed  ignored
iq-answer           ignored  ignored  ignored  ignored  ignored  ignored  allowed  ignored
receipt             ignored  ignored  allowed  allowed  ignored  ignored  ignored  ignored
correction          ignored  ignored  allowed  allowed  ignored  ignored  ignored  ignored
refusal             ignored  ignored  allowed  allowed  ignored  ignored  ignored  ignored
subject-change      ignored  ignored  ignored  ignored  ignored  ignored  ignored  ignored
)"_L1;

const QStringList senders{u"romeo@example.org"_s, u"romeo@example.org/phone"_s, u"juliet@example.org"_s,
    u"juliet@example.org/balcony"_s, u"mallory@evil.test/x"_s, u"example.org"_s, u"channels.example.org"_s, u"like"_s};
const QStringList senderNames{u"own bare"_s, u"own phone"_s, u"contact bare"_s, u"contact device"_s, u"stranger"_s,
    u"our server"_s, u"channel service"_s, u"like"_s};

QString inForward(const QString &from, const QString &to, const QString &word)
{
    return u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='%1' to='%2' id='%3' "
           u"type='chat'>"
           "<body>%3</body></message></forwarded>"_s.arg(from, to, word);
}

QString itemWith(const QString &word)
{
    return u"<item id='%1'><entry xmlns='http://www.w3.org/2005/Atom'><id>%1</id>"
           "<published>2026-11-23T15:34:19.896Z</published><updated>2026-11-23T15:34:19.896Z</updated>"
           "<author><name>juliet@example.org</name><uri>acct:juliet@example.org</uri></author>"
           "<title>Post</title><content type='text'>%1</content></entry></item>"_s.arg(word);
}

} // namespace

class HostileTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachKindFromEachSender_data();
    void eachKindFromEachSender();

private:
    /// What is pushed, with FROM where its sender stands; requests that it answers are made before.
    QString stanza(const QString &kind);
    QString archiveResult();
    QString answerToARequest();
    /// The server gets the client's question, and does not answer it.
    QDomElement held(const std::function<bool(const QDomElement &)> &isIt, const std::function<void()> &ask);
    void release();
    /// A part of the line in the store and of the one on the screen that tell of the effect.
    std::pair<QString, QString> effect(const QString &kind) const;

    std::unique_ptr<InboundRoad> m_road;
    int m_case = 0;
    QString m_word; ///< of this case only
    QDomElement m_held;
};

CUMULET_TEST(HostileTableTest)

void HostileTableTest::initTestCase()
{
    QLoggingCategory::setFilterRules(u"cumulet.*=false"_s);
    m_road = std::make_unique<InboundRoad>();
    QVERIFY2(m_road->open(), qPrintable(m_road->error()));
}

void HostileTableTest::eachKindFromEachSender_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("sender");
    QTest::addColumn<bool>("isAllowed");
    const auto lines = QString(table).split(u'\n', Qt::SkipEmptyParts).mid(2);
    for (const auto &line : lines) {
        const auto words = line.split(u' ', Qt::SkipEmptyParts);
        QCOMPARE(words.size(), senders.size() + 1);
        const qsizetype allowed = words.indexOf(u"allowed"_s);
        for (qsizetype i = 0; i < senders.size(); ++i) {
            const QString like =
                senders.value(allowed - 1, u"juliet@example.org"_s).section(u'/', 0, 0) + u".evil.test"_s;
            QTest::newRow(qPrintable(words.first() + u" from "_s + senderNames.at(i)))
                << words.first() << (senders.at(i) == u"like" ? like : senders.at(i))
                << (words.at(i + 1) == u"allowed");
        }
    }
}

QDomElement HostileTableTest::held(
    const std::function<bool(const QDomElement &)> &isIt, const std::function<void()> &ask)
{
    m_held = {};
    m_road->domain().server.addHook([this, isIt, isFirst = true](const QDomElement &stanza) mutable {
        if (isFirst && stanza.tagName() == u"iq" && isIt(stanza)) {
            isFirst = false;
            m_held = stanza.cloneNode().toElement();
            return true;
        }
        return false;
    });
    ask();
    (void)waitFor([this] { return !m_held.isNull(); });
    return m_held;
}

// a question that nobody answered would hold up the next one
void HostileTableTest::release()
{
    if (!m_held.isNull()) {
        m_road->domain().server.answerError(std::exchange(m_held, {}), u"item-not-found"_s);
        m_road->push(" ");
    }
}

QString HostileTableTest::archiveResult()
{
    // an older page of a chat that is new in each case, so that there is something to ask for
    const Jid peer = Jid::fromTrusted(m_word + u"@example.org"_s);
    const auto query =
        held([](const QDomElement &iq) { return iq.firstChildElement(u"query"_s).namespaceURI() == u"urn:xmpp:mam:2"; },
            [&] {
                if (const auto chat = m_road->client().openChat(peer)) {
                    m_road->client().services().chat->fetchOlder(chat->id);
                }
            });
    const QString result = u"<message from='FROM' to='@me@'><result xmlns='urn:xmpp:mam:2' queryid='%1' id='%2'>"_s.arg(
                               query.firstChildElement(u"query"_s).attribute(u"queryid"_s), m_word)
        + inForward(peer.text() + u"/x"_s, u"@own@"_s, m_word) + u"</result></message>"_s;
    const QString end =
        u"<iq type='result' id='%1'><fin xmlns='urn:xmpp:mam:2' complete='true'>"
        "<set xmlns='http://jabber.org/protocol/rsm'><first>%2</first><last>%2</last></set></fin></iq>"_s.arg(
            query.attribute(u"id"_s), m_word);
    m_held = {};
    return result + end;
}

QString HostileTableTest::answerToARequest()
{
    const auto request = held(
        [](const QDomElement &iq) { return !iq.firstChildElement(u"pubsub"_s).firstChildElement(u"items"_s).isNull(); },
        [this] { m_road->client().services().channels->fetchNewest(m_road->channel()); });
    return u"<iq from='FROM' to='@me@' type='result' id='%1'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
           "<items node='%2'>%3</items></pubsub></iq>"_s.arg(
               request.attribute(u"id"_s), m_road->channel().text(), itemWith(m_word));
}

QString HostileTableTest::stanza(const QString &kind)
{
    const QString event = u"<message from='FROM' to='@me@' type='headline'>"
                          "<event xmlns='http://jabber.org/protocol/pubsub#event'>%1</event></message>"_s;
    const QString node = m_road->channel().text();
    if (kind == u"carbon-sent") {
        return u"<message from='FROM' to='@me@' type='chat'><sent xmlns='urn:xmpp:carbons:2'>%1</sent></message>"_s.arg(
            inForward(u"@own@/phone"_s, u"juliet@example.org"_s, m_word));
    }
    if (kind == u"carbon-received") {
        return u"<message from='FROM' to='@me@'><received xmlns='urn:xmpp:carbons:2'>%1</received></message>"_s.arg(
            inForward(u"juliet@example.org/x"_s, u"@own@/phone"_s, m_word));
    }
    if (kind == u"archive-result") {
        return archiveResult();
    }
    if (kind == u"roster-push") {
        return u"<iq from='FROM' to='@me@' type='set' id='%1'><query xmlns='jabber:iq:roster'>"
               "<item jid='nurse@example.org' name='%1' subscription='both'/></query></iq>"_s.arg(m_word);
    }
    if (kind == u"channel-post") {
        return event.arg(u"<items node='%1'>%2</items>"_s.arg(node, itemWith(m_word)));
    }
    if (kind == u"channel-title") {
        return event.arg(u"<configuration node='%1'><x xmlns='jabber:x:data' type='result'>"
                         "<field var='pubsub#title'><value>%2</value></field></x></configuration>"_s.arg(node, m_word));
    }
    if (kind == u"channel-deletion") {
        return event.arg(u"<delete node='/user/romeo@example.org/posts'/>"_s);
    }
    if (kind == u"iq-answer") {
        return answerToARequest();
    }
    if (kind == u"receipt") {
        return u"<message from='FROM' to='@me@' id='%1'><received xmlns='urn:xmpp:receipts' id='%2'/></message>"_s.arg(
            u"r-"_s + m_word, m_road->say(m_word));
    }
    if (kind == u"refusal") {
        return u"<message from='FROM' to='@me@' id='%1' type='error'><error type='cancel'>"
               "<not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"_s.arg(
                   m_road->say(m_word));
    }
    if (kind == u"correction") {
        return u"<message from='FROM' to='@me@' id='c-%1' type='chat'><body>%1</body>"
               "<replace xmlns='urn:xmpp:message-correct:0' id='m1'/></message>"_s.arg(m_word);
    }
    return u"<message from='FROM' to='@me@' type='groupchat'><subject>%1</subject></message>"
           "<message from='FROM' to='@me@' type='chat'><subject>%1</subject></message>"
           "<message from='FROM' to='@me@'><subject>%1</subject><thread>t</thread></message>"_s.arg(m_word);
}

std::pair<QString, QString> HostileTableTest::effect(const QString &kind) const
{
    const QString inJuliets = u"juliet@example.org | "_s;
    const QString juliets = inJuliets + u"juliet@example.org: "_s;
    const QString own = inJuliets + u"romeo@example.org: "_s;
    if (kind == u"carbon-sent") {
        return {u"+ message of juliet@example.org"_s, own + m_word + u" (sent)"_s};
    }
    if (kind == u"carbon-received") {
        return {u"+ message of juliet@example.org"_s, juliets + m_word};
    }
    if (kind == u"archive-result") {
        return {u"+ message of "_s + m_word, u"@example.org | %1@example.org: %1"_s.arg(m_word)};
    }
    if (kind == u"roster-push") {
        return {u"~ roster_item: account=1, jid=nurse@example.org, name="_s + m_word, u"contacts | "_s + m_word};
    }
    if (kind == u"channel-post" || kind == u"iq-answer") {
        return {u"+ post of juliet@example.org"_s, juliets + m_word};
    }
    if (kind == u"channel-title") {
        return {u"~ channel of juliet@example.org"_s, u"list | %1 <juliet@example.org>"_s.arg(m_word)};
    }
    if (kind == u"channel-deletion") {
        return {u"~ channel of romeo@example.org"_s, {}}; // the list shows it as before
    }
    if (kind == u"receipt") {
        return {u"~ message of juliet@example.org"_s, own + m_word + u" (delivered)"_s};
    }
    if (kind == u"refusal") {
        return {u"~ message of juliet@example.org"_s, own + m_word + u" (failed)"_s};
    }
    return {u"~ message of juliet@example.org"_s, juliets + m_word + u" (received, edited)"_s};
}

void HostileTableTest::eachKindFromEachSender()
{
    QFETCH(QString, kind);
    QFETCH(QString, sender);
    QFETCH(bool, isAllowed);
    m_word = u"word-%1"_s.arg(++m_case);
    const auto xml = m_road->filled(stanza(kind).replace(u"FROM"_s, sender).toUtf8());
    QVERIFY(!xml.isEmpty());
    const auto storeBefore = m_road->store();
    const auto screenBefore = m_road->screen();
    const auto outcome = m_road->push(xml);
    QVERIFY(!outcome.isDeaf && !outcome.hasEnded && !outcome.isUnfinished);
    const auto changes = StoreSnapshot::changes(storeBefore, m_road->store());
    const auto screen = m_road->screen();
    release();

    const auto [stored, shown] = effect(kind);
    const QString ownChat = sender.section(u'/', 0, 0);
    bool isStored = false;
    for (const auto &change : changes) {
        isStored = isStored || change.line().startsWith(stored);
        const bool isHisOwnWord = change.conversation == ownChat && change.kind != StoreSnapshot::Change::Removed
            && !stored.endsWith(u" of "_s + ownChat);
        QVERIFY2(isAllowed || isHisOwnWord || kind == u"archive-result", qPrintable(change.line()));
    }
    const bool isShown =
        std::any_of(screen.cbegin(), screen.cend(), [&](const QString &line) { return line.contains(shown); });
    QCOMPARE(isStored, isAllowed);
    QVERIFY(shown.isEmpty() || isShown == isAllowed);
    if (!isAllowed) {
        // what others say may stand in their own chat, and nowhere else
        for (const auto &line : screen) {
            QVERIFY2(!line.contains(m_word) || screenBefore.contains(line) || line.startsWith(ownChat + u" | "_s)
                    || line.contains(u'<' + ownChat + u'>') || kind == u"archive-result",
                qPrintable(line));
        }
    }
}

#include "HostileTableTest.moc"
