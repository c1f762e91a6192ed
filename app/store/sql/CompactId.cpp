#include "store/sql/CompactId.h"

#include <QByteArray>

namespace cumulet {

static constexpr qsizetype textSize = 36;
static constexpr qsizetype byteSize = 16;

static bool isDash(qsizetype at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

// lower case only: the text must come back as it was
static int digitOf(QChar c)
{
    const auto code = c.unicode();
    if (code >= u'0' && code <= u'9') {
        return code - u'0';
    }
    return code >= u'a' && code <= u'f' ? code - u'a' + 10 : -1;
}

QVariant toCompactId(const QString &id)
{
    if (id.size() != textSize) {
        return id;
    }
    QByteArray bytes;
    bytes.reserve(byteSize);
    int high = -1;
    for (qsizetype i = 0; i < textSize; ++i) {
        if (isDash(i)) {
            if (id.at(i) != u'-') {
                return id;
            }
            continue;
        }
        const auto digit = digitOf(id.at(i));
        if (digit < 0) {
            return id;
        }
        if (high < 0) {
            high = digit;
        } else {
            bytes += char(high << 4 | digit);
            high = -1;
        }
    }
    return bytes;
}

QString fromCompactId(const QVariant &stored)
{
    if (stored.typeId() != QMetaType::QByteArray) {
        return stored.toString();
    }
    static constexpr char16_t digits[] = u"0123456789abcdef";
    const auto bytes = stored.toByteArray();
    QString id;
    id.reserve(textSize);
    for (const char byte : bytes) {
        if (isDash(id.size())) {
            id += u'-';
        }
        id += digits[quint8(byte) >> 4];
        id += digits[byte & 0xf];
    }
    return id;
}

} // namespace cumulet
