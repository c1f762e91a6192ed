#include "kit/LiveSettings.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

class LiveSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPortAloneIsOnThisMachine();
    void somebodyElsesServerHasAnAddress();
    void accountsAreReadInBothForms();
    void withoutDomainOrPortThereIsNoServer();
};

CUMULET_TEST(LiveSettingsTest)

void LiveSettingsTest::aPortAloneIsOnThisMachine()
{
    QString error;
    const auto settings = LiveSettings::read("KIND=Prosody\nHOST=verona.example\nC2S=15222\nCOMP=15347\n"
                                             "SECRET=/tmp/secret\nCHANNELS=channels.verona.example\nREADY\n",
        &error);
    QVERIFY2(settings, qPrintable(error));
    QCOMPARE(settings->kind, u"prosody"_s);
    QCOMPARE(settings->address, u"127.0.0.1"_s);
    QCOMPARE(settings->port, 15222);
    QCOMPARE(settings->componentPort, 15347);
    QCOMPARE(settings->channels, u"channels.verona.example"_s);
    QVERIFY(settings->accounts.isEmpty());
}

void LiveSettingsTest::somebodyElsesServerHasAnAddress()
{
    QString error;
    const auto settings = LiveSettings::read("# ours\n host = example.org \nC2S=xmpp.example.org:5222", &error);
    QVERIFY(settings);
    QCOMPARE(settings->host, u"example.org"_s);
    QCOMPARE(settings->address, u"xmpp.example.org"_s);
    QCOMPARE(settings->port, 5222);
    QCOMPARE(settings->componentPort, 0);
    QVERIFY(settings->secretFile.isEmpty());
}

void LiveSettingsTest::accountsAreReadInBothForms()
{
    QString error;
    const auto settings =
        LiveSettings::read("HOST=example.org\nC2S=5222\nACCOUNT=nurse@example.org two words\n"
                           "PASSWORD2=b=c\nACCOUNT1=romeo@example.org\nPASSWORD1=a\nACCOUNT2=juliet\n",
            &error);
    QVERIFY(settings);
    QCOMPARE(settings->accounts.size(), 3);
    QCOMPARE(settings->accounts.at(0).jid, u"nurse@example.org"_s);
    QCOMPARE(settings->accounts.at(0).password, u"two words"_s);
    QCOMPARE(settings->accounts.at(1).user, u"romeo"_s);
    QCOMPARE(settings->accounts.at(2).jid, u"juliet@example.org"_s);
    QCOMPARE(settings->accounts.at(2).password, u"b=c"_s);
}

void LiveSettingsTest::withoutDomainOrPortThereIsNoServer()
{
    QString error;
    QVERIFY(!LiveSettings::read("HOST=example.org\n", &error));
    QVERIFY(!error.isEmpty());
    QVERIFY(!LiveSettings::read("C2S=5222\n", &error));
}

#include "LiveSettingsTest.moc"
