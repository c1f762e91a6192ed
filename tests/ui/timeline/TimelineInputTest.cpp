#include "ViewBench.h"
#include "kit/TestMain.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

// Mouse, keyboard and selection.
class TimelineInputTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLinkIsClickedAndHovered()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"see https://example.org/roses now"_s))});
        QSignalSpy activated(&bench.view, &TimelineView::linkActivated);
        QSignalSpy hovered(&bench.view, &TimelineView::linkHovered);
        const QPoint link = bench.pointOf(1, [](const RowTarget &target) { return target.kind == RowTarget::Link; });
        QTest::mouseMove(bench.view.viewport(), link);
        QTRY_COMPARE(hovered.count(), 1);
        QCOMPARE(hovered.at(0).at(0).toString(), u"https://example.org/roses"_s);
        QTest::mouseClick(bench.view.viewport(), Qt::LeftButton, {}, link);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.at(0).at(0).toString(), u"https://example.org/roses"_s);
        QTest::mouseClick(bench.view.viewport(), Qt::LeftButton, {}, link + QPoint(0, 60));
        QCOMPARE(activated.count(), 1);
    }

    void pressingALinkAndLettingGoElsewhereDoesNothing()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"see https://example.org/roses now"_s))});
        QSignalSpy activated(&bench.view, &TimelineView::linkActivated);
        const QPoint link = bench.pointOf(1, [](const RowTarget &target) { return target.kind == RowTarget::Link; });
        QTest::mousePress(bench.view.viewport(), Qt::LeftButton, {}, link);
        QTest::mouseMove(bench.view.viewport(), link + QPoint(80, 0));
        QTest::mouseRelease(bench.view.viewport(), Qt::LeftButton, {}, link + QPoint(80, 0));
        QCOMPARE(activated.count(), 0);
    }

    void linksAndButtonsAreReachedByKeyboard()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        ThreadRow row = threadRow(1, u"see https://example.org and #roses"_s);
        row.comments = {comment(2, u"ask @mercutio"_s)};
        bench.model.reset({QVariant::fromValue(row)});
        QSignalSpy activated(&bench.view, &TimelineView::linkActivated);
        QSignalSpy acted(&bench.view, &TimelineView::actionTriggered);
        bench.view.setFocus();
        QTest::keyClick(&bench.view, Qt::Key_J);
        QCOMPARE(bench.view.focusedRow(), 1);
        QTest::keyClick(&bench.view, Qt::Key_Tab);
        QTest::keyClick(&bench.view, Qt::Key_Return);
        QCOMPARE(activated.last().at(0).toString(), u"https://example.org"_s);
        QTest::keyClick(&bench.view, Qt::Key_Tab);
        QTest::keyClick(&bench.view, Qt::Key_Return);
        QCOMPARE(activated.last().at(0).toString(), u"#roses"_s);
        QTest::keyClick(&bench.view, Qt::Key_Tab); // the comment button
        QTest::keyClick(&bench.view, Qt::Key_Return);
        QCOMPARE(acted.last().at(2).value<RowAction>(), RowAction::Comment);
        QCOMPARE(acted.last().at(1).toString(), u"item-1"_s);
        QTest::keyClick(&bench.view, Qt::Key_Tab); // more
        QTest::keyClick(&bench.view, Qt::Key_Tab); // the comment
        QTest::keyClick(&bench.view, Qt::Key_R);
        QCOMPARE(acted.last().at(1).toString(), u"item-2"_s);
        QTest::keyClick(&bench.view, Qt::Key_Backtab);
        QTest::keyClick(&bench.view, Qt::Key_Backtab);
        QTest::keyClick(&bench.view, Qt::Key_Return);
        QCOMPARE(acted.last().at(1).toString(), u"item-1"_s);
    }

    void lettersActOnTheFocusedRow()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.fillChannel(10);
        QSignalSpy acted(&bench.view, &TimelineView::actionTriggered);
        bench.view.setFocus();
        QTest::keyClick(&bench.view, Qt::Key_J);
        QTest::keyClick(&bench.view, Qt::Key_J);
        QCOMPARE(bench.view.focusedRow(), bench.view.rowIdAt(1));
        const std::pair<Qt::Key, RowAction> keys[]{{Qt::Key_R, RowAction::Comment}, {Qt::Key_E, RowAction::Edit},
            {Qt::Key_Delete, RowAction::Delete}, {Qt::Key_C, RowAction::CopyLink}, {Qt::Key_L, RowAction::Like},
            {Qt::Key_Return, RowAction::OpenThread}};
        for (const auto &[key, action] : keys) {
            QTest::keyClick(&bench.view, key);
            QCOMPARE(acted.last().at(0).toLongLong(), bench.view.rowIdAt(1));
            QCOMPARE(acted.last().at(2).value<RowAction>(), action);
        }
        QTest::keyClick(&bench.view, Qt::Key_K);
        QCOMPARE(bench.view.focusedRow(), bench.view.rowIdAt(0));
    }

    void longTextUnfoldsInPlace()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.model.reset({QVariant::fromValue(threadRow(1, u"word "_s.repeated(2000))),
            QVariant::fromValue(threadRow(2, u"next"_s))});
        const int folded = bench.view.rowRect(1).height();
        QTest::mouseClick(bench.view.viewport(), Qt::LeftButton, {},
            bench.pointOf(1, [](const RowTarget &target) { return target.action == RowAction::Unfold; }));
        QVERIFY(bench.view.rowRect(1).height() > 2 * folded);
        QCOMPARE(bench.y(1), 16);
        bench.view.focusRow(1);
        QTest::keyClick(&bench.view, Qt::Key_F);
        QCOMPARE(bench.view.rowRect(1).height(), folded);
    }

    void selectionGoesAcrossRows()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"first message"_s)),
            QVariant::fromValue(chatRow(2, u"second message"_s, true)),
            QVariant::fromValue(chatRow(3, u"third message"_s))});
        QSignalSpy changed(&bench.view, &TimelineView::selectionChanged);
        drag(bench, 1, 3);
        QVERIFY(changed.count() > 0);
        const QString text = bench.view.selectedText();
        QVERIFY2(text.contains(u"second message"), qPrintable(text));
        QVERIFY(text.contains(u"Romeo"));
        QTest::keyClick(&bench.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QVERIFY(bench.view.selectedText().isEmpty());
    }

    void aDoubleClickTakesAWordAndAThirdTheParagraph()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"wherefore"_s))});
        const QPoint point =
            (bench.view.rowLayout(1)->lineOf({1, 4}).center() + QPointF(0, qreal(bench.y(1)))).toPoint();
        QTest::mouseDClick(bench.view.viewport(), Qt::LeftButton, {}, point);
        QCOMPARE(bench.view.selectedText(), u"wherefore"_s);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"wherefore art thou"_s))});
        QTest::mouseDClick(bench.view.viewport(), Qt::LeftButton, {}, point);
        QTest::mousePress(bench.view.viewport(), Qt::LeftButton, {}, point, 10);
        QTest::mouseRelease(bench.view.viewport(), Qt::LeftButton, {}, point, 10);
        QCOMPARE(bench.view.selectedText(), u"wherefore art thou"_s);
    }

    // qTox gave this up; here rows may leave the model and what was selected of them stays
    void selectionSurvivesUnloading()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(400);
        bench.view.selectAll();
        const QString all = bench.view.selectedText();
        const QVariant first = bench.model.at(0);
        bench.model.remove(0, 100);
        bench.model.remove(200, 100);
        QCOMPARE(bench.view.selectedText(), all);
        bench.model.insert(0, {first}); // not in order: its neighbours are still away
        QVERIFY(bench.view.selectedText().contains(first.value<ChatRow>().body.trimmed()));
        for (int page = 0; page < 40; ++page)
            QTest::keyClick(&bench.view, Qt::Key_PageUp); // layouts go, too
        QVERIFY(bench.view.selectedText().size() >= all.size() - 5);
    }

    void selectionKnowsItsPlaceWhenRowsComeAbove()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.model.reset({QVariant::fromValue(chatRow(1, u"first message"_s)),
            QVariant::fromValue(chatRow(2, u"second message"_s)), QVariant::fromValue(chatRow(3, u"third message"_s))});
        drag(bench, 1, 2);
        const QString before = bench.view.selectedText();
        bench.model.insert(0, {QVariant::fromValue(chatRow(9, u"older"_s))});
        bench.model.insert(4, {QVariant::fromValue(chatRow(10, u"newer"_s))});
        QCOMPARE(bench.view.selectedText(), before);
    }

    void theWheelScrollsAndPixelsComeFirst()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(200);
        const qint64 start = bench.view.geometryOfRows().offset();
        wheel(bench, {0, 37}, {0, 120});
        QCOMPARE(bench.view.geometryOfRows().offset(), start - 37);
        wheel(bench, {}, {0, 120});
        QVERIFY(bench.view.geometryOfRows().offset() < start - 37 - 30);
        QVERIFY(!bench.view.isAtNewest());
        for (int i = 0; i < 30; ++i)
            wheel(bench, {}, {0, -120});
        QVERIFY(bench.view.isAtNewest());
    }

    void theMenuKeyAndTheRightButtonAskForTheSameMenu()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        ThreadRow row = threadRow(1, u"post"_s);
        row.comments = {comment(2, u"a comment"_s)};
        bench.model.reset({QVariant::fromValue(row)});
        QSignalSpy menus(&bench.view, &TimelineView::contextMenuRequested);
        const QPoint onComment =
            bench.pointOf(1, [](const RowTarget &target) { return target.kind == RowTarget::Comment; });
        QContextMenuEvent right(QContextMenuEvent::Mouse, onComment, bench.view.viewport()->mapToGlobal(onComment));
        QCoreApplication::sendEvent(bench.view.viewport(), &right);
        QCOMPARE(menus.last().at(1).toString(), u"item-2"_s);
        bench.view.focusRow(1);
        QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(5, 5), bench.view.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(bench.view.viewport(), &key);
        QCOMPARE(menus.last().at(0).toLongLong(), 1);
        QCOMPARE(menus.last().at(1).toString(), u"item-1"_s);
    }

    void homeAndEndGoToTheEnds()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(200);
        QTest::keyClick(&bench.view, Qt::Key_Home);
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(1)));
        QSignalSpy wanted(&bench.view, &TimelineView::newestWanted);
        QTest::keyClick(&bench.view, Qt::Key_End);
        QVERIFY(bench.view.isAtNewest());
        QCOMPARE(wanted.count(), 1);
    }

private:
    static void drag(ViewBench &bench, qint64 from, qint64 to)
    {
        const auto place = [&bench](qint64 id, int offset) {
            return (bench.view.rowLayout(id)->lineOf({id, offset}).center() + QPointF(0, qreal(bench.y(id)))).toPoint();
        };
        QTest::mousePress(bench.view.viewport(), Qt::LeftButton, {}, place(from, 6));
        QTest::mouseMove(bench.view.viewport(), place(from, 8) + QPoint(20, 2));
        QTest::mouseMove(bench.view.viewport(), place(to, 5));
        QTest::mouseRelease(bench.view.viewport(), Qt::LeftButton, {}, place(to, 5));
    }

    static void wheel(ViewBench &bench, const QPoint &pixels, const QPoint &angle)
    {
        QWheelEvent event(QPointF(100, 100), bench.view.mapToGlobal(QPointF(100, 100)), pixels, angle, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(bench.view.viewport(), &event);
    }
};

CUMULET_TEST(TimelineInputTest)
#include "TimelineInputTest.moc"
