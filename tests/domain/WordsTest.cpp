#include "domain/Post.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class WordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueHasItsWord();
    void unknownWordsAreTheHarmlessValue();
    void theOldWordsForRolesAreUnderstood();
};

void WordsTest::everyValueHasItsWord()
{
    for (const auto value : {Affiliation::None, Affiliation::Outcast, Affiliation::Member, Affiliation::Publisher,
             Affiliation::Moderator, Affiliation::Owner}) {
        QVERIFY(!toWire(value).isEmpty());
        QCOMPARE(affiliationFromWire(toWire(value)), value);
    }
    for (const auto value :
        {NodeSubscription::None, NodeSubscription::Pending, NodeSubscription::Invited, NodeSubscription::Subscribed}) {
        QVERIFY(!toWire(value).isEmpty());
        QCOMPARE(nodeSubscriptionFromWire(toWire(value)), value);
    }
    for (const auto value : {AccessModel::Open, AccessModel::Authorize, AccessModel::Whitelist, AccessModel::Local}) {
        QVERIFY(!toWire(value).isEmpty());
        QCOMPARE(accessModelFromWire(toWire(value)), value);
    }
}

void WordsTest::unknownWordsAreTheHarmlessValue()
{
    for (const auto &word : {QString(), u"Owner"_s, u"owner "_s, u"king"_s}) {
        QCOMPARE(affiliationFromWire(word), Affiliation::None);
        QCOMPARE(nodeSubscriptionFromWire(word), NodeSubscription::None);
        QCOMPARE(accessModelFromWire(word), AccessModel::Authorize);
    }
}

void WordsTest::theOldWordsForRolesAreUnderstood()
{
    QCOMPARE(affiliationFromWire(u"follower+post"_s), Affiliation::Publisher);
    QCOMPARE(affiliationFromWire(u"follower"_s), Affiliation::Member);
    // a server reads this word as "none": it must never be sent
    QCOMPARE(toWire(Affiliation::Publisher), u"publisher"_s);
    QCOMPARE(toWire(Affiliation::Member), u"member"_s);
}

CUMULET_TEST(WordsTest)
#include "WordsTest.moc"
