// Finding channels: the directory of the domain, its questions and answers, and what the service tells without one
// (buddycloud.md 7.1, 2.6, 4.20).
#include "ChannelBench.h"
#include "kit/TestMain.h"
#include "xmpp/DirectoryAnswers.h"
#include "xmpp/PubsubElements.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

constexpr auto directory = "search.a.test"_L1;

QString itemsOfDomain(const QStringList &services)
{
    QString items;
    for (const auto &service : services) {
        items += u"<item jid='%1'/>"_s.arg(service);
    }
    return u"<query xmlns='http://jabber.org/protocol/disco#items'>%1</query>"_s.arg(items);
}

QString identity(const QString &category, const QString &type)
{
    return u"<query xmlns='http://jabber.org/protocol/disco#info'><identity category='%1' type='%2'/></query>"_s.arg(
        category, type);
}

QString addressOf(const FoundChannel &found)
{
    return found.node.channel().text();
}

} // namespace

class ChannelDirectoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDirectoryIsFoundOnce();
    void aDomainWithoutOneIsRemembered();
    void aSilentServerIsAskedAgain();
    void silentServicesDoNotHoldItUp();
    void anotherSessionLooksAgain();
    void questionsHaveTheirShape_data();
    void questionsHaveTheirShape();
    void channelsAreReadLeniently();
    void textsAndRowsAreBounded();
    void postsAreReadLeniently();
    void pagesEnd();
    void onlyTheDirectoryAnswers();
    void aDirectoryMayRefuse();
    void theServiceListsItsChannels();
    void aLongListIsCut();
    void followedChannelsAreSearched();
    void nothingFoundIsNothing();

private:
    /// Answers the search for the directory.
    void letFind(ChannelBench &bench)
    {
        const auto found = bench.directory->findDirectory();
        const auto at = bench.sent().size() - 1;
        bench.answer(at, itemsOfDomain({u"channels.a.test"_s, directory}));
        QTRY_COMPARE(bench.sent().size(), at + 3);
        bench.answer(at + 1, identity(u"pubsub"_s, u"channels"_s));
        bench.answer(at + 2, identity(u"Search"_s, u"Directory"_s));
        const auto answer = outcome(found);
        QVERIFY(answer);
        QCOMPARE(answer->text(), directory);
    }
};

void ChannelDirectoryTest::theDirectoryIsFoundOnce()
{
    ChannelBench bench;
    const auto first = bench.directory->findDirectory();
    const auto second = bench.directory->findDirectory();
    QCOMPARE(bench.sent().size(), 1);
    QCOMPARE(bench.sent().first().attribute(u"to"_s), u"a.test"_s);
    bench.answer(0, itemsOfDomain({u"channels.a.test"_s, directory}));
    QTRY_COMPARE(bench.sent().size(), 3);
    bench.answer(1, identity(u"pubsub"_s, u"channels"_s));
    bench.answer(2, identity(u"search"_s, u"DIRECTORY"_s));
    const auto found = outcome(first);
    QVERIFY(found);
    QCOMPARE(found->text(), directory);
    QVERIFY(outcome(second));
    QVERIFY(outcome(bench.directory->findDirectory()));
    QCOMPARE(bench.sent().size(), 3);
}

void ChannelDirectoryTest::aDomainWithoutOneIsRemembered()
{
    ChannelBench bench;
    const auto found = bench.directory->findDirectory();
    bench.answer(0, itemsOfDomain({u"channels.a.test"_s}));
    QTRY_COMPARE(bench.sent().size(), 2);
    bench.answer(1, identity(u"pubsub"_s, u"channels"_s));
    QCOMPARE(outcome(found).error().kind, ErrorKind::NotFound);
    QCOMPARE(outcome(bench.directory->channelsByWords(u"cooking"_s, 0)).error().kind, ErrorKind::NotFound);
    QCOMPARE(bench.sent().size(), 2);
}

void ChannelDirectoryTest::aSilentServerIsAskedAgain()
{
    ChannelBench bench;
    QCOMPARE(outcome(bench.directory->findDirectory()).error().kind, ErrorKind::Timeout);
    bench.isConnected = false;
    QCOMPARE(outcome(bench.directory->findDirectory()).error().kind, ErrorKind::Offline);
    bench.isConnected = true;
    letFind(bench);
}

void ChannelDirectoryTest::silentServicesDoNotHoldItUp()
{
    ChannelBench bench;
    const auto found = bench.directory->findDirectory();
    bench.answer(0, itemsOfDomain({u"topics.a.test"_s, directory, u"silent.a.test"_s}));
    QTRY_COMPARE(bench.sent().size(), 4);
    bench.answer(2, identity(u"Search"_s, u"Directory"_s));
    QVERIFY(found.isFinished() || QTest::qWaitFor([&] { return found.isFinished(); }, 200)); // the limit is 300 ms
    QVERIFY(found.result());
}

void ChannelDirectoryTest::anotherSessionLooksAgain()
{
    ChannelBench bench;
    letFind(bench);
    const auto asked = bench.sent().size();
    Q_EMIT bench.client.connected();
    const auto found = bench.directory->findDirectory();
    QCOMPARE(bench.sent().size(), asked + 1);
}

void ChannelDirectoryTest::questionsHaveTheirShape_data()
{
    using Ask = std::function<void(XmppChannelDirectoryWire &)>;
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<QString>("nameSpace");
    QTest::addColumn<QString>("element");
    QTest::addColumn<QString>("text");
    QTest::newRow("channels by words") << Ask([](auto &wire) { (void)wire.channelsByWords(u"pans & <pots>"_s, 20); })
                                       << u"metadata_query"_s << u"search"_s << u"pans & <pots>"_s;
    QTest::newRow("posts by words") << Ask([](auto &wire) { (void)wire.postsByWords(u"basil"_s, 20); })
                                    << u"content_query"_s << u"search"_s << u"basil"_s;
    QTest::newRow("most active") << Ask([](auto &wire) { (void)wire.mostActive(7, 20); }) << u"most_active"_s
                                 << u"period"_s << u"7"_s;
    QTest::newRow("recommended") << Ask([](auto &wire) { (void)wire.recommended(20); }) << u"recommendation_query"_s
                                 << u"user-jid"_s << u"ann@a.test"_s;
    QTest::newRow("similar") << Ask(
        [](auto &wire) { (void)wire.similarTo(Jid::fromTrusted(u"cooking@topics.a.test/x"_s), 20); })
                             << u"similar_channels"_s << u"channel-jid"_s << u"cooking@topics.a.test"_s;
}

void ChannelDirectoryTest::questionsHaveTheirShape()
{
    using Ask = std::function<void(XmppChannelDirectoryWire &)>;
    QFETCH(Ask, ask);
    QFETCH(QString, nameSpace);
    QFETCH(QString, element);
    QFETCH(QString, text);
    ChannelBench bench;
    letFind(bench);
    const auto before = bench.sent().size();
    ask(*bench.directory);
    QTRY_COMPARE(bench.sent().size(), before + 1);
    const auto iq = bench.sent().last();
    QCOMPARE(iq.attribute(u"to"_s), directory);
    QCOMPARE(iq.attribute(u"type"_s), u"get"_s);
    const auto query = childNamed(iq, u"query");
    QCOMPARE(query.namespaceURI(), u"http://buddycloud.com/channel_directory/"_s + nameSpace);
    QCOMPARE(childNamed(query, element).text(), text);
    const auto set = childNamed(query, u"set");
    QCOMPARE(set.namespaceURI(), u"http://jabber.org/protocol/rsm"_s);
    QCOMPARE(childNamed(set, u"max").text(), u"20"_s);
    QCOMPARE(childNamed(set, u"index").text(), u"20"_s);
}

void ChannelDirectoryTest::channelsAreReadLeniently()
{
    const auto found = readFoundChannels(channelStanza(u"directory-channels.xml"_s), {20, 20});
    QCOMPARE(found.rows.size(), 3);
    const auto &cooking = found.rows.at(0);
    QCOMPARE(cooking.node.text(), u"/user/cooking@topics.a.test/posts"_s);
    QCOMPARE(cooking.title, u"Cooking"_s);
    QCOMPARE(cooking.description, u"Pans and more"_s);
    QCOMPARE(cooking.type, ChannelType::Topic);
    QCOMPARE(cooking.defaultAffiliation, Affiliation::Publisher);
    QCOMPARE(cooking.created, QDateTime::fromString(u"2014-01-01T00:00:00Z"_s, Qt::ISODate));
    const auto &ben = found.rows.at(1);
    QCOMPARE(addressOf(ben), u"ben@a.test"_s);
    QCOMPARE(ben.displayTitle(), u"ben"_s);
    QVERIFY(ben.description.isEmpty() && !ben.defaultAffiliation && !ben.created.isValid());
    const auto &baking = found.rows.at(2);
    QCOMPARE(addressOf(baking), u"baking@topics.a.test"_s);
    QCOMPARE(baking.type, ChannelType::Topic);
    QCOMPARE(baking.description, u"Bread\nof all kinds"_s);
    QVERIFY(baking.created.isValid());
    QCOMPARE(found.next, 26); // all rows count, also those that were no use
}

void ChannelDirectoryTest::textsAndRowsAreBounded()
{
    QString items;
    for (int i = 0; i < 500; ++i) {
        items += u"<item jid='c%1@a.test' description='%2'><title>%3</title></item>"_s.arg(
            QString::number(i), QString(5'000, u'd'), QString(5'000, u't'));
    }
    const auto found = readFoundChannels(parsed(u"<iq><query>"_s + items + u"</query></iq>"_s), {0, 20});
    QCOMPARE(found.rows.size(), 20);
    QCOMPARE(found.rows.last().title.size(), 128);
    QCOMPARE(found.rows.last().description.size(), 1'024);
    const QString post = u"<iq><query><item id='1'><entry><parent_simpleid>a@a.test</parent_simpleid>"
                         "<updated>2999-01-01T00:00:00Z</updated><content>%1</content></entry></item></query></iq>"_s;
    const auto now = QDateTime::fromString(u"2026-11-24T12:00:00Z"_s, Qt::ISODate);
    const auto posts = readFoundPosts(parsed(post.arg(QString(100'000, u'b'))), {0, 20}, now);
    QCOMPARE(posts.rows.size(), 1);
    QCOMPARE(posts.rows.first().body.size(), 4 * 1'024);
    QVERIFY(posts.rows.first().published <= now.addSecs(60));
}

void ChannelDirectoryTest::postsAreReadLeniently()
{
    const auto now = QDateTime::fromString(u"2026-11-24T12:00:00Z"_s, Qt::ISODate);
    const auto found = readFoundPosts(channelStanza(u"directory-posts.xml"_s), {0, 20}, now);
    QCOMPARE(found.rows.size(), 2);
    const auto &pasta = found.rows.at(0);
    QCOMPARE(pasta.node.text(), u"/user/cooking@topics.a.test/posts"_s);
    QCOMPARE(pasta.item.text(), u"fac3-1"_s);
    QCOMPARE(pasta.inReplyTo.text(), u"fac3-0"_s);
    QCOMPARE(pasta.author.text(), u"ben@a.test"_s);
    QCOMPARE(pasta.body, u"Pasta with basil"_s);
    QCOMPARE(pasta.published, QDateTime::fromString(u"2026-11-23T15:00:00Z"_s, Qt::ISODate));
    const auto &bread = found.rows.at(1);
    QCOMPARE(bread.node.text(), u"/user/baking@topics.a.test/posts"_s);
    QCOMPARE(bread.item.text(), u"fac3-2"_s);
    QCOMPARE(bread.author.text(), u"cy@a.test"_s);
    QCOMPARE(bread.published, now);
    QCOMPARE(found.next, -1);
}

void ChannelDirectoryTest::pagesEnd()
{
    const QString item = u"<item jid='a@a.test'/>"_s;
    const auto page = [&](const QString &more, const AskedRows &asked) {
        return readFoundChannels(parsed(u"<iq><query>"_s + item + more + u"</query></iq>"_s), asked).next;
    };
    const QString set = u"<set xmlns='http://jabber.org/protocol/rsm'><count>%1</count></set>"_s;
    QCOMPARE(page(set.arg(5), {0, 20}), 1);
    QCOMPARE(page(set.arg(5), {4, 20}), -1);
    QCOMPARE(page({}, {0, 1}), 1); // full, and nobody says how many there are
    QCOMPARE(page({}, {0, 2}), -1);
    QCOMPARE(readFoundChannels(parsed(u"<iq><query>"_s + set.arg(5) + u"</query></iq>"_s), {0, 20}).next, -1);
}

void ChannelDirectoryTest::onlyTheDirectoryAnswers()
{
    ChannelBench bench;
    letFind(bench);
    const auto at = bench.sent().size();
    const auto found = bench.directory->channelsByWords(u"cooking"_s, 0);
    QTRY_COMPARE(bench.sent().size(), at + 1);
    const QString evil = u"<query><item jid='evil@a.test'/></query>"_s;
    for (const auto &from : {u"channels.a.test"_s, u"a.test"_s, u"search.a.test.evil.test"_s, u"search.a.test/x"_s}) {
        bench.answerFrom(from, at, evil);
        QVERIFY(!found.isFinished());
    }
    bench.answer(at, u"<query><item jid='good@a.test'/></query>"_s);
    const auto answer = outcome(found);
    QVERIFY(answer);
    const auto rows = answer->rows;
    QCOMPARE(rows.size(), 1);
    QCOMPARE(addressOf(rows.first()), u"good@a.test"_s);
}

void ChannelDirectoryTest::aDirectoryMayRefuse()
{
    ChannelBench bench;
    letFind(bench);
    const auto at = bench.sent().size();
    const auto found = bench.directory->postsByWords(u"x"_s, 0);
    QTRY_COMPARE(bench.sent().size(), at + 1);
    bench.answer(
        at, u"<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s, u"error"_s);
    QVERIFY(!outcome(found));
    // silence ends, too
    QCOMPARE(outcome(bench.directory->mostActive(7, 0)).error().kind, ErrorKind::Timeout);
}

void ChannelDirectoryTest::theServiceListsItsChannels()
{
    ChannelBench bench;
    const auto listed = bench.directory->channelsOf(Jid::fromTrusted(u"channels.a.test"_s));
    QCOMPARE(bench.sent().last().attribute(u"to"_s), u"channels.a.test"_s);
    bench.answer(0, u"<query/>"_s);
    QCOMPARE(outcome(listed).value().size(), 0);
    const auto nodes = readListedChannels(channelStanza(u"listed-nodes.xml"_s), 5'000);
    QCOMPARE(nodes.size(), 2);
    QCOMPARE(nodes.at(0).text(), u"/user/ben@a.test/posts"_s);
    QCOMPARE(nodes.at(1).text(), u"/user/cooking@topics.a.test/posts"_s);
}

void ChannelDirectoryTest::aLongListIsCut()
{
    QString items;
    for (int i = 0; i < 6'000; ++i) {
        items += u"<item xmlns='' node='/user/c%1@a.test/posts'/>"_s.arg(i);
    }
    QCOMPARE(readListedChannels(parsed(u"<iq><query>"_s + items + u"</query></iq>"_s), 5'000).size(), 5'000);
}

void ChannelDirectoryTest::followedChannelsAreSearched()
{
    ChannelBench bench;
    const auto found =
        bench.directory->followedPostsByWords(Jid::fromTrusted(u"channels.a.test"_s), u"reply  head"_s, 20);
    const auto iq = bench.sent().last();
    QCOMPARE(iq.attribute(u"to"_s), u"channels.a.test"_s);
    QCOMPARE(iq.attribute(u"type"_s), u"set"_s);
    const auto query = childNamed(iq, u"query");
    QCOMPARE(query.namespaceURI(), u"jabber:iq:search"_s);
    const auto form = childNamed(query, u"x");
    QCOMPARE(form.namespaceURI(), u"jabber:x:data"_s);
    QStringList fields;
    for (const auto &field : childrenNamed(form, u"field")) {
        QStringList values;
        for (const auto &value : childrenNamed(field, u"value")) {
            values.append(value.text());
        }
        fields.append(field.attribute(u"var"_s) + u'=' + values.join(u','));
    }
    QCOMPARE(fields, QStringList({u"FORM_TYPE=jabber:iq:search"_s, u"content=reply,head"_s, u"rpp=20"_s, u"page=2"_s}));
    auto answer = channelStanza(u"searched-posts.xml"_s);
    answer.setAttribute(u"id"_s, iq.attribute(u"id"_s));
    QVERIFY(bench.receive(answer));
    const auto page = outcome(found);
    QVERIFY(page);
    QCOMPARE(page->rows.size(), 1);
    QCOMPARE(lineOf(page->rows.first()).contains(u"reply to head 4"_s), true);
    QCOMPARE(page->rows.first().node.text(), u"/user/paging@topics.a.test/posts"_s);
    QCOMPARE(page->rows.first().author.text(), u"ben@a.test"_s);
    QCOMPARE(page->rows.first().inReplyTo.text(), u"9bfffbef-4499-4113-918d-0d7e8bbb0af4"_s);
    QCOMPARE(page->next, -1);
}

void ChannelDirectoryTest::nothingFoundIsNothing()
{
    ChannelBench bench;
    const auto service = Jid::fromTrusted(u"channels.a.test"_s);
    const auto found = bench.directory->followedPostsByWords(service, u"head"_s, 0);
    bench.answer(0, u"<query/>"_s);
    QVERIFY(outcome(found).value().rows.isEmpty());
    QVERIFY(outcome(bench.directory->followedPostsByWords(service, u"  "_s, 0)).value().rows.isEmpty());
    QCOMPARE(bench.sent().size(), 1);
    // without a service there is nobody to ask
    QCOMPARE(outcome(bench.directory->channelsOf({})).error().kind, ErrorKind::Unreachable);
}

CUMULET_TEST(ChannelDirectoryTest)
#include "ChannelDirectoryTest.moc"
