#include "text/MessageStyling.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostSpans = 2000;
static constexpr int deepestQuote = 8;

namespace {

// One line of the text, or what is left of it inside a quote.
struct Line
{
    qsizetype start = 0;
    qsizetype end = 0;
};

struct Mark
{
    char16_t character;
    TextSpan::Kind kind;
};
constexpr std::array marks{
    Mark{u'*', TextSpan::Strong},
    Mark{u'_', TextSpan::Emphasis},
    Mark{u'~', TextSpan::Strike},
    Mark{u'`', TextSpan::Code},
};

int markOf(QChar c)
{
    for (size_t i = 0; i < marks.size(); ++i) {
        if (marks[i].character == c.unicode()) {
            return int(i);
        }
    }
    return -1;
}

class StylingParser
{
public:
    explicit StylingParser(QStringView text)
        : m_text(text)
    {
    }

    QList<TextSpan> parse()
    {
        qsizetype start = 0;
        while (start <= m_text.size()) {
            auto end = m_text.indexOf(u'\n', start);
            end = end < 0 ? m_text.size() : end;
            m_lines.append({start, end});
            start = end + 1;
        }
        readBlocks(0, m_lines.size(), 0);
        return std::move(m_spans);
    }

private:
    QStringView content(const Line &line) const { return m_text.sliced(line.start, line.end - line.start); }

    void add(TextSpan::Kind kind, qsizetype start, qsizetype end)
    {
        if (m_spans.size() < mostSpans) {
            m_spans.append({kind, int(start), int(end - start), {}});
        }
    }

    bool isQuoted(qsizetype line) const { return content(m_lines.at(line)).startsWith(u'>'); }

    // XEP-0393 section 5.1: blocks are lines, fenced blocks or quotes, and quotes hold blocks again
    void readBlocks(qsizetype from, qsizetype to, int depth)
    {
        for (auto line = from; line < to && m_spans.size() < mostSpans;) {
            if (content(m_lines.at(line)).startsWith("```"_L1)) {
                line = readCodeBlock(line, to);
            } else if (depth < deepestQuote && isQuoted(line)) {
                line = readQuote(line, to, depth);
            } else {
                readLine(m_lines.at(line));
                ++line;
            }
        }
    }

    // a fence without an end reaches to the end of what surrounds it
    qsizetype readCodeBlock(qsizetype from, qsizetype to)
    {
        auto last = from + 1;
        while (last < to && content(m_lines.at(last)).trimmed() != "```"_L1) {
            ++last;
        }
        const auto end = std::min(last, to - 1);
        add(TextSpan::CodeBlock, m_lines.at(from).start, m_lines.at(end).end);
        return end + 1;
    }

    qsizetype readQuote(qsizetype from, qsizetype to, int depth)
    {
        auto end = from;
        while (end < to && isQuoted(end)) {
            ++end;
        }
        add(TextSpan::Quote, m_lines.at(from).start, m_lines.at(end - 1).end);
        for (auto i = from; i < end; ++i) {
            auto &line = m_lines[i];
            ++line.start;
            while (line.start < line.end && m_text.at(line.start).isSpace()) {
                ++line.start;
            }
        }
        readBlocks(from, end, depth + 1);
        return end;
    }

    // Section 5.2: where the next mark of each kind stands that may close a span, for every place of the line.
    using Closers = std::array<QList<qsizetype>, marks.size()>;
    Closers closersOf(const Line &line) const
    {
        Closers closers;
        for (auto i = line.start + 1; i < line.end; ++i) {
            const auto mark = markOf(m_text.at(i));
            if (mark >= 0 && !m_text.at(i - 1).isSpace()) {
                closers[size_t(mark)].append(i);
            }
        }
        return closers;
    }

    void readLine(const Line &line)
    {
        const auto text = content(line);
        if (std::none_of(text.cbegin(), text.cend(), [](QChar c) { return markOf(c) >= 0; })) {
            return;
        }
        m_closers = closersOf(line);
        m_nextCloser.fill(0);
        readSpans(line.start, line.end);
    }

    // the first place after i where a span of that mark may end; asked with growing i only
    qsizetype closerAfter(int mark, qsizetype i)
    {
        const auto &places = m_closers[size_t(mark)];
        auto &next = m_nextCloser[size_t(mark)];
        while (next < places.size() && places.at(next) <= i) {
            ++next;
        }
        return next < places.size() ? places.at(next) : -1;
    }

    // from is the beginning of a line or stands right behind an opening mark
    void readSpans(qsizetype from, qsizetype to)
    {
        bool mayOpen = true;
        for (auto i = from; i < to; ++i) {
            const auto mark = markOf(m_text.at(i));
            const bool isOpen = mark >= 0 && mayOpen && opens(mark, i, from, to);
            const auto closer = isOpen ? closerAfter(mark, i + 1) : -1;
            if (closer > 0 && closer < to) {
                add(marks[size_t(mark)].kind, i, closer + 1);
                if (marks[size_t(mark)].kind != TextSpan::Code) {
                    readSpans(i + 1, closer);
                }
                i = closer;
                mayOpen = false;
            } else {
                mayOpen = m_text.at(i).isSpace();
            }
        }
    }

    bool opens(int mark, qsizetype i, qsizetype from, qsizetype to) const
    {
        const bool isBlocked = i + 1 >= to || m_text.at(i + 1).isSpace() || markOf(m_text.at(i + 1)) == mark;
        // right behind another opening mark, but not behind the same
        const bool isRepeated = i == from && i > 0 && markOf(m_text.at(i - 1)) == mark;
        return !isBlocked && !isRepeated;
    }

    QStringView m_text;
    QList<Line> m_lines;
    QList<TextSpan> m_spans;
    Closers m_closers;
    std::array<qsizetype, marks.size()> m_nextCloser{};
};

} // namespace

QList<TextSpan> stylingOf(const QString &text)
{
    return StylingParser(text).parse();
}

} // namespace cumulet
