// Pictures in channels between whole clients, a real server, and a channel service with a media server behind it.
#include "kit/ChannelServer.h"
#include "kit/TestMain.h"
#include "live/LiveStage.h"
#include "services/channel/ChannelService.h"
#include "services/media/MediaService.h"
#include "services/session/SessionService.h"

#include <QXmppClient.h>
#include <QXmppConfiguration.h>
#include <QXmppElement.h>
#include <QXmppLogger.h>
#include <QXmppMessage.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveMediaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { LiveStage::kinds(); }
    void init();
    void cleanup();
    void aPictureIsSeenByOthers_data();
    void aPictureIsSeenByOthers();
    void whatWasAttachedOfflineFollowsAfterARestart();
    void questionsOfStrangersAreRefused();
    void whatIsNotPublishedDoesNotStay();

private:
    bool makeTopic(AccessModel accessModel);
    bool follows();
    Result<Attachment> attach(LiveClient &client, const QByteArray &bytes);
    bool post(LiveClient &client, const QString &text, const Attachment &attachment);
    Post received(LiveClient &client, const QString &text);

    LiveStage m_stage;
    std::map<LiveServer *, std::unique_ptr<ChannelServer>> m_services;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    NodeId m_topic;
    QString m_tag;
};

void LiveMediaTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    ENTER_STAGE(m_stage, kind);
    if (const auto why = ChannelServer::whyNot(m_stage.server()); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    if (m_stage.server().settings().media.isEmpty()) {
        QSKIP("this server has no media server");
    }
    auto &service = m_services[&m_stage.server()];
    if (!service) {
        service = std::make_unique<ChannelServer>();
        QVERIFY2(service->start(m_stage.server()), qPrintable(service->error()));
    }
    m_tag = QUuid::createUuid().toString(QUuid::Id128).left(8);
    m_romeo = m_stage.client(u"romeo"_s);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));
    m_juliet = m_stage.client(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY2(m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
}

void LiveMediaTest::cleanup()
{
    m_topic = {};
    m_romeo.reset();
    m_juliet.reset();
}

bool LiveMediaTest::makeTopic(AccessModel accessModel)
{
    ChannelService &juliets = *m_juliet->services().channels;
    const Jid address = Jid::fromTrusted(u"roses-%1@%2"_s.arg(m_tag, juliets.status().topicsDomain.text()));
    const auto made =
        outcome(juliets.createTopicChannel(address, u"Roses"_s, u"White ones"_s, accessModel, Affiliation::Publisher));
    if (!made) {
        qWarning() << "no channel:" << made.error().detail;
        return false;
    }
    m_topic = *made;
    return true;
}

bool LiveMediaTest::follows()
{
    ChannelService &juliets = *m_juliet->services().channels;
    const auto followed = outcome(m_romeo->services().channels->follow(m_topic));
    if (followed && followed->subscription == NodeSubscription::Pending) {
        return bool(outcome(juliets.answerRequest(m_topic, m_romeo->jid(), true))) && waitFor([this] {
            const auto channel = outcome(m_romeo->services().channels->open(m_topic));
            return channel && channel->ownSubscription == NodeSubscription::Subscribed;
        });
    }
    return followed && followed->subscription == NodeSubscription::Subscribed;
}

Result<Attachment> LiveMediaTest::attach(LiveClient &client, const QByteArray &bytes)
{
    const auto channel = client.openChannel(m_topic);
    return outcome(client.services().media->attachBytes(channel ? channel->id : 0, {}, bytes,
        {u"rose.png"_s, u"image/png"_s, bytes.size(), u"a white rose — 白玫瑰"_s}));
}

bool LiveMediaTest::post(LiveClient &client, const QString &text, const Attachment &attachment)
{
    return bool(outcome(client.services().channels->post(m_topic, text, {}, {}, {attachment})));
}

Post LiveMediaTest::received(LiveClient &client, const QString &text)
{
    Post post;
    (void)waitFor([&] {
        post = client.postOf(m_topic, text);
        return !post.item.isEmpty();
    });
    return post;
}

void LiveMediaTest::aPictureIsSeenByOthers_data()
{
    QTest::addColumn<AccessModel>("accessModel");
    QTest::newRow("open") << AccessModel::Open;
    QTest::newRow("closed") << AccessModel::Authorize;
}

void LiveMediaTest::aPictureIsSeenByOthers()
{
    QFETCH(AccessModel, accessModel);
    QVERIFY(makeTopic(accessModel));
    QVERIFY(follows());
    const QByteArray bytes = "not really a picture " + m_tag.toUtf8();
    const auto attachment = attach(*m_juliet, bytes);
    QVERIFY(attachment);
    QVERIFY(post(*m_juliet, m_tag, *attachment));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));

    const Post seen = received(*m_romeo, m_tag);
    QCOMPARE(seen.attachments.size(), 1);
    const MediaAddress address = seen.attachments.first().media;
    QCOMPARE(address.channel, m_topic.channel());
    MediaService &romeos = *m_romeo->services().media;
    const auto description = outcome(romeos.describe(address));
    QVERIFY2(description, qPrintable(description ? QString() : description.error().detail));
    QCOMPARE(description->text, u"a white rose — 白玫瑰"_s);
    QCOMPARE(description->mediaType, u"image/png"_s);
    const auto file = outcome(romeos.file(address));
    QVERIFY2(file, qPrintable(file ? QString() : file.error().detail));
    QCOMPARE(*file, bytes);
    // what was written is there as it was sent
    const Post own = received(*m_juliet, m_tag);
    QCOMPARE(own.attachments.size(), 1);
    QCOMPARE(own.attachments.first().media, address);
    QVERIFY(outcome(m_juliet->services().media->draft(m_juliet->openChannel(m_topic)->id, {}))->isEmpty());
}

void LiveMediaTest::whatWasAttachedOfflineFollowsAfterARestart()
{
    QVERIFY(makeTopic(AccessModel::Open));
    QVERIFY(follows());
    const QTemporaryDir profile;
    const auto settings = m_juliet->settings();
    m_juliet.reset();
    m_juliet = m_stage.client(settings, profile.path());
    QVERIFY(m_juliet);
    QVERIFY(m_juliet->waitForChannels());
    m_juliet->goOffline();
    const auto attachment = attach(*m_juliet, "offline " + m_tag.toUtf8());
    QVERIFY(attachment);
    QVERIFY(post(*m_juliet, m_tag, *attachment));
    QCOMPARE(m_juliet->services().channels->waiting(), 1);
    m_juliet.reset();

    m_juliet = m_stage.client(settings, profile.path());
    QVERIFY(m_juliet);
    QVERIFY(m_juliet->waitForChannels());
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const Post seen = received(*m_romeo, m_tag);
    QCOMPARE(seen.attachments.size(), 1);
    const auto file = outcome(m_romeo->services().media->file(seen.attachments.first().media));
    QVERIFY(file);
    QCOMPARE(*file, "offline " + m_tag.toUtf8());
}

// XEP-0070: only the media server is told that it is us, and only about what we just asked of it.
void LiveMediaTest::questionsOfStrangersAreRefused()
{
    QXmppClient stranger;
    const auto settings = m_stage.freshSettings(u"tybalt"_s);
    QVERIFY(settings);
    QXmppConfiguration configuration;
    configuration.setJid(settings->jid.text());
    configuration.setPassword(settings->password);
    configuration.setHost(settings->host);
    configuration.setPort(settings->port);
    configuration.setIgnoreSslErrors(true);
    QByteArray heard;
    stranger.logger()->setLoggingType(QXmppLogger::SignalLogging);
    connect(stranger.logger(), &QXmppLogger::message, this,
        [&heard](QXmppLogger::MessageType, const QString &text) { heard += text.toUtf8(); });
    stranger.connectToServer(configuration);
    QVERIFY(waitFor([&stranger] { return stranger.isConnected(); }));
    QXmppMessage question;
    question.setTo(m_romeo->services().session->boundJid().text());
    question.setBody(u"Is it you? "_s + m_tag);
    QXmppElement confirm;
    confirm.setTagName(u"confirm"_s);
    confirm.setAttribute(u"xmlns"_s, u"http://jabber.org/protocol/http-auth"_s);
    confirm.setAttribute(u"id"_s, m_tag);
    confirm.setAttribute(u"method"_s, u"GET"_s);
    confirm.setAttribute(u"url"_s, u"https://bank.example/"_s);
    question.setExtensions(QXmppElementList{confirm});
    QVERIFY(stranger.sendPacket(question));
    QVERIFY(waitFor([&heard] { return heard.contains("<not-authorized"); }));
    QVERIFY(m_romeo->bodies(settings->jid).isEmpty());
}

void LiveMediaTest::whatIsNotPublishedDoesNotStay()
{
    QVERIFY(makeTopic(AccessModel::Open));
    const auto attachment = attach(*m_juliet, "given up");
    QVERIFY(attachment);
    m_juliet->goOffline();
    QVERIFY(post(*m_juliet, m_tag, *attachment));
    const Post waiting = m_juliet->postOf(m_topic, m_tag);
    QVERIFY(waiting.row > 0);
    QCOMPARE(waiting.attachments.size(), 1);
    // taken back for another word, its file belongs to the draft again
    QCOMPARE(*outcome(m_juliet->services().channels->discard(waiting.row, true)), m_tag);
    const auto draft = outcome(m_juliet->services().media->draft(m_juliet->openChannel(m_topic)->id, {}));
    QVERIFY(draft);
    QCOMPARE(draft->size(), 1);
    QVERIFY(QFile::exists(m_juliet->services().media->pathOf(draft->first())));
    QCOMPARE(draft->first().description.text, u"a white rose — 白玫瑰"_s);
}

CUMULET_TEST(LiveMediaTest)
#include "LiveMediaTest.moc"
