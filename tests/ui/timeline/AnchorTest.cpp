#include "ViewBench.h"
#include "kit/TestMain.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

// Whatever is not the reader's own scroll leaves the row they read at its pixel.
class AnchorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingMovesTheReader_data()
    {
        QTest::addColumn<TimelineView::NewestEdge>("edge");
        QTest::newRow("chat") << TimelineView::NewestEdge::Bottom;
        QTest::newRow("channel") << TimelineView::NewestEdge::Top;
    }

    void nothingMovesTheReader()
    {
        QFETCH(TimelineView::NewestEdge, edge);
        const bool chat = edge == TimelineView::NewestEdge::Bottom;
        ViewBench bench(edge);
        chat ? bench.fillChat(300) : bench.fillChannel(300);
        const auto fresh = [&](int seed) {
            const qint64 id = bench.nextId++;
            return chat ? QVariant::fromValue(chatRow(id, ViewBench::textOf(seed)))
                        : QVariant::fromValue(threadRow(id, ViewBench::textOf(seed)));
        };
        const auto edited = [&](const QVariant &old, int seed) {
            if (chat) {
                ChatRow row = old.value<ChatRow>();
                row.body = ViewBench::textOf(seed);
                ++row.revision;
                return QVariant::fromValue(row);
            }
            ThreadRow row = old.value<ThreadRow>();
            ++row.revision;
            if (seed % 2)
                row.comments.append(comment(bench.nextId++, ViewBench::textOf(seed)));
            else
                row.post.body = ViewBench::textOf(seed);
            return QVariant::fromValue(row);
        };
        bench.scrollToMiddle();
        QRandomGenerator random(3);
        const qint64 anchor = bench.view.place().rowId;
        const qint64 y = bench.view.place().y;
        for (int step = 0; step < 500; ++step) {
            const int row = bench.view.rowOf(anchor);
            const int other = random.bounded(bench.model.rowCount());
            switch (random.bounded(5)) {
            case 0:
                bench.model.insert(random.bounded(bench.model.rowCount() + 1), {fresh(step), fresh(step + 1)});
                break;
            case 1:
                if (other != row && bench.model.rowCount() > 150)
                    bench.model.remove(other, 1);
                break;
            case 2:
                if (other != row)
                    bench.model.change(other, edited(bench.model.at(other), step));
                break;
            case 3: // text of the anchor itself, too: its top stays
                bench.model.change(row, edited(bench.model.at(row), step));
                break;
            case 4:
                if (step % 20 == 0)
                    bench.view.resize(random.bounded(300, 900), random.bounded(300, 800));
                break;
            }
            QCOMPARE(bench.view.place().rowId, anchor);
            QCOMPARE(bench.y(anchor), y);
        }
    }

    void historyComesInAboveWithoutAMove()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(100);
        QTest::keyClick(&bench.view, Qt::Key_PageUp);
        QTest::keyClick(&bench.view, Qt::Key_PageUp);
        const qint64 read = bench.topRow();
        const qint64 before = bench.y(read);
        std::vector<QVariant> older;
        for (int i = 0; i < 50; ++i)
            older.push_back(QVariant::fromValue(chatRow(10000 + i, ViewBench::textOf(i))));
        bench.model.insert(0, older);
        QCOMPARE(bench.y(read), before);
        QCoreApplication::processEvents();
        QCOMPARE(bench.y(read), before);
    }

    void theThemeAndTheFontChangeUnderTheReader()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.fillChannel(100);
        bench.scrollToMiddle();
        const TimelineView::Place place = bench.view.place();
        bench.theme.setScheme(Theme::Scheme::Dark);
        QCOMPARE(bench.y(place.rowId), place.y);
        bench.theme.setScheme(Theme::Scheme::Light);
        QCOMPARE(bench.y(place.rowId), place.y);
        const QFont before = QApplication::font();
        QFont large = before;
        large.setPointSizeF(before.pointSizeF() * 2);
        QApplication::setFont(large);
        QCoreApplication::processEvents();
        QCOMPARE(bench.y(place.rowId), place.y);
        QApplication::setFont(before);
        QCoreApplication::processEvents();
    }

    // within a row taller than the viewport the line that is read stays, at any width
    void theLineStaysWithinATallRow()
    {
        ViewBench bench(TimelineView::NewestEdge::Top, QSize(700, 300));
        ThreadRow tall = threadRow(1, QString());
        for (int i = 0; i < 14; ++i)
            tall.post.body += u"line %1 of a tall post\n"_s.arg(i);
        for (int i = 0; i < 40; ++i)
            tall.comments.append(comment(100 + i, ViewBench::textOf(i)));
        bench.model.reset({QVariant::fromValue(tall)});
        bench.view.restore({false, 1, -900});
        const auto read = bench.view.rowLayout(1)->textAt(QPointF(350, 900), true);
        QVERIFY(read);
        const auto lineTop = [&] { return bench.view.rowLayout(1)->lineOf(*read).top() + qreal(bench.y(1)); };
        const qreal before = lineTop();
        bench.view.resize(480, 300);
        QVERIFY2(qAbs(lineTop() - before) < 1, qPrintable(u"%1 %2"_s.arg(lineTop()).arg(before)));
        // and earlier comments above it do not push it away
        ThreadRow more = tall;
        ++more.revision;
        for (int i = 0; i < 20; ++i)
            more.comments.prepend(comment(500 + i, ViewBench::textOf(i)));
        const qreal now = lineTop();
        bench.model.change(0, QVariant::fromValue(more));
        QVERIFY2(qAbs(lineTop() - now) < 1, qPrintable(u"%1 %2"_s.arg(lineTop()).arg(now)));
    }

    void atTheNewestEdgeNewRowsAreShown()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        QVERIFY(bench.isActive);
        bench.fillChat(50);
        QVERIFY(bench.view.isAtNewest());
        bench.model.insert(50, {QVariant::fromValue(chatRow(900, u"news"_s))});
        QVERIFY(bench.view.isAtNewest());
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(900)));
        QCOMPARE(bench.view.newRows(), 0);
    }

    void elsewhereTheyAreCounted()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.fillChannel(50);
        QTest::keyClick(&bench.view, Qt::Key_PageDown);
        QVERIFY(!bench.view.isAtNewest());
        const TimelineView::Place place = bench.view.place();
        bench.model.insert(
            0, {QVariant::fromValue(threadRow(900, u"news"_s)), QVariant::fromValue(threadRow(901, u"news"_s))});
        QCOMPARE(bench.view.newRows(), 2);
        QCOMPARE(bench.y(place.rowId), place.y);
        bench.view.goToNewest();
        QCOMPARE(bench.view.newRows(), 0);
        QCOMPARE(bench.view.geometryOfRows().offset(), 0);
    }

    // with the window in the back a chat follows only as far as the first unread row stays in sight
    void whatNobodySawDoesNotScrollOut()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(50);
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        bench.model.insert(50, {QVariant::fromValue(chatRow(900, u"first unread"_s))});
        QVERIFY(bench.view.isAtNewest());
        for (int i = 0; i < 100; ++i)
            bench.model.insert(bench.model.rowCount(), {QVariant::fromValue(chatRow(1000 + i, ViewBench::textOf(i)))});
        QVERIFY(!bench.view.isAtNewest());
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(900).topLeft()));
        QVERIFY(bench.view.newRows() > 0);
    }

    void rowsThatAreHistoryAreNotNews()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(50);
        bench.view.setLiveCheck([] { return false; });
        bench.model.insert(50, {QVariant::fromValue(chatRow(900, u"a page towards now"_s))});
        QCOMPARE(bench.view.newRows(), 0);
        QVERIFY(!bench.view.isAtNewest());
    }

    void thePlaceIsKeptOverARestart()
    {
        ViewBench first(TimelineView::NewestEdge::Bottom);
        first.fillChat(200);
        first.scrollToMiddle();
        const TimelineView::Place place = first.view.place();
        ViewBench second(TimelineView::NewestEdge::Bottom);
        second.fillChat(200);
        second.view.restore(place);
        QCOMPARE(second.y(place.rowId), place.y);
        second.view.restore({false, 99999, 0}); // gone meanwhile
        QVERIFY(second.view.isAtNewest());
    }

    void theScrollBarServesAHistoryOfAnyLength()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(60000);
        QVERIFY(bench.view.geometryOfRows().contentHeight() > 1'000'000);
        QScrollBar *bar = bench.view.verticalScrollBar();
        QVERIFY(bar->maximum() <= 1'000'000);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(bar->maximum() / 2);
        const int middle = bench.view.rowOf(bench.middleRow());
        QVERIFY2(middle > 20000 && middle < 40000, qPrintable(QString::number(middle)));
        bar->setValue(0);
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(bench.view.rowIdAt(0))));
    }
};

CUMULET_TEST(AnchorTest)
#include "AnchorTest.moc"
