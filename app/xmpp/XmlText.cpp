#include "xmpp/XmlText.h"

namespace cumulet {

QString xmlText(const QString &text)
{
    QString allowed;
    allowed.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar unit = text[at];
        if (unit.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()) {
            allowed += unit;
            allowed += text[++at];
        } else if (unit == u'\t' || unit == u'\n' || unit == u'\r'
            || (unit >= QChar(0x20) && !unit.isSurrogate() && unit < QChar(0xfffe))) {
            allowed += unit;
        }
    }
    return allowed;
}

QString cutText(const QString &text, qsizetype length)
{
    if (text.size() <= length) {
        return text;
    }
    return text.first(length > 0 && text[length - 1].isHighSurrogate() ? length - 1 : length);
}

} // namespace cumulet
