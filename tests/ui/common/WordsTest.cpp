#include "kit/TestMain.h"
#include "ui/common/Banner.h"
#include "ui/common/EmptyState.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/Theme.h"
#include "ui/common/TimeText.h"
#include "ui/common/Toast.h"

#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

// Times, errors and labels: what is said, in which words.
class WordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void timesAreSaidAsPeopleSayThem()
    {
        const QDateTime now(QDate(2026, 5, 6), QTime(14, 30)); // a Wednesday
        QCOMPARE(TimeText::brief(now.addSecs(-1680), now), u"14:02"_s);
        QCOMPARE(TimeText::brief(now.addDays(-3), now), u"Sun"_s);
        QCOMPARE(TimeText::brief(now.addDays(-20), now), u"16 Apr"_s);
        QCOMPARE(TimeText::brief(now.addYears(-2), now), u"6 May 2024"_s);
        QCOMPARE(TimeText::age(now.addSecs(-20), now), u"now"_s);
        QCOMPARE(TimeText::age(now.addSecs(-300), now), u"5 min"_s);
        QCOMPARE(TimeText::age(now.addSecs(-7300), now), u"2 h"_s);
        QCOMPARE(TimeText::age(now.addDays(-1), now), u"Yesterday 14:30"_s);
        QCOMPARE(TimeText::age(now.addSecs(120), now), u"now"_s); // their clock is ahead
        QCOMPARE(TimeText::day(now.date(), now.date()), u"Today"_s);
        QCOMPARE(TimeText::day(now.date().addDays(-1), now.date()), u"Yesterday"_s);
        QCOMPARE(TimeText::day(now.date().addDays(-3), now.date()), u"Sunday"_s);
        QCOMPARE(TimeText::day(now.date().addDays(-20), now.date()), u"Thursday, 16 April"_s);
        QCOMPARE(TimeText::age(QDateTime(), now), QString());
    }

    void everyErrorHasItsOwnSentence()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(ErrorKind::Canceled); ++kind) {
            const QString sentence = ErrorText::sentence({ErrorKind(kind), u"<b>server words</b>"_s});
            QVERIFY(sentence.endsWith(u'.') || sentence.endsWith(u'?'));
            QVERIFY(!sentence.contains(u"server words"));
            QVERIFY(!ErrorText::brief(ErrorKind(kind)).isEmpty());
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), int(ErrorKind::Canceled) + 1);
        QVERIFY(!ErrorText::sentence({ErrorKind::Unreachable, {}}, ErrorText::Attempt::Message).contains(u"server"));
        QCOMPARE(ErrorText::sentence({ErrorKind::NotAllowed, {}}, ErrorText::Attempt::Post),
            u"You can read here but not post."_s);
    }

    void labelsAndToolTipsAreNeverMarkup()
    {
        Theme theme;
        PlainLabel label(theme, Theme::Type::Body, Theme::Text);
        label.setText(u"<b>bold</b> <img src='file:///etc/passwd'>"_s);
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QVERIFY(!plainToolTip(label.text()).contains(u"<img"));
        label.setElided(true);
        label.resize(40, 20);
        QVERIFY(!label.toolTip().contains(u"<img"));
    }

    void aBannerShowsOneActionAndNeverTakesTheFocus()
    {
        Theme theme;
        Banner banner(theme);
        QVERIFY(banner.isHidden());
        QSignalSpy activations(&banner, &Banner::activated);
        banner.setMessage(Banner::Tone::Warning, u"Offline since 14:02."_s, u"Retry now"_s);
        QVERIFY(!banner.isHidden());
        banner.findChild<QPushButton *>()->click();
        QCOMPARE(activations.count(), 1);
        banner.clear();
        QVERIFY(banner.isHidden());
    }

    void aToastIsEitherTakenOrExpires()
    {
        Theme theme;
        QWidget window;
        window.resize(400, 300);
        window.show();
        Toast toast(theme, &window);
        QSignalSpy taken(&toast, &Toast::activated);
        QSignalSpy over(&toast, &Toast::expired);
        toast.showMessage(u"Post deleted"_s, u"Undo"_s);
        toast.activate();
        QCOMPARE(taken.count(), 1);
        QCOMPARE(over.count(), 0);
        toast.showMessage(u"Again"_s, u"Undo"_s, 1);
        QTRY_COMPARE(over.count(), 1);
        QVERIFY(toast.isHidden());
    }

    void anEmptyStateHasOneClearButton()
    {
        Theme theme;
        EmptyState state(theme);
        state.setWords(u"Nothing here yet."_s);
        QCOMPARE(emphasisOf(state.addButton(u"Find people"_s)), Emphasis::Primary);
        QCOMPARE(emphasisOf(state.addButton(u"Find channels"_s)), Emphasis::Plain);
    }
};

CUMULET_TEST(WordsTest)
#include "WordsTest.moc"
