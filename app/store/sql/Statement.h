#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "domain/NodeId.h"
#include "store/sql/CompactId.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QVariant>

#include <memory>
#include <type_traits>

class QSqlQuery;

namespace cumulet {

class Connection;

/// A prepared statement, borrowed from the connection's cache and given back when it goes. After an error of any
/// statement in a transaction all others do nothing: a job need not check each step, the whole of it fails.
class Statement
{
public:
    Statement(Connection &connection, QString sql, std::unique_ptr<QSqlQuery> query);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    /// Executes with these values. Empty identifiers become NULL, times UTC milliseconds (invalid: NULL), and
    /// enumerations their number; a QString is never NULL.
    template <typename... Values> bool run(const Values &...values)
    {
        int position = 0;
        (bind(position++, toVariant(values)), ...);
        return execute();
    }
    /// Goes to the next row of the answer, at first to the first one.
    bool next();

    qint64 integer(int column) const;
    int number(int column) const { return int(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    bool isNull(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    QDateTime time(int column) const; ///< UTC; NULL and 0 are invalid
    template <typename Id> Id id(int column) const { return Id(fromCompactId(value(column))); }
    template <typename Enum> Enum choice(int column) const { return Enum(integer(column)); }

    int changes() const; ///< rows that the last run inserted, changed or removed
    qint64 insertedRow() const; ///< row id of the last insert

private:
    static QVariant toVariant(qint64 value) { return value; }
    static QVariant toVariant(int value) { return value; }
    static QVariant toVariant(bool value) { return int(value); }
    static QVariant toVariant(const QString &value) { return value.isNull() ? QStringLiteral("") : value; }
    static QVariant toVariant(const QByteArray &value) { return value; }
    static QVariant toVariant(const QDateTime &value)
    {
        return value.isValid() ? QVariant(value.toMSecsSinceEpoch()) : QVariant();
    }
    static QVariant toVariant(std::nullptr_t) { return {}; }
    static QVariant toVariant(const Jid &value) { return value.isEmpty() ? QVariant() : value.text(); }
    static QVariant toVariant(const ItemId &value) { return value.isEmpty() ? QVariant() : value.text(); }
    template <typename Tag> static QVariant toVariant(const Identifier<Tag> &value)
    {
        return value.isEmpty() ? QVariant() : toCompactId(value.text());
    }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    static QVariant toVariant(Enum value)
    {
        return int(value);
    }

    QVariant value(int column) const;
    void bind(int position, const QVariant &value);
    bool execute();

    Connection &m_connection;
    QString m_sql;
    std::unique_ptr<QSqlQuery> m_query;
    int m_changes = 0; // asked of SQLite at once: it tells those of whatever ran last
};

} // namespace cumulet
