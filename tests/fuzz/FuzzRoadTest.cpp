// Some hundreds of changed stanzas through the whole inbound road, the same ones at each run: the client stays alive
// or ends the connection for a reason it can name, and nobody changes what is not his.
#include "fuzz/InboundRoad.h"
#include "fuzz/Seeds.h"
#include "fuzz/StanzaMutator.h"
#include "kit/TestMain.h"

#include <QLoggingCategory>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

constexpr int rounds = 30;
constexpr int stanzasInARound = 15;
constexpr int brokenOnes = 40;
constexpr qsizetype longestBody = 256 * 1024;

} // namespace

class FuzzRoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void aStrangerChangesOnlyHisOwnChat();
    void whateverComesTheClientLives();
    void brokenBytesEndTheConnectionOrNothing();

private:
    /// Pushes it; false, with the bytes in the log: the client became deaf, or ended without a reason.
    bool isSurvived(const QByteArray &bytes);
    bool isOwnPartUnchanged(const StoreSnapshot &before);

    std::unique_ptr<InboundRoad> m_road;
    QList<QByteArray> m_seeds;
};

CUMULET_TEST(FuzzRoadTest)

void FuzzRoadTest::initTestCase()
{
    QLoggingCategory::setFilterRules(u"cumulet.*=false"_s); // every broken stream is worth a warning
    m_road = std::make_unique<InboundRoad>();
    QVERIFY2(m_road->open(), qPrintable(m_road->error()));
    for (const auto &seed : seedStanzas()) {
        m_seeds.append(m_road->filled(seed));
    }
    QVERIFY(m_seeds.size() > 20);
}

void FuzzRoadTest::cleanup()
{
    // what the models of the screen say is what is stored, after all that
    QVERIFY(!m_road->screen().isEmpty());
}

bool FuzzRoadTest::isSurvived(const QByteArray &bytes)
{
    const auto outcome = m_road->push(bytes);
    const bool isWell = !outcome.isDeaf && (!outcome.hasEnded || !outcome.error.detail.isEmpty());
    if (!isWell) {
        qWarning() << "deaf:" << outcome.isDeaf << "after" << bytes;
    }
    return isWell;
}

// whatever comes in, what we wrote and whether we are logged in is ours alone
bool FuzzRoadTest::isOwnPartUnchanged(const StoreSnapshot &before)
{
    const auto changes = StoreSnapshot::changes(before, m_road->store());
    for (const auto &change : changes) {
        const bool isOurs = change.table == u"outbox" || change.table == u"post_outbox" || change.table == u"draft"
            || change.table == u"preference" || (change.table == u"account" && change.kind != change.Changed);
        if (isOurs) {
            qWarning() << change.line();
            return false;
        }
    }
    return true;
}

void FuzzRoadTest::aStrangerChangesOnlyHisOwnChat()
{
    StanzaMutator mutator(m_seeds, 1);
    const auto before = m_road->store();
    for (int round = 0; round < rounds; ++round) {
        QByteArray stanzas;
        for (int i = 0; i < stanzasInARound; ++i) {
            stanzas += mutator.nextStanza("mallory@evil.test/x");
        }
        QVERIFY(isSurvived(stanzas));
    }
    for (const auto &change : StoreSnapshot::changes(before, m_road->store())) {
        const bool isAsking = change.table == u"subscription_request" && change.line().contains(u"mallory@evil.test");
        QVERIFY2(change.conversation == u"mallory@evil.test" || isAsking, qPrintable(change.line()));
        QVERIFY2(change.table != u"message" || change.line().contains(u"sender=/x"), qPrintable(change.line()));
    }
    for (const auto &message : m_road->client().messages(Jid::fromTrusted(u"mallory@evil.test"_s))) {
        QVERIFY(!message.isOwn);
        QVERIFY(message.body.size() <= longestBody);
        QVERIFY(message.time <= QDateTime::currentDateTimeUtc());
    }
}

void FuzzRoadTest::whateverComesTheClientLives()
{
    StanzaMutator mutator(m_seeds, 2);
    const auto before = m_road->store();
    for (int round = 0; round < rounds; ++round) {
        QByteArray stanzas;
        for (int i = 0; i < stanzasInARound; ++i) {
            stanzas += mutator.nextStanza();
        }
        QVERIFY(isSurvived(stanzas));
    }
    QVERIFY(isOwnPartUnchanged(before));
    // a stanza makes a handful of rows at most
    QVERIFY(m_road->store().rowCount() - before.rowCount() < 5 * rounds * stanzasInARound);
}

void FuzzRoadTest::brokenBytesEndTheConnectionOrNothing()
{
    StanzaMutator mutator(m_seeds, 3);
    const auto before = m_road->store();
    for (int i = 0; i < brokenOnes; ++i) {
        QVERIFY(isSurvived(mutator.nextBytes()));
    }
    QVERIFY(isOwnPartUnchanged(before));
}

#include "FuzzRoadTest.moc"
