#include "MediaShelf.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

QJsonObject Medium::toJson() const
{
    QJsonObject object{{u"id"_s, id}, {u"fileName"_s, fileName}, {u"entityId"_s, channel}, {u"author"_s, author},
        {u"title"_s, title}, {u"description"_s, description}, {u"mimeType"_s, mediaType},
        {u"fileExtension"_s, fileName.section(u'.', -1)}, {u"fileSize"_s, data.size()},
        {u"shaChecksum"_s, QString::fromLatin1(QCryptographicHash::hash(data, QCryptographicHash::Sha1).toHex())},
        {u"uploadedDate"_s, uploaded}, {u"lastUpdatedDate"_s, uploaded}};
    QBuffer buffer;
    buffer.setData(data);
    const QSize size = QImageReader(&buffer).size();
    if (size.isValid()) {
        object.insert(u"width"_s, size.width());
        object.insert(u"height"_s, size.height());
    }
    return object;
}

MediaShelf::MediaShelf(const QString &folder)
    : m_folder(folder)
{
    load();
}

std::optional<Medium> MediaShelf::find(const QString &channel, const QString &id) const
{
    const auto found = std::ranges::find_if(
        m_media, [&](const Medium &medium) { return medium.channel == channel && medium.id == id; });
    return found == m_media.end() ? std::nullopt : std::optional(*found);
}

QList<Medium> MediaShelf::list(const QString &channel) const
{
    QList<Medium> media;
    std::ranges::copy_if(
        m_media, std::back_inserter(media), [&](const Medium &medium) { return medium.channel == channel; });
    return media;
}

void MediaShelf::keep(const Medium &medium)
{
    m_media.removeIf([&](const Medium &old) { return old.channel == medium.channel && old.id == medium.id; });
    m_media.append(medium);
    save(medium);
}

void MediaShelf::remove(const QString &channel, const QString &id)
{
    if (const auto medium = find(channel, id); medium && !m_folder.isEmpty()) {
        QFile::remove(fileOf(*medium));
        QFile::remove(fileOf(*medium) + u".json"_s);
    }
    m_media.removeIf([&](const Medium &old) { return old.channel == channel && old.id == id; });
}

QString MediaShelf::fileOf(const Medium &medium) const
{
    const auto name =
        QCryptographicHash::hash(QString(medium.channel + u'/' + medium.id).toUtf8(), QCryptographicHash::Sha1);
    return m_folder + u'/' + QString::fromLatin1(name.toHex());
}

void MediaShelf::save(const Medium &medium) const
{
    if (m_folder.isEmpty())
        return;
    QDir().mkpath(m_folder);
    QFile data(fileOf(medium));
    QFile about(fileOf(medium) + u".json"_s);
    if (data.open(QIODevice::WriteOnly) && about.open(QIODevice::WriteOnly)) {
        data.write(medium.data);
        about.write(QJsonDocument(medium.toJson()).toJson());
    }
}

void MediaShelf::load()
{
    if (m_folder.isEmpty())
        return;
    const auto files = QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time | QDir::Reversed);
    for (const auto &file : files) {
        QFile about(file.filePath());
        QFile data(file.filePath().chopped(5));
        if (!about.open(QIODevice::ReadOnly) || !data.open(QIODevice::ReadOnly))
            continue;
        const auto object = QJsonDocument::fromJson(about.readAll()).object();
        const auto text = [&object](const QString &key) { return object.value(key).toString(); };
        m_media.append({text(u"id"_s), text(u"entityId"_s), text(u"author"_s), text(u"fileName"_s), text(u"title"_s),
            text(u"description"_s), text(u"mimeType"_s), text(u"uploadedDate"_s), data.readAll()});
    }
}

} // namespace cumulet::channelserver
