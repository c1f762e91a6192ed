#include "ui/common/Theme.h"
#include "kit/TestMain.h"
#include "ui/common/Contrast.h"

#include <QApplication>
#include <QMetaEnum>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;
using namespace cumulet;

// WCAG 2.1: text 4.5:1, parts of controls 3:1, in each theme and with a system's own colours.
class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textCanBeRead_data()
    {
        QTest::addColumn<Theme::Scheme>("scheme");
        QTest::addColumn<QColor>("systemAccent");
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            const char *mood = scheme == Theme::Scheme::Light ? "light" : "dark";
            QTest::addRow("%s, ours", mood) << scheme << QColor();
            QTest::addRow("%s, yellow accent", mood) << scheme << QColor(0xff, 0xe0, 0x30);
            QTest::addRow("%s, dark violet accent", mood) << scheme << QColor(0x30, 0x08, 0x50);
            QTest::addRow("%s, grey accent", mood) << scheme << QColor(0x80, 0x80, 0x80);
        }
    }

    void textCanBeRead()
    {
        QFETCH(Theme::Scheme, scheme);
        QFETCH(QColor, systemAccent);
        QPalette system = m_plain;
        if (systemAccent.isValid())
            system.setColor(QPalette::Highlight, systemAccent);
        QApplication::setPalette(system);
        Theme theme;
        theme.setScheme(scheme);
        const auto need = [&theme](Theme::Token ink, std::initializer_list<Theme::Token> grounds, qreal ratio) {
            for (const Theme::Token ground : grounds) {
                const qreal found = contrast(theme.color(ink), theme.color(ground));
                QVERIFY2(found >= ratio, qPrintable(u"token %1 on %2: %3"_s.arg(ink).arg(ground).arg(found)));
            }
        };
        const auto everywhere = {Theme::Rail, Theme::Side, Theme::Ground, Theme::Card, Theme::AccentGround,
            Theme::Selected, Theme::Hover, Theme::OwnBubble, Theme::OtherBubble, Theme::CodeGround};
        const auto plain = {Theme::Side, Theme::Ground, Theme::Card, Theme::OwnBubble, Theme::OtherBubble};
        need(Theme::Text, everywhere, 7.0);
        need(Theme::Muted, everywhere, 4.5);
        need(Theme::Link, everywhere, 4.5);
        need(Theme::Mention, plain, 4.5);
        need(Theme::Warning, {Theme::WarningGround, Theme::Ground, Theme::Side}, 4.5);
        need(Theme::Danger, {Theme::DangerGround, Theme::Ground, Theme::OwnBubble}, 4.5);
        need(Theme::OnAccent, {Theme::Accent}, 4.4); // white on any accent that is 3:1 on white, else dark
        need(Theme::OnMention, {Theme::Mention}, 4.5);
        need(Theme::OnBadge, {Theme::Badge}, 4.5);
        need(Theme::OnDanger, {Theme::Danger}, 4.5);
        need(Theme::Control, plain, 3.0);
        need(Theme::Accent, {Theme::Ground, Theme::Side, Theme::Card}, 3.0);
    }

    void theSchemeSwitchesLive()
    {
        Theme theme;
        theme.setScheme(Theme::Scheme::Light);
        theme.dress(*qApp);
        QWidget window;
        theme.fill(&window, Theme::Rail);
        QSignalSpy changes(&theme, &Theme::changed);
        theme.setScheme(Theme::Scheme::Dark);
        QCOMPARE(changes.count(), 1);
        QVERIFY(theme.isDark());
        QVERIFY(luminance(QApplication::palette().color(QPalette::Base)) < 0.1);
        QCOMPARE(window.palette().color(QPalette::Window), theme.color(Theme::Rail));
        theme.setScheme(Theme::Scheme::Light);
        QVERIFY(luminance(QApplication::palette().color(QPalette::Base)) > 0.8);
        QCOMPARE(window.palette().color(QPalette::Window), theme.color(Theme::Rail));
    }

    void theSystemsOwnColoursAreKept()
    {
        QPalette desktop = m_plain;
        desktop.setColor(QPalette::Base, QColor(0xfd, 0xf6, 0xe3));
        desktop.setColor(QPalette::Window, QColor(0xee, 0xe8, 0xd5));
        desktop.setColor(QPalette::Text, QColor(0x2b, 0x36, 0x42));
        desktop.setColor(QPalette::Highlight, QColor(0x80, 0x30, 0xa0));
        QApplication::setPalette(desktop);
        Theme theme;
        QCOMPARE(theme.color(Theme::Ground), QColor(0xfd, 0xf6, 0xe3));
        QCOMPARE(theme.color(Theme::Side), QColor(0xee, 0xe8, 0xd5));
        QCOMPARE(theme.color(Theme::Accent), QColor(0x80, 0x30, 0xa0));
    }

    void typeFollowsTheApplicationFont()
    {
        Theme theme;
        const QFont before = QApplication::font();
        const int line = theme.lineHeight(Theme::Type::Post);
        QFont large = before;
        large.setPointSizeF(before.pointSizeF() * 2);
        QApplication::setFont(large);
        QVERIFY(theme.lineHeight(Theme::Type::Post) > line * 1.8);
        QVERIFY(theme.rowHeight() >= 56);
        QApplication::setFont(before);
    }

    void init() { QApplication::setPalette(m_plain); }

private:
    // what a desktop without a colour scheme hands out
    QPalette m_plain = [] {
        QPalette palette(QColor(0xef, 0xef, 0xef));
        palette.setColor(QPalette::Base, Qt::white);
        palette.setColor(QPalette::Highlight, QColor(0x30, 0x8c, 0xc6));
        return palette;
    }();
};

CUMULET_TEST(ThemeTest)
#include "ThemeTest.moc"
