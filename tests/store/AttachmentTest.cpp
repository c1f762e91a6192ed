#include "StoreBench.h"
#include "kit/TestMain.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class AttachmentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesOfADraftOutliveARestart();
    void filesGoWithThePost();
    void whatIsUploadedIsKnownByItsAddress();
    void addressesOfTheWebStandInTheText();
    void takenBackForEditingTheyBelongToTheDraft();
    void discardedTheyAreGone();
    void filesOfOthersAreKept();
    void filesThatBecameKnownLaterAreKept();
};

static ConversationId channelOf(StoreBench &bench)
{
    return valueOf(bench.conversations->ensure(bench.account, Conversation::Kind::Channel, bench.node.channel())).id;
}

static Attachment attach(StoreBench &bench, const QString &name)
{
    const Attachment file{.file = name, .description = {name + u".png"_s, u"image/png"_s, 7, u"a rose"_s}};
    return valueOf(bench.channels->attach(channelOf(bench), {}, file));
}

static ChannelStore::Waiting enqueue(StoreBench &bench, const QList<Attachment> &files)
{
    valueOf(
        bench.channels->enqueue(bench.account, bench.self, {bench.node, OriginId(u"o1"_s), u"x"_s, {}, {}, 0, files}));
    return valueOf(bench.channels->outbox(bench.account)).first();
}

static QList<Attachment> draftOf(StoreBench &bench)
{
    return valueOf(bench.channels->draftAttachments(channelOf(bench), {}));
}

static Post postOf(StoreBench &bench, PostRow row)
{
    return valueOf(bench.channels->post(row));
}

void AttachmentTest::filesOfADraftOutliveARestart()
{
    StoreBench bench;
    const auto first = attach(bench, u"a"_s);
    const auto second = attach(bench, u"b"_s);
    valueOf(bench.channels->describeAttachment(second.row, u"a white rose"_s));
    valueOf(bench.channels->detach(first.row));
    bench.reopen();
    const auto draft = draftOf(bench);
    QCOMPARE(draft.size(), 1);
    QCOMPARE(draft.first().file, u"b"_s);
    QCOMPARE(draft.first().description.text, u"a white rose"_s);
    QCOMPARE(draft.first().description.size, 7);
    for (int i = 1; i < 10; ++i) {
        attach(bench, QString::number(i));
    }
    const auto eleventh = answerOf(bench.channels->attach(channelOf(bench), {}, {}));
    QVERIFY(!eleventh);
    QCOMPARE(eleventh.error().kind, ErrorKind::TooLarge);
}

void AttachmentTest::filesGoWithThePost()
{
    StoreBench bench;
    const auto file = attach(bench, u"a"_s);
    const auto waiting = enqueue(bench, {file});
    QCOMPARE(waiting.post.attachments, QList{file});
    QVERIFY(draftOf(bench).isEmpty());
    bench.reopen();
    QCOMPARE(postOf(bench, waiting.row).attachments, QList{file});
    QCOMPARE(valueOf(bench.channels->attachmentFiles()), QSet{u"a"_s});
}

void AttachmentTest::whatIsUploadedIsKnownByItsAddress()
{
    StoreBench bench;
    const auto file = attach(bench, u"a"_s);
    const auto waiting = enqueue(bench, {file});
    const MediaAddress address{bench.self, u"m1"_s};
    const auto changes = valueOf(bench.channels->noteUploaded(file.row, address));
    QCOMPARE(changes.channels.first().changedThreads, QList{waiting.row});
    QCOMPARE(valueOf(bench.channels->outbox(bench.account)).first().post.attachments.first().media, address);
    // refused: it has to be uploaded anew
    valueOf(bench.channels->forgetUploads(waiting.row));
    QVERIFY(valueOf(bench.channels->outbox(bench.account)).first().post.attachments.first().media.isEmpty());
    valueOf(bench.channels->noteUploaded(file.row, address));
    valueOf(bench.channels->settle(bench.account, waiting.id, ItemId::fromWire(u"p1"_s)));
    const auto sent = postOf(bench, waiting.row);
    QCOMPARE(sent.attachments, (QList<Attachment>{{.media = address}}));
    QVERIFY(valueOf(bench.channels->attachmentFiles()).isEmpty());
}

void AttachmentTest::addressesOfTheWebStandInTheText()
{
    StoreBench bench;
    const auto file = attach(bench, u"a"_s);
    const auto waiting = enqueue(bench, {file});
    valueOf(bench.channels->noteLinked(file.row, u"https://example.org/a.png"_s));
    const auto post = postOf(bench, waiting.row);
    QCOMPARE(post.body, u"x\nhttps://example.org/a.png"_s);
    QVERIFY(post.attachments.isEmpty());
    QCOMPARE(valueOf(bench.channels->outbox(bench.account)).first().post.body, post.body);
}

void AttachmentTest::takenBackForEditingTheyBelongToTheDraft()
{
    StoreBench bench;
    const auto file = attach(bench, u"a"_s);
    const auto waiting = enqueue(bench, {file});
    valueOf(bench.channels->noteUploaded(file.row, {bench.self, u"m1"_s}));
    QCOMPARE(valueOf(bench.channels->discard(waiting.row, true)), u"x"_s);
    QCOMPARE(draftOf(bench), QList{file}); // as if it had never been uploaded
}

void AttachmentTest::discardedTheyAreGone()
{
    StoreBench bench;
    const auto waiting = enqueue(bench, {attach(bench, u"a"_s)});
    valueOf(bench.channels->discard(waiting.row));
    QVERIFY(draftOf(bench).isEmpty());
    QVERIFY(valueOf(bench.channels->attachmentFiles()).isEmpty());
}

void AttachmentTest::filesOfOthersAreKept()
{
    StoreBench bench;
    auto post = bench.post(u"p1"_s, u"Soup"_s, 1);
    post.attachments = {{.media = {bench.self, u"m1"_s}}, {.media = {bench.juliet, u"m2"_s}}};
    const auto changes = valueOf(bench.channels->keepPosts(bench.account, bench.node, {post}, true));
    bench.reopen();
    QCOMPARE(postOf(bench, changes.channels.first().insertedThreads.first()).attachments, post.attachments);
}

// posts that an older version stored are read again some day
void AttachmentTest::filesThatBecameKnownLaterAreKept()
{
    StoreBench bench;
    auto post = bench.post(u"p1"_s, u"Soup"_s, 1);
    const auto changes = valueOf(bench.channels->keepPosts(bench.account, bench.node, {post}, true));
    post.attachments = {{.media = {bench.self, u"m1"_s}}};
    const auto later = valueOf(bench.channels->keepPosts(bench.account, bench.node, {post}, false));
    QVERIFY(!later.isEmpty());
    QCOMPARE(postOf(bench, changes.channels.first().insertedThreads.first()).attachments, post.attachments);
    QVERIFY(valueOf(bench.channels->keepPosts(bench.account, bench.node, {post}, false)).isEmpty());
}

CUMULET_TEST(AttachmentTest)
#include "AttachmentTest.moc"
