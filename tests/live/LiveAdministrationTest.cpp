// What people say of themselves, and who may see it, on real servers with a channel service behind them.
#include "kit/ChannelServer.h"
#include "kit/TestMain.h"
#include "live/LiveStage.h"
#include "services/channel/ChannelChecks.h"
#include "services/channel/ChannelLines.h"
#include "services/channel/ChannelNodes.h"
#include "services/channel/ChannelService.h"

#include <QSignalSpy>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class LiveAdministrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { LiveStage::kinds(); }
    void init();
    void cleanup();
    void aStatusIsSeenAndHeardOf();
    void aStatusWrittenOfflineFollows();
    void theOwnChannelIsMadePrivate();
    void theServerIsChecked();

private:
    static ChannelService &channels(LiveClient &client) { return *client.services().channels; }
    static QString statusOf(LiveClient &client, const Jid &whose)
    {
        const auto line = outcome(channels(client).lines().stored(whose));
        return line ? line->text : QString();
    }
    /// Everything of juliet's channel gets that access model.
    bool setAccess(const QString &model);

    LiveStage m_stage;
    std::map<LiveServer *, std::unique_ptr<ChannelServer>> m_services;
    std::unique_ptr<LiveClient> m_romeo;
    std::unique_ptr<LiveClient> m_juliet;
    QString m_words;
};

CUMULET_TEST(LiveAdministrationTest)

void LiveAdministrationTest::init()
{
    QFETCH_GLOBAL(LiveServer::Kind, kind);
    ENTER_STAGE(m_stage, kind);
    if (const auto why = ChannelServer::whyNot(m_stage.server()); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    auto &service = m_services[&m_stage.server()];
    if (!service) {
        service = std::make_unique<ChannelServer>();
        QVERIFY2(service->start(m_stage.server()), qPrintable(service->error()));
    }
    m_words = u"On the balcony — 阳台 🌹 <&> "_s + QUuid::createUuid().toString(QUuid::Id128).left(8);
    m_romeo = m_stage.client(u"romeo"_s);
    QVERIFY2(m_romeo, qPrintable(m_stage.error()));
    m_juliet = m_stage.client(u"juliet"_s);
    QVERIFY2(m_juliet, qPrintable(m_stage.error()));
    QVERIFY2(m_romeo->waitForChannels(), qPrintable(m_romeo->error()));
    QVERIFY2(m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
}

void LiveAdministrationTest::cleanup()
{
    m_romeo.reset();
    m_juliet.reset();
}

void LiveAdministrationTest::aStatusIsSeenAndHeardOf()
{
    const Jid juliet = m_juliet->jid();
    QVERIFY(outcome(channels(*m_juliet).lines().setOwnStatus(m_words)));
    QVERIFY(waitFor([&] {
        const auto line = outcome(channels(*m_juliet).lines().stored(juliet));
        return line && !line->isWaiting;
    }));
    QVERIFY(outcome(channels(*m_romeo).follow(NodeId::of(juliet))));
    QVERIFY(outcome(channels(*m_romeo).lines().status(juliet)));
    QVERIFY(waitFor([&] { return statusOf(*m_romeo, juliet) == m_words; }));
    // from now on it is told: the service has answered what romeo asked after following the status
    QVERIFY(outcome(channels(*m_romeo).preview(NodeId::of(juliet))));
    QVERIFY(outcome(channels(*m_juliet).lines().setOwnStatus(m_words + u" again"_s)));
    QVERIFY(waitFor([&] { return statusOf(*m_romeo, juliet) == m_words + u" again"_s; }));
}

void LiveAdministrationTest::aStatusWrittenOfflineFollows()
{
    const Jid juliet = m_juliet->jid();
    m_juliet->goOffline();
    QVERIFY(outcome(channels(*m_juliet).lines().setOwnStatus(m_words)));
    QCOMPARE(statusOf(*m_juliet, juliet), m_words);
    m_juliet->goOnline();
    QVERIFY2(m_juliet->waitForChannels(), qPrintable(m_juliet->error()));
    QVERIFY(waitFor([&] {
        const auto line = outcome(channels(*m_juliet).lines().stored(juliet));
        return line && !line->isWaiting;
    }));
    QVERIFY(outcome(channels(*m_romeo).lines().status(juliet)));
    QVERIFY(waitFor([&] { return statusOf(*m_romeo, juliet) == m_words; }));
}

bool LiveAdministrationTest::setAccess(const QString &model)
{
    const auto nodes = outcome(channels(*m_juliet).nodes().read(m_juliet->jid()));
    if (!nodes || nodes->size() < 2) {
        return false;
    }
    QList<NodeSettings> changes;
    for (const auto &node : *nodes) {
        changes.append({node.node, {{u"pubsub#access_model"_s, model}}, {}});
    }
    const auto changed = outcome(channels(*m_juliet).nodes().change(changes));
    return changed && std::all_of(changed->cbegin(), changed->cend(), [](const NodeSettings &node) {
        return !node.error.has_value();
    });
}

void LiveAdministrationTest::theOwnChannelIsMadePrivate()
{
    QVERIFY(setAccess(u"authorize"_s));
    for (const auto &type : {u"posts"_s, u"status"_s}) {
        const auto seen = outcome(channels(*m_romeo).preview(NodeId::of(m_juliet->jid(), type)));
        QVERIFY(seen);
        QCOMPARE(seen->accessModel, AccessModel::Authorize);
    }
    const auto nodes = outcome(channels(*m_juliet).nodes().read(m_juliet->jid()));
    QVERIFY(nodes);
    QVERIFY(!nodes->first().fields.value(u"pubsub#title"_s).isEmpty()); // what was not sent stays
    QVERIFY(setAccess(u"open"_s));
    const auto open = outcome(channels(*m_romeo).preview(NodeId::of(m_juliet->jid(), u"status"_s)));
    QVERIFY(open);
    QCOMPARE(open->accessModel, AccessModel::Open);
}

void LiveAdministrationTest::theServerIsChecked()
{
    ServerCheck check(channelChecks(channels(*m_romeo), *m_romeo->services().directory));
    const QSignalSpy finished(&check, &ServerCheck::finished);
    check.run();
    QVERIFY(waitFor([&] { return !finished.isEmpty(); }));
    for (const auto &line : check.lines()) {
        const bool isNeeded = line.subject == QLatin1String(channelCheck::service)
            || line.subject == QLatin1String(channelCheck::registration)
            || line.subject == QLatin1String(channelCheck::ownChannel)
            || line.subject == QLatin1String(channelCheck::search)
            || line.subject == QLatin1String(channelCheck::archive);
        QVERIFY2(!isNeeded || line.state == ServerCheck::State::Works,
            qPrintable(line.subject + u": "_s + line.error.detail));
        QVERIFY(line.state != ServerCheck::State::Asking);
    }
}

#include "LiveAdministrationTest.moc"
