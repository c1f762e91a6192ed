#include "store/sql/Statement.h"

#include "store/sql/Connection.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QTimeZone>

namespace cumulet {

Statement::Statement(Connection &connection, QString sql, std::unique_ptr<QSqlQuery> query)
    : m_connection(connection)
    , m_sql(std::move(sql))
    , m_query(std::move(query))
{
}

Statement::~Statement()
{
    m_connection.giveBack(m_sql, std::move(m_query));
}

void Statement::bind(int position, const QVariant &value)
{
    if (m_query) {
        m_query->bindValue(position, value);
    }
}

bool Statement::execute()
{
    if (!m_query || m_connection.hasFailed()) {
        return false;
    }
    if (!m_query->exec()) {
        m_connection.fail(m_query->lastError(), m_sql);
        return false;
    }
    m_changes = m_query->numRowsAffected();
    return true;
}

bool Statement::next()
{
    if (!m_query || m_connection.hasFailed()) {
        return false;
    }
    if (m_query->next()) {
        return true;
    }
    // a step can fail in the middle of an answer, on a damaged page
    if (m_query->lastError().type() != QSqlError::NoError) {
        m_connection.fail(m_query->lastError(), m_sql);
    }
    return false;
}

QVariant Statement::value(int column) const
{
    return m_query->value(column);
}

qint64 Statement::integer(int column) const
{
    return m_query->value(column).toLongLong();
}

bool Statement::isNull(int column) const
{
    return m_query->isNull(column);
}

QString Statement::text(int column) const
{
    return m_query->value(column).toString();
}

QByteArray Statement::bytes(int column) const
{
    return m_query->value(column).toByteArray();
}

QDateTime Statement::time(int column) const
{
    const auto milliseconds = integer(column);
    return milliseconds == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(milliseconds, QTimeZone::UTC);
}

int Statement::changes() const
{
    return m_query && !m_connection.hasFailed() ? m_changes : 0;
}

qint64 Statement::insertedRow() const
{
    return m_query && !m_connection.hasFailed() ? m_query->lastInsertId().toLongLong() : 0;
}

} // namespace cumulet
