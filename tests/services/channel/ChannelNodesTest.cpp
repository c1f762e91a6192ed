#include "services/channel/ChannelNodes.h"
#include "kit/TestMain.h"
#include "services/ChannelBench.h"

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;
using Fate = FakeChannelWire::Fate;

/// The settings of everything a channel has.
class ChannelNodesTest : public QObject
{
    Q_OBJECT

    static void addOwnNodes(ChannelBench &bench)
    {
        for (const auto &type : {u"posts"_s, u"status"_s, u"geo/current"_s}) {
            bench.server.add(NodeId::of(bench.romeo, type), bench.romeo);
        }
        bench.server.add(NodeId::of(bench.juliet, u"status"_s), bench.juliet);
    }

private Q_SLOTS:
    void theNodesAreThoseOfTheService()
    {
        ChannelBench bench;
        addOwnNodes(bench);
        QVERIFY(bench.start());
        const auto nodes = await(bench.channels->nodes().read(bench.romeo)).value();
        QStringList types;
        for (const auto &node : nodes) {
            types.append(node.node.type());
            QCOMPARE(node.node.channel(), bench.romeo);
            QCOMPARE(node.fields.value(u"pubsub#access_model"_s), u"open"_s);
        }
        QCOMPARE(types, (QStringList{u"posts"_s, u"geo/current"_s, u"status"_s}));
    }

    void eachNodeIsChangedAndARefusalIsTold()
    {
        ChannelBench bench;
        addOwnNodes(bench);
        QVERIFY(bench.start());
        bench.wire->script(u"configureChannel"_s, {Fate::Answered, Fate::Refused, Fate::Answered});
        QList<NodeSettings> changes;
        for (const auto &type : {u"posts"_s, u"geo/current"_s, u"status"_s}) {
            changes.append({NodeId::of(bench.romeo, type), {{u"pubsub#access_model"_s, u"authorize"_s}}, {}});
        }
        const auto outcome = await(bench.channels->nodes().change(changes)).value();
        QCOMPARE(outcome.size(), 3);
        QVERIFY(!outcome.at(0).error);
        QCOMPARE(outcome.at(1).error.value_or(Error()).kind, ErrorKind::NotAllowed);
        QVERIFY(!outcome.at(2).error); // a refusal does not stop the rest
        QCOMPARE(bench.server.nodes.value(changes.at(2).node).face.accessModel, AccessModel::Authorize);
        QCOMPARE(bench.server.nodes.value(changes.at(1).node).face.accessModel, AccessModel::Open);
        // what is known of the channel follows its posts
        QTRY_COMPARE(await(bench.channels->open(changes.at(0).node)).value().accessModel, AccessModel::Authorize);
    }
};

CUMULET_TEST(ChannelNodesTest)
#include "ChannelNodesTest.moc"
