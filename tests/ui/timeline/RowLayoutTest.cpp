#include "RowsModel.h"
#include "kit/TestMain.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/Theme.h"
#include "ui/timeline/NoticeRowLayout.h"
#include "ui/timeline/RowContent.h"

#include <QImage>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

class RowLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ownIsAtTheRightAndOthersAtTheLeft()
    {
        const auto own = layout(QVariant::fromValue(chatRow(1, u"mine"_s, true)));
        const auto hers = layout(QVariant::fromValue(chatRow(2, u"hers"_s, false)));
        QVERIFY(own->body().left() > 330);
        QVERIFY(hers->body().right() < 330);
        QVERIFY(own->body().right() <= 660 - Theme::page);
    }

    void aBubbleIsNotWiderThanItMay()
    {
        const auto wide = layout(QVariant::fromValue(chatRow(1, u"word "_s.repeated(100), true)), 2000);
        QVERIFY(wide->body().width() <= m_theme.bubbleWidth() + 1);
        const auto column = layout(QVariant::fromValue(threadRow(1, u"word "_s.repeated(100))), 2000);
        QCOMPARE(column->body().width(), qreal(m_theme.columnWidth()));
    }

    void aFailureSaysWhyAndOffersWaysOut()
    {
        ChatRow row = chatRow(1, u"lost"_s, true);
        row.state = DeliveryState::Failed;
        row.error = {ErrorKind::NotAllowed, u"server words"_s};
        row.mayRetry = true;
        QCOMPARE(
            actions(*layout(QVariant::fromValue(row))), (QList{RowAction::Retry, RowAction::Edit, RowAction::Discard}));
        row.mayRetry = false;
        QCOMPARE(actions(*layout(QVariant::fromValue(row))), (QList{RowAction::Edit, RowAction::Discard}));
        QVERIFY(!spokenRow(QVariant::fromValue(row), QDateTime()).contains(u"server words"));
        ThreadRow thread = threadRow(1, u"lost"_s);
        thread.post.state = DeliveryState::Failed;
        thread.post.mayRetry = true;
        QVERIFY(actions(*layout(QVariant::fromValue(thread))).contains(RowAction::Retry));
    }

    void whatMayNotBeDoneIsNotOffered()
    {
        ThreadRow row = threadRow(1, u"read only"_s);
        row.mayComment = false;
        row.comments = {comment(2, u"a comment"_s)};
        QList<RowAction> offered = actions(*layout(QVariant::fromValue(row)));
        QVERIFY(!offered.contains(RowAction::Comment));
        QVERIFY(!offered.contains(RowAction::ShowEarlier));
        row.mayComment = true;
        row.hiddenComments = 3;
        offered = actions(*layout(QVariant::fromValue(row)));
        QVERIFY(offered.contains(RowAction::Comment));
        QVERIFY(offered.contains(RowAction::ShowEarlier));
    }

    void likesSayTheirNumberAndWhoseTheyAre()
    {
        ThreadRow row = threadRow(1, u"soup"_s);
        row.comments = {comment(2, u"yum"_s)};
        QVERIFY(!actions(*layout(QVariant::fromValue(row))).contains(RowAction::Like));
        row.post.mayRate = true;
        row.comments[0].mayRate = true;
        QCOMPARE(actions(*layout(QVariant::fromValue(row))).count(RowAction::Like), 2);
        QCOMPARE(likeName(row), u"Like the post by Juliet"_s);
        row.post.ratings = {4, 20, 5};
        QCOMPARE(likeName(row), u"Take back your like of the post by Juliet, 4 likes, liked by you"_s);
        row.post.ratings = {2, 7, 0};
        QVERIFY(likeName(row).contains(u"2 ratings, 3.5 of 5 on average"_s));
        QVERIFY(spokenRow(QVariant::fromValue(row), QDateTime()).contains(u"2 ratings"_s));
        row.post.mayRate = false;
        QCOMPARE(actions(*layout(QVariant::fromValue(row))).count(RowAction::Like), 1);
    }

    void aPlaceIsToldAsPlainWords()
    {
        ThreadRow row = threadRow(1, u"soup"_s);
        row.comments = {comment(2, u"yum"_s)};
        QVERIFY(!spokenRow(QVariant::fromValue(row), QDateTime()).contains(u"near"_s));
        row.post.place = u"<b>Verona</b>"_s;
        row.comments[0].place = QString(500, u'M');
        const QString spoken = spokenRow(QVariant::fromValue(row), QDateTime());
        QVERIFY(spoken.contains(u"near <b>Verona</b>"_s));
        QVERIFY(!spoken.contains(QString(100, u'M'))); // no longer than a name may be
        QVERIFY(layout(QVariant::fromValue(row)) != nullptr);
    }

    void anAnswerLeadsToWhatItAnswers()
    {
        ThreadRow row = threadRow(1, u"soup"_s);
        row.comments = {comment(2, u"yum"_s)};
        QVERIFY(!actions(*layout(QVariant::fromValue(row))).contains(RowAction::GoToAnswered));
        row.comments[0].replyToName = u"Nurse"_s;
        QVERIFY(actions(*layout(QVariant::fromValue(row))).contains(RowAction::GoToAnswered));
    }

    void theDeletedIsNotShown()
    {
        ChatRow row = chatRow(1, u"secret https://example.org"_s);
        row.retracted = true;
        QVERIFY(layout(QVariant::fromValue(row))->targets().empty());
        QVERIFY(!spokenRow(QVariant::fromValue(row), QDateTime()).contains(u"secret"));
        QVERIFY(textsOf(QVariant::fromValue(row)).isEmpty());
    }

    void eachTargetHasANameAndIsLargeEnough()
    {
        ThreadRow row = threadRow(1, u"see https://example.org and @mercutio "_s + u"word "_s.repeated(600));
        row.hiddenComments = 2;
        row.comments = {comment(2, u"a comment"_s)};
        row.comments.first().state = DeliveryState::Queued;
        row.post.channelName = u"xmpp-news"_s;
        const auto made = layout(QVariant::fromValue(row));
        for (const RowTarget &target : made->targets()) {
            QVERIFY(!target.name.isEmpty());
            QVERIFY(!target.rects.isEmpty());
            if (target.kind == RowTarget::Button)
                QVERIFY2(target.rects.first().height() >= 24, qPrintable(target.name));
        }
    }

    void missingPostsAreLoadedByAButton()
    {
        NoticeRow row;
        row.id = -1;
        row.kind = NoticeRow::PostsMissing;
        const auto made = layout(QVariant::fromValue(row));
        QCOMPARE(made->targets().size(), size_t(1));
        const RowTarget &load = made->targets().front();
        QCOMPARE(load.kind, RowTarget::Button);
        QCOMPARE(load.action, RowAction::ShowEarlier);
        QVERIFY(!load.name.isEmpty());
        QVERIFY(load.rects.first().height() >= 24);
        row.isLoading = true;
        QVERIFY(layout(QVariant::fromValue(row))->targets().empty());
        QVERIFY(NoticeRowLayout::spoken(row) != NoticeRowLayout::spoken({}));
    }

    void hostileNamesAreTamed()
    {
        ThreadRow row = threadRow(1, u"text"_s);
        row.post.authorName = QString(100'000, QChar(0x0301)) + u"\n<b>x</b>\n"_s;
        row.post.channelName = u"a\nb"_s + QString(100'000, u'w');
        row.comments = {comment(2, u"x"_s)};
        row.comments.first().replyToName = QString(100'000, u'w');
        const auto made = layout(QVariant::fromValue(row));
        paint(*made);
        QVERIFY(made->height() < 1000);
        for (const RowTarget &target : made->targets())
            QVERIFY(target.name.size() < 3000);
    }

    void aRowOfAnUnknownKindHasNoLayout()
    {
        QVERIFY(!layout(QVariant(42)));
        QVERIFY(textsOf(QVariant(42)).isEmpty());
    }

    // no address in any text is touched by painting it: nothing here is rich text
    void markupIsPaintedAsText()
    {
        const QString markup = u"<img src=\"file:///etc/passwd\"><b>bold</b>&amp;"_s;
        const auto plain = layout(QVariant::fromValue(chatRow(1, markup)));
        QCOMPARE(plain->textAt(plain->body().center(), true)->block, 1);
        QCOMPARE(textsOf(QVariant::fromValue(chatRow(1, markup))).first().text, markup);
        QVERIFY(spokenRow(QVariant::fromValue(chatRow(1, markup)), QDateTime()).contains(markup));
        paint(*plain);
    }

    void theEditorTakesTheBoxesPlace()
    {
        const QVariant row = QVariant::fromValue(threadRow(1, u"text"_s));
        const auto closed = layout(row);
        const auto open = layout(row, 660, 120);
        QCOMPARE(open->editorRect().topLeft(), closed->editorRect().topLeft());
        QCOMPARE(open->height() - closed->height(), 120 - int(closed->editorRect().height()));
    }

private:
    std::unique_ptr<RowLayout> layout(const QVariant &row, int width = 660, int editor = 0)
    {
        return layOutRow(row, {m_style, width, QDateTime(QDate(2026, 5, 6), QTime(14, 0)), {}, editor});
    }

    QString likeName(const ThreadRow &row)
    {
        const auto laidOut = layout(QVariant::fromValue(row));
        for (const RowTarget &target : laidOut->targets()) {
            if (target.action == RowAction::Like)
                return target.name;
        }
        return {};
    }

    static QList<RowAction> actions(const RowLayout &layout)
    {
        QList<RowAction> found;
        for (const RowTarget &target : layout.targets()) {
            if (target.kind == RowTarget::Button && target.action != RowAction::OpenAuthor)
                found.append(target.action);
        }
        return found;
    }

    void paint(const RowLayout &layout)
    {
        QImage image(660, 400, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        layout.paint(&painter, {m_avatars, QRectF(0, 0, 660, 400), true, true, true, 0, 0, {}});
    }

    Theme m_theme;
    RowStyle m_style{m_theme};
    AvatarPainter m_avatars{m_theme, nullptr};
};

CUMULET_TEST(RowLayoutTest)
#include "RowLayoutTest.moc"
