#include "xmpp/AtomCodec.h"
#include "ChannelBench.h"
#include "kit/TestMain.h"

#include <QTest>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class AtomCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryDialect_data();
    void readsEveryDialect();
    void writesWhatTheServiceTakes_data();
    void writesWhatTheServiceTakes();
    void whatWasWrittenIsReadBack();
    void theAuthorIsTheFirstAddressFound_data();
    void theAuthorIsTheFirstAddressFound();
    void timesAreUtcAndNotOfTheFuture_data();
    void timesAreUtcAndNotOfTheFuture();
    void ratingsAreNumbersFromOneToFive_data();
    void ratingsAreNumbersFromOneToFive();
    void aPlaceIsOneLineOfWords_data();
    void aPlaceIsOneLineOfWords();
    void titlesOfTheServiceAreHidden_data();
    void titlesOfTheServiceAreHidden();
    void textsHaveLimits();
    void markupStaysText();
    void anAnswerToItselfIsNone();
    void ourIdIsReadFromMetaAlone_data();
    void ourIdIsReadFromMetaAlone();
    void aTombstoneSaysWhatIsGone();
    void namespacesDoNotMatter();
    void whatMakesNoSenseIsLeftOut_data();
    void whatMakesNoSenseIsLeftOut();
    void whatXmlCannotCarryIsNotSent();
    void filesAreNamedByPlaceAndId();
    void filesOfNoAddressAreLeftOut();
};

static const QDateTime now = QDateTime::fromString(u"2026-11-24T12:00:00Z"_s, Qt::ISODate);
static const NodeId node = NodeId::fromTrusted(u"/user/ann@a.test/posts"_s);

static std::optional<AtomItem> read(const QString &entry, const QString &id = u"i1"_s)
{
    return readAtomItem(
        parsed(u"<item id='%1'><entry xmlns='http://www.w3.org/2005/Atom'>%2</entry></item>"_s.arg(id, entry)), node,
        now);
}

static const QString byAnn = u"<author><name>ann@a.test</name></author>"_s;

static QString written(const OutgoingPost &post)
{
    QString xml;
    QXmlStreamWriter writer(&xml);
    writeAtomEntry(&writer, post);
    return xml;
}

void AtomCodecTest::readsEveryDialect_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");

    QTest::newRow("post") << u"post.xml"_s
                          << u"44e6cdfd by ann@a.test at 2026-11-23T15:34:19.896Z [Balcony]: But soft, what light "
                             "through yonder window breaks?"_s;
    QTest::newRow("comment") << u"comment.xml"_s
                             << u"d28b1bea by ben@a.test at 2026-11-23T15:08:07.738Z to fac32f00 about e0e0e0e0: "
                                "<b>Bold</b> & two\\nlines 🙂"_s;
    QTest::newRow("rating") << u"rating.xml"_s
                            << u"0b0b0b0b by ben@a.test at 2026-11-23T15:09:00.000Z to fac32f00 about d28b1bea "
                               "rating 4: "_s;
    QTest::newRow("node.js")
        << u"node-js-comment.xml"_s
        << u"f3f3 by ben@a.test at 2012-05-01T10:00:00.000Z to e2e2: Written with another server"_s;
    QTest::newRow("before 2013") << u"old-post.xml"_s
                                 << u"1290000000000 by ann@a.test at 2010-11-17T13:20:00.000Z: From before 2013"_s;
}

void AtomCodecTest::readsEveryDialect()
{
    QFETCH(QString, file);
    const auto item = readAtomItem(channelStanza(file), node, now);
    QVERIFY(item);
    QVERIFY(!item->isTombstone);
    QTEST(lineOf(item->post), "line");
    QCOMPARE(item->post.node, node);
    QCOMPARE(item->post.item, item->id);
    QCOMPARE(item->post.state, DeliveryState::Received);
    QVERIFY(item->post.updated >= item->post.published);
    if (file == "comment.xml"_L1) {
        QCOMPARE(item->post.originId, OriginId(u"7d1f0ac2"_s));
    }
    if (file == "node-js-comment.xml"_L1) {
        QCOMPARE(item->post.updated, QDateTime::fromString(u"2012-05-02T08:00:00Z"_s, Qt::ISODate));
    }
}

void AtomCodecTest::writesWhatTheServiceTakes_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("ref");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<int>("rating");

    QTest::newRow("post") << u"sent-post.xml"_s << u"Hello"_s << QString() << QString() << u"o-1"_s << 0;
    QTest::newRow("comment") << u"sent-comment.xml"_s << u"a <comment> & more"_s << u"fac32f00"_s << u"d28b1bea"_s
                             << u"o-2"_s << 0;
    QTest::newRow("rating") << u"sent-rating.xml"_s << QString() << u"fac32f00"_s << u"d28b1bea"_s << u"o-3"_s << 5;
    // a target without a thread is refused by the service
    QTest::newRow("target only") << u"sent-post.xml"_s << u"Hello"_s << QString() << u"d28b1bea"_s << u"o-1"_s << 0;
}

void AtomCodecTest::writesWhatTheServiceTakes()
{
    QFETCH(QString, file);
    QFETCH(QString, body);
    QFETCH(QString, ref);
    QFETCH(QString, target);
    QFETCH(QString, origin);
    QFETCH(int, rating);
    const OutgoingPost post{node, OriginId(origin), body, ItemId::fromWire(ref), ItemId::fromWire(target), rating};
    const auto serialized = [](const QDomElement &element) {
        QString text;
        QTextStream stream(&text);
        element.save(stream, -1);
        return text;
    };
    QCOMPARE(serialized(parsed(written(post))), serialized(channelStanza(file)));
}

void AtomCodecTest::whatWasWrittenIsReadBack()
{
    const OutgoingPost post{node, makeOriginId(), u"Zwölf Boxkämpfer\n\t<jagen> \"Viktor\" & 'Eva' 🙂"_s,
        ItemId::fromWire(u"a1"_s), ItemId::fromWire(u"b2"_s)};
    const auto item =
        readAtomItem(parsed(u"<item id='c3' publisher='ann@a.test/desk'>%1</item>"_s.arg(written(post))), node, now);
    QVERIFY(item);
    QCOMPARE(item->post.body, post.body);
    QCOMPARE(item->post.inReplyTo, post.inReplyTo);
    QCOMPARE(item->post.target, post.target);
    QCOMPARE(item->post.originId, post.originId);
    QCOMPARE(item->post.author.text(), u"ann@a.test"_s);
    QCOMPARE(item->post.published, now); // nothing said when
}

void AtomCodecTest::theAuthorIsTheFirstAddressFound_data()
{
    QTest::addColumn<QString>("author");
    QTest::addColumn<QString>("jid");

    QTest::newRow("name") << u"<name>ann@a.test</name>"_s << u"ann@a.test"_s;
    QTest::newRow("acct") << u"<name>Annie</name><uri>acct:ann@a.test</uri>"_s << u"ann@a.test"_s;
    QTest::newRow("xmpp") << u"<uri>xmpp:Ann@A.test/desk</uri>"_s << u"ann@a.test"_s;
    QTest::newRow("jid wins") << u"<name>eve@b.test</name><uri>acct:eve@b.test</uri><jid xmlns='x'>ann@a.test</jid>"_s
                              << u"ann@a.test"_s;
    QTest::newRow("uri before name") << u"<name>eve@b.test</name><uri>acct:ann@a.test</uri>"_s << u"ann@a.test"_s;
    QTest::newRow("unreadable jid") << u"<jid>an nn@</jid><name>ann@a.test</name>"_s << u"ann@a.test"_s;
    QTest::newRow("web address") << u"<uri>https://a.test/ann</uri><name>ann@a.test</name>"_s << u"ann@a.test"_s;
    QTest::newRow("only a word") << u"<name>ann</name>"_s << QString();
    QTest::newRow("only a domain") << u"<uri>acct:a.test</uri>"_s << QString();
    QTest::newRow("nobody") << QString() << QString();
}

void AtomCodecTest::theAuthorIsTheFirstAddressFound()
{
    QFETCH(QString, author);
    QFETCH(QString, jid);
    const auto item = read(u"<author>%1</author><content>x</content>"_s.arg(author));
    QCOMPARE(item ? item->post.author.text() : QString(), jid);
}

void AtomCodecTest::timesAreUtcAndNotOfTheFuture_data()
{
    QTest::addColumn<QString>("published");
    QTest::addColumn<QString>("time");

    QTest::newRow("UTC") << u"2026-11-23T15:00:00.500Z"_s << u"2026-11-23T15:00:00.500Z"_s;
    QTest::newRow("zone") << u"2026-11-23T15:00:00+02:00"_s << u"2026-11-23T13:00:00.000Z"_s;
    QTest::newRow("no zone") << u"2026-11-23T15:00:00"_s << u"2026-11-23T15:00:00.000Z"_s;
    QTest::newRow("a little ahead") << u"2026-11-24T12:00:30Z"_s << u"2026-11-24T12:00:30.000Z"_s;
    QTest::newRow("next century") << u"2126-01-01T00:00:00Z"_s << u"2026-11-24T12:01:00.000Z"_s;
    QTest::newRow("no time") << u"yesterday"_s << u"2026-11-24T12:00:00.000Z"_s;
    QTest::newRow("nothing") << QString() << u"2026-11-24T12:00:00.000Z"_s;
    QTest::newRow("long") << QString(10'000, u'9') << u"2026-11-24T12:00:00.000Z"_s;
}

void AtomCodecTest::timesAreUtcAndNotOfTheFuture()
{
    QFETCH(QString, published);
    QFETCH(QString, time);
    const auto item = read(byAnn + u"<published>%1</published><updated>%1</updated><content/>"_s.arg(published));
    QVERIFY(item);
    QCOMPARE(item->post.published.timeSpec(), Qt::UTC);
    QCOMPARE(item->post.published.toString(Qt::ISODateWithMs), time);
    QCOMPARE(item->post.updated.toString(Qt::ISODateWithMs), time);
}

void AtomCodecTest::ratingsAreNumbersFromOneToFive_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("rating");

    QTest::newRow("one") << u"1"_s << 1;
    QTest::newRow("five") << u"5.0"_s << 5;
    QTest::newRow("too much") << u"9"_s << 5;
    QTest::newRow("far too much") << u"1e300"_s << 5;
    QTest::newRow("too little") << u"-3"_s << 1;
    QTest::newRow("no number") << u"good"_s << 0;
    QTest::newRow("not a number") << u"nan"_s << 0;
    QTest::newRow("endless") << u"inf"_s << 0;
    QTest::newRow("nothing") << QString() << 0;
}

void AtomCodecTest::ratingsAreNumbersFromOneToFive()
{
    QFETCH(QString, text);
    const auto item = read(byAnn + u"<content>x</content><rating>%1</rating>"_s.arg(text));
    QVERIFY(item);
    QTEST(item->post.rating, "rating");
}

void AtomCodecTest::aPlaceIsOneLineOfWords_data()
{
    QTest::addColumn<QString>("geoloc");
    QTest::addColumn<QString>("place");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("words") << u"<text>Verona</text><lat>45.44</lat><lon>10.99</lon>"_s << u"Verona"_s;
    QTest::newRow("an address") << u"<locality>Verona</locality><country>Italy</country>"_s << u"Verona, Italy"_s;
    QTest::newRow("the same twice") << u"<locality>Luxembourg</locality><country>Luxembourg</country>"_s
                                    << u"Luxembourg"_s;
    QTest::newRow("numbers alone") << u"<lat>45.44</lat><lon>10.99</lon>"_s << QString();
    QTest::newRow("many lines") << u"<text>Via\n Cappello\n 23</text>"_s << u"Via Cappello 23"_s;
    QTest::newRow("markup") << u"<text>&lt;b&gt;Verona&lt;/b&gt;</text>"_s << u"<b>Verona</b>"_s;
    QTest::newRow("too long") << u"<text>%1</text>"_s.arg(QString(5000, u'x')) << QString(200, u'x');
}

void AtomCodecTest::aPlaceIsOneLineOfWords()
{
    QFETCH(const QString, geoloc);
    QFETCH(const QString, place);
    const auto item = read(byAnn + u"<content>here</content><geoloc xmlns='http://jabber.org/protocol/geoloc'>"_s
        + geoloc + u"</geoloc>"_s);
    QVERIFY(item);
    QCOMPARE(item->post.place, place);
    OutgoingPost sent;
    sent.node = node;
    sent.body = u"here"_s;
    QVERIFY(!written(sent).contains(u"geoloc"_s)); // ours is never told
}

void AtomCodecTest::titlesOfTheServiceAreHidden_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("title");

    QTest::newRow("Post") << u"Post"_s << QString();
    QTest::newRow("Rating") << u"Rating"_s << QString();
    QTest::newRow("something else") << u"Post office"_s << u"Post office"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void AtomCodecTest::titlesOfTheServiceAreHidden()
{
    QFETCH(QString, given);
    const auto item = read(byAnn + u"<title>%1</title><content>x</content>"_s.arg(given));
    QVERIFY(item);
    QTEST(item->post.title, "title");
}

void AtomCodecTest::textsHaveLimits()
{
    const auto item =
        read(byAnn + u"<title>%1</title><content>%2</content>"_s.arg(QString(5'000, u't'), QString(300'000, u'c')));
    QVERIFY(item);
    QCOMPARE(item->post.title.size(), 1'024);
    QCOMPARE(item->post.body.size(), 256 * 1'024);
    // no half of an emoji at the cut
    const auto emoji = read(byAnn + u"<content>x%1</content>"_s.arg(u"🙂"_s.repeated(140'000)));
    QVERIFY(emoji);
    QCOMPARE(emoji->post.body.size(), 256 * 1'024 - 1);
    QVERIFY(emoji->post.body.isValidUtf16());
}

void AtomCodecTest::markupStaysText()
{
    const auto item =
        read(byAnn + u"<title>&lt;i&gt;t&lt;/i&gt;</title><content type='html'>&lt;img src='x'&gt;</content>"_s);
    QVERIFY(item);
    QCOMPARE(item->post.title, u"<i>t</i>"_s);
    QCOMPARE(item->post.body, u"<img src='x'>"_s);
    // the real service drops the children of xhtml; others give them: their text is shown
    const auto xhtml =
        read(byAnn + u"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>b</b></div></content>"_s);
    QVERIFY(xhtml);
    QCOMPARE(xhtml->post.body, u"a b"_s);
}

void AtomCodecTest::anAnswerToItselfIsNone()
{
    const auto item = read(byAnn + u"<in-reply-to ref='tag:x,y,i1'/><content>x</content>"_s);
    QVERIFY(item);
    QVERIFY(item->post.isThreadStart());
}

void AtomCodecTest::ourIdIsReadFromMetaAlone_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("id");

    QTest::newRow("ours") << u"<meta><origin-id xmlns='urn:xmpp:sid:0' id='o1'/></meta>"_s << u"o1"_s;
    QTest::newRow("beside other extensions")
        << u"<meta xmlns='x'><title>page</title><origin-id xmlns='urn:xmpp:sid:0' id='o1'/></meta>"_s << u"o1"_s;
    QTest::newRow("a second meta") << u"<meta/><meta><origin-id id='o1'/></meta>"_s << u"o1"_s;
    QTest::newRow("outside") << u"<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>"_s << QString();
    QTest::newRow("deeper") << u"<meta><x><origin-id id='o1'/></x></meta>"_s << QString();
    QTest::newRow("in the author") << u"<author><meta><origin-id id='o1'/></meta></author>"_s << QString();
    QTest::newRow("too long") << u"<meta><origin-id id='%1'/></meta>"_s.arg(QString(200, u'o')) << QString();
    QTest::newRow("none") << QString() << QString();
}

void AtomCodecTest::ourIdIsReadFromMetaAlone()
{
    QFETCH(QString, content);
    const auto item = read(byAnn + content + u"<content>x</content>"_s);
    QVERIFY(item);
    QTEST(item->post.originId.text(), "id");
}

void AtomCodecTest::aTombstoneSaysWhatIsGone()
{
    const auto item = readAtomItem(channelStanza(u"tombstone.xml"_s), node, now);
    QVERIFY(item);
    QVERIFY(item->isTombstone);
    QCOMPARE(item->id.text(), u"f3f3"_s);
    const auto byReference = readAtomItem(parsed(u"<item><deleted-entry ref='tag:x,y,z9'/></item>"_s), node, now);
    QVERIFY(byReference);
    QCOMPARE(byReference->id.text(), u"z9"_s);
    QVERIFY(!readAtomItem(parsed(u"<item><deleted-entry/></item>"_s), node, now));
}

void AtomCodecTest::namespacesDoNotMatter()
{
    for (const QString &xmlns : {u""_s, u"jabber:client"_s, u"urn:xmpp:forward:0"_s}) {
        const auto item = readAtomItem(parsed(u"<item id='i1' xmlns='%1'><a:entry xmlns:a='urn:odd'>"
                                              "<a:author><name>ann@a.test</name></a:author>"
                                              "<content>x</content></a:entry></item>"_s.arg(xmlns)),
            node, now);
        QVERIFY(item);
        QCOMPARE(item->post.body, u"x"_s);
        QCOMPARE(item->post.author.text(), u"ann@a.test"_s);
    }
}

void AtomCodecTest::whatMakesNoSenseIsLeftOut_data()
{
    QTest::addColumn<QString>("item");

    QTest::newRow("empty") << u"<item id='i1'/>"_s;
    QTest::newRow("a bare place") << u"<item id='i1'><geoloc><lat>1</lat></geoloc></item>"_s;
    QTest::newRow("no id")
        << u"<item><entry><author><name>ann@a.test</name></author><content>x</content></entry></item>"_s;
    QTest::newRow("no author") << u"<item id='i1'><entry><content>x</content></entry></item>"_s;
    QTest::newRow("id too long")
        << u"<item id='%1'><entry><author><name>ann@a.test</name></author></entry></item>"_s.arg(QString(5'000, u'i'));
}

void AtomCodecTest::whatMakesNoSenseIsLeftOut()
{
    QFETCH(QString, item);
    QVERIFY(!readAtomItem(parsed(item), node, now));
}

void AtomCodecTest::whatXmlCannotCarryIsNotSent()
{
    const QString hostile = u"a\0b\x08"
                            "c\x1b[31md\uFFFE"_s
        + QChar(0xD83D) + u"e"_s;
    const auto element = parsed(written({node, {}, hostile, {}, {}}));
    QCOMPARE(deepest(element, u"content"_s).text(), u"abc[31mde"_s);
}

void AtomCodecTest::filesAreNamedByPlaceAndId()
{
    const Attachment one{.media = {Jid::fromTrusted(u"ann@a.test"_s), u"m1"_s}};
    const Attachment other{.media = {Jid::fromTrusted(u"town@topics.a.test"_s), u"lETuJi8r-4_x"_s}};
    const QString entry = written({node, {}, u"x"_s, {}, {}, 0, {one, other, {.file = u"not uploaded"_s}}});
    QVERIFY(entry.contains(u"<media xmlns=\"http://buddycloud.org/v1/media\">"_s));
    QVERIFY(!written({node, {}, u"x"_s, {}, {}}).contains(u"media"_s));
    QDomElement item = parsed(u"<item id='i1'>%1</item>"_s.arg(entry));
    item.firstChildElement(u"entry"_s).appendChild(parsed(byAnn));
    const auto back = readAtomItem(item, node, now);
    QVERIFY(back);
    QCOMPARE(back->post.attachments, (QList{one, other}));
}

void AtomCodecTest::filesOfNoAddressAreLeftOut()
{
    QString items = u"<item id='../../x' channel='ann@a.test'/><item id='m1' channel='a.test'/><item id='m1'/>"
                    "<item channel='ann@a.test'/><item id='m2' channel='ann@a.test/r'/>"_s;
    for (int i = 0; i < 40; ++i) {
        items += u"<item id='n%1' channel='ann@a.test'/>"_s.arg(i);
    }
    const auto media = u"<media xmlns='http://buddycloud.org/v1/media'>%1</media>"_s.arg(items);
    const auto item = read(byAnn + media);
    QVERIFY(item);
    QVERIFY(item->post.attachments.size() <= 10);
    QVERIFY(!item->post.attachments.isEmpty());
    QCOMPARE(item->post.attachments.first().media, (MediaAddress{Jid::fromTrusted(u"ann@a.test"_s), u"m2"_s}));
}

CUMULET_TEST(AtomCodecTest)
#include "AtomCodecTest.moc"
