#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class FeedStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void homeMergesWhatIsFollowed();
    void channelsCanBeKeptOutOfHome();
    void pagesHaveEveryThreadOnce();
    void mineHasWhatWeWroteIn();
    void mentionsStayWhenRead();
    void threadsTellTheirChannelAndOurStanding();
    void accountsCanBeLookedAtAlone();
    void readingAThreadLeavesItsNeighboursUnread();
    void choicesOfAConversationAreKept();
};

static const NodeId gardening = NodeId::of(Jid::fromTrusted(u"gardening@topics.example.org"_s));

static void follow(StoreBench &bench, const NodeId &node, AccountId account = 0)
{
    const auto id = account > 0 ? account : bench.account;
    const auto own = account > 0 ? bench.mallory : bench.self;
    valueOf(bench.channels->keepMembership(id, {node, own, Affiliation::Publisher, NodeSubscription::Subscribed}));
}

static void keep(StoreBench &bench, const NodeId &node, QList<Post> posts, AccountId account = 0)
{
    for (auto &post : posts) {
        post.node = node;
    }
    valueOf(bench.channels->keepPosts(account > 0 ? account : bench.account, node, posts, true));
}

static QStringList bodies(const QList<FeedThread> &threads)
{
    QStringList list;
    for (const auto &row : threads) {
        list += row.thread.start.body;
    }
    return list;
}

static QStringList shown(StoreBench &bench, Feed feed, AccountId account = 0)
{
    return bodies(valueOf(bench.feeds->page(feed, account, {})).rows);
}

static ConversationId conversationOf(StoreBench &bench, const NodeId &node)
{
    return valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, node.channel())).id;
}

void FeedStoreTest::homeMergesWhatIsFollowed()
{
    StoreBench bench;
    follow(bench, bench.node);
    follow(bench, gardening);
    keep(bench, bench.node, {bench.post(u"p1"_s, u"soup"_s, 1), bench.post(u"p2"_s, u"bread"_s, 3)});
    keep(bench, gardening, {bench.post(u"p1"_s, u"roses"_s, 2)});
    keep(bench, NodeId::of(bench.mallory), {bench.post(u"p9"_s, u"only looked at"_s, 4)});
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"soup"_s, u"roses"_s, u"bread"_s}));
    // a comment brings its thread up, as in the channel
    keep(bench, bench.node, {bench.post(u"c1"_s, u"yum"_s, 5, u"p1"_s)});
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"roses"_s, u"bread"_s, u"soup"_s}));
    valueOf(bench.channels->keepMembership(
        bench.account, {gardening, bench.self, Affiliation::None, NodeSubscription::None}));
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"bread"_s, u"soup"_s}));
}

void FeedStoreTest::channelsCanBeKeptOutOfHome()
{
    StoreBench bench;
    follow(bench, bench.node);
    follow(bench, gardening);
    keep(bench, bench.node, {bench.post(u"p1"_s, u"soup"_s, 1)});
    keep(bench, gardening, {bench.post(u"p1"_s, u"roses"_s, 2)});
    const auto id = conversationOf(bench, gardening);
    valueOf(bench.conversations->setInHome(id, false));
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"soup"_s}));
    QVERIFY(valueOf(bench.feeds->threads(Feed::Home, 0,
                        {valueOf(bench.channels->threadOf(bench.account, gardening, ItemId::fromWire(u"p1"_s)))}))
            .isEmpty());
    bench.reopen();
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"soup"_s}));
    valueOf(bench.conversations->setInHome(id, true));
    QCOMPARE(shown(bench, Feed::Home), QStringList({u"soup"_s, u"roses"_s}));
}

void FeedStoreTest::pagesHaveEveryThreadOnce()
{
    StoreBench bench;
    follow(bench, bench.node);
    follow(bench, gardening);
    QStringList expected;
    for (int i = 0; i < 57; ++i) {
        // pairs of one time: the row decides
        keep(bench, i % 3 == 0 ? bench.node : gardening, {bench.post(u"p%1"_s.arg(i), QString::number(i), 10 + i / 2)});
        expected += QString::number(i);
    }
    for (const auto direction : {PageRequest::Before, PageRequest::After}) {
        const bool isBack = direction == PageRequest::Before;
        PageRequest request{.from = {}, .direction = direction, .limit = 10};
        if (!isBack) {
            request.from = Cursor{0, 0};
        }
        QStringList found;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page = valueOf(bench.feeds->page(Feed::Home, 0, request));
            found = isBack ? bodies(page.rows) + found : found + bodies(page.rows);
            if (isBack ? page.atOldest : page.atNewest) {
                break;
            }
            const auto &end = isBack ? page.rows.first() : page.rows.last();
            request.from = Cursor{end.thread.lastActivity.toMSecsSinceEpoch(), end.thread.start.row};
        }
        QCOMPARE(found, expected);
    }
}

void FeedStoreTest::mineHasWhatWeWroteIn()
{
    StoreBench bench;
    follow(bench, bench.node);
    auto own = bench.post(u"p1"_s, u"my post"_s, 1);
    own.author = bench.self;
    auto ownComment = bench.post(u"c1"_s, u"my comment"_s, 3, u"p2"_s);
    ownComment.author = bench.self;
    keep(bench, bench.node,
        {own, bench.post(u"p2"_s, u"hers"_s, 2), ownComment, bench.post(u"p3"_s, u"without me"_s, 4)});
    QCOMPARE(shown(bench, Feed::Mine), QStringList({u"my post"_s, u"hers"_s}));
    // what waits to be sent is mine, too
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o1"_s), u"waiting"_s, {}, {}}));
    QVERIFY(shown(bench, Feed::Mine).contains(u"waiting"_s));
    // a channel that is no longer followed still has what we wrote
    valueOf(bench.channels->keepMembership(
        bench.account, {bench.node, bench.self, Affiliation::None, NodeSubscription::None}));
    QCOMPARE(shown(bench, Feed::Mine).size(), 3);
}

void FeedStoreTest::mentionsStayWhenRead()
{
    StoreBench bench;
    follow(bench, bench.node);
    keep(bench, bench.node,
        {bench.post(u"p1"_s, u"soup"_s, 1), bench.post(u"c1"_s, u"ask @romeo"_s, 2, u"p1"_s),
            bench.post(u"p2"_s, u"bread"_s, 3)});
    QCOMPARE(shown(bench, Feed::Mentions), QStringList({u"soup"_s}));
    valueOf(bench.conversations->markRead(conversationOf(bench, bench.node), {bench.at(9).toMSecsSinceEpoch(), 0}));
    QCOMPARE(shown(bench, Feed::Mentions), QStringList({u"soup"_s}));
}

void FeedStoreTest::threadsTellTheirChannelAndOurStanding()
{
    StoreBench bench;
    follow(bench, bench.node);
    Channel channel;
    channel.node = bench.node;
    channel.title = u"Cooking"_s;
    valueOf(bench.channels->keepChannel(bench.account, channel));
    keep(bench, bench.node, {bench.post(u"p1"_s, u"soup"_s, 1)});
    const auto row = valueOf(bench.feeds->page(Feed::Home, 0, {})).rows.first();
    QCOMPARE(row.account, bench.account);
    QCOMPARE(row.conversation, conversationOf(bench, bench.node));
    QCOMPARE(row.channel.title, u"Cooking"_s);
    QCOMPARE(row.channel.ownAffiliation, Affiliation::Publisher);
    QCOMPARE(row.thread.start.node, bench.node);
}

void FeedStoreTest::accountsCanBeLookedAtAlone()
{
    StoreBench bench;
    Account second;
    second.jid = bench.mallory;
    const auto other = valueOf(bench.accounts->save(second)).id;
    follow(bench, bench.node);
    follow(bench, bench.node, other);
    keep(bench, bench.node, {bench.post(u"p1"_s, u"soup"_s, 1)});
    keep(bench, bench.node, {bench.post(u"p1"_s, u"soup, seen by the other one"_s, 2)}, other);
    QCOMPARE(shown(bench, Feed::Home).size(), 2);
    QCOMPARE(shown(bench, Feed::Home, bench.account), QStringList({u"soup"_s}));
    QCOMPARE(shown(bench, Feed::Home, other), QStringList({u"soup, seen by the other one"_s}));
}

void FeedStoreTest::readingAThreadLeavesItsNeighboursUnread()
{
    StoreBench bench;
    follow(bench, bench.node);
    keep(bench, bench.node,
        {bench.post(u"p1"_s, u"soup"_s, 1), bench.post(u"p2"_s, u"bread"_s, 2),
            bench.post(u"c1"_s, u"yum"_s, 3, u"p2"_s)});
    const auto id = conversationOf(bench, bench.node);
    QCOMPARE(valueOf(bench.conversations->entry(id)).unread, 3);
    const auto bread = valueOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"p2"_s)));
    QCOMPARE(valueOf(bench.feeds->markRead({bread})), QList<ConversationId>({id}));
    QCOMPARE(valueOf(bench.conversations->entry(id)).unread, 1);
    QVERIFY(valueOf(bench.feeds->markRead({bread})).isEmpty());
    // one without comments
    const auto soup = valueOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"p1"_s)));
    QCOMPARE(valueOf(bench.feeds->markRead({soup})), QList<ConversationId>({id}));
    QCOMPARE(valueOf(bench.conversations->entry(id)).unread, 0);
}

void FeedStoreTest::choicesOfAConversationAreKept()
{
    StoreBench bench;
    follow(bench, bench.node);
    const auto id = conversationOf(bench, bench.node);
    QCOMPARE(valueOf(bench.conversations->entry(id)).notices, Conversation::Notices::Usual);
    QVERIFY(valueOf(bench.conversations->entry(id)).isInHome);
    valueOf(bench.conversations->setNotices(id, Conversation::Notices::Nothing));
    valueOf(bench.conversations->setInHome(id, false));
    bench.reopen();
    QCOMPARE(valueOf(bench.conversations->list()).first().notices, Conversation::Notices::Nothing);
    QVERIFY(!valueOf(bench.conversations->list()).first().isInHome);
}

CUMULET_TEST(FeedStoreTest)
#include "FeedStoreTest.moc"
