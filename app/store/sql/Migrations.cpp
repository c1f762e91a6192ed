#include "store/sql/Migrations.h"

#include "store/sql/Connection.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace cumulet {

QStringList stepsOf(const QString &text)
{
    QStringList steps;
    const auto lines = text.split(u'\n');
    for (const auto &line : lines) {
        if (line.startsWith("-- step:"_L1)) {
            steps += QString();
        } else if (!steps.isEmpty() && !line.startsWith("--"_L1)) {
            steps.last() += line + u'\n';
        }
    }
    for (auto &step : steps) {
        step = step.trimmed();
    }
    return steps;
}

QList<Migration> allMigrations()
{
    QList<Migration> migrations;
    const QDir folder(u":/store/migrations"_s);
    const auto names = folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const auto &name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            migrations +=
                Migration{QStringView(name).left(4).toInt(), name, stepsOf(QString::fromUtf8(file.readAll()))};
        }
    }
    return migrations;
}

int versionOf(Connection &connection)
{
    return int(connection.ask(u"PRAGMA user_version"_s));
}

Result<Done> migrate(Connection &connection, const QList<Migration> &migrations)
{
    const auto version = versionOf(connection);
    for (const auto &migration : migrations) {
        if (migration.version <= version) {
            continue;
        }
        connection.begin();
        for (const auto &step : migration.steps) {
            connection.execute(step);
        }
        connection.execute(u"PRAGMA user_version = %1"_s.arg(migration.version));
        if (auto committed = connection.commit(); !committed) {
            return Error{ErrorKind::Storage, migration.name + u": "_s + committed.error().detail};
        }
    }
    return Done{};
}

} // namespace cumulet
