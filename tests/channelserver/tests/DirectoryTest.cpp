#include "ServiceBench.h"
#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::channelserver;
using namespace cumulet::tests;

namespace {

const QString directory = u"search.capulet.example"_s;

/// A small town: ann, ben and cy follow each other's channels in part.
struct Town : ServiceBench
{
    Town()
    {
        arrive({u"ann"_s, u"ben"_s, u"cy"_s});
        for (const auto &[name, owner, title] : {std::tuple{u"roses"_s, u"ann"_s, u"Roses & Thorns"_s},
                 {u"herbs"_s, u"ann"_s, u"Kitchen Herbs"_s}, {u"news"_s, u"ben"_s, u"News"_s}}) {
            makeChannel(owner, topic(name));
            setAsOwner(owner,
                u"<configure node='%1'><x xmlns='jabber:x:data' type='submit'><field "
                u"var='pubsub#title'><value>%2</value>"
                "</field><field var='pubsub#description'><value>About %3</value></field></x></configure>"_s.arg(
                    topic(name), title.toHtmlEscaped(), name));
        }
        makeChannel(u"ann"_s, topic(u"secret"_s), u"authorize"_s);
        follow(u"ben"_s, topic(u"roses"_s));
        follow(u"ben"_s, topic(u"herbs"_s));
        follow(u"cy"_s, topic(u"roses"_s));
        post(u"ann"_s, topic(u"roses"_s), u"Roses in June"_s);
        post(u"ann"_s, topic(u"herbs"_s), u"Basil for June"_s);
        post(u"ann"_s, topic(u"herbs"_s), u"Sage"_s);
        post(u"ann"_s, topic(u"secret"_s), u"June, but secret"_s);
    }

    static QString topic(const QString &name) { return u"/user/%1@topics.capulet.example/posts"_s.arg(name); }

    Element askDirectory(const QString &payload, const QString &type = u"get"_s)
    {
        auto iq = Element::fromXml(u"<iq xmlns='jabber:client' type='%1' id='f1'>%2</iq>"_s.arg(type, payload));
        iq.set(u"from"_s, jid(u"cy"_s) + u"/here"_s).set(u"to"_s, directory);
        const auto outcome = service.receiveForDirectory(iq);
        return outcome.stanzas.isEmpty() ? Element()
                                         : Element::fromDom(outcome.stanzas.first().toDom().documentElement());
    }
    Element query(const QString &name, const QString &content)
    {
        return askDirectory(
            u"<query xmlns='http://buddycloud.com/channel_directory/%1'>%2</query>"_s.arg(name, content));
    }
    /// The names of the channels in an answer, in order.
    QStringList names(const QString &name, const QString &content)
    {
        QStringList names;
        for (const auto &item : query(name, content).child(u"query"_s).children()) {
            if (item.name() == "item"_L1)
                names.append(item.attribute(u"jid"_s).section(u'@', 0, 0));
        }
        return names;
    }
};

} // namespace

// The channel directory (buddycloud.md 7.1).
class DirectoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itSaysWhatItIs();
    void channelsByWords();
    void aRowHasItsShape();
    void postsByWords();
    void theMostActiveComeFirst();
    void recommendationsLeaveOutWhatIsFollowed();
    void similarChannelsShareFollowers();
    void pages();
    void nonsenseIsRefused();
    void unadvertisedChannelsAreNotFound();
};

void DirectoryTest::itSaysWhatItIs()
{
    Town town;
    const auto info = town.askDirectory(u"<query xmlns='http://jabber.org/protocol/disco#info'/>"_s);
    QCOMPARE(info.attribute(u"type"_s), u"result"_s);
    QCOMPARE(info.attribute(u"from"_s), directory);
    const auto identity = info.child(u"query"_s).child(u"identity"_s);
    QCOMPARE(identity.attribute(u"category"_s), u"Search"_s);
    QCOMPARE(identity.attribute(u"type"_s), u"Directory"_s);
}

void DirectoryTest::channelsByWords()
{
    Town town;
    QCOMPARE(town.names(u"metadata_query"_s, u"<search>thorns</search>"_s), QStringList{u"roses"_s});
    QCOMPARE(town.names(u"metadata_query"_s, u"<search>about kitchen</search>"_s), QStringList{u"herbs"_s});
    QCOMPARE(town.names(u"metadata_query"_s, u"<search>topics.capulet</search>"_s).size(), 3);
    QVERIFY(town.names(u"metadata_query"_s, u"<search>secret</search>"_s).isEmpty());
}

void DirectoryTest::aRowHasItsShape()
{
    Town town;
    const auto answer = town.query(u"metadata_query"_s, u"<search>roses</search>"_s);
    QCOMPARE(answer.child(u"query"_s).xmlns(), u"http://buddycloud.com/channel_directory/metadata_query"_s);
    const auto item = answer.child(u"query"_s).child(u"item"_s);
    QCOMPARE(item.attribute(u"jid"_s), u"roses@topics.capulet.example"_s);
    QCOMPARE(item.attribute(u"description"_s), u"About roses"_s);
    QVERIFY(!item.attribute(u"created"_s).isEmpty());
    QCOMPARE(item.child(u"title"_s).text(), u"Roses & Thorns"_s);
    QVERIFY(!item.child(u"default_affiliation"_s).isNull());
    const auto set = answer.child(u"query"_s).child(u"set"_s);
    QCOMPARE(set.xmlns(), u"http://jabber.org/protocol/rsm"_s);
    QCOMPARE(set.child(u"first"_s).attribute(u"index"_s), u"0"_s);
    QCOMPARE(set.child(u"count"_s).text(), u"1"_s);
}

void DirectoryTest::postsByWords()
{
    Town town;
    const auto answer = town.query(u"content_query"_s, u"<search>june</search>"_s);
    QStringList texts;
    for (const auto &item : answer.child(u"query"_s).children()) {
        if (item.name() == "item"_L1)
            texts.append(item.child(u"entry"_s).child(u"content"_s).text());
    }
    QCOMPARE(texts, QStringList({u"Basil for June"_s, u"Roses in June"_s}));
    const auto entry = answer.child(u"query"_s).child(u"item"_s).child(u"entry"_s);
    QCOMPARE(entry.child(u"author"_s).text(), u"ann@capulet.example"_s);
    QCOMPARE(entry.child(u"parent_fullid"_s).text(), Town::topic(u"herbs"_s));
    QCOMPARE(entry.child(u"parent_simpleid"_s).text(), u"herbs@topics.capulet.example"_s);
}

void DirectoryTest::theMostActiveComeFirst()
{
    Town town;
    QCOMPARE(town.names(u"most_active"_s, u"<period>7</period>"_s), QStringList({u"herbs"_s, u"roses"_s}));
    QCOMPARE(town.names(u"most_active"_s, u"<domain>capulet.example</domain>"_s).size(), 2);
    QVERIFY(town.names(u"most_active"_s, u"<domain>montague.example</domain>"_s).isEmpty());
}

void DirectoryTest::recommendationsLeaveOutWhatIsFollowed()
{
    Town town;
    const auto names = town.names(u"recommendation_query"_s, u"<user-jid>cy@capulet.example</user-jid>"_s);
    QVERIFY(!names.contains(u"roses"_s));
    QVERIFY(!names.contains(u"cy"_s));
    QCOMPARE(names.first(), u"herbs"_s); // ann and ben
    QVERIFY(town.names(u"recommendation_query"_s, u"<user-jid>x@capulet.example</user-jid>"_s).isEmpty());
}

void DirectoryTest::similarChannelsShareFollowers()
{
    Town town;
    const auto names = town.names(u"similar_channels"_s, u"<channel-jid>roses@topics.capulet.example</channel-jid>"_s);
    QCOMPARE(names.first(), u"herbs"_s);
    QVERIFY(!names.contains(u"roses"_s));
    QVERIFY(!names.contains(u"secret"_s));
    // a channel that is not listed tells nothing of its followers
    QVERIFY(town.names(u"similar_channels"_s, u"<channel-jid>secret@topics.capulet.example</channel-jid>"_s).isEmpty());
}

void DirectoryTest::pages()
{
    Town town;
    const auto ask = [&town](const QString &set) {
        return town.names(u"metadata_query"_s,
            u"<search>topics</search><set xmlns='http://jabber.org/protocol/rsm'>%1</set>"_s.arg(set));
    };
    QCOMPARE(ask(u"<max>2</max><index>0</index>"_s), QStringList({u"roses"_s, u"herbs"_s}));
    QCOMPARE(ask(u"<max>2</max><index>2</index>"_s), QStringList{u"news"_s});
    QCOMPARE(ask(u"<max>2</max><after>1</after>"_s), QStringList{u"news"_s});
    QVERIFY(ask(u"<max>2</max><index>9</index>"_s).isEmpty());
}

void DirectoryTest::nonsenseIsRefused()
{
    Town town;
    QCOMPARE(Town::outcomeOf(town.query(u"metadata_query"_s, {})), u"bad-request"_s);
    QCOMPARE(Town::outcomeOf(town.query(u"weather"_s, {})), u"bad-request"_s);
    QCOMPARE(Town::outcomeOf(town.query(
                 u"most_active"_s, u"<set xmlns='http://jabber.org/protocol/rsm'><index>second</index></set>"_s)),
        u"bad-request"_s);
    const auto other = town.askDirectory(u"<query xmlns='jabber:iq:roster'/>"_s);
    QCOMPARE(Town::outcomeOf(other), u"service-unavailable"_s);
    QCOMPARE(other.attribute(u"from"_s), directory);
}

void DirectoryTest::unadvertisedChannelsAreNotFound()
{
    Town town;
    town.setAsOwner(u"ann"_s,
        u"<configure node='%1'><x xmlns='jabber:x:data' type='submit'><field var='buddycloud#advertise_node'>"
        "<value>false</value></field></x></configure>"_s.arg(Town::topic(u"herbs"_s)));
    QVERIFY(town.names(u"metadata_query"_s, u"<search>herbs</search>"_s).isEmpty());
    QVERIFY(!town.names(u"most_active"_s, {}).contains(u"herbs"_s));
}

CUMULET_TEST(DirectoryTest)
#include "DirectoryTest.moc"
