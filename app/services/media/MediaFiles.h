#pragma once

#include "domain/Async.h"

#include <QThreadPool>

namespace cumulet {

/// Files in folders of the profile, read and written away from the GUI thread.
class MediaFiles
{
public:
    static constexpr qint64 mostCached = 128 * 1024 * 1024; ///< bytes of what can be fetched again

    /// profile: the folder of the profile; empty: nothing can be kept.
    explicit MediaFiles(const QString &profile);
    ~MediaFiles();
    Q_DISABLE_COPY_MOVE(MediaFiles)

    bool canKeep() const { return !m_profile.isEmpty(); }
    /// Where a copy of what waits lies.
    QString pathOf(const QString &file) const;

    struct Kept
    {
        QString name; ///< within our folder
        qint64 size = 0; ///< bytes; other than the source's where metadata was taken out
    };
    /// A copy of a file, or of bytes, that stays when the source goes; pictures without what is written beside them. NotFound: it is no
    /// file that can be read; TooLarge: more than mostBytes; Unsupported: a picture whose metadata cannot be taken out.
    Future<Kept> copy(const QString &path, qint64 mostBytes);
    Future<Kept> keep(const QByteArray &bytes);
    /// Removes copies that are not among these and were there before this run.
    void sweep(const QSet<QString> &needed);

    /// What was fetched before, by any name that tells it apart. NotFound: it was not, or was thrown away.
    Future<QByteArray> cached(const QString &name);
    void cache(const QString &name, const QByteArray &bytes);

private:
    QString m_profile;
    QThreadPool m_pool;
};

} // namespace cumulet
