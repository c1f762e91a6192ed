#include "WireBench.h"

#include "kit/TestMain.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

const auto juliet = Jid::fromTrusted(u"juliet@example.org"_s);

QString sha1Of(const QByteArray &data)
{
    return QString::fromLatin1(QCryptographicHash::hash(data, QCryptographicHash::Sha1).toHex());
}

// what juliet's account answers; empty: item-not-found
struct Pictures
{
    QString metadata; ///< the info elements
    QByteArray data;
    QString vcard; ///< content of PHOTO
    QStringList asked;

    LoopbackServer::Hook hook(LoopbackServer &server)
    {
        return [this, &server](const QDomElement &stanza) {
            if (stanza.attribute(u"to"_s) != juliet.text() || stanza.tagName() != u"iq") {
                return false;
            }
            const auto items = stanza.firstChildElement(u"pubsub"_s).firstChildElement(u"items"_s);
            const auto node = items.attribute(u"node"_s);
            asked += items.isNull() ? u"vcard"_s : node.section(u':', -1);
            if (items.isNull()) {
                reply(server, stanza, vcard, u"<vCard xmlns='vcard-temp'><PHOTO>%1</PHOTO></vCard>"_s.arg(vcard));
                return true;
            }
            const bool isData = node == u"urn:xmpp:avatar:data";
            const auto id = isData ? items.firstChildElement().attribute(u"id"_s) : u"x"_s;
            const auto payload = isData
                ? u"<data xmlns='urn:xmpp:avatar:data'>%1</data>"_s.arg(QString::fromLatin1(data.toBase64()))
                : u"<metadata xmlns='urn:xmpp:avatar:metadata'>%1</metadata>"_s.arg(metadata);
            reply(server, stanza, isData ? QString::fromLatin1(data.toBase64()) : metadata,
                u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%1'><item id='%2'>%3</item>"
                "</items></pubsub>"_s.arg(node, id, payload));
            return true;
        };
    }

    static void reply(LoopbackServer &server, const QDomElement &stanza, const QString &content, const QString &xml)
    {
        if (content.isEmpty()) {
            server.answerError(stanza, u"item-not-found"_s);
        } else {
            server.answer(stanza, xml);
        }
    }
};

QString info(const QString &sha1, qsizetype bytes, const QString &more = {})
{
    return u"<info id='%1' bytes='%2' type='image/png'%3/>"_s.arg(sha1).arg(bytes).arg(more);
}

} // namespace

class AvatarWireTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WireBench> m_bench;
    std::unique_ptr<Pictures> m_pictures;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<WireBench>();
        m_pictures = std::make_unique<Pictures>();
        m_bench->server.addHook(m_pictures->hook(m_bench->server));
        QVERIFY(m_bench->logIn());
    }

    void cleanup() { m_bench.reset(); }

    void fetchesThePictureOfAnAccount()
    {
        const QByteArray data = "not really a picture";
        m_pictures->data = data;
        // one on the web is passed over: looking at it would tell who looks
        m_pictures->metadata =
            info(QString(40, u'b'), 5, u" url='https://evil.test/'"_s) + info(sha1Of(data).toUpper(), data.size());
        const auto avatar = wait(m_bench->avatars.fetch(juliet.withResource(u"balcony"_s)));
        QVERIFY2(avatar, qPrintable(avatar ? QString() : avatar.error().detail));
        QCOMPARE(avatar->data, data);
        QCOMPARE(avatar->sha1, sha1Of(data).toLatin1());
        QCOMPARE(avatar->mediaType, u"image/png"_s);
        QCOMPARE(m_pictures->asked, (QStringList{u"metadata"_s, u"data"_s}));
    }

    void fallsBackToTheVcard()
    {
        m_pictures->vcard = u"<TYPE>image/jpeg</TYPE><BINVAL>aGFs\nbG8=</BINVAL>"_s;
        const auto avatar = wait(m_bench->avatars.fetch(juliet));
        QVERIFY(avatar);
        QCOMPARE(avatar->data, "hallo"_ba);
        QCOMPARE(avatar->sha1, sha1Of("hallo").toLatin1());
        QCOMPARE(avatar->mediaType, u"image/jpeg"_s);
    }

    void saysThatThereIsNone()
    {
        auto avatar = wait(m_bench->avatars.fetch(juliet));
        QVERIFY(!avatar);
        QCOMPARE(avatar.error().kind, ErrorKind::NotFound);
        m_pictures->vcard = u"<TYPE>image/jpeg</TYPE>"_s;
        avatar = wait(m_bench->avatars.fetch(juliet));
        QCOMPARE(avatar.error().kind, ErrorKind::NotFound);
    }

    void refusesAPictureThatIsAnotherOne()
    {
        m_pictures->data = "another picture";
        m_pictures->metadata = info(sha1Of("the picture"), 15);
        QCOMPARE(wait(m_bench->avatars.fetch(juliet)).error().kind, ErrorKind::Malformed);
    }

    void refusesAHugePicture()
    {
        m_pictures->data = QByteArray(600 * 1024, 'x');
        m_pictures->metadata = info(sha1Of(m_pictures->data), 10);
        QCOMPARE(wait(m_bench->avatars.fetch(juliet)).error().kind, ErrorKind::TooLarge);
        m_pictures->metadata.clear();
        m_pictures->vcard = u"<BINVAL>%1</BINVAL>"_s.arg(QString(900 * 1024, u'A'));
        QCOMPARE(wait(m_bench->avatars.fetch(juliet)).error().kind, ErrorKind::TooLarge);
    }

    void endsOffline()
    {
        m_bench->server.stop();
        QTRY_VERIFY(m_bench->session.boundJid().isEmpty());
        QCOMPARE(wait(m_bench->avatars.fetch(juliet)).error().kind, ErrorKind::Offline);
    }

    void tellsNews()
    {
        QSignalSpy news(&m_bench->avatars, &AvatarWire::avatarAnnounced);
        const auto event =
            u"<message from='juliet@example.org' type='headline'><event"
            " xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata'>"
            "<item id='x'><metadata xmlns='urn:xmpp:avatar:metadata'>%1</metadata></item></items></event>"
            "</message>"_s;
        const auto sha1 = QString(40, u'c');
        m_bench->push(event.arg(info(sha1, 100)));
        m_bench->push(event.arg(QString()));
        m_bench->push(u"<presence from='juliet@example.org/b'><x xmlns='vcard-temp:x:update'><photo>%1</photo></x>"
                      "</presence>"_s.arg(sha1));
        m_bench->push(u"<presence from='juliet@example.org/b'><x xmlns='vcard-temp:x:update'><photo/></x></presence>"
                      "<presence from='juliet@example.org/b'><x xmlns='vcard-temp:x:update'><photo>junk</photo></x>"
                      "</presence>"_s);
        QVERIFY(m_bench->settle());
        QCOMPARE(news.count(), 3);
        QCOMPARE(news.at(0).first().value<Jid>(), juliet);
        QCOMPARE(news.at(0).last().toByteArray(), sha1.toLatin1());
        QCOMPARE(news.at(1).last().toByteArray(), QByteArray());
        QCOMPARE(news.at(2).last().toByteArray(), sha1.toLatin1());
    }
};

CUMULET_TEST(AvatarWireTest)
#include "AvatarWireTest.moc"
