// Finding channels on real servers, with the channel directory behind them (buddycloud.md 7.1, 2.6, 4.20).
#include "kit/TestMain.h"
#include "live/ChannelStage.h"
#include "services/channel/ChannelDirectory.h"
#include "services/channel/ChannelService.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveDirectoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { LiveStage::kinds(); }
    void init();
    void cleanup();
    void channelsAndPostsByWords();
    void theMostActive();
    void suggestedAndSimilar();
    void everythingHere();
    void followedChannelsAreSearchedByTheService();

private:
    /// An open channel of juliet's whose address has the tag; empty: it could not be made.
    NodeId make(const QString &name);
    static bool has(const FoundChannels &found, const NodeId &node);

    ChannelStage m_stage;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    QList<NodeId> m_made;
    QString m_tag;
};

CUMULET_TEST(LiveDirectoryTest)

void LiveDirectoryTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    ENTER_STAGE(m_stage, kind);
    m_tag = m_stage.tag();
    m_romeo = m_stage.reader(u"romeo"_s);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));
    m_juliet = m_stage.reader(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
    const auto found = outcome(m_romeo->services().directory->find());
    if (!found && found.error().kind == ErrorKind::NotFound && m_stage.server().settings().directory.isEmpty()) {
        QSKIP("that server has no channel directory");
    }
    QVERIFY2(found, qPrintable(found ? QString() : found.error().detail));
}

void LiveDirectoryTest::cleanup()
{
    for (const auto &node : std::exchange(m_made, {})) {
        (void)outcome(m_juliet->services().channels->deleteChannel(node));
    }
    m_romeo.reset();
    m_juliet.reset();
}

NodeId LiveDirectoryTest::make(const QString &name)
{
    const auto made = m_stage.makeTopic(*m_juliet, AccessModel::Open, Affiliation::Publisher, name);
    if (!made.isEmpty()) {
        m_made.append(made);
    }
    return made;
}

bool LiveDirectoryTest::has(const FoundChannels &found, const NodeId &node)
{
    return std::any_of(
        found.rows.cbegin(), found.rows.cend(), [&node](const FoundChannel &row) { return row.node == node; });
}

void LiveDirectoryTest::channelsAndPostsByWords()
{
    const auto roses = make(u"roses"_s);
    QVERIFY(!roses.isEmpty());
    auto &directory = *m_romeo->services().directory;
    const auto found = outcome(directory.channels(u"балкон "_s + m_tag, 0));
    QVERIFY(found);
    QCOMPARE(found->rows.size(), 1);
    const auto &row = found->rows.first();
    QCOMPARE(row.node, roses);
    QCOMPARE(row.title, u"Балкон roses "_s + m_tag);
    QCOMPARE(row.description, u"Rosen & <Dornen> 阳台"_s);
    QCOMPARE(row.type, ChannelType::Topic);
    QCOMPARE(row.defaultAffiliation, Affiliation::Publisher);
    QCOMPARE(found->next, -1);

    QVERIFY(m_juliet->post(roses, m_tag + u" weiße Rosen 🌹 <&>"_s));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const auto posts = outcome(directory.posts(m_tag + u" rosen"_s, 0));
    QVERIFY(posts);
    QCOMPARE(posts->rows.size(), 1);
    QCOMPARE(posts->rows.first().node, roses);
    QCOMPARE(posts->rows.first().body, m_tag + u" weiße Rosen 🌹 <&>"_s);
    QCOMPARE(posts->rows.first().author, m_juliet->jid());
    QCOMPARE(posts->rows.first().item, m_juliet->postOf(roses, posts->rows.first().body).item);
    QVERIFY(outcome(directory.channels(u"nothing-like-this-"_s + m_tag, 0)).value().rows.isEmpty());
}

void LiveDirectoryTest::theMostActive()
{
    const auto busy = make(u"busy"_s);
    const auto quiet = make(u"quiet"_s);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(m_juliet->post(busy, u"%1 %2"_s.arg(m_tag).arg(i)));
    }
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    FoundChannels all;
    for (int index = 0; index >= 0 && all.rows.size() < 500;) {
        const auto page = outcome(m_romeo->services().directory->active(index));
        QVERIFY(page);
        all.rows += page->rows;
        index = page->next;
    }
    QVERIFY(has(all, busy));
    QVERIFY(!has(all, quiet));
}

void LiveDirectoryTest::suggestedAndSimilar()
{
    const auto shared = make(u"shared"_s);
    const auto other = make(u"other"_s);
    QVERIFY(outcome(m_romeo->services().channels->follow(shared)));
    auto &directory = *m_romeo->services().directory;
    // juliet follows both, as their owner
    const auto suggested = outcome(directory.suggested(0));
    QVERIFY(suggested);
    QVERIFY(has(*suggested, other));
    QVERIFY(!has(*suggested, shared));
    const auto similar = outcome(directory.similarTo(shared));
    QVERIFY(similar);
    QVERIFY(has(*similar, other));
    QVERIFY(!has(*similar, shared));
}

void LiveDirectoryTest::everythingHere()
{
    const auto made = make(u"here"_s);
    auto &directory = *m_romeo->services().directory;
    QSignalSpy described(&directory, &ChannelDirectory::described);
    FoundChannels all;
    for (int index = 0; index >= 0 && all.rows.size() < 5'000;) {
        const auto page = outcome(directory.here({}, index));
        QVERIFY(page);
        all.rows += page->rows;
        index = page->next;
    }
    QVERIFY(has(all, made));
    QVERIFY(has(all, m_juliet->ownChannel()));
    QVERIFY(outcome(directory.here(m_tag, 0)).value().rows.size() == 1);
    QVERIFY(waitFor([&] {
        return std::any_of(described.cbegin(), described.cend(), [&](const QList<QVariant> &one) {
            const auto channel = one.first().value<FoundChannel>();
            return channel.node == made && channel.title == u"Балкон here "_s + m_tag;
        });
    }));
}

void LiveDirectoryTest::followedChannelsAreSearchedByTheService()
{
    const auto followed = make(u"followed"_s);
    const auto other = make(u"other"_s);
    QVERIFY(outcome(m_romeo->services().channels->follow(followed)));
    QVERIFY(m_juliet->post(followed, m_tag + u" Basil für alle"_s));
    QVERIFY(m_juliet->post(other, m_tag + u" Basil für juliet"_s));
    QVERIFY2(m_juliet->waitUntilSent(), qPrintable(m_juliet->error()));
    const auto found = outcome(m_romeo->services().directory->followedPosts(m_tag + u" Basil"_s, 0));
    QVERIFY(found);
    QCOMPARE(found->rows.size(), 1);
    QCOMPARE(found->rows.first().node, followed);
    QCOMPARE(found->rows.first().body, m_tag + u" Basil für alle"_s);
}

#include "LiveDirectoryTest.moc"
