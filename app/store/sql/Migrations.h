#pragma once

#include "domain/Result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cumulet {

class Connection;

/// One file migrations/NNNN_what.sql: what brings a database from version NNNN - 1 to NNNN. Statements follow lines
/// "-- step: why". Never edited after a release.
struct Migration
{
    int version = 0;
    QString name;
    QStringList steps;
};

/// The migrations built into the program, in order.
QList<Migration> allMigrations();
/// Cuts the text of a migration file into its statements.
QStringList stepsOf(const QString &text);
/// PRAGMA user_version of the open database.
int versionOf(Connection &connection);
/// Runs what is missing; each file and its version number commit together. An error leaves the version it had.
Result<Done> migrate(Connection &connection, const QList<Migration> &migrations);

} // namespace cumulet
