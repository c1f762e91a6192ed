#include "text/PreviewLine.h"

#include "kit/TestMain.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace cumulet {

class PreviewLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextBecomesOneLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const QString &text, const QString &line) {
            QTest::newRow(name) << text << line;
        };
        row("plain", u"Good night"_s, u"Good night"_s);
        row("lines", u"  Good\n\n\tnight \r\n"_s, u"Good night"_s);
        row("separators", u"a\u2028b\u2029c\u0085d"_s, u"a b c d"_s);
        row("controls", u"a\u0007b\u001b[1mc\0d"_s, u"ab[1mcd"_s);
        row("directions", u"\u202egpj.exe\u202c \u2066x\u2069 \u200fy"_s, u"gpj.exe x y"_s);
        row("invisible", u"a\u200bb\ufeffc\u00add"_s, u"abcd"_s);
        row("joined emoji", u"👨‍👩‍👧 ❤️"_s, u"👨‍👩‍👧 ❤️"_s);
        row("lone surrogates", u"a"_s + QChar(0xd83d) + u"b"_s + QChar(0xdc4d), u"ab"_s);
        row("too many marks", u"a"_s + u"\u0301"_s.repeated(50) + u"b"_s, u"a\u0301\u0301\u0301\u0301b"_s);
        row("nothing", u" \n\u200b "_s, QString());
    }
    void aTextBecomesOneLine()
    {
        QFETCH(const QString, text);
        QTEST(previewLine(text), "line");
    }

    void aLongTextIsCutWithAnEllipsis()
    {
        const auto line = previewLine(u"a"_s.repeated(1'000'000));
        QCOMPARE(line.size(), 200);
        QVERIFY(line.endsWith(u'…'));
        QCOMPARE(previewLine(u"abcdef"_s, 4), u"abc…"_s);
        QCOMPARE(previewLine(u"a👍👍"_s, 4), u"a👍…"_s); // no half of a pair
    }
};

} // namespace cumulet

using cumulet::PreviewLineTest;
CUMULET_TEST(PreviewLineTest)
#include "PreviewLineTest.moc"
