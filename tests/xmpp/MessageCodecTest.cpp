#include "WireBench.h"

#include "kit/TestMain.h"
#include "xmpp/MessageCodec.h"
#include "xmpp/Namespaces.h"
#include "xmpp/XmlText.h"

#include <QDomDocument>
#include <QRegularExpression>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

const Jid own = Jid::fromTrusted(u"romeo@example.org"_s);
const Jid juliet = Jid::fromTrusted(u"juliet@example.org"_s);

// the document owns its elements, so it comes along
struct Parsed
{
    explicit Parsed(const QString &xml)
    {
        document.setContent(u"<stream xmlns='jabber:client'>"_s + xml + u"</stream>"_s,
            QDomDocument::ParseOption::UseNamespaceProcessing);
        stanza = document.documentElement().firstChildElement();
    }
    QDomDocument document;
    QDomElement stanza;
};

MessageContent readXml(const QString &xml, MessageRoad road = MessageRoad::Live)
{
    const Parsed parsed(xml);
    return MessageCodec::read(parsed.stanza, own, road);
}

MessageContent readFile(const QString &name)
{
    return readXml(chatStanza(name));
}

QString chat(const QString &content, const QString &attributes = u"from='juliet@example.org/b' type='chat'"_s)
{
    return u"<message %1>%2</message>"_s.arg(attributes, content);
}

QString toXml(const QXmppMessage &message)
{
    QString xml;
    QXmlStreamWriter writer(&xml);
    message.toXml(&writer);
    return xml;
}

// without an id that is different each time
QString withoutId(QString xml)
{
    static const QRegularExpression id(uR"(<message id="[^"]*")"_s);
    return xml.replace(id, u"<message id=\"\""_s);
}

} // namespace

class MessageCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAMessage()
    {
        const auto content = readFile(u"message.xml"_s);
        QVERIFY(content.message);
        const auto &message = *content.message;
        QCOMPARE(message.peer, juliet);
        QCOMPARE(message.from, juliet.withResource(u"balcony"_s));
        QVERIFY(!message.isOwn && !message.isCarbon && !message.isFromArchive);
        QCOMPARE(message.messageId.text(), u"m1"_s);
        QCOMPARE(message.originId.text(), u"m1"_s);
        QCOMPARE(message.archiveId.text(), u"2026-a-1"_s);
        QCOMPARE(message.body, u"Wherefore art thou, Romeo? <3 😀"_s);
        QVERIFY(message.wantsReceipt && message.isMarkable);
        QVERIFY(message.replaces.isEmpty());
        QCOMPARE(content.chatState, ChatState::Active);
        QVERIFY(content.notices.isEmpty());
        QVERIFY(qAbs(message.time.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    }

    void readsACorrection() { QCOMPARE(readFile(u"correction.xml"_s).message->replaces.text(), u"m1"_s); }

    void readsReceiptsAndMarkers()
    {
        const auto receipt = readFile(u"receipt.xml"_s);
        QVERIFY(!receipt.message);
        QCOMPARE(receipt.notices.size(), 1);
        QCOMPARE(receipt.notices.first().peer, juliet);
        QCOMPARE(receipt.notices.first().messageId.text(), u"out-1"_s);
        QCOMPARE(receipt.notices.first().state, DeliveryState::Delivered);
        const auto displayed = readFile(u"displayed.xml"_s);
        QCOMPARE(displayed.notices.size(), 1);
        QCOMPARE(displayed.notices.first().state, DeliveryState::Displayed);
    }

    void readsWhatSomebodyDoes() { QCOMPARE(readFile(u"composing.xml"_s).chatState, ChatState::Composing); }

    void readsTheTimeOfADelayedMessage()
    {
        QCOMPARE(
            readFile(u"delayed.xml"_s).message->time, QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate));
    }

    void takesTheBodyWithoutALanguage() { QCOMPARE(readFile(u"languages.xml"_s).message->body, u"Wherefore?"_s); }

    // two clients would show two different texts
    void takesNoneOfTwoBodies() { QVERIFY(readFile(u"two-bodies.xml"_s).isEmpty()); }

    void ignoresWhatIsNoConversation_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::newRow("private message in a room") << chatStanza(u"room-private.xml"_s);
        QTest::newRow("news of a channel") << chatStanza(u"headline.xml"_s);
        QTest::newRow("error") << chatStanza(u"refused.xml"_s);
        QTest::newRow("group chat") << chat(u"<body>x</body>"_s, u"from='hall@rooms.test/a' type='groupchat'"_s);
        QTest::newRow("headline") << chat(u"<body>x</body>"_s, u"from='a@b.test' type='headline'"_s);
        QTest::newRow("event as a chat") << chat(
            u"<body>x</body><event xmlns='http://jabber.org/protocol/pubsub#event'/>"_s);
        QTest::newRow("no address") << chat(u"<body>x</body>"_s, u"from='@' type='chat'"_s);
        QTest::newRow("for somebody else") << chat(u"<body>x</body>"_s, u"from='a@b.test' to='c@d.test'"_s);
        QTest::newRow("body of another kind") << chat(u"<body xmlns='other'>x</body>"_s);
        QTest::newRow("nothing") << chat({});
        QTest::newRow("presence") << u"<presence from='a@b.test'><body>x</body></presence>"_s;
    }

    void ignoresWhatIsNoConversation()
    {
        QFETCH(QString, xml);
        QVERIFY(readXml(xml).isEmpty());
    }

    void knowsWhoSentWhat_data()
    {
        QTest::addColumn<QString>("addresses");
        QTest::addColumn<int>("road");
        QTest::addColumn<QString>("peer");
        QTest::addColumn<bool>("isOwn");
        const int live = int(MessageRoad::Live);
        const int archive = int(MessageRoad::Archive);
        const auto me = u"romeo@example.org"_s;
        const auto her = u"juliet@example.org"_s;
        QTest::newRow("live") << u"from='juliet@example.org/b' to='romeo@example.org/o'"_s << live << her << false;
        QTest::newRow("live, note to self")
            << u"from='romeo@example.org/p' to='romeo@example.org'"_s << live << me << true;
        QTest::newRow("live, no sender") << u"to='romeo@example.org'"_s << live << me << true;
        QTest::newRow("live, own to other")
            << u"from='romeo@example.org/p' to='juliet@example.org'"_s << live << QString() << false;
        QTest::newRow("archive, hers") << u"from='juliet@example.org/b' to='romeo@example.org'"_s << archive << her
                                       << false;
        QTest::newRow("archive, mine") << u"from='romeo@example.org/p' to='juliet@example.org/b'"_s << archive << her
                                       << true;
        QTest::newRow("archive, of two others")
            << u"from='a@b.test' to='juliet@example.org'"_s << archive << QString() << false;
    }

    void knowsWhoSentWhat()
    {
        QFETCH(QString, addresses);
        QFETCH(int, road);
        QFETCH(QString, peer);
        QFETCH(bool, isOwn);
        const auto content = readXml(chat(u"<body>x</body>"_s, addresses + u" type='chat'"_s), MessageRoad(road));
        QCOMPARE(content.message.has_value(), !peer.isEmpty());
        if (content.message) {
            QCOMPARE(content.message->peer.text(), peer);
            QCOMPARE(content.message->isOwn, isOwn);
        }
    }

    void trustsOnlyItsOwnServersArchiveId_data()
    {
        QTest::addColumn<QString>("ids");
        QTest::addColumn<QString>("expected");
        const auto id = u"<stanza-id xmlns='urn:xmpp:sid:0' by='%1' id='%2'/>"_s;
        const auto mine = id.arg(u"romeo@example.org"_s, u"a"_s);
        QTest::newRow("own") << mine << u"a"_s;
        QTest::newRow("room") << id.arg(u"hall@rooms.test"_s, u"b"_s) << QString();
        QTest::newRow("server") << id.arg(u"example.org"_s, u"b"_s) << QString();
        QTest::newRow("own among others") << id.arg(u"x@y.test"_s, u"b"_s) + mine << u"a"_s;
        QTest::newRow("two") << mine + id.arg(u"romeo@example.org"_s, u"c"_s) << QString();
        QTest::newRow("huge") << id.arg(u"romeo@example.org"_s, QString(2000, u'x')) << QString();
    }

    void trustsOnlyItsOwnServersArchiveId()
    {
        QFETCH(QString, ids);
        QFETCH(QString, expected);
        QCOMPARE(readXml(chat(u"<body>x</body>"_s + ids)).message->archiveId.text(), expected);
    }

    void boundsWhatItReads()
    {
        const auto large = readXml(chat(u"<body>%1</body>"_s.arg(QString(300 * 1024, u'x'))));
        QCOMPARE(large.message->body.size(), MessageCodec::longestBody);
        const auto ids = readXml(
            chat(u"<body>x</body><replace xmlns='urn:xmpp:message-correct:0' id='%1'/>"_s.arg(QString(1025, u'x')),
                u"from='a@b.test' id='%1'"_s.arg(QString(1025, u'x'))));
        QVERIFY(ids.message->messageId.isEmpty());
        QVERIFY(ids.message->replaces.isEmpty());
        QCOMPARE(cutText(u"a😀"_s, 2), u"a"_s);
        QCOMPARE(cutText(u"a😀"_s, 3), u"a😀"_s);
    }

    void readsStamps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("seconds") << u"2026-01-02T03:04:05Z"_s << qint64(1767323045000);
        QTest::newRow("microseconds") << u"2026-01-02T03:04:05.123456Z"_s << qint64(1767323045123);
        QTest::newRow("offset") << u"2026-01-02T04:04:05+01:00"_s << qint64(1767323045000);
        QTest::newRow("no zone") << u"2026-01-02T03:04:05"_s << qint64(1767323045000);
        for (const auto &bad : {u"0000-00-00T00:00:00Z"_s, u"9999-12-31T23:59:59Z"_s, u"1000000000000000000"_s,
                 u"junk"_s, u""_s, u"1969-12-31T23:59:59Z"_s, QString(1000, u'1')}) {
            QTest::addRow("%s", qPrintable(bad.left(30))) << bad << qint64(-1);
        }
    }

    void readsStamps()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto stamp = MessageCodec::readStamp(text);
        QCOMPARE(stamp.isValid() ? stamp.toMSecsSinceEpoch() : -1, milliseconds);
    }

    void aMessageFromTheFutureCameNow()
    {
        const auto tomorrow = QDateTime::currentDateTimeUtc().addSecs(80'000).toString(Qt::ISODate);
        const auto content = readXml(chat(u"<body>x</body><delay xmlns='urn:xmpp:delay' stamp='%1'/>"_s.arg(tomorrow)));
        QVERIFY(content.message->time <= QDateTime::currentDateTimeUtc());
    }

    void readsAForwardedMessage()
    {
        const Parsed wrapper(chatStanza(u"archive-result.xml"_s));
        QDateTime stamp;
        const auto message = MessageCodec::forwarded(child(wrapper.stanza, u"result", ns::mam), &stamp);
        QCOMPARE(message.attribute(u"id"_s), u"m7"_s);
        QCOMPARE(stamp.toMSecsSinceEpoch(), qint64(1767323045679));
        const Parsed two(u"<r><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'/>"
                         "<message xmlns='jabber:client'/></forwarded></r>"_s);
        QVERIFY(MessageCodec::forwarded(two.stanza).isNull());
        QVERIFY(MessageCodec::forwarded(Parsed(u"<r/>"_s).stanza).isNull());
    }

    void writesMessages()
    {
        OutgoingMessage message;
        message.to = juliet;
        message.originId = OriginId(u"out-1"_s);
        message.body = u"But <soft>, what light 😀"_s;
        QCOMPARE(toXml(MessageCodec::write(message)), chatStanza(u"outgoing-message.xml"_s));
        message.originId = OriginId(u"out-2"_s);
        message.body = u"But soft!"_s;
        message.replaces = MessageId(u"out-1"_s);
        QCOMPARE(toXml(MessageCodec::write(message)), chatStanza(u"outgoing-correction.xml"_s));
    }

    void writesNoticesAndStates()
    {
        const MessageId id(u"m1"_s);
        QCOMPARE(withoutId(
                     toXml(MessageCodec::writeNotice(juliet.withResource(u"balcony"_s), id, DeliveryState::Delivered))),
            chatStanza(u"outgoing-receipt.xml"_s));
        QCOMPARE(withoutId(toXml(MessageCodec::writeNotice(juliet, id, DeliveryState::Displayed))),
            chatStanza(u"outgoing-displayed.xml"_s));
        QCOMPARE(withoutId(toXml(MessageCodec::writeChatState(juliet, ChatState::Composing))),
            chatStanza(u"outgoing-composing.xml"_s));
    }

    // what it writes, it reads
    void readsWhatItWrote()
    {
        OutgoingMessage message;
        message.to = own;
        message.originId = OriginId(u"x-1"_s);
        message.body = u"]]> & <b>\t\n\r \"quotes\" Ünïcödé 你好 👩‍👩‍👧"_s;
        message.replaces = MessageId(u"x-0"_s);
        auto stanza = MessageCodec::write(message);
        stanza.setFrom(u"juliet@example.org/b"_s);
        auto content = readXml(toXml(stanza));
        QVERIFY(content.message);
        // XML makes one kind of line end of all
        QCOMPARE(content.message->body.replace(u'\r', u'\n'), message.body.replace(u'\r', u'\n'));
        QCOMPARE(content.message->originId, message.originId);
        QCOMPARE(content.message->messageId.text(), u"x-1"_s);
        QCOMPARE(content.message->replaces, message.replaces);
        QVERIFY(content.message->wantsReceipt && content.message->isMarkable);
    }

    // one such character would end the stream
    void writesNoCharacterThatXmlForbids()
    {
        const QString nasty = u"a"_s + QChar(0) + QChar(0x0b) + QChar(0x1f) + QChar(0xd800) + u"b"_s + QChar(0xdc00)
            + QChar(0xfffe) + QChar(0xffff) + u"\t\n😀"_s;
        QCOMPARE(xmlText(nasty), u"ab\t\n😀"_s);
        OutgoingMessage message;
        message.to = juliet;
        message.originId = OriginId(u"x"_s);
        message.body = nasty;
        QVERIFY(!Parsed(toXml(MessageCodec::write(message))).stanza.isNull());
    }
};

CUMULET_TEST(MessageCodecTest)
#include "MessageCodecTest.moc"
