// The media server by itself: HTTP on one side, stanzas on the other (buddycloud.md 2.5, 7.2).
#include "../MediaServer.h"
#include "../MediaForm.h"
#include "kit/TestMain.h"

#include <QBuffer>
#include <QImage>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;

namespace {

const QString host = u"capulet.example"_s;
const QString domain = u"media.capulet.example"_s;

QString jid(const QString &user)
{
    return user + u'@' + host;
}

QByteArray form(const QByteArray &data)
{
    const auto part = [](const QByteArray &name, const QByteArray &value) {
        return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    };
    return part("filename", "rose.png") + part("content-type", "image/png") + part("description", "a white rose")
        + part("data", data) + "--edge--\r\n";
}

QByteArray picture(int width, int height)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class MediaServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhereItIs();
    void formsAreReadAsTheyAreSent();
    void whoeverMayPostUploads();
    void nobodyUploadsInAnotherName();
    void closedChannelsAreNotShownToStrangers();
    void previewsFitIntoTheBox();
    void onlyTheUploaderDeletes();

private:
    struct Reply
    {
        int status = 0;
        QByteArray body;
    };
    Reply finish(QNetworkReply *reply);
    QNetworkRequest request(const QString &path, const QString &user = {});
    QString upload(const QString &user, const QString &channel, const QByteArray &data);
    void makeChannel(const QString &owner, bool isOpen);
    void say(const QString &user, const QString &payload);

    std::unique_ptr<ChannelService> m_service;
    std::unique_ptr<MediaServer> m_server;
    QNetworkAccessManager m_network;
    QList<Element> m_sent;
    bool m_isConfirmed = true;
};

void MediaServerTest::init()
{
    m_service = std::make_unique<ChannelService>(ServiceSettings{u"channels."_s + host, {}, {}, {}});
    QVERIFY(m_service->open(u":memory:"_s));
    m_isConfirmed = true;
    m_sent.clear();
    m_server =
        std::make_unique<MediaServer>(m_service.get(), MediaSettings{domain, 0, {}}, [this](const Element &stanza) {
            m_sent.append(stanza);
            const auto confirm = stanza.child(u"confirm"_s);
            if (confirm.isNull())
                return;
            Element answer(u"message"_s);
            answer.set(u"from"_s, stanza.attribute(u"to"_s)).set(u"to"_s, domain);
            if (!m_isConfirmed)
                answer.set(u"type"_s, u"error"_s);
            answer.add(confirm);
            QMetaObject::invokeMethod(this, [this, answer] { m_server->receive(answer); }, Qt::QueuedConnection);
        });
    QVERIFY(m_server->start());
    for (const auto &user : {u"romeo"_s, u"juliet"_s, u"tybalt"_s})
        say(user, u"<query xmlns='jabber:iq:register'/>"_s);
}

void MediaServerTest::cleanup()
{
    m_server.reset();
    m_service.reset();
}

void MediaServerTest::say(const QString &user, const QString &payload)
{
    (void)m_service->receive(
        Element::fromXml(u"<iq xmlns='jabber:client' type='set' id='1' from='%1/here' to='channels.%2'>%3</iq>"_s.arg(
            jid(user), host, payload)));
}

MediaServerTest::Reply MediaServerTest::finish(QNetworkReply *reply)
{
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000))
        return {};
    reply->deleteLater();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

QNetworkRequest MediaServerTest::request(const QString &path, const QString &user)
{
    QNetworkRequest request(QUrl(m_server->endpoint() + path));
    if (!user.isEmpty()) {
        const QByteArray token = (jid(user) + u"/here:tx"_s).toUtf8().toBase64(QByteArray::Base64UrlEncoding);
        request.setRawHeader("Authorization", "Basic " + token);
    }
    return request;
}

QString MediaServerTest::upload(const QString &user, const QString &channel, const QByteArray &data)
{
    auto post = request(u'/' + jid(channel), user);
    post.setHeader(QNetworkRequest::ContentTypeHeader, u"multipart/form-data; boundary=\"edge\""_s);
    const auto reply = finish(m_network.post(post, form(data)));
    return reply.status == 201 ? QJsonDocument::fromJson(reply.body)[u"id"_s].toString() : QString();
}

void MediaServerTest::saysWhereItIs()
{
    m_server->receive(
        Element::fromXml(u"<iq xmlns='jabber:client' type='get' id='d' from='%1/here' to='%2'><query "
                         "xmlns='http://jabber.org/protocol/disco#info'/></iq>"_s.arg(jid(u"romeo"_s), domain)));
    QCOMPARE(m_sent.size(), 1);
    QVERIFY(m_sent.first().toXml().contains(u"http://buddycloud.org/v1/api"_s));
    QVERIFY(m_sent.first().toXml().contains(m_server->endpoint()));
}

void MediaServerTest::formsAreReadAsTheyAreSent()
{
    const QByteArray data("a\r\n--edg\0e\r\n", 12);
    const auto fields = readMediaForm("multipart/form-data; boundary=\"edge\"", form(data));
    QCOMPARE(fields.value(u"data"_s), data);
    QCOMPARE(fields.value(u"description"_s), "a white rose");
    const auto pairs = readMediaForm(
        "application/x-www-form-urlencoded", "filename=r%20s&data=" + data.toBase64().toPercentEncoding());
    QCOMPARE(pairs.value(u"data"_s), data);
    QCOMPARE(pairs.value(u"filename"_s), "r s");
}

void MediaServerTest::whoeverMayPostUploads()
{
    const auto data = picture(4, 3);
    const QString id = upload(u"romeo"_s, u"romeo"_s, data);
    QVERIFY(!id.isEmpty());
    const auto shown = finish(m_network.get(request(u"/%1/%2"_s.arg(jid(u"romeo"_s), id))));
    QCOMPARE(shown.status, 200);
    QCOMPARE(shown.body, data);
    const auto about =
        QJsonDocument::fromJson(finish(m_network.get(request(u"/%1/%2/metadata"_s.arg(jid(u"romeo"_s), id)))).body);
    QCOMPARE(about[u"description"_s].toString(), u"a white rose"_s);
    QCOMPARE(about[u"width"_s].toInt(), 4);
    QCOMPARE(about[u"author"_s].toString(), jid(u"romeo"_s));
    QVERIFY(upload(u"tybalt"_s, u"romeo"_s, data).isEmpty()); // he does not follow
}

void MediaServerTest::nobodyUploadsInAnotherName()
{
    m_isConfirmed = false;
    QVERIFY(upload(u"romeo"_s, u"romeo"_s, picture(4, 3)).isEmpty());
    QCOMPARE(m_sent.size(), 1);
    auto anonymous = request(u'/' + jid(u"romeo"_s));
    anonymous.setHeader(QNetworkRequest::ContentTypeHeader, u"multipart/form-data; boundary=\"edge\""_s);
    QCOMPARE(finish(m_network.post(anonymous, form("x"))).status, 401);
}

void MediaServerTest::closedChannelsAreNotShownToStrangers()
{
    say(u"romeo"_s,
        u"<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='/user/%1/posts'><x "
        "xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>"
        "http://jabber.org/protocol/pubsub#node_config</value></field><field var='pubsub#access_model'><value>authorize"
        "</value></field></x></configure></pubsub>"_s.arg(jid(u"romeo"_s)));
    const QString id = upload(u"romeo"_s, u"romeo"_s, "closed");
    QVERIFY(!id.isEmpty());
    const QString path = u"/%1/%2"_s.arg(jid(u"romeo"_s), id);
    QCOMPARE(finish(m_network.get(request(path))).status, 401);
    QCOMPARE(finish(m_network.get(request(path, u"tybalt"_s))).status, 403);
    QCOMPARE(finish(m_network.get(request(path, u"romeo"_s))).body, "closed");
}

void MediaServerTest::previewsFitIntoTheBox()
{
    const QString id = upload(u"romeo"_s, u"romeo"_s, picture(400, 300));
    const auto preview =
        finish(m_network.get(request(u"/%1/%2?maxheight=100&maxwidth=100"_s.arg(jid(u"romeo"_s), id))));
    QCOMPARE(QImage::fromData(preview.body).size(), QSize(100, 75));
}

void MediaServerTest::onlyTheUploaderDeletes()
{
    const QString id = upload(u"romeo"_s, u"romeo"_s, "text");
    const QString path = u"/%1/%2"_s.arg(jid(u"romeo"_s), id);
    QCOMPARE(finish(m_network.deleteResource(request(path, u"tybalt"_s))).status, 403);
    QCOMPARE(finish(m_network.deleteResource(request(path, u"romeo"_s))).status, 200);
    QCOMPARE(finish(m_network.get(request(path))).status, 404);
}

CUMULET_TEST(MediaServerTest)
#include "MediaServerTest.moc"
