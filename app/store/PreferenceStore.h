#pragma once

#include "domain/Async.h"

#include <QHash>
#include <QString>

namespace cumulet {

class Database;

/// Small settings of this profile: theme, window layout, notification choices.
class PreferenceStore
{
public:
    explicit PreferenceStore(Database &database)
        : m_database(database)
    {
    }

    Future<QHash<QString, QString>> all();
    Future<Done> set(const QString &key, const QString &value);

private:
    Database &m_database;
};

} // namespace cumulet
