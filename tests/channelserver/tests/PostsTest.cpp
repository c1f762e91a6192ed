#include "AnnsChannel.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;
using cumulet::channelserver::Element;

// Publishing, retracting, rating and reading (buddycloud.md 4.10, 4.11, 4.14, 4.16, 4.17, 4.20).
class PostsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foreignElementsOfAnEntryAreCopiedOrDropped();
    void markupStaysText();
    void aReplyLiftsItsThread();
    void retractingAThreadTakesItsReplies();
    void onlyAuthorsAndModeratorsRetract();
    void ratingsAreCommentsWithANumber_data();
    void ratingsAreCommentsWithANumber();
    void oneRatingEach();
    void pagingBackwardsAndForwards();
    void aBadPageIsRefused();
    void pagingGivesEveryPostOnce();
    void repliesPageToBothSides();
    void recentItemsNeedNoPosts();
    void searchFindsAllWordsInFollowedChannels();
};

void PostsTest::foreignElementsOfAnEntryAreCopiedOrDropped()
{
    AnnsChannel bench;
    bench.post(u"ann"_s, bench.node, u"hi"_s, {},
        u"<meta xmlns='urn:cumulet:origin'><origin id='a1'>x &amp; y</origin></meta><category term='x'/><summary>no</summary>"_s);
    const auto entry = bench.items(u"ben"_s).child(u"pubsub"_s).child(u"items"_s).child(u"item"_s).child(u"entry"_s);
    QCOMPARE(entry.child(u"meta"_s).toXml({}),
        u"<meta xmlns='urn:cumulet:origin'><origin id='a1'>x &amp; y</origin></meta>"_s);
    QVERIFY(entry.child(u"category"_s).isNull());
    QVERIFY(entry.child(u"summary"_s).isNull());
}

void PostsTest::markupStaysText()
{
    AnnsChannel bench;
    const auto hostile = u"&lt;img src='x'/&gt; ]]&gt; &amp;amp; \U0001F339"_s;
    bench.post(u"ann"_s, bench.node, hostile);
    QCOMPARE(bench.texts(bench.items(u"ben"_s)), QStringList{u"<img src='x'/> ]]> &amp; \U0001F339"_s});
}

void PostsTest::aReplyLiftsItsThread()
{
    AnnsChannel bench;
    const auto old = bench.post(u"ann"_s, bench.node, u"old"_s);
    bench.post(u"ann"_s, bench.node, u"new"_s);
    const auto reply = bench.post(u"ann"_s, bench.node, u"to old"_s, old);
    QCOMPARE(bench.texts(bench.items(u"ben"_s)), (QStringList{u"old"_s, u"to old"_s, u"new"_s}));
    QCOMPARE(bench.texts(bench.items(u"ben"_s, u"parent-only='1'"_s)), (QStringList{u"old"_s, u"new"_s}));
    QVERIFY(bench.post(u"ann"_s, bench.node, u"too deep"_s, reply).isEmpty());
    QVERIFY(bench.post(u"ann"_s, bench.node, u"to nothing"_s, u"nowhere"_s).isEmpty());
}

void PostsTest::retractingAThreadTakesItsReplies()
{
    AnnsChannel bench;
    const auto start = bench.post(u"ann"_s, bench.node, u"start"_s);
    for (int i = 0; i < 3; ++i)
        bench.post(u"ann"_s, bench.node, u"reply"_s, start);
    bench.takeMail();
    QCOMPARE(bench.retract(u"ann"_s, start), u"ok"_s);
    const auto events = bench.takeEvents(u"ben"_s);
    QCOMPARE(events.size(), 4);
    QVERIFY(events.last().contains(u"<retract id='%1'/>"_s.arg(start)));
    QVERIFY(bench.texts(bench.items(u"ben"_s)).isEmpty());
}

void PostsTest::onlyAuthorsAndModeratorsRetract()
{
    AnnsChannel bench;
    const auto anns = bench.post(u"ann"_s, bench.node, u"mine"_s);
    QCOMPARE(bench.retract(u"ben"_s, anns), u"forbidden"_s);
    bench.setRole(u"ann"_s, bench.node, u"ben"_s, u"publisher"_s);
    QCOMPARE(bench.retract(u"ben"_s, anns), u"forbidden"_s);
    const auto bens = bench.post(u"ben"_s, bench.node, u"his"_s);
    QCOMPARE(bench.retract(u"ben"_s, bens), u"ok"_s);
    bench.setRole(u"ann"_s, bench.node, u"ben"_s, u"moderator"_s);
    QCOMPARE(bench.retract(u"ben"_s, u"tag:channels.capulet.example,%1,%2"_s.arg(bench.node, anns)), u"ok"_s);
    QCOMPARE(bench.retract(u"ben"_s, anns), u"item-not-found"_s);
}

static QString rating(const QString &target, const QString &stars)
{
    return u"<target xmlns='http://activitystrea.ms/spec/1.0/'><id>%1</id></target>"
           "<rating xmlns='http://activitystrea.ms/schema/1.0/review'>%2</rating>"_s.arg(target, stars);
}

static Element publish(AnnsChannel &bench, const QString &entryContent)
{
    return bench.set(u"ann"_s,
        u"<publish node='%1'><item><entry xmlns='http://www.w3.org/2005/Atom'>%2</entry></item></publish>"_s.arg(
            bench.node, entryContent));
}

void PostsTest::ratingsAreCommentsWithANumber_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("outcome");
    const auto reply = u"<content/><in-reply-to ref='item-1'/>"_s;
    QTest::newRow("five") << reply + rating(u"item-1"_s, u"5"_s) << u"ok"_s;
    QTest::newRow("four point nought") << reply + rating(u"item-1"_s, u"4.0"_s) << u"ok"_s;
    QTest::newRow("half") << reply + rating(u"item-1"_s, u"4.5"_s) << u"bad-request invalid-rating"_s;
    QTest::newRow("word") << reply + rating(u"item-1"_s, u"good"_s) << u"bad-request invalid-rating"_s;
    QTest::newRow("six") << reply + rating(u"item-1"_s, u"6"_s) << u"bad-request rating-out-of-range"_s;
    QTest::newRow("no reply") << u"<content/>"_s + rating(u"item-1"_s, u"5"_s) << u"bad-request missing-in-reply-to"_s;
    QTest::newRow("unknown target") << reply + rating(u"item-9"_s, u"5"_s) << u"bad-request targeted-item-not-found"_s;
    QTest::newRow("no target") << reply + u"<rating>5</rating>"_s << u"bad-request missing-target"_s;
    QTest::newRow("empty target") << reply + rating({}, u"5"_s) << u"bad-request missing-target-id"_s;
}

void PostsTest::ratingsAreCommentsWithANumber()
{
    QFETCH(QString, entry);
    QFETCH(QString, outcome);
    AnnsChannel bench;
    bench.post(u"ann"_s, bench.node, u"rate me"_s);
    QCOMPARE(bench.outcomeOf(publish(bench, entry)), outcome);
}

void PostsTest::oneRatingEach()
{
    AnnsChannel bench;
    const auto post = bench.post(u"ann"_s, bench.node, u"rate me"_s);
    const auto five = u"<content/><in-reply-to ref='%1'/>"_s.arg(post) + rating(post, u"5"_s);
    QCOMPARE(bench.outcomeOf(publish(bench, five)), u"ok"_s);
    QCOMPARE(bench.outcomeOf(publish(bench, five)), u"bad-request item-already-rated"_s);
    QCOMPARE(bench.texts(bench.items(u"ben"_s)), (QStringList{u"rate me"_s, u"rating:5.0"_s}));
    bench.retract(u"ann"_s, u"item-2"_s);
    QCOMPARE(bench.outcomeOf(publish(bench, five)), u"ok"_s);
}

void PostsTest::pagingBackwardsAndForwards()
{
    AnnsChannel bench;
    QStringList ids;
    for (int i = 1; i <= 6; ++i)
        ids.append(bench.post(u"ann"_s, bench.node, QString::number(i)));
    const auto at = [&](const QString &set) { return bench.texts(bench.items(u"ben"_s, {}, page(set))).join(u' '); };
    QCOMPARE(at(u"<max>2</max>"_s), u"6 5"_s);
    QCOMPARE(at(u"<max>2</max><after>%1</after>"_s.arg(ids.at(4))), u"4 3"_s);
    QCOMPARE(at(u"<max>2</max><before>%1</before>"_s.arg(ids.at(1))), u"4 3"_s);
    QCOMPARE(at(u"<max>2</max><before/>"_s), u"2 1"_s);
    QCOMPARE(at(u"<max>2</max><before>%1</before>"_s.arg(ids.at(5))), QString());
    // RSM wins over the attribute
    QCOMPARE(bench.texts(bench.items(u"ben"_s, u"max_items='5'"_s, page(u"<max>1</max>"_s))).size(), 1);
}

void PostsTest::aBadPageIsRefused()
{
    AnnsChannel bench;
    bench.post(u"ann"_s, bench.node, u"only"_s);
    const auto at = [&](const QString &set) { return bench.outcomeOf(bench.items(u"ben"_s, {}, page(set))); };
    QCOMPARE(at(u"<max>-1</max>"_s), u"internal-server-error"_s);
    QCOMPARE(at(u"<max>many</max>"_s), u"internal-server-error"_s);
    QCOMPARE(at(u"<after>nowhere</after>"_s), u"item-not-found"_s);
    AnnsChannel lenient(u"no-before"_s);
    lenient.post(u"ann"_s, lenient.node, u"only"_s);
    QCOMPARE(lenient.texts(lenient.items(u"ben"_s, {}, page(u"<after>nowhere</after>"_s))), QStringList{u"only"_s});
}

void PostsTest::pagingGivesEveryPostOnce()
{
    AnnsChannel bench;
    for (int i = 0; i < 95; ++i)
        bench.post(u"ann"_s, bench.node, QString::number(i));
    QStringList seen;
    QString after;
    for (int pages = 0; pages < 20; ++pages) {
        const auto answer = bench.items(
            u"ben"_s, {}, page(u"<max>10</max>"_s + (after.isEmpty() ? QString() : u"<after>%1</after>"_s.arg(after))));
        const auto texts = bench.texts(answer);
        if (texts.isEmpty())
            break;
        seen += texts;
        after = answer.child(u"pubsub"_s).child(u"set"_s).child(u"last"_s).text();
    }
    QCOMPARE(seen.size(), 95);
    QCOMPARE(QSet<QString>(seen.cbegin(), seen.cend()).size(), 95);
}

void PostsTest::repliesPageToBothSides()
{
    AnnsChannel bench;
    const auto start = bench.post(u"ann"_s, bench.node, u"start"_s);
    QStringList ids;
    for (int i = 1; i <= 5; ++i)
        ids.append(bench.post(u"ann"_s, bench.node, QString::number(i), start));
    const auto replies = [&](const QString &set) {
        const auto verb =
            u"<replies xmlns='http://buddycloud.org/v1' node='%1' item_id='%2'/>"_s.arg(bench.node, start);
        return bench.texts(bench.get(u"ben"_s, verb, page(set))).join(u' ');
    };
    QCOMPARE(replies({}), u"1 2 3 4 5"_s);
    QCOMPARE(replies(u"<max>2</max>"_s), u"4 5"_s);
    QCOMPARE(replies(u"<after>%1</after>"_s.arg(ids.at(2))), u"4 5"_s);
    QCOMPARE(replies(u"<max>1</max><before>%1</before>"_s.arg(ids.at(2))), u"2"_s);
    const auto thread = u"<thread xmlns='http://buddycloud.org/v1' node='%1' item_id='%2'/>"_s;
    QCOMPARE(bench.texts(bench.get(u"ben"_s, thread.arg(bench.node, start))).join(u' '), u"1 2 3 4 5 start"_s);
    QCOMPARE(bench.outcomeOf(bench.get(u"ben"_s, thread.arg(bench.node, u"nothing"_s))),
        u"item-not-found parent-item-not-found"_s);
    QCOMPARE(bench.outcomeOf(bench.get(u"ben"_s, thread.arg(bench.node, QString()))), u"bad-request itemid-required"_s);
}

void PostsTest::recentItemsNeedNoPosts()
{
    AnnsChannel bench;
    const auto recent = u"<recent-items xmlns='http://buddycloud.org/v1' since='2000-01-01T00:00:00Z' max='5'/>"_s;
    QCOMPARE(bench.outcomeOf(bench.get(u"ben"_s, recent)), u"ok"_s);
    bench.post(u"ann"_s, bench.node, u"fresh"_s);
    const auto answer = bench.get(u"ben"_s, recent);
    QCOMPARE(bench.texts(answer), QStringList{u"fresh"_s});
    QCOMPARE(answer.child(u"pubsub"_s).child(u"set"_s).child(u"last"_s).text(), bench.node + u",item-1"_s);
    QCOMPARE(bench.outcomeOf(bench.get(u"ben"_s, recent, page(u"<after>item-1</after>"_s))), u"item-not-found"_s);
}

void PostsTest::searchFindsAllWordsInFollowedChannels()
{
    AnnsChannel bench;
    bench.post(u"ann"_s, bench.node, u"pasta with basil"_s);
    bench.post(u"ann"_s, bench.node, u"Pasta only"_s);
    const auto find = [&](const QString &user, const QString &fields) {
        return bench.texts(bench.ask(user, u"set"_s,
            u"<query xmlns='jabber:iq:search'><x xmlns='jabber:x:data' type='submit'>"
            "<field var='FORM_TYPE'><value>jabber:iq:search</value></field>%1</x></query>"_s.arg(fields)));
    };
    QCOMPARE(find(u"ben"_s, u"<field var='content'><value>asta</value><value>basil</value></field>"_s).size(), 1);
    QCOMPARE(find(u"ben"_s, field(u"content"_s, u"asta"_s)).size(), 2);
    QCOMPARE(find(u"ben"_s, field(u"content"_s, u"pasta"_s)).size(), 1);
    QCOMPARE(find(u"cat"_s, field(u"content"_s, u"asta"_s)).size(), 0); // does not follow
}

CUMULET_TEST(PostsTest)
#include "PostsTest.moc"
