#include "kit/TestMain.h"
#include "wire/ChannelWire.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace cumulet;

class ChannelSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKnownFieldIsRead();
    void whatIsNotGivenStays();
    void theServersWordForNothingIsNothing();
    void unknownValuesAreTheStrictestOnes();
    void textsHaveLimits();
    void nothingGivenChangesNothing();
};

static Channel cooking()
{
    Channel channel;
    channel.node = NodeId::fromTrusted(u"/user/cooking@topics.a.test/posts"_s);
    channel.title = u"Cooking"_s;
    channel.description = u"Pans and more"_s;
    channel.accessModel = AccessModel::Open;
    channel.defaultAffiliation = Affiliation::Publisher;
    channel.type = ChannelType::Topic;
    channel.ownAffiliation = Affiliation::Owner;
    channel.ownSubscription = NodeSubscription::Subscribed;
    channel.followers = 7;
    return channel;
}

void ChannelSettingsTest::everyKnownFieldIsRead()
{
    Channel channel;
    channel.node = cooking().node;
    channel = withSettings(channel,
        {{u"pubsub#title"_s, u"Ann"_s}, {u"pubsub#description"_s, u"All of it"_s},
            {u"pubsub#access_model"_s, u"local"_s}, {u"buddycloud#default_affiliation"_s, u"publisher"_s},
            {u"buddycloud#channel_type"_s, u"personal"_s}, {u"pubsub#owner"_s, u"Ann@a.test/desk"_s},
            {u"pubsub#creation_date"_s, u"2026-11-23T15:07:55.649Z"_s}});
    QCOMPARE(channel.title, u"Ann"_s);
    QCOMPARE(channel.description, u"All of it"_s);
    QCOMPARE(channel.accessModel, AccessModel::Local);
    QCOMPARE(channel.defaultAffiliation, Affiliation::Publisher);
    QCOMPARE(channel.type, ChannelType::Personal);
    QCOMPARE(channel.owner.text(), u"ann@a.test"_s);
    QCOMPARE(channel.created, QDateTime(QDate(2026, 11, 23), QTime(15, 7, 55, 649), QTimeZone::UTC));
}

void ChannelSettingsTest::whatIsNotGivenStays()
{
    auto expected = cooking();
    expected.title = u"Baking"_s;
    QCOMPARE(withSettings(cooking(), {{u"pubsub#title"_s, u"Baking"_s}, {u"x#unknown"_s, u"y"_s}}), expected);
}

void ChannelSettingsTest::theServersWordForNothingIsNothing()
{
    const auto channel = withSettings(
        cooking(), {{u"pubsub#title"_s, u"DEFAULT_VALUE"_s}, {u"pubsub#description"_s, u"DEFAULT_VALUE"_s}});
    QCOMPARE(channel.title, QString());
    QCOMPARE(channel.description, QString());
    QCOMPARE(channel.displayTitle(), u"cooking"_s);
}

void ChannelSettingsTest::unknownValuesAreTheStrictestOnes()
{
    const auto channel = withSettings(cooking(),
        {{u"pubsub#access_model"_s, u"presence"_s}, {u"buddycloud#default_affiliation"_s, u"emperor"_s},
            {u"buddycloud#channel_type"_s, u"secret"_s}, {u"pubsub#owner"_s, u"not an address"_s},
            {u"pubsub#creation_date"_s, u"yesterday"_s}});
    QCOMPARE(channel.accessModel, AccessModel::Authorize);
    QCOMPARE(channel.defaultAffiliation, Affiliation::None);
    QCOMPARE(channel.type, ChannelType::Unknown);
    QVERIFY(channel.owner.isEmpty());
    QVERIFY(!channel.created.isValid());
}

void ChannelSettingsTest::textsHaveLimits()
{
    const auto channel = withSettings(
        cooking(), {{u"pubsub#title"_s, QString(10'000, u't')}, {u"pubsub#description"_s, QString(10'000, u'd')}});
    QCOMPARE(channel.title.size(), 128);
    QCOMPARE(channel.description.size(), 1024);
}

void ChannelSettingsTest::nothingGivenChangesNothing()
{
    QCOMPARE(withSettings(cooking(), {}), cooking());
}

CUMULET_TEST(ChannelSettingsTest)
#include "ChannelSettingsTest.moc"
