// The files of a media server: bytes on disk, what is said of them in a list.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace cumulet::channelserver {

/// One file: what the server says of it (buddycloud.md 7.2), and the file.
struct Medium
{
    QString id;
    QString channel;
    QString author;
    QString fileName;
    QString title;
    QString description;
    QString mediaType;
    QString uploaded; ///< time on the wire
    QByteArray data;

    QJsonObject toJson() const;
};

/// Keeps files by channel and id, in a folder or in memory.
class MediaShelf
{
public:
    /// folder: where they are kept; empty: in memory.
    explicit MediaShelf(const QString &folder);

    std::optional<Medium> find(const QString &channel, const QString &id) const;
    /// Newest last.
    QList<Medium> list(const QString &channel) const;
    void keep(const Medium &medium);
    void remove(const QString &channel, const QString &id);

private:
    void load();
    void save(const Medium &medium) const;
    QString fileOf(const Medium &medium) const;

    QString m_folder;
    QList<Medium> m_media;
};

} // namespace cumulet::channelserver
