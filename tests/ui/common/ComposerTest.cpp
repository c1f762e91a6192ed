#include "ui/common/Composer.h"
#include "kit/TestMain.h"
#include "ui/common/PlainLabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace cumulet;

class ComposerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inChatEnterSendsAndShiftEnterBreaksTheLine()
    {
        Composer composer(m_theme, Composer::Mode::Chat);
        QSignalSpy sent(&composer, &Composer::submitted);
        QTest::keyClicks(composer.field(), u"good"_s);
        QTest::keyClick(composer.field(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(composer.field(), u"night  "_s);
        QCOMPARE(sent.count(), 0);
        QTest::keyClick(composer.field(), Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
        QCOMPARE(sent.at(0).at(0).toString(), u"good\nnight"_s);
        QVERIFY(composer.isEmpty()); // it is not sent twice, nor mixed with the next one
        QTest::keyClick(composer.field(), Qt::Key_Return);
        QCOMPARE(sent.size(), 1);
        QTest::keyClicks(composer.field(), u"sweet"_s);
        const QString all = sent.first().first().toString() + u"\nsweet"_s;
        QCOMPARE(composer.unsent(), all); // until it is in safe hands
        composer.giveBack();
        QCOMPARE(composer.text(), all);
        composer.setText({});
        composer.taken();
        QVERIFY(composer.unsent().isEmpty());
    }

    void aPostIsSentWithControl()
    {
        Composer composer(m_theme, Composer::Mode::Post);
        QSignalSpy sent(&composer, &Composer::submitted);
        QTest::keyClicks(composer.field(), u"roses"_s);
        QTest::keyClick(composer.field(), Qt::Key_Return);
        QCOMPARE(sent.count(), 0);
        QTest::keyClick(composer.field(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.count(), 1);
    }

    void blankOrTooLongIsNotSent()
    {
        Composer composer(m_theme, Composer::Mode::Chat);
        composer.setMaxLength(10);
        QSignalSpy sent(&composer, &Composer::submitted);
        composer.setText(u"  \n "_s);
        QTest::keyClick(composer.field(), Qt::Key_Return);
        composer.setText(u"12345678901"_s);
        QTest::keyClick(composer.field(), Qt::Key_Return);
        QCOMPARE(sent.count(), 0);
        composer.setText(u"1234567890"_s);
        QTest::keyClick(composer.field(), Qt::Key_Return);
        QCOMPARE(sent.count(), 1);
    }

    void itGrowsWithTheTextButNotForEver()
    {
        Composer composer(m_theme, Composer::Mode::Chat);
        composer.resize(400, 60);
        composer.show();
        const int one = composer.field()->height();
        composer.setText(u"a\nb\nc\nd"_s);
        const int four = composer.field()->height();
        composer.setText(QString(200, u'\n'));
        const int many = composer.field()->height();
        QVERIFY(four > one);
        QVERIFY(many > four);
        QVERIFY(many < 16 * one);
    }

    void pastedMarkupIsPlainText()
    {
        Composer composer(m_theme, Composer::Mode::Post);
        auto *clip = new QMimeData;
        clip->setHtml(u"<b>bold</b><img src='file:///etc/passwd'>"_s);
        clip->setText(u"bold"_s);
        QGuiApplication::clipboard()->setMimeData(clip);
        composer.field()->paste();
        QCOMPARE(composer.text(), u"bold"_s);
        QVERIFY(!composer.field()->document()->toHtml().contains(u"img"));
    }

    void itSaysWhatHappensInIt()
    {
        Composer composer(m_theme, Composer::Mode::Chat);
        QSignalSpy edits(&composer, &Composer::textEdited);
        QSignalSpy escapes(&composer, &Composer::escapePressed);
        QSignalSpy corrections(&composer, &Composer::upArrowInEmpty);
        composer.setText(u"from a draft"_s);
        QCOMPARE(edits.count(), 0);
        QTest::keyClick(composer.field(), Qt::Key_Up);
        QCOMPARE(corrections.count(), 0);
        composer.clear();
        QTest::keyClick(composer.field(), Qt::Key_Up);
        QCOMPARE(corrections.count(), 1);
        QTest::keyClick(composer.field(), Qt::Key_A);
        QCOMPARE(edits.count(), 1);
        QTest::keyClick(composer.field(), Qt::Key_Escape);
        QCOMPARE(escapes.count(), 1);
    }

    void eachPartHasANameForScreenReaders()
    {
        Composer composer(m_theme, Composer::Mode::Comment);
        composer.setPlaceholder(u"Write a comment…"_s);
        QCOMPARE(composer.field()->accessibleName(), u"Write a comment…"_s);
        for (const QToolButton *button : composer.findChildren<QToolButton *>())
            QVERIFY(!button->accessibleName().isEmpty());
    }

    void aRefusalTakesTheFieldsPlace()
    {
        Composer composer(m_theme, Composer::Mode::Post);
        composer.setRefusal(u"You can read here but not post."_s);
        QVERIFY(!composer.field()->isVisibleTo(&composer));
        composer.setRefusal({});
        QVERIFY(composer.field()->isVisibleTo(&composer));
    }

private:
    Theme m_theme;
};

CUMULET_TEST(ComposerTest)
#include "ComposerTest.moc"
