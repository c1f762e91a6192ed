#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class ChannelStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldOfAChannelComesBack();
    void keepingAChannelLeavesOurStanding();
    void unknownChannelIsNotFound();
    void onlyPostsNodesAreChannels();
    void membershipsAreReplaced();
    void otherPeoplesMembershipIsNotOurs();
    void goneChannelStaysReadable();
    void membersAreReplaced();
    void historyIsKept();
    void gapsAreKeptUntilTheyClose();
    void gapsOfAnInterruptedAttemptAreReplaced();
    void manyGapsAreJoined();
    void whatFillsAGapIsUnreadAfterTheReadPosition();
    void newestPublishedIsOverAllChannels();
    void everyFieldOfAPostComesBack();
    void repeatChangesNothing();
    void changedPostIsChangedOnce();
    void olderVersionChangesNothing();
    void otherAuthorCannotOverwrite();
    void commentsFindTheirThreadInAnyOrder();
    void commentOnACommentBelongsToTheThread();
    void commentsInACircleAreHarmless();
    void ratingsAreKeptButNotShown();
    void liveOthersPostsAreUnread();
    void mentionsAreCounted_data();
    void mentionsAreCounted();
    void removedStartTakesItsCommentsAlong();
    void removedStartKeepsWhatWeWrote();
    void changesNameThreads();
};

static QList<Thread> threadsOf(StoreBench &bench)
{
    const auto id =
        valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
    return valueOf(bench.channels->page(id, {{}, PageRequest::Before, 100}, ThreadOrder::NewestPost, 100)).rows;
}

static PostChanges keep(StoreBench &bench, const QList<Post> &posts, bool live = true)
{
    return valueOf(bench.channels->keepPosts(bench.account, bench.node, posts, live));
}

static Conversation entryOf(StoreBench &bench)
{
    return valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel()));
}

void ChannelStoreTest::everyFieldOfAChannelComesBack()
{
    StoreBench bench;
    Channel channel;
    channel.node = bench.node;
    channel.title = u"Cooking"_s;
    channel.description = u"Soups & stews"_s;
    channel.accessModel = AccessModel::Whitelist;
    channel.defaultAffiliation = Affiliation::Publisher;
    channel.type = ChannelType::Topic;
    channel.owner = bench.juliet;
    channel.created = bench.at(0);
    channel.followers = 12;
    const auto id = valueOf(bench.channels->keepChannel(bench.account, channel));
    QCOMPARE(valueOf(bench.conversations->entry(id)).jid, bench.node.channel());
    bench.reopen();
    QCOMPARE(valueOf(bench.channels->channel(bench.account, bench.node)), channel);
    channel.followers = -1; // not told this time
    valueOf(bench.channels->keepChannel(bench.account, channel));
    QCOMPARE(valueOf(bench.channels->channel(bench.account, bench.node)).followers, 12);
}

void ChannelStoreTest::keepingAChannelLeavesOurStanding()
{
    StoreBench bench;
    valueOf(bench.channels->keepMembership(
        bench.account, {bench.node, bench.self, Affiliation::Moderator, NodeSubscription::Subscribed}));
    Channel channel;
    channel.node = bench.node;
    valueOf(bench.channels->keepChannel(bench.account, channel));
    const auto stored = valueOf(bench.channels->channel(bench.account, bench.node));
    QCOMPARE(stored.ownAffiliation, Affiliation::Moderator);
    QCOMPARE(stored.ownSubscription, NodeSubscription::Subscribed);
    QCOMPARE(valueOf(bench.channels->channels(bench.account)), QList{stored});
}

void ChannelStoreTest::unknownChannelIsNotFound()
{
    StoreBench bench;
    const auto channel = answerOf(bench.channels->channel(bench.account, bench.node));
    QVERIFY(!channel && channel.error().kind == ErrorKind::NotFound);
    const auto thread = answerOf(bench.channels->thread(5));
    QVERIFY(!thread && thread.error().kind == ErrorKind::NotFound);
    const auto post = answerOf(bench.channels->post(5));
    QVERIFY(!post && post.error().kind == ErrorKind::NotFound);
    const auto row = answerOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"x"_s)));
    QVERIFY(!row && row.error().kind == ErrorKind::NotFound);
    const auto cursor = answerOf(bench.channels->cursorOf(5, ThreadOrder::NewestPost));
    QVERIFY(!cursor && cursor.error().kind == ErrorKind::NotFound);
    QVERIFY(valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"x"_s)})).isEmpty());
}

void ChannelStoreTest::onlyPostsNodesAreChannels()
{
    StoreBench bench;
    const auto status = NodeId::of(bench.node.channel(), u"status"_s);
    const Membership membership{status, bench.self, Affiliation::Member, NodeSubscription::Subscribed};
    QCOMPARE(valueOf(bench.channels->keepMembership(bench.account, membership)), 0);
    valueOf(bench.channels->replaceMemberships(bench.account, {membership}));
    QVERIFY(
        valueOf(bench.channels->keepPosts(bench.account, status, {bench.post(u"p1"_s, u"x"_s, 1)}, true)).isEmpty());
    QVERIFY(valueOf(bench.conversations->list()).isEmpty());
}

void ChannelStoreTest::membershipsAreReplaced()
{
    StoreBench bench;
    const auto other = NodeId::of(Jid::fromTrusted(u"film@topics.example.org"_s));
    const Membership cooking{bench.node, bench.self, Affiliation::Member, NodeSubscription::Subscribed};
    const Membership film{other, bench.self, Affiliation::Owner, NodeSubscription::Subscribed};
    QCOMPARE(valueOf(bench.channels->replaceMemberships(bench.account, {cooking, film})).size(), 2);
    QVERIFY(valueOf(bench.channels->replaceMemberships(bench.account, {film, cooking})).isEmpty());
    QCOMPARE(valueOf(bench.channels->replaceMemberships(bench.account, {film})).size(), 1);
    const auto channels = valueOf(bench.channels->channels(bench.account));
    QCOMPARE(channels.size(), 1);
    QCOMPARE(channels.first().node, other);
    QCOMPARE(valueOf(bench.channels->channel(bench.account, bench.node)).ownAffiliation, Affiliation::None);
}

void ChannelStoreTest::otherPeoplesMembershipIsNotOurs()
{
    StoreBench bench;
    const Membership hers{bench.node, bench.juliet, Affiliation::Owner, NodeSubscription::Subscribed};
    QCOMPARE(valueOf(bench.channels->keepMembership(bench.account, hers)), 0);
    QVERIFY(valueOf(bench.channels->channels(bench.account)).isEmpty());
}

void ChannelStoreTest::goneChannelStaysReadable()
{
    StoreBench bench;
    QCOMPARE(valueOf(bench.channels->markGone(bench.account, bench.node)), 0);
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1)});
    QVERIFY(valueOf(bench.channels->markGone(bench.account, bench.node)) > 0);
    QVERIFY(valueOf(bench.channels->channel(bench.account, bench.node)).isGone);
    QCOMPARE(threadsOf(bench).size(), 1);
}

void ChannelStoreTest::membersAreReplaced()
{
    StoreBench bench;
    const Membership juliet{bench.node, bench.juliet, Affiliation::Owner, NodeSubscription::Subscribed};
    const Membership mallory{bench.node, bench.mallory, Affiliation::Outcast, NodeSubscription::Pending};
    valueOf(bench.channels->replaceMembers(bench.account, bench.node, {mallory, juliet, mallory}));
    QCOMPARE(valueOf(bench.channels->members(bench.account, bench.node)), (QList{juliet, mallory}));
    valueOf(bench.channels->replaceMembers(bench.account, bench.node, {juliet}));
    QCOMPARE(valueOf(bench.channels->members(bench.account, bench.node)), QList{juliet});
}

void ChannelStoreTest::historyIsKept()
{
    StoreBench bench;
    QVERIFY(!valueOf(bench.channels->history(bench.account, bench.node)).isComplete);
    valueOf(bench.channels->setHistory(bench.account, bench.node, {u"tag:x,y,z"_s, false}));
    bench.reopen();
    QCOMPARE(valueOf(bench.channels->history(bench.account, bench.node)).after, u"tag:x,y,z"_s);
    valueOf(bench.channels->setHistory(bench.account, bench.node, {{}, true}));
    QVERIFY(valueOf(bench.channels->history(bench.account, bench.node)).isComplete);
}

void ChannelStoreTest::newestPublishedIsOverAllChannels()
{
    StoreBench bench;
    QVERIFY(!valueOf(bench.channels->newestPublished(bench.account)).isValid());
    const auto other = NodeId::of(Jid::fromTrusted(u"film@topics.example.org"_s));
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, -5000)});
    valueOf(bench.channels->keepPosts(bench.account, other, {bench.post(u"p1"_s, u"Film"_s, -2000)}, false));
    keep(bench, {bench.post(u"p0"_s, u"Older"_s, -9000)});
    QCOMPARE(valueOf(bench.channels->newestPublished(bench.account)), bench.at(-2000));
    // ours counts when the service has it; a hostile time does not stop catching up
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o"_s), u"mine"_s, {}, {}}));
    QCOMPARE(valueOf(bench.channels->newestPublished(bench.account)), bench.at(-2000));
    keep(bench, {bench.post(u"p9"_s, u"Tomorrow"_s, 80'000)});
    QVERIFY(valueOf(bench.channels->newestPublished(bench.account)) <= QDateTime::currentDateTimeUtc());
}

void ChannelStoreTest::everyFieldOfAPostComesBack()
{
    StoreBench bench;
    auto post = bench.post(u"tag:x,y,p1"_s, u"Soup\n🍲"_s, 1);
    post.title = u"Dinner"_s;
    post.originId = OriginId(u"hers"_s);
    post.updated = bench.at(9);
    const auto changes = keep(bench, {post, bench.post(u"p2"_s, u"Yum"_s, 2, u"p1"_s)});
    QCOMPARE(changes.channels.first().node, bench.node);
    bench.reopen();
    const auto thread = valueOf(bench.channels->thread(changes.channels.first().insertedThreads.first()));
    QCOMPARE(thread.start.node, bench.node);
    QCOMPARE(thread.start.item, ItemId::fromWire(u"p1"_s));
    QCOMPARE(thread.start.title, post.title);
    QCOMPARE(thread.start.body, post.body);
    QCOMPARE(thread.start.author, bench.juliet);
    QCOMPARE(thread.start.originId, post.originId);
    QCOMPARE(thread.start.published, bench.at(1));
    QCOMPARE(thread.start.updated, bench.at(9));
    QCOMPARE(thread.start.state, DeliveryState::Received);
    QCOMPARE(thread.lastActivity, bench.at(2));
    QCOMPARE(thread.comments.size(), 1);
    QCOMPARE(thread.comments.first().inReplyTo, ItemId::fromWire(u"p1"_s));
    QCOMPARE(valueOf(bench.channels->post(thread.comments.first().row)).body, u"Yum"_s);
    const auto row = valueOf(bench.channels->threadOf(bench.account, bench.node, ItemId::fromWire(u"p2"_s)));
    QCOMPARE(row, thread.start.row);
}

void ChannelStoreTest::repeatChangesNothing()
{
    StoreBench bench;
    auto rating = bench.post(u"r1"_s, u""_s, 4, u"p1"_s);
    rating.rating = 5;
    const QList posts{bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"Yum"_s, 2, u"p1"_s),
        bench.post(u"c2"_s, u"lost"_s, 3, u"p7"_s), rating};
    keep(bench, posts);
    const auto before = bench.content();
    for (const bool live : {true, false}) {
        const auto changes = keep(bench, posts, live);
        QVERIFY(changes.isEmpty() && changes.fresh.isEmpty());
        QCOMPARE(changes.missingStarts, QList{ItemId::fromWire(u"p7"_s)}); // still missing
        QCOMPARE(bench.content(), before);
    }
}

void ChannelStoreTest::changedPostIsChangedOnce()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soop"_s, 1)});
    auto edited = bench.post(u"p1"_s, u"Soup"_s, 1);
    edited.updated = bench.at(5);
    const auto changes = keep(bench, {edited});
    QCOMPARE(changes.channels.first().changedThreads.size(), 1);
    QVERIFY(changes.fresh.isEmpty());
    QVERIFY(keep(bench, {edited}).isEmpty());
    const auto post = threadsOf(bench).first().start;
    QCOMPARE(post.body, u"Soup"_s);
    QVERIFY(post.revision > 0);
    QCOMPARE(entryOf(bench).unread, 1);
    QCOMPARE(valueOf(bench.search->search(u"soup"_s)).size(), 1);
    QVERIFY(valueOf(bench.search->search(u"soop"_s)).isEmpty());
}

void ChannelStoreTest::olderVersionChangesNothing()
{
    StoreBench bench;
    auto edited = bench.post(u"p1"_s, u"Soup"_s, 1);
    edited.updated = bench.at(5);
    keep(bench, {edited});
    QVERIFY(keep(bench, {bench.post(u"p1"_s, u"Soop"_s, 1)}).isEmpty());
    QCOMPARE(threadsOf(bench).first().start.body, u"Soup"_s);
}

void ChannelStoreTest::otherAuthorCannotOverwrite()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1)});
    auto forged = bench.post(u"p1"_s, u"Poison"_s, 9);
    forged.author = bench.mallory;
    QVERIFY(keep(bench, {forged}).isEmpty());
    QCOMPARE(threadsOf(bench).first().start.body, u"Soup"_s);
}

void ChannelStoreTest::commentsFindTheirThreadInAnyOrder()
{
    StoreBench bench;
    QList posts{bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"one"_s, 2, u"p1"_s),
        bench.post(u"c2"_s, u"two"_s, 3, u"p1"_s), bench.post(u"c3"_s, u"on two"_s, 4, u"c2"_s)};
    std::sort(posts.begin(), posts.end(), [](const Post &a, const Post &b) { return a.item < b.item; });
    do {
        bench.ask(u"DELETE FROM conversation"_s);
        qsizetype fresh = 0;
        for (const auto &post : std::as_const(posts)) {
            fresh += keep(bench, {post}).fresh.size();
        }
        const auto threads = threadsOf(bench);
        QCOMPARE(threads.size(), 1);
        QCOMPARE(threads.first().comments.size(), 3);
        QCOMPARE(threads.first().comments.last().body, u"on two"_s);
        QCOMPARE(threads.first().lastActivity, bench.at(4));
        QCOMPARE(fresh, 4);
        QCOMPARE(entryOf(bench).unread, 4);
        QCOMPARE(entryOf(bench).preview, u"on two"_s);
    } while (std::next_permutation(
        posts.begin(), posts.end(), [](const Post &a, const Post &b) { return a.item < b.item; }));
}

void ChannelStoreTest::commentOnACommentBelongsToTheThread()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"one"_s, 2, u"p1"_s)});
    const auto changes = keep(bench, {bench.post(u"c2"_s, u"deep"_s, 3, u"c1"_s)});
    QCOMPARE(changes.channels.first().changedThreads, QList{threadsOf(bench).first().start.row});
    QVERIFY(changes.missingStarts.isEmpty());
}

void ChannelStoreTest::commentsInACircleAreHarmless()
{
    StoreBench bench;
    const auto changes = keep(bench,
        {bench.post(u"a"_s, u"1"_s, 1, u"b"_s), bench.post(u"b"_s, u"2"_s, 2, u"a"_s),
            bench.post(u"c"_s, u"3"_s, 3, u"c"_s)});
    QVERIFY(threadsOf(bench).isEmpty());
    QVERIFY(changes.fresh.isEmpty());
    QCOMPARE(entryOf(bench).unread, 0);
    valueOf(
        bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"a"_s), ItemId::fromWire(u"c"_s)}));
    QCOMPARE(bench.ask(u"SELECT count(*) FROM post"_s), 1);
}

void ChannelStoreTest::ratingsAreKeptButNotShown()
{
    StoreBench bench;
    auto rating = bench.post(u"r1"_s, u"5.0"_s, 5, u"p1"_s);
    rating.rating = 5;
    rating.target = ItemId::fromWire(u"p1"_s);
    const auto changes = keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), rating});
    QCOMPARE(changes.fresh.size(), 1);
    const auto thread = threadsOf(bench).first();
    QVERIFY(thread.comments.isEmpty());
    QCOMPARE(thread.earlierComments, 0);
    QCOMPARE(thread.lastActivity, bench.at(1));
    QCOMPARE(entryOf(bench).unread, 1);
    QCOMPARE(entryOf(bench).preview, u"Soup"_s);
    QVERIFY(valueOf(bench.search->search(u"5.0"_s)).isEmpty());
    QCOMPARE(bench.ask(u"SELECT rating FROM post WHERE item = 'r1'"_s), 5);
}

void ChannelStoreTest::liveOthersPostsAreUnread()
{
    StoreBench bench;
    auto own = bench.post(u"p2"_s, u"mine"_s, 2);
    own.author = bench.self;
    QVERIFY(keep(bench, {bench.post(u"p0"_s, u"old"_s, 0)}, false).fresh.isEmpty());
    QCOMPARE(keep(bench, {bench.post(u"p1"_s, u"new"_s, 1), own}).fresh.size(), 1);
    QCOMPARE(entryOf(bench).unread, 1);
    QCOMPARE(threadsOf(bench).last().start.state, DeliveryState::Sent);
    const auto read = valueOf(bench.conversations->markRead(entryOf(bench).id, {bench.at(1).toMSecsSinceEpoch(), 0}));
    QCOMPARE(read.unread, 0);
}

void ChannelStoreTest::mentionsAreCounted_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("mentions");
    QTest::newRow("name") << u"hello romeo, how are you"_s << 0;
    QTest::newRow("alone") << u"@romeo"_s << 1;
    QTest::newRow("case") << u"@ROMEO!"_s << 1;
    QTest::newRow("address") << u"ask romeo@example.org about it"_s << 1;
    QTest::newRow("at sign") << u"@romeo see this"_s << 1;
    QTest::newRow("part of a word") << u"@romeos and juliets"_s << 0;
    QTest::newRow("later") << u"alfaromeo, but also @romeo"_s << 1;
    QTest::newRow("nobody") << u"hello"_s << 0;
}

void ChannelStoreTest::mentionsAreCounted()
{
    QFETCH(QString, body);
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, body, 1)});
    QTEST(entryOf(bench).mentions, "mentions");
    valueOf(bench.conversations->markRead(entryOf(bench).id, {bench.at(1).toMSecsSinceEpoch(), 0}));
    QCOMPARE(entryOf(bench).mentions, 0);
}

void ChannelStoreTest::removedStartTakesItsCommentsAlong()
{
    StoreBench bench;
    keep(bench,
        {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"c1"_s, u"@romeo?"_s, 2, u"p1"_s),
            bench.post(u"p2"_s, u"Stew"_s, 3)});
    const auto row = threadsOf(bench).first().start.row;
    const auto changes = valueOf(
        bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"p1"_s), ItemId::fromWire(u"c1"_s)}));
    QCOMPARE(changes.channels.first().removedThreads, QList{row});
    QVERIFY(changes.channels.first().changedThreads.isEmpty());
    QCOMPARE(threadsOf(bench).size(), 1);
    QCOMPARE(entryOf(bench).unread, 1);
    QCOMPARE(entryOf(bench).mentions, 0);
    QVERIFY(valueOf(bench.search->search(u"soup"_s)).isEmpty());
    QVERIFY(valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"p1"_s)})).isEmpty());
}

void ChannelStoreTest::removedStartKeepsWhatWeWrote()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1)});
    for (const auto &text : {u"my long answer"_s, u"and more"_s}) {
        valueOf(bench.channels->enqueue(
            bench.account, bench.self, {bench.node, OriginId(text), text, ItemId::fromWire(u"p1"_s), {}}));
    }
    valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"p1"_s)}));
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).isEmpty());
    QCOMPARE(valueOf(bench.conversations->draft(entryOf(bench).id)), u"my long answer\nand more"_s);
}

void ChannelStoreTest::changesNameThreads()
{
    StoreBench bench;
    auto changes = keep(bench,
        {bench.post(u"p2"_s, u"second"_s, 5), bench.post(u"p1"_s, u"first"_s, 1),
            bench.post(u"c1"_s, u"comment"_s, 6, u"p1"_s)});
    const auto threads = threadsOf(bench);
    const QList rows{threads.at(0).start.row, threads.at(1).start.row};
    QCOMPARE(changes.channels.size(), 1);
    QCOMPARE(changes.channels.first().insertedThreads, rows); // oldest first
    QVERIFY(changes.channels.first().changedThreads.isEmpty());
    changes = keep(bench, {bench.post(u"c2"_s, u"comment"_s, 7, u"p2"_s)});
    QCOMPARE(changes.channels.first().changedThreads, QList{rows.last()});
    changes = valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"c2"_s)}));
    QCOMPARE(changes.channels.first().changedThreads, QList{rows.last()});
}

static QList<ChannelGap> gapsOf(StoreBench &bench)
{
    return valueOf(bench.channels->gaps(bench.account, bench.node));
}

void ChannelStoreTest::gapsAreKeptUntilTheyClose()
{
    StoreBench bench;
    const auto past = [&bench](int seconds) { return bench.at(seconds - 1000); }; // newer than now is never known
    // nothing was stored: older ones begin there, and nothing is missing
    valueOf(bench.channels->keepReadingEnd(bench.account, bench.node, {u"p1"_s, past(1), past(1), false}, true));
    QVERIFY(gapsOf(bench).isEmpty());
    QCOMPARE(valueOf(bench.channels->history(bench.account, bench.node)).after, u"p1"_s);
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1 - 1000)});
    // it reaches what is stored
    valueOf(bench.channels->keepReadingEnd(bench.account, bench.node, {u"p1"_s, past(1), past(1), false}, true));
    QVERIFY(gapsOf(bench).isEmpty());
    valueOf(bench.channels->keepReadingEnd(bench.account, bench.node, {u"p5"_s, past(5), past(5), false}, true));
    bench.reopen();
    auto gap = gapsOf(bench).value(0);
    QCOMPARE(gap.after, u"p5"_s);
    QCOMPARE(gap.newest, past(5));
    QCOMPARE(gap.oldest, past(1));
    QVERIFY(gap.isNews);
    QCOMPARE(valueOf(bench.channels->history(bench.account, bench.node)).after, u"p1"_s);

    gap.after = u"p3"_s;
    gap.newest = past(3);
    valueOf(bench.channels->fillGap(bench.account, bench.node, {bench.post(u"p3"_s, u"Tea"_s, 3 - 1000)}, gap, false));
    QCOMPARE(gapsOf(bench).value(0).after, u"p3"_s);
    QCOMPARE(gapsOf(bench).value(0).oldest, past(1));
    valueOf(bench.channels->fillGap(bench.account, bench.node, {bench.post(u"p2"_s, u"Jam"_s, 2 - 1000)}, gap, true));
    QVERIFY(gapsOf(bench).isEmpty());
    QCOMPARE(threadsOf(bench).size(), 3);
}

void ChannelStoreTest::gapsOfAnInterruptedAttemptAreReplaced()
{
    StoreBench bench;
    valueOf(bench.channels->keepGap(bench.account, bench.node, {0, u"old"_s, bench.at(4), bench.at(1), true}));
    valueOf(bench.channels->keepGap(bench.account, bench.node, {0, u"b"_s, bench.at(8), bench.at(6), true}));
    valueOf(bench.channels->keepGap(bench.account, bench.node, {0, u"c"_s, bench.at(9), bench.at(6), true}));
    QCOMPARE(gapsOf(bench).size(), 2);
    QCOMPARE(gapsOf(bench).first().after, u"c"_s);
    QCOMPARE(gapsOf(bench).last().after, u"old"_s);
}

void ChannelStoreTest::manyGapsAreJoined()
{
    StoreBench bench;
    for (int i = 1; i <= 50; ++i) {
        const ChannelGap gap{0, QString::number(i), bench.at(10 * i), bench.at(10 * i - 5), true};
        valueOf(bench.channels->keepGap(bench.account, bench.node, gap));
    }
    const auto gaps = gapsOf(bench);
    QCOMPARE(gaps.size(), 20);
    QCOMPARE(gaps.first().after, u"50"_s);
    QCOMPARE(gaps.first().oldest, bench.at(10 * 20 - 5)); // those from the twentieth on
    QCOMPARE(gaps.last().after, u"1"_s);
}

void ChannelStoreTest::whatFillsAGapIsUnreadAfterTheReadPosition()
{
    StoreBench bench;
    keep(bench, {bench.post(u"p1"_s, u"Soup"_s, 1), bench.post(u"p9"_s, u"Bread"_s, 9)});
    valueOf(bench.conversations->markRead(entryOf(bench).id, {bench.at(5).toMSecsSinceEpoch(), 0}));
    QCOMPARE(entryOf(bench).unread, 1);
    valueOf(bench.channels->keepGap(bench.account, bench.node, {0, u"p9"_s, bench.at(9), bench.at(1), true}));
    auto own = bench.post(u"p8"_s, u"ours"_s, 8);
    own.author = bench.self;
    const QList<Post> page{own, bench.post(u"p7"_s, u"Tea"_s, 7), bench.post(u"p4"_s, u"Jam"_s, 4)};
    const auto changes =
        valueOf(bench.channels->fillGap(bench.account, bench.node, page, gapsOf(bench).first(), false));
    QVERIFY(changes.fresh.isEmpty()); // nobody is told of old ones
    QCOMPARE(entryOf(bench).unread, 2);
    valueOf(bench.channels->fillGap(bench.account, bench.node, page, gapsOf(bench).first(), true));
    QCOMPARE(entryOf(bench).unread, 2);

    valueOf(bench.channels->keepGap(bench.account, bench.node, {0, u"p9"_s, bench.at(9), bench.at(1), false}));
    valueOf(bench.channels->fillGap(
        bench.account, bench.node, {bench.post(u"p6"_s, u"Milk"_s, 6)}, gapsOf(bench).first(), true));
    QCOMPARE(entryOf(bench).unread, 2); // a gap without news
}

CUMULET_TEST(ChannelStoreTest)
#include "ChannelStoreTest.moc"
