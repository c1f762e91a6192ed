#include "store/sql/DatabaseFile.h"

#include "store/sql/Connection.h"
#include "store/sql/Migrations.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace cumulet {

using Obstacle = Database::Obstacle;
using Opened = Database::Opened;

static constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
static constexpr qint64 applicationId = 0x43756d6c; // "Cuml", set in 0001_first.sql

static int newestVersion()
{
    const auto migrations = allMigrations();
    return migrations.isEmpty() ? 0 : migrations.last().version;
}

// What the first bytes tell before SQLite touches anything (sqlite.org/fileformat.html section 1.3).
static Obstacle judgeHeader(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return Obstacle::NotWritable;
    }
    const auto header = file.read(100);
    if (header.isEmpty()) {
        return Obstacle::None;
    }
    if (header.size() < 100 || !header.startsWith("SQLite format 3")) {
        return Obstacle::Damaged;
    }
    return qFromBigEndian<qint32>(header.constData() + 60) > newestVersion() ? Obstacle::Newer : Obstacle::None;
}

static Obstacle makeFile(const QString &name)
{
    const QFileInfo info(name);
    QDir().mkpath(info.absolutePath());
    QFile file(name);
    // the -wal and -shm files take their mode from this one
    if (!info.exists() && !file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly)) {
        return Obstacle::NotWritable;
    }
    file.close();
    // "writable" needs the folder too: SQLite makes files beside it
    const bool isUsable = QFileInfo(name).isFile() && QFileInfo(name).isWritable()
        && QFileInfo(info.absolutePath()).isWritable() && file.setPermissions(ownerOnly);
    return isUsable ? Obstacle::None : Obstacle::NotWritable;
}

// After the header: does SQLite understand it, is it ours, and is it not newer (the write-ahead log counts)?
static Obstacle judgeContent(Connection &connection, bool &isNew)
{
    const auto tables = connection.ask(u"SELECT count(*) FROM sqlite_schema"_s);
    const auto version = versionOf(connection);
    const auto owner = connection.ask(u"PRAGMA application_id"_s);
    if (connection.hasFailed()) {
        return connection.fault() == Connection::Fault::NotWritable ? Obstacle::NotWritable : Obstacle::Damaged;
    }
    isNew = tables == 0 && version == 0;
    if (version > newestVersion()) {
        return Obstacle::Newer;
    }
    return isNew || (owner == applicationId && version > 0) ? Obstacle::None : Obstacle::Damaged;
}

static Result<Opened> openAndJudge(Connection &connection, const QString &file)
{
    bool isNew = false;
    if (!connection.open(file)) {
        return Opened{Obstacle::NotWritable, {}};
    }
    if (const auto obstacle = judgeContent(connection, isNew); obstacle != Obstacle::None) {
        return Opened{obstacle, {}};
    }
    if (connection.prepare(isNew)) {
        if (auto migrated = migrate(connection, allMigrations()); !migrated && !connection.hasFailed()) {
            return migrated.error();
        }
    }
    if (!connection.hasFailed()) {
        return Opened{};
    }
    switch (connection.fault()) {
    case Connection::Fault::Damaged:
        return Opened{Obstacle::Damaged, {}};
    case Connection::Fault::NotWritable:
        return Opened{Obstacle::NotWritable, {}};
    default:
        return *connection.error();
    }
}

Result<Opened> openFile(Connection &connection, const QString &file)
{
    connection.close();
    if (file != ":memory:"_L1) {
        for (const auto judge : {makeFile, judgeHeader}) {
            if (const auto obstacle = judge(file); obstacle != Obstacle::None) {
                return Opened{obstacle, {}};
            }
        }
    }
    auto opened = openAndJudge(connection, file);
    if (!opened || opened->obstacle != Obstacle::None) {
        connection.close();
    }
    return opened;
}

std::optional<QString> moveAside(const QString &file)
{
    if (!QFile::exists(file)) {
        return QString();
    }
    const auto stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    auto copy = file + u".broken-"_s + stamp;
    for (int i = 2; QFile::exists(copy); ++i) {
        copy = file + u".broken-%1-%2"_s.arg(stamp).arg(i);
    }
    if (!QFile::rename(file, copy)) {
        return std::nullopt;
    }
    for (const auto &ending : {u"-wal"_s, u"-shm"_s}) {
        // a write-ahead log left behind would be applied to the new file
        if (QFile::exists(file + ending) && !QFile::rename(file + ending, copy + ending)) {
            QFile::rename(copy, file);
            return std::nullopt;
        }
    }
    return copy;
}

} // namespace cumulet
