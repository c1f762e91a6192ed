#include "kit/TestMain.h"
#include "ui/timeline/TimelineGeometry.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace cumulet;

class GeometryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // against the plainest possible model: a vector that is summed
    void heightsAreSummedAndFound()
    {
        QRandomGenerator random(42);
        HeightIndex index;
        std::vector<int> plain;
        for (int step = 0; step < 2000; ++step) {
            const int kind = random.bounded(4);
            if (kind == 0 || plain.empty()) {
                std::vector<int> more(random.bounded(1, 20));
                for (int &height : more)
                    height = random.bounded(1, 500);
                const int at = random.bounded(int(plain.size()) + 1);
                plain.insert(plain.begin() + at, more.begin(), more.end());
                index.insert(at, more);
            } else if (kind == 1) {
                const int at = random.bounded(int(plain.size()));
                const int count = std::min(random.bounded(1, 10), int(plain.size()) - at);
                plain.erase(plain.begin() + at, plain.begin() + at + count);
                index.remove(at, count);
            } else {
                const int at = random.bounded(int(plain.size()));
                plain[at] = random.bounded(1, 500);
                index.set(at, plain[at], true);
            }
            QCOMPARE(index.count(), int(plain.size()));
            QCOMPARE(index.total(), std::accumulate(plain.begin(), plain.end(), qint64(0)));
            if (plain.empty())
                continue;
            const int row = random.bounded(int(plain.size()));
            const qint64 top = std::accumulate(plain.begin(), plain.begin() + row, qint64(0));
            QCOMPARE(index.top(row), top);
            QCOMPARE(index.rowAt(top), row);
            QCOMPARE(index.rowAt(top + plain[row] - 1), row);
        }
    }

    void theEndsAreSafe()
    {
        HeightIndex index;
        QCOMPARE(index.rowAt(0), -1);
        index.reset({10, 20, 30});
        QCOMPARE(index.rowAt(-5), 0);
        QCOMPARE(index.rowAt(1000), 2);
        QCOMPARE(index.top(3), 60);
    }

    void aLongHistoryIsTallerThanAnInt()
    {
        HeightIndex index;
        index.reset(std::vector<int>(3'000'000, 1000));
        QCOMPARE(index.total(), qint64(3'000'000'000));
        QCOMPARE(index.rowAt(2'999'999'999), 2'999'999);
    }

    // 10,000 random insertions, removals, growths and shrinkings: the anchor's pixel never moves
    void theAnchorNeverDrifts_data()
    {
        QTest::addColumn<TimelineGeometry::NewestEdge>("edge");
        QTest::newRow("chat") << TimelineGeometry::NewestEdge::Bottom;
        QTest::newRow("channel") << TimelineGeometry::NewestEdge::Top;
    }

    void theAnchorNeverDrifts()
    {
        QFETCH(TimelineGeometry::NewestEdge, edge);
        QRandomGenerator random(7);
        TimelineGeometry geometry(edge);
        geometry.setViewportHeight(600);
        geometry.setMargins(16, 16);
        std::vector<qint64> ids(400);
        std::iota(ids.begin(), ids.end(), 1);
        geometry.reset(ids, std::vector<int>(400, 80));
        qint64 nextId = 1000;
        geometry.setAnchor({200, 123});
        for (int step = 0; step < 10000; ++step) {
            const int row = geometry.rowOf(200);
            switch (random.bounded(4)) {
            case 0: {
                const std::vector<qint64> more{nextId++, nextId++, nextId++};
                geometry.insert(random.bounded(geometry.count() + 1), more, {random.bounded(20, 300), 50, 60});
                break;
            }
            case 1: { // anything but the anchor itself
                const int at = random.bounded(geometry.count());
                if (geometry.count() > 200 && at != row)
                    geometry.remove(at, 1);
                break;
            }
            case 2:
                geometry.setHeight(random.bounded(geometry.count()), random.bounded(20, 900));
                break;
            case 3:
                geometry.setViewportHeight(random.bounded(200, 1200));
                break;
            }
            QCOMPARE(geometry.anchor().rowId, 200);
            QCOMPARE(geometry.y(geometry.rowOf(200)), 123);
        }
    }

    void theNextRowTakesOver()
    {
        TimelineGeometry geometry(TimelineGeometry::NewestEdge::Bottom);
        geometry.setViewportHeight(100);
        geometry.reset({1, 2, 3, 4, 5}, {50, 50, 50, 50, 50});
        geometry.setAnchor({3, 20});
        geometry.remove(1, 2); // 2 and 3
        QCOMPARE(geometry.anchor(), (TimelineGeometry::Anchor{4, 20}));
        geometry.remove(1, 2); // 4 and 5, nothing follows: 1 ends where they began
        QCOMPARE(geometry.anchor(), (TimelineGeometry::Anchor{1, -30}));
        geometry.remove(0, 1);
        QVERIFY(geometry.isPinned());
    }

    void shortContentKeepsToTheNewestEdge()
    {
        TimelineGeometry chat(TimelineGeometry::NewestEdge::Bottom);
        chat.setViewportHeight(500);
        chat.reset({1, 2}, {50, 50});
        QCOMPARE(chat.y(0), 400);
        TimelineGeometry channel(TimelineGeometry::NewestEdge::Top);
        channel.setViewportHeight(500);
        channel.reset({1, 2}, {50, 50});
        QCOMPARE(channel.y(0), 0);
    }

    void reorderingKeepsHeightsAndAnchor()
    {
        TimelineGeometry geometry(TimelineGeometry::NewestEdge::Top);
        geometry.setViewportHeight(100);
        geometry.reset({1, 2, 3, 4}, {10, 20, 30, 40});
        geometry.setHeight(2, 300);
        geometry.setAnchor({3, 5});
        geometry.reorder({4, 3, 9, 1}, {11, 11, 11, 11});
        QCOMPARE(geometry.height(1), 300);
        QCOMPARE(geometry.height(0), 40);
        QCOMPARE(geometry.anchor(), (TimelineGeometry::Anchor{3, 5}));
        QCOMPARE(geometry.rowOf(2), -1);
    }
};

CUMULET_TEST(GeometryTest)
#include "GeometryTest.moc"
