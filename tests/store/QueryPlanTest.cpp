#include "SampleData.h"
#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

/// Every statement the stores use is asked how SQLite would run it: by index, and never sorting.
class QueryPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStatementGoesByIndex();
    void listsOnScreenGoByTheirOwnIndex_data();
    void listsOnScreenGoByTheirOwnIndex();
};

// uses every call of the stores that has SQL of its own
static Attachment attachedTo(StoreBench &bench, ConversationId id)
{
    const Attachment file{.file = u"f"_s, .description = {u"a.png"_s, u"image/png"_s, 5, u"a rose"_s}};
    return valueOf(bench.channels->attach(id, {}, file));
}

static void useAttachments(StoreBench &bench, ConversationId id)
{
    valueOf(bench.channels->describeAttachment(attachedTo(bench, id).row, u"roses"_s));
    valueOf(bench.channels->detach(valueOf(bench.channels->draftAttachments(id, {})).first().row));
    auto media = bench.post(u"m1"_s, u"Pie"_s, 8);
    media.attachments = {{.media = {bench.self, u"m"_s}}};
    valueOf(bench.channels->keepPosts(bench.account, bench.node, {media}, true));
    const QList files{attachedTo(bench, id), attachedTo(bench, id)};
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o6"_s), {}, {}, {}, 0, files}));
    valueOf(bench.channels->noteUploaded(files.first().row, {bench.self, u"n"_s}));
    valueOf(bench.channels->noteLinked(files.last().row, u"https://example.org/x"_s));
    const auto waiting = valueOf(bench.channels->outbox(bench.account)).last();
    valueOf(bench.channels->forgetUploads(waiting.row));
    valueOf(bench.channels->attachmentFiles());
    valueOf(bench.channels->noteUploaded(files.first().row, {bench.self, u"n"_s}));
    valueOf(bench.channels->settle(bench.account, waiting.id, ItemId::fromWire(u"m2"_s)));
    const QList back{attachedTo(bench, id)};
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o7"_s), {}, {}, {}, 0, back}));
    valueOf(bench.channels->discard(valueOf(bench.channels->outbox(bench.account)).last().row, true));
}

static void useEverything(StoreBench &bench)
{
    const auto chat = bench.chatWith(bench.juliet);
    const auto item = ItemId::fromWire(u"p1"_s);
    const OriginId origin(u"o1"_s);
    valueOf(bench.accounts->save(valueOf(bench.accounts->accounts()).first()));
    valueOf(bench.rosters->replace(bench.account, {{bench.juliet, u"Juliet"_s, {}, {}, false}}));
    valueOf(bench.rosters->items(bench.account));
    valueOf(bench.rosters->keepRequest(bench.account, {bench.mallory, {}}));
    valueOf(bench.rosters->requests(bench.account));
    valueOf(bench.rosters->removeRequest(bench.account, bench.mallory));
    valueOf(bench.rosters->keepAvatar(bench.account, bench.juliet, {"aa", "data", u"image/png"_s}));
    valueOf(bench.rosters->avatarHashes(bench.account));
    valueOf(bench.rosters->avatar("aa"));
    valueOf(bench.rosters->removeAvatar(bench.account, bench.juliet));
    valueOf(bench.rosters->remove(bench.account, bench.juliet));
    valueOf(bench.preferences->set(u"a"_s, u"b"_s));
    const auto received = bench.message(u"m1"_s, u"helo"_s, 1);
    valueOf(bench.chats->keep(bench.account,
        {received, received, bench.correction(u"c0"_s, u"m9"_s, u"x"_s, 2),
            bench.correction(u"c1"_s, u"m1"_s, u"hello"_s, 3), bench.message({}, u"x"_s, 4),
            StoreBench::archived(bench.message({}, u"x"_s, 5), u"a5"_s), StoreBench::archived(received, u"a1"_s),
            bench.message(u"m9"_s, u"y"_s, 6), bench.own(u"m2"_s, u"mine"_s, 7)},
        {ArchiveId(u"a1"_s)}));
    valueOf(bench.chats->enqueue(bench.account, chat, origin, u"mine"_s));
    const auto row =
        bench.messages(chat).first().isOwn ? bench.messages(chat).first().row : bench.messages(chat).last().row;
    valueOf(bench.chats->setState(bench.account, origin, DeliveryState::Failed, {}));
    valueOf(bench.chats->messages({row}));
    valueOf(bench.chats->settle(bench.account, origin, ArchiveId(u"a9"_s)));
    valueOf(bench.chats->setState(bench.account, origin, DeliveryState::Failed, {}));
    valueOf(bench.chats->setState(bench.account, origin, DeliveryState::Sent, {}));
    valueOf(bench.chats->enqueue(bench.account, chat, OriginId(u"o2"_s), u"mine!"_s, row));
    valueOf(bench.chats->outbox(bench.account));
    valueOf(bench.chats->keepNotices(bench.account,
        {{bench.juliet, false, MessageId(u"o1"_s), DeliveryState::Displayed, {}},
            {bench.juliet, false, MessageId(u"o2"_s), DeliveryState::Delivered, {}},
            {bench.juliet, false, MessageId(u"oo"_s), DeliveryState::Delivered, {}},
            {bench.juliet, true, MessageId(u"m1"_s), DeliveryState::Displayed, {}}}));
    valueOf(bench.chats->keep(bench.account, {bench.own(u"oo"_s, u"later"_s, 9)}));
    valueOf(bench.chats->enqueue(bench.account, chat, OriginId(u"o3"_s), u"mine?"_s, row));
    valueOf(bench.chats->discard(row));
    valueOf(bench.chats->enqueue(bench.account, chat, OriginId(u"o4"_s), u"no"_s));
    valueOf(bench.chats->discard(valueOf(bench.chats->outbox(bench.account)).first().row));
    valueOf(bench.chats->page(chat, {Cursor{5, 5}, PageRequest::Before, 5}));
    valueOf(bench.chats->page(chat, {Cursor{5, 5}, PageRequest::After, 5}));
    valueOf(bench.chats->cursorOf(row));
    valueOf(bench.chats->keepGap(bench.account, {0, ArchiveId(u"x"_s), ArchiveId(u"y"_s), {}}));
    valueOf(bench.chats->removeGap(valueOf(bench.chats->gaps(bench.account)).first().id));
    valueOf(bench.chats->archiveProgress(bench.account));
    valueOf(bench.chats->history(chat));
    valueOf(bench.chats->setHistoryComplete(chat));
    valueOf(bench.conversations->list());
    valueOf(bench.conversations->entries({chat}));
    valueOf(bench.conversations->setHidden(chat, false));
    valueOf(bench.conversations->markRead(chat, {5, 5}));
    valueOf(bench.conversations->readPosition(chat));
    valueOf(bench.conversations->setDraft(chat, {}, u"x"_s));
    valueOf(bench.conversations->draft(chat));
    valueOf(bench.conversations->appendDraft(chat, u"y"_s));
    valueOf(bench.conversations->commentDrafts(chat));
    valueOf(bench.conversations->setDraft(chat, {}, {}));
    valueOf(bench.conversations->setAnchor(chat, u"x"_s));
    valueOf(bench.conversations->anchor(chat));
    Channel channel;
    channel.node = bench.node;
    const auto id = valueOf(bench.channels->keepChannel(bench.account, channel));
    const Membership membership{bench.node, bench.self, Affiliation::Owner, NodeSubscription::Subscribed};
    valueOf(bench.channels->replaceMemberships(bench.account, {membership}));
    valueOf(bench.channels->channels(bench.account));
    valueOf(bench.channels->sharedWith(bench.account, bench.juliet));
    const NodeLine line{NodeId::of(bench.juliet, u"status"_s), u"On the balcony"_s, bench.at(0), false};
    valueOf(bench.channels->keepLine(bench.account, line));
    valueOf(bench.channels->writeLine(bench.account, line.node, u"Below it"_s));
    valueOf(bench.channels->settleLine(bench.account, line));
    valueOf(bench.channels->line(bench.account, line.node));
    valueOf(bench.channels->channel(bench.account, bench.node));
    valueOf(bench.channels->replaceMembers(bench.account, bench.node, {membership}));
    valueOf(bench.channels->members(bench.account, bench.node));
    auto edited = bench.post(u"p1"_s, u"Stew"_s, 1);
    edited.updated = bench.at(5);
    auto own = bench.post(u"o1"_s, u"mine"_s, 2);
    own.author = bench.self;
    auto ownWithId = bench.post(u"o2"_s, u"mine"_s, 2);
    ownWithId.author = bench.self;
    ownWithId.originId = OriginId(u"x"_s);
    valueOf(bench.channels->keepPosts(bench.account, bench.node,
        {bench.post(u"c1"_s, u"Yum"_s, 3, u"p1"_s), bench.post(u"p1"_s, u"Soup"_s, 1), edited, own, ownWithId}, true));
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o3"_s), u"a"_s, item, {}}));
    valueOf(
        bench.channels->enqueueRating(bench.account, bench.self, {bench.node, OriginId(u"r1"_s), {}, item, item, 5}));
    valueOf(bench.channels->withdrawRating(bench.account, bench.self, bench.node, item));
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o4"_s), u"b"_s, {}, {}}));
    const auto held = bench.at(60);
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"h1"_s), u"c"_s, {}, {}}, held));
    valueOf(bench.channels->release(bench.account));
    valueOf(bench.channels->takeBack(valueOf(bench.channels->outbox(bench.account)).last().row));
    const auto waiting = valueOf(bench.channels->outbox(bench.account));
    valueOf(bench.channels->setState(bench.account, waiting.at(0).id, DeliveryState::Failed, {}));
    valueOf(bench.channels->retry(waiting.at(0).row));
    valueOf(bench.channels->settle(bench.account, waiting.at(1).id, ItemId::fromWire(u"o1"_s)));
    for (const auto order : {ThreadOrder::NewestPost, ThreadOrder::LatestActivity}) {
        valueOf(bench.channels->page(id, {Cursor{5, 5}, PageRequest::Before, 5}, order));
        const auto page = valueOf(bench.channels->page(id, {Cursor{5, 5}, PageRequest::After, 5}, order));
        valueOf(bench.channels->thread(page.rows.first().start.row));
        valueOf(bench.channels->cursorOf(page.rows.first().start.row, order));
        valueOf(bench.channels->post(page.rows.first().start.row));
    }
    const auto start = valueOf(bench.channels->threadOf(bench.account, bench.node, item));
    valueOf(bench.channels->setThreadNotices(start, ThreadNotices::Muted));
    valueOf(bench.channels->threadNotices(start));
    valueOf(bench.conversations->newestUnread(id));
    for (const auto feed : {Feed::Home, Feed::Mine, Feed::Mentions}) {
        valueOf(bench.feeds->page(feed, 0, {Cursor{5, 5}, PageRequest::Before, 5}));
        valueOf(bench.feeds->page(feed, 0, {Cursor{5, 5}, PageRequest::After, 5}));
        valueOf(bench.feeds->threads(feed, bench.account, {1}));
    }
    valueOf(bench.feeds->markRead({1}));
    valueOf(bench.conversations->setNotices(id, Conversation::Notices::Nothing));
    valueOf(bench.conversations->setInHome(id, true));
    valueOf(bench.channels->threadOf(bench.account, bench.node, item));
    valueOf(bench.channels->threadsWithout(bench.account, bench.node, {}, bench.at(0), 5));
    valueOf(bench.channels->itemsOfThread(bench.account, bench.node, item));
    valueOf(bench.channels->newestPublished(bench.account));
    valueOf(bench.channels->setHistory(bench.account, bench.node, {}));
    valueOf(bench.channels->history(bench.account, bench.node));
    valueOf(
        bench.channels->keepReadingEnd(bench.account, bench.node, {u"p1"_s, bench.at(9), bench.at(9), false}, true));
    auto gap = valueOf(bench.channels->gaps(bench.account, bench.node)).first();
    valueOf(bench.channels->keepGap(bench.account, bench.node, gap));
    valueOf(bench.channels->fillGap(bench.account, bench.node, {bench.post(u"p7"_s, u"Tea"_s, 7)}, gap, true));
    valueOf(bench.search->search(u"yum"_s));
    valueOf(bench.channels->enqueueRetraction(bench.account, bench.node, item));
    valueOf(bench.channels->settle(bench.account, valueOf(bench.channels->outbox(bench.account)).last().id, {}));
    valueOf(bench.channels->removePosts(bench.account, bench.node, {ItemId::fromWire(u"nothing"_s)}));
    valueOf(bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o5"_s), u"c"_s, {}, {}}));
    valueOf(bench.channels->discard(valueOf(bench.channels->outbox(bench.account)).last().row));
    useAttachments(bench, id);
    valueOf(bench.channels->markGone(bench.account, bench.node));
}

// small tables, and the FTS5 index, whose "scan" is its search
static bool mayBeScanned(const QString &step, const QString &sql)
{
    static const QStringList small{u"SCAN account"_s, u"SCAN attachment"_s, u"SCAN preference"_s,
        u"SCAN search_waiting"_s, u"SCAN w"_s, u"SCAN search VIRTUAL TABLE INDEX"_s, u"SCAN sqlite_master"_s,
        u"SCAN CONSTANT ROW"_s};
    const bool isSmall = std::any_of(small.cbegin(), small.cend(), [&step](const QString &known) {
        return step == known || step.startsWith(known + u' ') || (known.endsWith(u"INDEX"_s) && step.startsWith(known));
    });
    // a subquery of few rows, or an index in its own order up to a limit: the list on screen
    const bool isBounded = step.startsWith("SCAN (subquery"_L1) || step == "SCAN c USING INDEX conversation_listed"_L1;
    return isSmall || (isBounded && sql.contains("LIMIT"_L1));
}

// only of the few thousand candidates of a search
static bool maySort(const QString &sql)
{
    return sql.contains("search MATCH"_L1);
}

void QueryPlanTest::everyStatementGoesByIndex()
{
    StoreBench bench;
    useEverything(bench);
    const auto faults = valueOf(bench.database->run<QStringList>([](Connection &connection) -> Result<QStringList> {
        QStringList found;
        const auto statements = connection.statements();
        for (const auto &sql : statements) {
            if (sql.startsWith("BEGIN"_L1) || sql.startsWith("COMMIT"_L1) || sql.startsWith("PRAGMA"_L1)) {
                continue;
            }
            // any value will do: there are no statistics that would tell one from another
            auto plan = connection.statement(u"EXPLAIN QUERY PLAN "_s + QString(sql).replace(u'?', u"1"_s));
            plan.run();
            while (plan.next()) {
                const auto step = plan.text(3);
                const bool isScan = step.startsWith("SCAN"_L1) && !mayBeScanned(step, sql);
                const bool isSort = step.contains("TEMP B-TREE"_L1) && !maySort(sql);
                if (isScan || isSort || step.contains("AUTOMATIC"_L1)) {
                    found += step + u" in: "_s + sql;
                }
            }
        }
        if (statements.size() < 100) {
            found += u"only %1 statements seen"_s.arg(statements.size());
        }
        return found;
    }));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void QueryPlanTest::listsOnScreenGoByTheirOwnIndex_data()
{
    QTest::addColumn<QString>("part"); // of the statement
    QTest::addColumn<QString>("index");
    QTest::newRow("older messages") << u"FROM message WHERE conversation = ? AND (time, id) < "_s << u"message_page"_s;
    QTest::newRow("newer messages") << u"FROM message WHERE conversation = ? AND (time, id) > "_s << u"message_page"_s;
    QTest::newRow("conversations") << u"ORDER BY c.last_activity DESC"_s << u"conversation_listed"_s;
    QTest::newRow("older threads") << u"AND (published, id) < "_s << u"post_by_start"_s;
    QTest::newRow("newer threads") << u"AND (published, id) > "_s << u"post_by_start"_s;
    QTest::newRow("threads by activity") << u"AND (last_activity, id) < "_s << u"post_by_activity"_s;
    QTest::newRow("home") << u"c.is_in_home = 1 AND (p.last_activity, p.id)"_s << u"post_feed"_s;
    QTest::newRow("comments") << u"FROM post WHERE thread = ? AND is_shown = 1 ORDER BY"_s << u"post_comment"_s;
    QTest::newRow("ratings") << u"CROSS JOIN post r ON"_s << u"post_rating"_s;
    QTest::newRow("repeats") << u"WHERE account = ? AND identity = ?"_s << u"message_identity"_s;
    QTest::newRow("archive ids") << u"WHERE account = ? AND archive_id = ?"_s << u"message_archived"_s;
    QTest::newRow("stanza ids") << u"identity BETWEEN ? AND ? AND conversation"_s << u"message_identity"_s;
    QTest::newRow("reading") << u"UPDATE message SET is_unread = 0"_s << u"message_unread"_s;
    QTest::newRow("outbox") << u"FROM outbox o JOIN message m ON m.id = o.message JOIN"_s << u"outbox_account"_s;
}

void QueryPlanTest::listsOnScreenGoByTheirOwnIndex()
{
    QFETCH(QString, part);
    QFETCH(QString, index);
    StoreBench bench;
    useEverything(bench);
    const auto plans = valueOf(bench.database->run<QStringList>([part](Connection &connection) -> Result<QStringList> {
        QStringList steps;
        const auto statements = connection.statements();
        for (const auto &sql : statements) {
            if (sql.contains(part)) {
                auto plan = connection.statement(u"EXPLAIN QUERY PLAN "_s + QString(sql).replace(u'?', u"1"_s));
                plan.run();
                QString whole;
                while (plan.next()) {
                    whole += plan.text(3) + u' ';
                }
                steps += whole;
            }
        }
        return steps;
    }));
    QVERIFY(!plans.isEmpty());
    for (const auto &step : plans) {
        QVERIFY2(step.contains(u"INDEX "_s + index + u' '), qPrintable(step));
    }
}

CUMULET_TEST(QueryPlanTest)
#include "QueryPlanTest.moc"
