#include "xmpp/MediaAnswers.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype longestMediaId = 128;
constexpr qsizetype longestName = 255;
constexpr qsizetype longestText = 1024;

QString lineIn(const QJsonObject &object, const QString &key, qsizetype limit)
{
    return object.value(key).toString().left(2 * limit).simplified().left(limit);
}

Error malformed()
{
    return {ErrorKind::Malformed, u"no JSON object with what was asked for"_s};
}

} // namespace

bool isMediaId(const QString &id)
{
    const bool isPlain = std::all_of(id.cbegin(), id.cend(), [](QChar letter) {
        return letter.unicode() < 128
            && (letter.isLetterOrNumber() || letter == u'-' || letter == u'_' || letter == u'.');
    });
    return isPlain && !id.isEmpty() && id.size() <= longestMediaId && !id.startsWith(u'.');
}

Result<MediaDescription> readMediaDescription(const QByteArray &json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return malformed();
    }
    const auto object = document.object();
    MediaDescription description;
    description.name = lineIn(object, u"fileName"_s, longestName);
    description.mediaType = lineIn(object, u"mimeType"_s, longestName);
    const auto size = object.value(u"fileSize"_s);
    description.size = size.isString() ? size.toString().toLongLong() : qint64(size.toDouble(-1));
    description.text = lineIn(object, u"description"_s, longestText);
    if (description.text.isEmpty()) {
        description.text = lineIn(object, u"title"_s, longestText);
    }
    return description;
}

Result<MediaAddress> readUploadedMedia(const QByteArray &json, const Jid &channel)
{
    const QString id = QJsonDocument::fromJson(json).object().value(u"id"_s).toString();
    return isMediaId(id) ? Result<MediaAddress>(MediaAddress{channel, id}) : Result<MediaAddress>(malformed());
}

} // namespace cumulet
