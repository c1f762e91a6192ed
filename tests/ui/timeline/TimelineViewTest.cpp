#include "ViewBench.h"
#include "kit/TestMain.h"
#include "ui/common/Composer.h"

#include <QPlainTextEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class TimelineViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // the promise of the design: cost does not grow with the history
    void onlyRowsNearTheViewportAreRead()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(20000);
        QTRY_VERIFY(bench.model.rowsRead > 0);
        QCoreApplication::processEvents();
        QVERIFY2(bench.model.rowsRead < 200, qPrintable(QString::number(bench.model.rowsRead)));
        bench.model.rowsRead = 0;
        bench.view.resize(500, 600);
        QVERIFY(bench.model.rowsRead < 200);
        bench.model.rowsRead = 0;
        bench.model.insert(0, {QVariant::fromValue(chatRow(90000, u"old"_s))});
        QVERIFY(bench.model.rowsRead < 5);
    }

    void layoutsAreLetGo()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(3000);
        for (int page = 0; page < 120; ++page) {
            QTest::keyClick(&bench.view, Qt::Key_PageUp);
            QCoreApplication::processEvents();
        }
        QVERIFY2(bench.view.layoutsHeld() <= 250, qPrintable(QString::number(bench.view.layoutsHeld())));
    }

    void olderRowsAreAskedForOncePerPage()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        QSignalSpy older(&bench.view, &TimelineView::nearOldestEdge);
        bench.fillChat(300);
        QCoreApplication::processEvents();
        QCOMPARE(older.count(), 0);
        for (int page = 0; page < 100; ++page)
            QTest::keyClick(&bench.view, Qt::Key_PageUp);
        QTRY_COMPARE(older.count(), 1);
        bench.model.insert(0, {QVariant::fromValue(chatRow(9000, u"old"_s))});
        QTRY_COMPARE(older.count(), 2);
    }

    void aRowIsSeenAfterASecondInAnActiveWindow()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        QVERIFY(bench.isActive);
        QSignalSpy seen(&bench.view, &TimelineView::rowsSeen);
        bench.fillChat(100);
        QCOMPARE(seen.count(), 0);
        QTRY_COMPARE(seen.count(), 1);
        const auto ids = seen.at(0).at(0).value<QList<qint64>>();
        QVERIFY(ids.contains(100));
        QVERIFY(!ids.contains(1));
        bench.model.insert(100, {QVariant::fromValue(chatRow(500, u"new"_s))});
        QTRY_COMPARE(seen.count(), 2);
        QCOMPARE(seen.at(1).at(0).value<QList<qint64>>(), QList<qint64>{500}); // each once
    }

    void inTheBackNothingIsSeen()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QSignalSpy seen(&bench.view, &TimelineView::rowsSeen);
        bench.fillChat(10);
        QVERIFY(!seen.wait(1300));
        bench.view.activateWindow();
        QTRY_COMPARE(seen.count(), 1);
    }

    void aRowCanBeJumpedTo()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(2000);
        QVERIFY(bench.view.goToRow(700));
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(700)));
        QVERIFY(!bench.view.isAtNewest());
        QVERIFY(!bench.view.goToRow(99999));
        bench.view.goToNewest();
        QVERIFY(bench.view.isAtNewest());
    }

    void theUnreadLineIsGoneTo()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(200);
        QVERIFY(!bench.view.goToUnread());
        ChatRow unread = bench.model.at(120).value<ChatRow>();
        unread.startsUnread = true;
        ++unread.revision;
        bench.model.change(120, QVariant::fromValue(unread));
        QVERIFY(bench.view.goToUnread());
        QVERIFY(bench.view.viewport()->rect().contains(bench.view.rowRect(unread.id).topLeft()));
    }

    void theEditorMovesWithItsRowAndSurvivesScrolling()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.fillChannel(60);
        auto *editor = new Composer(bench.theme, Composer::Mode::Comment);
        bench.view.openEditor(bench.view.rowIdAt(0), editor);
        QVERIFY(editor->isVisible());
        editor->setText(u"half a thought"_s);
        const int y = editor->y();
        bench.view.setFocus();
        QTest::keyClick(&bench.view, Qt::Key_Down);
        for (int page = 0; page < 20; ++page)
            QTest::keyClick(&bench.view, Qt::Key_PageDown);
        QVERIFY(!bench.view.viewport()->rect().intersects(editor->geometry()));
        for (int page = 0; page < 30; ++page)
            QTest::keyClick(&bench.view, Qt::Key_PageUp);
        QVERIFY(bench.view.viewport()->rect().intersects(editor->geometry()));
        QCOMPARE(editor->y(), y);
        QCOMPARE(editor->text(), u"half a thought"_s);
        const int height = bench.view.rowRect(bench.view.rowIdAt(0)).height();
        editor->setText(u"a\nb\nc\nd"_s);
        QTRY_VERIFY(bench.view.rowRect(bench.view.rowIdAt(0)).height() > height);
        bench.view.closeEditor();
        QVERIFY(!bench.view.editor());
    }

    void theHeaderScrollsWithTheContent()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.fillChannel(60);
        auto *header = new QWidget;
        header->setMinimumHeight(80);
        auto *inside = new Composer(bench.theme, Composer::Mode::Post);
        bench.view.setHeader(inside);
        delete header;
        QVERIFY(bench.view.viewport()->rect().contains(inside->geometry()));
        QVERIFY(bench.y(bench.view.rowIdAt(0)) > inside->geometry().bottom());
        QTest::keyClick(&bench.view, Qt::Key_PageDown);
        QTest::keyClick(&bench.view, Qt::Key_PageDown);
        QVERIFY(!bench.view.viewport()->rect().intersects(inside->geometry()));
    }

    void aModelThatLiesDoesNoHarm()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        ChatRow row = chatRow(5, u"x"_s);
        bench.model.reset({QVariant::fromValue(row), QVariant(7), QVariant::fromValue(row)});
        QCoreApplication::processEvents();
        bench.view.grab();
        bench.model.reset({});
        bench.view.grab();
        bench.view.setModel(nullptr);
        bench.view.grab();
        QTest::keyClick(&bench.view, Qt::Key_Down);
        QTest::keyClick(&bench.view, Qt::Key_PageUp);
    }

    void hostileTextIsPaintedAndReadLikeAnyOther()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        std::vector<QVariant> rows;
        qint64 id = 0;
        for (const QString &text : {u"<img src=file:///etc/passwd><script>x</script>"_s, QString(1024 * 1024, u'x'),
                 u"e"_s + QString(100'000, QChar(0x0301)), QString(QChar(0x202e)) + u"txt.exe"_s,
                 QString(500'000, u'\n'), QString(QChar(0xdc00)), QString(3, QChar(0)), QString(40'000, QChar(0x2067))})
            rows.push_back(QVariant::fromValue(threadRow(++id, text)));
        bench.model.reset(rows);
        bench.view.grab();
        for (int i = 0; i < int(rows.size()); ++i) {
            bench.view.focusRow(bench.view.rowIdAt(i));
            QTest::keyClick(&bench.view, Qt::Key_F);
            bench.view.grab();
            QVERIFY(bench.view.rowRect(bench.view.rowIdAt(i)).height() < 2'000'000);
        }
        bench.view.selectAll();
        QVERIFY(bench.view.selectedText().contains(u"<img src=file:///etc/passwd>"));
    }
};

CUMULET_TEST(TimelineViewTest)
#include "TimelineViewTest.moc"
