// Pictures and files in the cards of a channel.
#include "ViewBench.h"
#include "kit/TestMain.h"
#include "ui/common/MediaSource.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace {

class KnownMedia : public MediaSource
{
public:
    MediaLook look(const QString &, const Attachment &attachment) override { return looks.value(keyOf(attachment)); }
    QImage picture(const QString &, const Attachment &attachment, const QSize &) override
    {
        asked.append(keyOf(attachment));
        return pictures.value(keyOf(attachment));
    }
    void retry(const QString &, const Attachment &) override {}

    QHash<QString, MediaLook> looks;
    QHash<QString, QImage> pictures;
    QStringList asked;
};

Attachment attachment(const QString &id)
{
    return {.media = {Jid::fromTrusted(u"juliet@verona.example"_s), id}};
}

const QString rose = u"juliet@verona.example/rose"_s;

ThreadRow rowWith(const QList<Attachment> &attachments)
{
    ThreadRow row = threadRow(1, u"The roses are out."_s);
    row.post.attachments = attachments;
    return row;
}

MediaLook lookOf(MediaLook::State state, const QString &name, const QString &words = {})
{
    return {state, {name, u"image/png"_s, 2048, words}, -1};
}

} // namespace

class MediaRowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePlaceIsKeptBeforeThePictureIsThere();
    void whatIsReadStaysWhereItIs();
    void aPictureIsSaidAndOpened();
    void aFileIsALineThatIsSaved();
    void aFailureCanBeTriedAgain();
    void severalStandBesideEachOther();
    void picturesOutOfSightAreNotAskedFor();

private:
    static const RowTarget *targetOf(const RowLayout &layout, RowAction action)
    {
        const auto &targets = layout.targets();
        const auto found = std::find_if(
            targets.begin(), targets.end(), [action](const RowTarget &target) { return target.action == action; });
        return found == targets.end() ? nullptr : &*found;
    }
};

void MediaRowTest::thePlaceIsKeptBeforeThePictureIsThere()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"rose"_s)}))});
    const int height = bench.view.rowLayout(1)->height();
    bench.model.reset({QVariant::fromValue(rowWith({}))});
    QVERIFY(height > bench.view.rowLayout(1)->height() + 200);
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"rose"_s)}))});
    QImage tall(10, 400, QImage::Format_RGB32);
    tall.fill(Qt::red);
    media.looks.insert(rose, lookOf(MediaLook::Picture, u"rose.png"_s));
    Q_EMIT media.changed(rose, false);
    media.pictures.insert(rose, tall);
    Q_EMIT media.changed(rose, true);
    QCOMPARE(bench.view.rowLayout(1)->height(), height);
    QTRY_VERIFY(media.asked.contains(rose));
}

void MediaRowTest::whatIsReadStaysWhereItIs()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    std::vector<QVariant> rows{QVariant::fromValue(rowWith({attachment(u"rose"_s)}))};
    for (int i = 2; i < 30; ++i)
        rows.push_back(QVariant::fromValue(threadRow(i, ViewBench::textOf(i))));
    bench.model.reset(std::move(rows));
    bench.view.goToNewest();
    (void)bench.view.rowLayout(1);
    bench.view.restore({false, 2, 5});
    const qint64 before = bench.y(2);
    media.looks.insert(rose, lookOf(MediaLook::File, u"rose.txt"_s)); // a line is lower than a picture
    Q_EMIT media.changed(rose, false);
    QCOMPARE(bench.y(2), before);
}

void MediaRowTest::aPictureIsSaidAndOpened()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    media.looks.insert(rose, lookOf(MediaLook::Picture, u"rose.png"_s, u"a white rose"_s));
    media.looks.insert(u"juliet@verona.example/plain"_s, lookOf(MediaLook::Picture, u"plain.png"_s));
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"plain"_s), attachment(u"rose"_s)}))});
    const auto &targets = bench.view.rowLayout(1)->targets();
    const auto named = [&targets](const QString &words) {
        return std::any_of(
            targets.begin(), targets.end(), [&words](const RowTarget &target) { return target.name.contains(words); });
    };
    QVERIFY(named(u"a white rose"_s));
    QVERIFY(named(u"without description"_s));
    QVERIFY(bench.view.spokenRow(1).contains(u"2 pictures or files"_s));
    QSignalSpy activated(&bench.view, &TimelineView::mediaActivated);
    const QPoint point = bench.pointOf(
        1, [](const RowTarget &target) { return target.action == RowAction::OpenMedia && target.linkIndex == 1; });
    QTest::mouseClick(bench.view.viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().at(2).toInt(), 1);
    QCOMPARE(activated.first().at(3).value<RowAction>(), RowAction::OpenMedia);
}

void MediaRowTest::aFileIsALineThatIsSaved()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    media.looks.insert(rose, lookOf(MediaLook::File, u"herbal.pdf"_s));
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"rose"_s)}))});
    const RowTarget *save = targetOf(*bench.view.rowLayout(1), RowAction::SaveMedia);
    QVERIFY(save);
    QVERIFY2(save->name.contains(u"herbal.pdf"_s), qPrintable(save->name));
    QVERIFY(save->rects.first().height() < 60);
}

void MediaRowTest::aFailureCanBeTriedAgain()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"rose"_s)}))});
    QVERIFY(!targetOf(*bench.view.rowLayout(1), RowAction::RetryMedia));
    media.looks.insert(rose, lookOf(MediaLook::Failed, {}));
    Q_EMIT media.changed(rose, false);
    QVERIFY(targetOf(*bench.view.rowLayout(1), RowAction::RetryMedia));
}

void MediaRowTest::severalStandBesideEachOther()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    bench.view.setMedia(&media);
    bench.model.reset({QVariant::fromValue(rowWith({attachment(u"a"_s), attachment(u"b"_s), attachment(u"c"_s)}))});
    QList<QRectF> boxes;
    for (const RowTarget &target : bench.view.rowLayout(1)->targets()) {
        if (target.action == RowAction::OpenMedia)
            boxes.append(target.rects.first());
    }
    QCOMPARE(boxes.size(), 3);
    QCOMPARE(boxes.at(0).top(), boxes.at(1).top());
    QVERIFY(boxes.at(1).left() > boxes.at(0).right());
    QVERIFY(boxes.at(2).top() > boxes.at(0).bottom());
}

void MediaRowTest::picturesOutOfSightAreNotAskedFor()
{
    KnownMedia media;
    ViewBench bench(TimelineView::NewestEdge::Top);
    media.looks.insert(rose, lookOf(MediaLook::Picture, u"rose.png"_s));
    bench.view.setMedia(&media);
    std::vector<QVariant> rows;
    for (int i = 2; i < 30; ++i)
        rows.push_back(QVariant::fromValue(threadRow(i, ViewBench::textOf(i))));
    rows.push_back(QVariant::fromValue(rowWith({attachment(u"rose"_s)})));
    bench.model.reset(std::move(rows));
    bench.view.viewport()->repaint();
    QVERIFY(!media.asked.contains(rose));
    bench.view.goToRow(1);
    bench.view.viewport()->repaint();
    QVERIFY(media.asked.contains(rose));
}

CUMULET_TEST(MediaRowTest)
#include "MediaRowTest.moc"
