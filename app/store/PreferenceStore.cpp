#include "store/PreferenceStore.h"

#include "store/Database.h"
#include "store/sql/Connection.h"

using namespace Qt::StringLiterals;

namespace cumulet {

Future<QHash<QString, QString>> PreferenceStore::all()
{
    using Preferences = QHash<QString, QString>;
    return m_database.run<Preferences>([](Connection &connection) -> Result<Preferences> {
        Preferences preferences;
        auto select = connection.statement(u"SELECT key, value FROM preference"_s);
        select.run();
        while (select.next()) {
            preferences.insert(select.text(0), select.text(1));
        }
        return preferences;
    });
}

Future<Done> PreferenceStore::set(const QString &key, const QString &value)
{
    return m_database.run<Done>([key, value](Connection &connection) -> Result<Done> {
        auto keep = connection.statement(u"INSERT INTO preference (key, value) VALUES (?, ?) "
                                         "ON CONFLICT DO UPDATE SET value = excluded.value"_s);
        keep.run(key, value);
        return Done{};
    });
}

} // namespace cumulet
