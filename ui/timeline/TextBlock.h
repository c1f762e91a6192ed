#pragma once

#include "text/TextSpan.h"

#include <QColor>
#include <QFont>
#include <QList>
#include <QRectF>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
class QTextLayout;
QT_END_NAMESPACE

namespace cumulet {

/// Fonts and colours of running text.
struct TextLook
{
    QFont font;
    QFont code;
    int lineHeight = 20; ///< distance of base lines
    QColor ink;
    QColor muted; ///< quotes, and the marks of message styling
    QColor link;
    QColor codeGround;
    QColor rule; ///< bar beside a quote
    QColor selection; ///< behind selected text, whose ink stays
    QColor focus; ///< outline of the focused link
};

/// How much of a text is laid out; both are always bounded, so that no text, however long, is laid out whole.
struct TextFold
{
    int lines = 14;
    int characters = 1200;
};

/// One piece of plain text, broken into lines: a message, a post, a comment. Nothing in it is ever markup; spans only
/// change its looks. Offsets count UTF-16 units of the whole text, shown or not, so they survive folding, other widths
/// and other themes. Paragraphs run in the direction of their content.
class TextBlock
{
public:
    /// spans outside text are ignored.
    TextBlock(qint64 id, QString text, QList<TextSpan> spans);
    TextBlock(TextBlock &&) noexcept;
    TextBlock &operator=(TextBlock &&) noexcept;
    ~TextBlock();

    qint64 id() const { return m_id; }
    const QString &text() const { return m_text; }

    /// shrinks: the block is as narrow as its text allows (a bubble).
    void layOut(const TextLook &look, qreal width, const TextFold &fold, bool shrinks = false);
    qreal height() const { return m_height; }
    qreal naturalWidth() const { return m_naturalWidth; }
    /// Where the last line ends, for something to be put beside it; -1 where that side is not free.
    qreal lastLineEnd() const { return m_lastLineEnd; }
    qreal lastLineHeight() const { return m_lastLineHeight; }
    bool isFolded() const { return m_shownEnd < m_text.size(); }
    int hiddenWords() const;

    /// Links, mentions and tags, in the order of the text, as far as they are shown.
    const QList<TextSpan> &links() const { return m_links; }

    /// exposed is in the block's own coordinates; selection is [from, to); focusedLink indexes links(), -1: none.
    void paint(
        QPainter *painter, const QPointF &origin, const QRectF &exposed, int from, int to, int focusedLink) const;

    /// The offset nearest to point.
    int offsetAt(const QPointF &point) const;
    /// Index into links(), or -1.
    int linkAt(const QPointF &point) const;
    QList<QRectF> rectsOf(int start, int length) const;
    /// The line that holds offset.
    QRectF lineOf(int offset) const;
    std::pair<int, int> wordAt(int offset) const;
    std::pair<int, int> paragraphAt(int offset) const;

private:
    struct Paragraph;

    int foldEnd(const TextFold &fold) const;
    int pieceEnd(int start, int end) const;
    void layOutParagraphs(const TextLook &look, qreal width, const TextFold &fold);
    Paragraph makeParagraph(int start, int end, int firstSpan, const TextLook &look) const;
    qreal breakLines(Paragraph &paragraph, const TextLook &look, qreal width, int mostLines) const;
    void endWithEllipsis(Paragraph &paragraph, const TextLook &look, qreal width, int mostLines);
    void measure();
    void paintCodeGround(QPainter *painter, const QPointF &origin, size_t first) const;
    const Paragraph *paragraphOf(int offset) const;

    qint64 m_id;
    QString m_text;
    QList<TextSpan> m_spans;
    QList<TextSpan> m_links;
    std::vector<Paragraph> m_paragraphs;
    TextLook m_look;
    int m_shownEnd = 0;
    qreal m_height = 0;
    qreal m_naturalWidth = 0;
    qreal m_lastLineEnd = -1;
    qreal m_lastLineHeight = 0;
    bool m_hasRightToLeft = false;
};

} // namespace cumulet
