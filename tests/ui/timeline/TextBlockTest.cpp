#include "ui/timeline/TextBlock.h"
#include "kit/TestMain.h"
#include "ui/common/Theme.h"
#include "ui/timeline/RowStyle.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class TextBlockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLongTextIsFoldedByLines()
    {
        TextBlock block = laidOut(QString(u"line\n"_s).repeated(20) + u"end"_s, {14, 1200});
        QVERIFY(block.isFolded());
        QCOMPARE(block.height(), 14.0 * m_style.post.lineHeight);
        QCOMPARE(block.hiddenWords(), 7);
    }

    void aLongTextIsFoldedByCharacters()
    {
        TextBlock block = laidOut(u"word "_s.repeated(1000), {100, 1200});
        QVERIFY(block.isFolded());
        QVERIFY(block.hiddenWords() > 700);
        QVERIFY(!laidOut(u"word "_s.repeated(100), {100, 1200}).isFolded());
    }

    void foldingNeverAddsALine()
    {
        for (int width = 100; width < 400; width += 7) {
            TextBlock block(
                1, u"some words of different lengths antidisestablishmentarianism and so on "_s.repeated(20), {});
            block.layOut(m_style.post, width, {5, 100000});
            QVERIFY(block.isFolded());
            QVERIFY(block.height() <= 5.0 * m_style.post.lineHeight + 0.5);
        }
    }

    // the reason why no text is ever laid out whole
    void hostileTextIsBounded()
    {
        const QString megabyte(1024 * 1024, u'x');
        QVERIFY(laidOut(megabyte, {14, 1200}).isFolded());
        const QString marks = u"e"_s + QString(100'000, QChar(0x0301));
        const TextBlock piled = laidOut(marks, {14, 1200});
        QVERIFY(piled.isFolded());
        QVERIFY(piled.height() < 14 * 60);
        const TextBlock breaks = laidOut(QString(1024 * 1024, u'\n'), {14, 1200});
        QCOMPARE(breaks.height(), 14.0 * m_style.post.lineHeight);
        QString overrides;
        for (int i = 0; i < 2000; ++i)
            overrides += QChar(i % 2 ? 0x202e : 0x2066);
        paint(laidOut(overrides + u"evil"_s, {14, 1200}));
        QString halves;
        for (int i = 0; i < 1300; ++i)
            halves += QChar(0xd800);
        paint(laidOut(halves, {14, 1200}));
        paint(piled);
    }

    void spansThatLieAreIgnored()
    {
        TextBlock block(1, u"short"_s,
            {{TextSpan::Link, -5, 3, u"x"_s}, {TextSpan::Link, 3, 100, u"x"_s}, {TextSpan::Link, 2, INT_MAX, u"x"_s},
                {TextSpan::Strong, 4, 0, {}}, {TextSpan::Link, 0, 5, u"ok"_s}});
        block.layOut(m_style.post, 300, {14, 1200});
        QCOMPARE(block.links().size(), 1);
        paint(block);
    }

    void placesAndOffsetsAgree()
    {
        const QString text = u"The first paragraph is long enough to be broken into lines.\n\nשלום עולם\nlast"_s;
        TextBlock block(1, text, {});
        block.layOut(m_style.post, 200, {14, 1200});
        for (int offset = 0; offset < text.size(); ++offset) {
            if (text.at(offset) == u'\n' || text.at(offset) == u' ')
                continue;
            const QRectF line = block.lineOf(offset);
            const int found = block.offsetAt(line.center());
            QVERIFY2(qAbs(found - offset) <= 1, qPrintable(u"%1 %2"_s.arg(offset).arg(found)));
        }
        QCOMPARE(block.offsetAt({-100, -100}), 0);
        QCOMPARE(block.offsetAt({1000, 1000}), text.size());
    }

    void aVeryLongParagraphIsLaidOutInPieces()
    {
        QString text = u"word "_s.repeated(900) + QString(9000, u'x') + u"\nend"_s;
        TextBlock block(1, text, {{TextSpan::Link, 3990, 30, u"x"_s}});
        block.layOut(m_style.post, 400, {2000, 20000});
        QVERIFY(!block.isFolded());
        for (const int offset : {0, 3999, 4000, 4001, 8000, 12000, int(text.size()) - 2}) {
            const QRectF line = block.lineOf(offset);
            QVERIFY(qAbs(block.offsetAt(line.center()) - offset) <= 1);
        }
        QVERIFY(!block.rectsOf(3990, 30).isEmpty());
    }

    void linksAreWhereTheyAreDrawn()
    {
        const QString text = u"before https://example.org/a/rather/long/address/that/wraps after"_s;
        const TextSpan link{TextSpan::Link, 7, 52, u"https://example.org/"_s};
        TextBlock block(1, text, {link});
        block.layOut(m_style.post, 150, {14, 1200});
        const auto rects = block.rectsOf(link.start, link.length);
        QVERIFY(rects.size() > 1);
        for (const QRectF &rect : rects)
            QCOMPARE(block.linkAt(rect.center()), 0);
        QCOMPARE(block.linkAt({2, 2}), -1);
    }

    void aQuoteIsToldByItsBarAndAFenceNotAtAll()
    {
        const QString text = u"> said\nanswer"_s;
        TextBlock quote(1, text, {{TextSpan::Quote, 0, 6, {}}});
        quote.layOut(m_style.post, 300, {14, 1200});
        QCOMPARE(quote.offsetAt({13, 5}), 2); // behind "> "
        TextBlock code(2, u"```\na\nb\n```"_s, {{TextSpan::CodeBlock, 0, 11, {}}});
        code.layOut(m_style.post, 300, {14, 1200});
        QCOMPARE(code.height(), 2.0 * m_style.post.lineHeight);
    }

    void wordsAndParagraphsCanBeTaken()
    {
        TextBlock block(1, u"two words\nhere"_s, {});
        block.layOut(m_style.post, 300, {14, 1200});
        QCOMPARE(block.wordAt(5), std::pair(4, 9));
        QCOMPARE(block.paragraphAt(5), std::pair(0, 9));
        QCOMPARE(block.paragraphAt(11), std::pair(10, 14));
    }

private:
    TextBlock laidOut(const QString &text, const TextFold &fold)
    {
        TextBlock block(1, text, {});
        block.layOut(m_style.post, 400, fold);
        return block;
    }

    void paint(const TextBlock &block)
    {
        QImage image(400, 400, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        block.paint(&painter, {0, 0}, QRectF(0, 0, 400, 400), 0, int(block.text().size()), -1);
    }

    Theme m_theme;
    RowStyle m_style{m_theme};
};

CUMULET_TEST(TextBlockTest)
#include "TextBlockTest.moc"
