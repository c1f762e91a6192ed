#include "ViewBench.h"
#include "kit/TestMain.h"

#include <QAccessible>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class TimelineAccessibleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }

    void theViewIsAListOfSpokenRows()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        ThreadRow row = threadRow(1, u"The roses are out. https://example.org"_s);
        row.post.role = Affiliation::Moderator;
        row.post.edited = true;
        row.commentCount = 7;
        row.comments = {comment(2, u"How about Tuesday?"_s)};
        row.comments.first().replyToName = u"Juliet"_s;
        bench.model.reset({QVariant::fromValue(row)});
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&bench.view);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->text(QAccessible::Name), u"Posts"_s);
        QCOMPARE(list->childCount(), 1);
        QAccessibleInterface *item = list->child(0);
        QCOMPARE(item->role(), QAccessible::ListItem);
        QCOMPARE(item->parent(), list);
        QCOMPARE(list->indexOfChild(item), 0);
        const QString name = item->text(QAccessible::Name);
        for (const QString &part :
            {u"Post by Juliet"_s, u"moderator"_s, u"edited"_s, u"7 comments"_s, u"The roses are out."_s})
            QVERIFY2(name.contains(part), qPrintable(name));
    }

    void nothingInItIsUnnamed()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        ThreadRow row = threadRow(1, u"see https://example.org "_s + u"word "_s.repeated(600));
        row.comments = {comment(2, u"How about @tuesday?"_s)};
        row.hiddenComments = 4;
        bench.model.reset({QVariant::fromValue(row)});
        QAccessibleInterface *item = QAccessible::queryAccessibleInterface(&bench.view)->child(0);
        int links = 0;
        int buttons = 0;
        int comments = 0;
        for (int i = 0; i < item->childCount(); ++i) {
            QAccessibleInterface *part = item->child(i);
            QVERIFY(part->isValid());
            QVERIFY(!part->text(QAccessible::Name).isEmpty());
            QVERIFY(part->rect().isValid());
            QCOMPARE(part->parent(), item);
            QCOMPARE(item->indexOfChild(part), i);
            links += part->role() == QAccessible::Link;
            buttons += part->role() == QAccessible::Button;
            comments += part->role() == QAccessible::ListItem;
        }
        QCOMPARE(links, 2);
        QVERIFY(buttons >= 4); // unfold, comment, more, earlier, box
        QCOMPARE(comments, 1);
    }

    void aButtonCanBePressedThroughIt()
    {
        ViewBench bench(TimelineView::NewestEdge::Top);
        bench.model.reset({QVariant::fromValue(threadRow(1, u"post"_s))});
        QSignalSpy acted(&bench.view, &TimelineView::actionTriggered);
        QAccessibleInterface *item = QAccessible::queryAccessibleInterface(&bench.view)->child(0);
        for (int i = 0; i < item->childCount(); ++i) {
            QAccessibleInterface *part = item->child(i);
            if (part->text(QAccessible::Name).startsWith(u"Comment on"))
                part->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        }
        QCOMPARE(acted.count(), 1);
        QCOMPARE(acted.at(0).at(2).value<RowAction>(), RowAction::Comment);
    }

    // numbers would go stale when history comes in above
    void aRowStaysTheSameObject()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(20);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&bench.view);
        QAccessibleInterface *tenth = list->child(10);
        const QString name = tenth->text(QAccessible::Name);
        bench.model.insert(
            0, {QVariant::fromValue(chatRow(900, u"old"_s)), QVariant::fromValue(chatRow(901, u"old"_s))});
        QCOMPARE(list->child(12), tenth);
        QCOMPARE(tenth->text(QAccessible::Name), name);
        QCOMPARE(list->indexOfChild(tenth), 12);
        bench.model.remove(12, 1);
        QVERIFY(!tenth->isValid());
        QCOMPARE(tenth->text(QAccessible::Name), QString());
    }

    void focusIsTold()
    {
        ViewBench bench(TimelineView::NewestEdge::Bottom);
        bench.fillChat(20);
        bench.view.setFocus();
        bench.view.focusRow(20);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&bench.view);
        QCOMPARE(list->focusChild(), list->child(19));
        QVERIFY(list->child(19)->state().focused);
    }

    void nothingIsLeftBehindByAViewThatGoes()
    {
        QAccessible::Id listId = 0;
        QAccessible::Id rowId = 0;
        QAccessible::Id partId = 0;
        {
            ViewBench bench(TimelineView::NewestEdge::Top);
            bench.fillChannel(5);
            QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&bench.view);
            listId = QAccessible::uniqueId(list);
            rowId = QAccessible::uniqueId(list->child(2));
            partId = QAccessible::uniqueId(list->child(2)->child(0));
            QVERIFY(QAccessible::accessibleInterface(partId));
        }
        QVERIFY(!QAccessible::accessibleInterface(partId));
        QVERIFY(!QAccessible::accessibleInterface(rowId));
        QVERIFY(!QAccessible::accessibleInterface(listId));
    }
};

CUMULET_TEST(TimelineAccessibleTest)
#include "TimelineAccessibleTest.moc"
