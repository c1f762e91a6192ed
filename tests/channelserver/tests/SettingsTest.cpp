#include "AnnsChannel.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

// Settings of nodes, their creation, nodes elsewhere, and the replay (buddycloud.md 4.2, 4.3, 4.18, 6).
class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreMergedAndCut();
    void moderatorsChangeTheFaceOnly();
    void creatingWithoutAForm();
    void remoteNodesAreRefused();
    void replayGivesWhatWasMissed();
};

void SettingsTest::settingsAreMergedAndCut()
{
    AnnsChannel bench(u"default-value"_s);
    QCOMPARE(
        bench.configure(u"ann"_s, field(u"pubsub#title"_s, QString(200, u't')) + field(u"pubsub#description"_s, {})),
        u"ok"_s);
    QCOMPARE(bench.setting(u"pubsub#title"_s).size(), 128);
    QCOMPARE(bench.setting(u"pubsub#description"_s), u"DEFAULT_VALUE"_s);
    QCOMPARE(bench.setting(u"pubsub#access_model"_s), u"open"_s);
    QCOMPARE(bench.configure(u"ann"_s, field(u"pubsub#access_model"_s, u"roster"_s)), u"bad-request"_s);
    QCOMPARE(bench.configure(u"ben"_s, field(u"pubsub#title"_s, u"mine"_s)), u"forbidden"_s);
}

void SettingsTest::moderatorsChangeTheFaceOnly()
{
    for (const bool ownerOnly : {false, true}) {
        AnnsChannel bench(ownerOnly ? u"owner-only-config"_s : u"proper"_s);
        bench.setRole(u"ann"_s, bench.node, u"ben"_s, u"moderator"_s);
        QCOMPARE(bench.configure(u"ben"_s, field(u"pubsub#title"_s, u"ours"_s)), ownerOnly ? u"forbidden"_s : u"ok"_s);
        QCOMPARE(bench.configure(u"ben"_s, field(u"pubsub#access_model"_s, u"authorize"_s)), u"forbidden"_s);
    }
}

void SettingsTest::creatingWithoutAForm()
{
    AnnsChannel bench;
    const auto create = u"<create node='/user/lounge@topics.capulet.example/posts'/>"_s;
    QCOMPARE(bench.outcomeOf(bench.set(u"ann"_s, create)), u"ok"_s);
    QCOMPARE(bench.outcomeOf(bench.set(u"ben"_s, create)), u"conflict"_s);
    QCOMPARE(
        bench.outcomeOf(bench.set(u"ben"_s, u"<create node='/user/a@capulet.example/geo/x'/>"_s)), u"bad-request"_s);
    QVERIFY(bench.takeMail().isEmpty()); // one reply each
    bench.set(u"ann"_s,
        u"<create node='/user/bar@topics.capulet.example/posts'/><configure><x xmlns='jabber:x:data'/></configure>"_s);
    QCOMPARE(bench.takeMail().size(), 1); // the configuration event
}

void SettingsTest::remoteNodesAreRefused()
{
    const auto items = u"<items node='/user/paris@verona.invalid/posts'/>"_s;
    AnnsChannel bench;
    QCOMPARE(bench.outcomeOf(bench.get(u"ann"_s, items)), u"remote-server-not-found"_s);
    AnnsChannel silent(u"silence"_s);
    QCOMPARE(silent.outcomeOf(silent.get(u"ann"_s, items)), u"silence"_s);
}

void SettingsTest::replayGivesWhatWasMissed()
{
    AnnsChannel bench;
    bench.post(u"ann"_s, bench.node, u"missed"_s);
    bench.takeMail();
    const auto query = u"<query xmlns='urn:xmpp:mam:tmp'><start>%1</start></query>"_s;
    QCOMPARE(bench.outcomeOf(bench.ask(u"ben"_s, u"set"_s, query.arg(u"2026-11-23T00:00:00Z"_s))), u"ok"_s);
    const auto messages = bench.takeEvents(u"ben"_s);
    QVERIFY(messages.last().contains(u"missed"_s));
    QVERIFY(messages.last().contains(u"<result xmlns='urn:xmpp:mam:tmp' id='"_s));
    QCOMPARE(bench.outcomeOf(bench.ask(u"ben"_s, u"get"_s, query.arg(u"2099-01-01T00:00:00Z"_s))), u"ok"_s);
    QVERIFY(bench.takeMail().isEmpty());
    QCOMPARE(bench.outcomeOf(bench.ask(u"ben"_s, u"set"_s, query.arg(u"yesterday"_s))), u"bad-request"_s);
}

CUMULET_TEST(SettingsTest)
#include "SettingsTest.moc"
