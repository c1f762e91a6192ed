#include "ui/timeline/TextBlock.h"

#include <QPainter>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qreal quoteIndent = 12;
static constexpr int deepestQuote = 4; // deeper ones are shown as this deep
static constexpr qreal codePadding = 8;
// breaking one paragraph into lines costs the square of its length; longer ones are laid out in pieces
static constexpr int longestPiece = 4000;

struct TextBlock::Paragraph
{
    int start = 0; // of its first shown character, in the whole text
    int end = 0; // behind its last, without the line break
    std::unique_ptr<QTextLayout> layout;
    qreal y = 0;
    qreal height = 0;
    qreal indent = 0;
    int quoteDepth = 0;
    bool isCode = false;
    bool isRightToLeft = false;
};

TextBlock::TextBlock(qint64 id, QString text, QList<TextSpan> spans)
    : m_id(id)
    , m_text(std::move(text))
    , m_spans(std::move(spans))
{
    m_spans.removeIf([this](const TextSpan &span) {
        return span.start < 0 || span.length <= 0 || span.start >= m_text.size()
            || span.length > m_text.size() - span.start;
    });
    std::stable_sort(
        m_spans.begin(), m_spans.end(), [](const TextSpan &a, const TextSpan &b) { return a.start < b.start; });
}

TextBlock::TextBlock(TextBlock &&) noexcept = default;
TextBlock &TextBlock::operator=(TextBlock &&) noexcept = default;
TextBlock::~TextBlock() = default;

static bool isLink(const TextSpan &span)
{
    return span.kind == TextSpan::Link || span.kind == TextSpan::Mention || span.kind == TextSpan::Hashtag;
}

// Where the text is cut when it has too many characters: after a word, never within a character.
int TextBlock::foldEnd(const TextFold &fold) const
{
    if (m_text.size() <= fold.characters)
        return int(m_text.size());
    int end = fold.characters;
    for (int back = end; back > std::max(0, end - 80); --back) {
        if (m_text.at(back).isSpace())
            return back;
    }
    if (end > 0 && m_text.at(end).isLowSurrogate())
        --end;
    return end;
}

static QTextCharFormat formatOf(const TextSpan &span, const TextLook &look)
{
    QTextCharFormat format;
    switch (span.kind) {
    case TextSpan::Link:
    case TextSpan::Mention:
    case TextSpan::Hashtag:
        format.setForeground(look.link);
        break;
    case TextSpan::Strong:
        format.setFontWeight(QFont::Bold);
        break;
    case TextSpan::Emphasis:
        format.setFontItalic(true);
        break;
    case TextSpan::Strike:
        format.setFontStrikeOut(true);
        break;
    case TextSpan::Code:
        format.setFont(look.code);
        format.setBackground(look.codeGround);
        break;
    case TextSpan::CodeBlock:
        format.setFont(look.code);
        break;
    case TextSpan::Quote:
        format.setForeground(look.muted);
        break;
    }
    return format;
}

TextBlock::Paragraph TextBlock::makeParagraph(int start, int end, int firstSpan, const TextLook &look) const
{
    Paragraph paragraph;
    paragraph.start = start;
    paragraph.end = end;
    QList<const TextSpan *> inside;
    for (int i = firstSpan; i < m_spans.size() && m_spans.at(i).start < std::max(end, start + 1); ++i) {
        const TextSpan &span = m_spans.at(i);
        if (span.start + span.length <= start)
            continue;
        inside.append(&span);
        paragraph.isCode |= span.kind == TextSpan::CodeBlock;
        paragraph.quoteDepth += span.kind == TextSpan::Quote;
    }
    // a quote is told by its bar, so its ">" need not be shown
    for (int depth = 0; depth < paragraph.quoteDepth && paragraph.start < end && m_text.at(paragraph.start) == u'>';
        ++depth) {
        ++paragraph.start;
        if (paragraph.start < end && m_text.at(paragraph.start) == u' ')
            ++paragraph.start;
    }
    paragraph.indent =
        std::min(paragraph.quoteDepth, deepestQuote) * quoteIndent + (paragraph.isCode ? codePadding : 0);
    const QString shown = m_text.mid(paragraph.start, end - paragraph.start);
    paragraph.isRightToLeft = shown.isRightToLeft();
    paragraph.layout = std::make_unique<QTextLayout>(shown, look.font);
    QList<QTextLayout::FormatRange> formats;
    const auto mark = [&](int from, int to, const QTextCharFormat &format) {
        from = std::max(from, paragraph.start);
        to = std::min(to, end);
        if (from < to)
            formats.append({from - paragraph.start, to - from, format});
    };
    for (const TextSpan *span : inside) {
        const int spanEnd = span->start + span->length;
        const int inner = span->kind == TextSpan::Strike ? 1 : 0; // the line goes through the words, not the marks
        mark(span->start + inner, spanEnd - inner, formatOf(*span, look));
        if (span->kind >= TextSpan::Strong && span->kind <= TextSpan::Code) { // its marks stay, quietly
            QTextCharFormat quiet;
            quiet.setForeground(look.muted);
            mark(span->start, span->start + 1, quiet);
            mark(spanEnd - 1, spanEnd, quiet);
        }
    }
    paragraph.layout->setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(paragraph.isRightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    paragraph.layout->setTextOption(option);
    paragraph.layout->setCacheEnabled(true);
    return paragraph;
}

// Returns the height. Stops after mostLines; the caller sees it by the text that has no line.
qreal TextBlock::breakLines(Paragraph &paragraph, const TextLook &look, qreal width, int mostLines) const
{
    const qreal room = std::max(width - paragraph.indent - (paragraph.isCode ? codePadding : 0), 20.0);
    qreal y = 0;
    paragraph.layout->beginLayout();
    for (int count = 0; count < mostLines; ++count) {
        QTextLine line = paragraph.layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(room);
        const qreal box = std::max(qreal(look.lineHeight), std::ceil(line.height()));
        line.setPosition(QPointF(paragraph.indent, y + std::floor((box - line.height()) / 2)));
        y += box;
    }
    paragraph.layout->endLayout();
    return paragraph.layout->lineCount() == 0 ? look.lineHeight : y;
}

void TextBlock::endWithEllipsis(Paragraph &paragraph, const TextLook &look, qreal width, int mostLines)
{
    const QTextLine last = paragraph.layout->lineAt(std::max(0, paragraph.layout->lineCount() - 1));
    int end = last.isValid() ? paragraph.start + last.textStart() + last.textLength() : paragraph.end;
    end = std::min(end, m_shownEnd);
    const auto formats = paragraph.layout->formats();
    // the three dots may need a word's room
    for (int attempt = 0; attempt < 8; ++attempt) {
        while (end > paragraph.start && m_text.at(end - 1).isSpace())
            --end;
        const QString shown = m_text.mid(paragraph.start, end - paragraph.start);
        paragraph.layout->setText(shown + u'…');
        paragraph.layout->setFormats(formats);
        paragraph.height = breakLines(paragraph, look, width, mostLines + 1);
        if (paragraph.layout->lineCount() <= mostLines)
            break;
        const int word = int(shown.lastIndexOf(u' '));
        end = paragraph.start + (word > shown.size() - 40 && word > 0 ? word : std::max(0, int(shown.size()) - 8));
        if (end > paragraph.start && m_text.at(end).isLowSurrogate())
            --end;
    }
    paragraph.end = end;
    m_shownEnd = end;
}

// Better between words, never within a character.
int TextBlock::pieceEnd(int start, int end) const
{
    for (int back = end; back > end - 200 && back > start; --back) {
        if (m_text.at(back - 1).isSpace())
            return back;
    }
    return m_text.at(end).isLowSurrogate() ? end - 1 : end;
}

void TextBlock::layOutParagraphs(const TextLook &look, qreal width, const TextFold &fold)
{
    m_paragraphs.clear();
    m_shownEnd = foldEnd(fold);
    int lines = 0;
    qreal y = 0;
    int firstSpan = 0;
    for (int start = 0; start <= m_shownEnd;) {
        int end = start;
        while (end < m_shownEnd && m_text.at(end) != u'\n' && m_text.at(end) != QChar::ParagraphSeparator
            && end - start < longestPiece)
            ++end;
        const bool isPiece = end - start == longestPiece && end < m_shownEnd && m_text.at(end) != u'\n';
        if (isPiece)
            end = pieceEnd(start, end);
        while (firstSpan < m_spans.size() && m_spans.at(firstSpan).start + m_spans.at(firstSpan).length <= start)
            ++firstSpan;
        Paragraph paragraph = makeParagraph(start, end, firstSpan, look);
        const bool isFence =
            paragraph.isCode && QStringView(m_text).mid(paragraph.start).startsWith(u"```") && end > paragraph.start;
        if (!isFence) {
            const int left = fold.lines - lines;
            paragraph.height = breakLines(paragraph, look, width, left);
            const QTextLayout &layout = *paragraph.layout;
            lines += std::max(1, layout.lineCount());
            const QTextLine last = layout.lineCount() ? layout.lineAt(layout.lineCount() - 1) : QTextLine();
            const bool cut = last.isValid() && last.textStart() + last.textLength() < layout.text().size();
            const bool moreFollows = end < m_text.size();
            if (cut || (lines >= fold.lines && moreFollows)
                || (end >= m_shownEnd && moreFollows && m_shownEnd < m_text.size()))
                endWithEllipsis(paragraph, look, width, std::max(1, std::min(left, layout.lineCount())));
            paragraph.y = y;
            y += paragraph.height;
            m_hasRightToLeft |= paragraph.isRightToLeft;
            const bool done = lines >= fold.lines || paragraph.end < end;
            m_paragraphs.push_back(std::move(paragraph));
            if (done)
                break;
        }
        start = isPiece ? end : end + 1;
    }
    m_height = m_paragraphs.empty() ? look.lineHeight : y;
}

void TextBlock::measure()
{
    m_naturalWidth = 0;
    m_lastLineEnd = -1;
    m_lastLineHeight = m_look.lineHeight;
    for (const Paragraph &paragraph : m_paragraphs) {
        for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
            const qreal room = paragraph.indent + (paragraph.isCode ? codePadding : 0);
            m_naturalWidth = std::max(m_naturalWidth, room + paragraph.layout->lineAt(i).naturalTextWidth());
        }
    }
    if (m_paragraphs.empty())
        return;
    const Paragraph &last = m_paragraphs.back();
    if (last.layout->lineCount() == 0)
        return;
    const QTextLine line = last.layout->lineAt(last.layout->lineCount() - 1);
    m_lastLineHeight = std::max(qreal(m_look.lineHeight), std::ceil(line.height()));
    if (!last.isRightToLeft && !last.isCode)
        m_lastLineEnd = last.indent + line.naturalTextWidth();
}

void TextBlock::layOut(const TextLook &look, qreal width, const TextFold &fold, bool shrinks)
{
    m_look = look;
    m_hasRightToLeft = false;
    layOutParagraphs(look, width, fold);
    measure();
    // right-to-left lines sit at the far side of their width, so the width must be the final one
    if (shrinks && m_hasRightToLeft && m_naturalWidth + 1 < width) {
        layOutParagraphs(look, std::ceil(m_naturalWidth) + 1, fold);
        measure();
    }
    m_links.clear();
    for (const TextSpan &span : m_spans) {
        if (isLink(span) && span.start < m_shownEnd)
            m_links.append(span);
    }
}

int TextBlock::hiddenWords() const
{
    int words = 0;
    bool inWord = false;
    for (int i = m_shownEnd; i < m_text.size(); ++i) {
        const bool letter = !m_text.at(i).isSpace();
        words += letter && !inWord;
        inWord = letter;
    }
    return words;
}

// One ground under all lines of a block of code.
void TextBlock::paintCodeGround(QPainter *painter, const QPointF &origin, size_t first) const
{
    size_t last = first;
    while (last + 1 < m_paragraphs.size() && m_paragraphs[last + 1].isCode)
        ++last;
    const qreal left = m_paragraphs[first].indent - codePadding;
    const qreal bottom = m_paragraphs[last].y + m_paragraphs[last].height;
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_look.codeGround);
    painter->drawRoundedRect(QRectF(origin.x() + left, origin.y() + m_paragraphs[first].y, m_naturalWidth - left,
                                 bottom - m_paragraphs[first].y),
        6, 6);
}

void TextBlock::paint(
    QPainter *painter, const QPointF &origin, const QRectF &exposed, int from, int to, int focusedLink) const
{
    for (size_t i = 0; i < m_paragraphs.size(); ++i) {
        if (m_paragraphs[i].isCode && (i == 0 || !m_paragraphs[i - 1].isCode))
            paintCodeGround(painter, origin, i);
    }
    // whole line boxes and a tint under unchanged ink: no stripes, and readable whatever the direction of the letters
    if (from < to) {
        for (const QRectF &rect : rectsOf(from, to - from))
            painter->fillRect(rect.translated(origin), m_look.selection);
    }
    for (const Paragraph &paragraph : m_paragraphs) {
        if (paragraph.y > exposed.bottom() || paragraph.y + paragraph.height < exposed.top())
            continue;
        const qreal top = origin.y() + paragraph.y;
        for (int depth = 0; depth < std::min(paragraph.quoteDepth, deepestQuote); ++depth)
            painter->fillRect(QRectF(origin.x() + depth * quoteIndent, top, 3, paragraph.height), m_look.rule);
        painter->setPen(m_look.ink);
        paragraph.layout->draw(painter, QPointF(origin.x(), top));
    }
    if (focusedLink >= 0 && focusedLink < m_links.size()) {
        painter->setPen(QPen(m_look.focus, 2));
        painter->setBrush(Qt::NoBrush);
        for (const QRectF &rect : rectsOf(m_links.at(focusedLink).start, m_links.at(focusedLink).length))
            painter->drawRoundedRect(rect.translated(origin).adjusted(-2, -1, 2, 1), 4, 4);
    }
}

int TextBlock::offsetAt(const QPointF &point) const
{
    if (m_paragraphs.empty())
        return 0;
    if (point.y() < 0)
        return m_paragraphs.front().start;
    for (const Paragraph &paragraph : m_paragraphs) {
        if (point.y() >= paragraph.y + paragraph.height)
            continue;
        const QTextLayout &layout = *paragraph.layout;
        qreal y = paragraph.y;
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            y += std::max(qreal(m_look.lineHeight), std::ceil(line.height()));
            if (point.y() < y || i == layout.lineCount() - 1)
                return std::min(paragraph.end, paragraph.start + line.xToCursor(point.x()));
        }
        return paragraph.start;
    }
    return m_paragraphs.back().end;
}

int TextBlock::linkAt(const QPointF &point) const
{
    for (int i = 0; i < m_links.size(); ++i) {
        for (const QRectF &rect : rectsOf(m_links.at(i).start, m_links.at(i).length)) {
            if (rect.contains(point))
                return i;
        }
    }
    return -1;
}

QList<QRectF> TextBlock::rectsOf(int start, int length) const
{
    QList<QRectF> rects;
    for (const Paragraph &paragraph : m_paragraphs) {
        const int from = std::max(start, paragraph.start) - paragraph.start;
        const int to = std::min(start + length, paragraph.end) - paragraph.start;
        if (from >= to)
            continue;
        qreal y = paragraph.y;
        for (int i = 0; i < paragraph.layout->lineCount(); ++i) {
            const QTextLine line = paragraph.layout->lineAt(i);
            const qreal box = std::max(qreal(m_look.lineHeight), std::ceil(line.height()));
            const int lineEnd = line.textStart() + line.textLength();
            if (from < lineEnd && to > line.textStart()) {
                const qreal a = line.cursorToX(std::max(from, line.textStart()));
                const qreal b = line.cursorToX(std::min(to, lineEnd));
                rects.append(QRectF(std::min(a, b), y, std::abs(b - a), box));
            }
            y += box;
        }
    }
    return rects;
}

const TextBlock::Paragraph *TextBlock::paragraphOf(int offset) const
{
    const Paragraph *found = nullptr;
    for (const Paragraph &paragraph : m_paragraphs) {
        if (paragraph.start > offset && found)
            break;
        found = &paragraph;
    }
    return found;
}

QRectF TextBlock::lineOf(int offset) const
{
    const Paragraph *paragraph = paragraphOf(offset);
    if (!paragraph || paragraph->layout->lineCount() == 0)
        return QRectF(0, paragraph ? paragraph->y : 0, 0, m_look.lineHeight);
    const int within = std::clamp(offset - paragraph->start, 0, int(paragraph->layout->text().size()));
    qreal y = paragraph->y;
    for (int i = 0; i < paragraph->layout->lineCount(); ++i) {
        const QTextLine line = paragraph->layout->lineAt(i);
        const qreal box = std::max(qreal(m_look.lineHeight), std::ceil(line.height()));
        if (within < line.textStart() + line.textLength() || i == paragraph->layout->lineCount() - 1)
            return QRectF(line.cursorToX(within), y, 1, box);
        y += box;
    }
    return {};
}

std::pair<int, int> TextBlock::wordAt(int offset) const
{
    const auto [start, end] = paragraphAt(offset);
    const QString paragraph = m_text.mid(start, end - start);
    if (paragraph.isEmpty())
        return {start, start};
    QTextBoundaryFinder words(QTextBoundaryFinder::Word, paragraph);
    const qsizetype within = std::clamp<qsizetype>(offset - start, 0, paragraph.size() - 1);
    words.setPosition(within);
    qsizetype from = words.isAtBoundary() ? within : words.toPreviousBoundary();
    words.setPosition(from);
    const qsizetype to = words.toNextBoundary();
    return {start + int(std::max<qsizetype>(from, 0)), start + int(to < 0 ? paragraph.size() : to)};
}

std::pair<int, int> TextBlock::paragraphAt(int offset) const
{
    const Paragraph *paragraph = paragraphOf(offset);
    return paragraph ? std::pair(paragraph->start, paragraph->end) : std::pair(0, 0);
}

} // namespace cumulet
