#include "Database.h"

#include <QSqlError>

#include <atomic>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static QStringList schema()
{
    return {
        u"CREATE TABLE IF NOT EXISTS node(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"_s,
        u"CREATE TABLE IF NOT EXISTS field(node INTEGER NOT NULL, var TEXT NOT NULL, value TEXT NOT NULL, "
        "PRIMARY KEY(node, var))"_s,
        // role and state of a person in a node, and when each changed last (a running number, as below)
        u"CREATE TABLE IF NOT EXISTS member(node INTEGER NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL, "
        "state TEXT NOT NULL, invited_by TEXT NOT NULL, role_rank INTEGER NOT NULL, state_rank INTEGER NOT NULL, "
        "role_time INTEGER NOT NULL, PRIMARY KEY(node, user))"_s,
        u"CREATE INDEX IF NOT EXISTS member_user ON member(user)"_s,
        // the channel services of other domains
        u"CREATE TABLE IF NOT EXISTS authority(domain TEXT PRIMARY KEY, service TEXT NOT NULL)"_s,
        // rank orders items by activity; times are milliseconds since 1970 and may be equal in a burst
        u"CREATE TABLE IF NOT EXISTS item(key INTEGER PRIMARY KEY, node INTEGER NOT NULL, id TEXT NOT NULL, "
        "entry TEXT NOT NULL, author TEXT NOT NULL, content TEXT NOT NULL, reply_to TEXT, target TEXT, rating REAL, "
        "created INTEGER NOT NULL, updated INTEGER NOT NULL, rank INTEGER NOT NULL)"_s,
        u"CREATE UNIQUE INDEX IF NOT EXISTS item_id ON item(node, id)"_s,
        u"CREATE INDEX IF NOT EXISTS item_rank ON item(node, rank, updated)"_s,
        u"CREATE INDEX IF NOT EXISTS item_start ON item(node, rank, updated) WHERE reply_to IS NULL"_s,
        u"CREATE INDEX IF NOT EXISTS item_reply ON item(node, reply_to, rank) WHERE reply_to IS NOT NULL"_s,
    };
}

Database::~Database()
{
    m_prepared.clear();
    m_database.close();
    m_database = {};
    if (!m_name.isEmpty())
        QSqlDatabase::removeDatabase(m_name);
}

bool Database::open(const QString &file, QString *error)
{
    static std::atomic<int> connections;
    m_name = u"channelserver-%1"_s.arg(++connections);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(file);
    bool isOpen = m_database.open();
    QSqlQuery query(m_database);
    if (isOpen) {
        // a killed program loses nothing; only a lost machine could, and this is a test and demonstration service
        query.exec(u"PRAGMA journal_mode=WAL"_s);
        query.exec(u"PRAGMA synchronous=OFF"_s);
    }
    const auto statements = schema();
    for (const auto &statement : statements)
        isOpen = isOpen && query.exec(statement);
    if (!isOpen && error)
        *error =
            u"cannot open the store %1: %2 %3"_s.arg(file, m_database.lastError().text(), query.lastError().text());
    return isOpen;
}

QSqlQuery &Database::run(const QString &statement, const QVariantList &values)
{
    auto known = m_prepared.find(statement);
    if (known == m_prepared.end()) {
        known = m_prepared.emplace(statement, QSqlQuery(m_database)).first;
        known->second.setForwardOnly(true);
        if (!known->second.prepare(statement))
            qCritical() << "channel service: cannot prepare" << statement << known->second.lastError();
    }
    auto &query = known->second;
    query.finish();
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
    if (!query.exec())
        qCritical() << "channel service: cannot run" << statement << query.lastError();
    return query;
}

QVariant Database::value(const QString &statement, const QVariantList &values)
{
    auto &query = run(statement, values);
    const auto result = query.next() ? query.value(0) : QVariant();
    query.finish();
    return result;
}

} // namespace cumulet::channelserver
