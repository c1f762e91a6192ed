// SQLite with its statements prepared once.
#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <map>

namespace cumulet::channelserver {

/// One connection to one store, a file or ":memory:". To be used in the thread that made it.
class Database
{
    Q_DISABLE_COPY_MOVE(Database)

public:
    Database() = default;
    ~Database();

    /// Opens or makes the store. On failure *error says why, and nothing else may be called.
    bool open(const QString &file, QString *error);
    /// Runs a statement with its values in place. The query is valid until the same statement runs again;
    /// a failure is a fault of this program and is logged with the statement.
    QSqlQuery &run(const QString &statement, const QVariantList &values = {});
    /// The first column of the first row; invalid if there is none.
    QVariant value(const QString &statement, const QVariantList &values = {});

private:
    QString m_name;
    QSqlDatabase m_database;
    std::map<QString, QSqlQuery> m_prepared;

    friend class Transaction;
};

/// Everything between its making and its end is written at once.
class Transaction
{
    Q_DISABLE_COPY_MOVE(Transaction)

public:
    explicit Transaction(Database &database)
        : m_database(database)
    {
        m_database.m_database.transaction();
    }
    ~Transaction() { m_database.m_database.commit(); }

private:
    Database &m_database;
};

} // namespace cumulet::channelserver
