#include "MediaForm.h"

#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static QHash<QString, QByteArray> readParts(const QByteArray &boundary, const QByteArray &body)
{
    static const QRegularExpression name(u"\\bname=\"?([^\";\\r\\n]+)\"?"_s);
    QHash<QString, QByteArray> fields;
    const QByteArray mark = "--" + boundary;
    qsizetype at = body.indexOf(mark);
    while (at >= 0) {
        const qsizetype head = body.indexOf("\r\n", at) + 2;
        const qsizetype next = body.indexOf("\r\n" + mark, head);
        const qsizetype content = body.indexOf("\r\n\r\n", head);
        if (head < 2 || next < 0 || content < 0 || content > next)
            break;
        const auto match = name.match(QString::fromUtf8(body.sliced(head, content - head)));
        if (match.hasMatch())
            fields.insert(match.captured(1), body.sliced(content + 4, next - content - 4));
        at = next + 2;
    }
    return fields;
}

static QHash<QString, QByteArray> readPairs(const QByteArray &body)
{
    QHash<QString, QByteArray> fields;
    const auto items = QUrlQuery(QString::fromLatin1(body).replace(u'+', u' ')).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        fields.insert(name, name == "data"_L1 ? QByteArray::fromBase64(value.toLatin1()) : value.toUtf8());
    return fields;
}

QHash<QString, QByteArray> readMediaForm(const QByteArray &contentType, const QByteArray &body)
{
    static const QRegularExpression boundary(u"boundary=\"?([^\";]+)\"?"_s);
    if (contentType.startsWith("multipart/form-data")) {
        const auto match = boundary.match(QString::fromLatin1(contentType));
        return match.hasMatch() ? readParts(match.captured(1).toLatin1(), body) : QHash<QString, QByteArray>();
    }
    return contentType.startsWith("application/x-www-form-urlencoded") ? readPairs(body) : QHash<QString, QByteArray>();
}

} // namespace cumulet::channelserver
