#include "text/PreviewLine.h"

#include <QStringView>

namespace cumulet {

static constexpr qsizetype farthest = 8192;
static constexpr int mostMarks = 4;

// joiners make emoji and several scripts what they are; other formatting characters only disturb the neighbours
static bool isKept(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
        return false;
    case QChar::Other_Format:
        return c == 0x200c || c == 0x200d || (c >= 0xe0020 && c <= 0xe007f);
    default:
        return c != 0xfffc;
    }
}

static bool isMark(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

QString previewLine(const QString &text, int limit)
{
    QString line;
    bool isSpaceDue = false;
    int marks = 0;
    const auto looked = QStringView(text).first(qMin(text.size(), farthest));
    for (qsizetype i = 0; i < looked.size(); ++i) {
        char32_t c = looked.at(i).unicode();
        if (QChar::isHighSurrogate(c) && i + 1 < looked.size() && looked.at(i + 1).isLowSurrogate()) {
            c = QChar::surrogateToUcs4(looked.at(i), looked.at(i + 1));
            ++i;
        }
        if (QChar::isSpace(c)) {
            isSpaceDue = !line.isEmpty();
            marks = 0;
            continue;
        }
        marks = isMark(c) ? marks + 1 : 0;
        if (!isKept(c) || marks > mostMarks) {
            continue;
        }
        const auto written = QString::fromUcs4(&c, 1);
        // one place stays free for the ellipsis
        if (line.size() + (isSpaceDue ? 1 : 0) + written.size() > limit - 1) {
            return line + QChar(0x2026);
        }
        if (isSpaceDue) {
            line += u' ';
            isSpaceDue = false;
        }
        line += written;
    }
    return line;
}

} // namespace cumulet
