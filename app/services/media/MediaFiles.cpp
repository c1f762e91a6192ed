#include "services/media/MediaFiles.h"

#include "platform/PictureMetadata.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPromise>
#include <QSaveFile>
#include <QSet>
#include <QUuid>

#include <memory>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int copyLimit = 1; // one file at a time: a disk is not faster with two

static QString attachmentsIn(const QString &profile)
{
    return profile + u"/attachments"_s;
}

static QString cacheIn(const QString &profile)
{
    return profile + u"/media"_s;
}

// runs job in the pool; its answer is a Result
template <typename T, typename Job> static Future<T> inPool(QThreadPool &pool, Job job)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    pool.start([promise, job = std::move(job)] {
        promise->addResult(job());
        promise->finish();
    });
    return promise->future();
}

// a folder that only we can look into
static bool makeFolder(const QString &path)
{
    return QDir(path).exists()
        || (QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

static QString freshName()
{
    return QUuid::createUuid().toString(QUuid::Id128);
}

static QString cacheName(const QString &name)
{
    return QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex());
}

// the longest unused go first
static void trim(const QString &folder)
{
    const auto files = QDir(folder).entryInfoList(QDir::Files, QDir::Time);
    qint64 kept = 0;
    for (const auto &file : files) {
        kept += file.size();
        if (kept > MediaFiles::mostCached) {
            QFile::remove(file.filePath());
        }
    }
}

static Result<QString> write(const QString &folder, const QString &name, const QByteArray &bytes)
{
    QSaveFile file(folder + u'/' + name);
    const bool isWritten = makeFolder(folder) && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    if (!isWritten || !file.commit()) {
        return Error{ErrorKind::Storage, file.errorString()};
    }
    return name;
}

MediaFiles::MediaFiles(const QString &profile)
    : m_profile(profile)
{
    m_pool.setMaxThreadCount(copyLimit);
}

MediaFiles::~MediaFiles()
{
    m_pool.waitForDone();
}

QString MediaFiles::pathOf(const QString &file) const
{
    return attachmentsIn(m_profile) + u'/' + file;
}

Future<MediaFiles::Kept> MediaFiles::copy(const QString &path, qint64 mostBytes)
{
    return inPool<Kept>(m_pool, [folder = attachmentsIn(m_profile), path, mostBytes]() -> Result<Kept> {
        const QFileInfo source(path);
        if (!source.isFile() || !source.isReadable()) {
            return Error{ErrorKind::NotFound, path};
        }
        if (source.size() > mostBytes) {
            return Error{ErrorKind::TooLarge, u"more than %1 bytes"_s.arg(mostBytes)};
        }
        const QString name = freshName();
        QFile file(path);
        if (!makeFolder(folder) || !file.copy(folder + u'/' + name)) {
            return Error{ErrorKind::Storage, file.errorString()};
        }
        const QString copied = folder + u'/' + name;
        QFile::setPermissions(copied, QFile::ReadOwner | QFile::WriteOwner);
        if (const auto cleaned = removeMetadata(copied); !cleaned) {
            QFile::remove(copied); // where a picture was taken is never told unasked
            return cleaned.error();
        }
        return Kept{name, QFileInfo(copied).size()};
    });
}

Future<MediaFiles::Kept> MediaFiles::keep(const QByteArray &bytes)
{
    return inPool<Kept>(m_pool, [folder = attachmentsIn(m_profile), bytes]() -> Result<Kept> {
        const auto name = write(folder, freshName(), bytes);
        return name ? Result<Kept>(Kept{*name, bytes.size()}) : name.error();
    });
}

void MediaFiles::sweep(const QSet<QString> &needed)
{
    const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-3600);
    m_pool.start([folder = attachmentsIn(m_profile), needed, before] {
        const auto files = QDir(folder).entryInfoList(QDir::Files);
        for (const auto &file : files) {
            if (!needed.contains(file.fileName()) && file.metadataChangeTime() < before) {
                QFile::remove(file.filePath());
            }
        }
    });
}

Future<QByteArray> MediaFiles::cached(const QString &name)
{
    if (!canKeep()) {
        return failed<QByteArray>({ErrorKind::NotFound, {}});
    }
    return inPool<QByteArray>(m_pool, [path = cacheIn(m_profile) + u'/' + cacheName(name)]() -> Result<QByteArray> {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly)) {
            return Error{ErrorKind::NotFound, file.errorString()};
        }
        file.setFileTime(QDateTime::currentDateTimeUtc(), QFile::FileModificationTime); // it was used
        return file.readAll();
    });
}

void MediaFiles::cache(const QString &name, const QByteArray &bytes)
{
    if (canKeep()) {
        m_pool.start([folder = cacheIn(m_profile), name = cacheName(name), bytes] {
            if (write(folder, name, bytes)) {
                trim(folder);
            }
        });
    }
}

} // namespace cumulet
