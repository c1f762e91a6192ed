#include "store/sql/Connection.h"

#include <QLoggingCategory>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <atomic>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(storeLog, "cumulet.store")

// SQLite's primary result codes
static constexpr int sqliteReadOnly = 8;
static constexpr int sqliteCorrupt = 11;
static constexpr int sqliteFull = 13;
static constexpr int sqliteCannotOpen = 14;
static constexpr int sqliteNotADatabase = 26;

static Connection::Fault faultOf(const QSqlError &error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case sqliteCorrupt:
    case sqliteNotADatabase:
        return Connection::Fault::Damaged;
    case sqliteReadOnly:
    case sqliteFull:
    case sqliteCannotOpen:
        return Connection::Fault::NotWritable;
    default:
        return Connection::Fault::Other;
    }
}

static QString freshName()
{
    static std::atomic<int> count = 0;
    return u"cumulet-store-%1"_s.arg(++count);
}

Connection::Connection()
    : m_name(freshName())
{
}

Connection::~Connection()
{
    close();
}

bool Connection::open(const QString &file)
{
    close();
    m_error.reset();
    m_fault = Fault::None;
    auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    database.setDatabaseName(file);
    m_isOpen = true; // also when it failed: close() then tidies up
    if (!database.open()) {
        fail(database.lastError(), u"open"_s);
        return false;
    }
    return true;
}

bool Connection::prepare(bool isNew)
{
    if (isNew) {
        execute(
            u"PRAGMA auto_vacuum = INCREMENTAL"_s); // only possible before the first table; see AccountStore::remove
    }
    execute(u"PRAGMA journal_mode = WAL"_s);
    execute(u"PRAGMA synchronous = NORMAL"_s);
    execute(u"PRAGMA foreign_keys = ON"_s);
    execute(u"PRAGMA secure_delete = FAST"_s);
    execute(u"PRAGMA temp_store = MEMORY"_s);
    execute(u"PRAGMA cache_size = -4000"_s); // KiB
    execute(u"PRAGMA journal_size_limit = 16777216"_s); // bytes
    m_safety = Safety::Process;
    return !hasFailed();
}

void Connection::close()
{
    if (!m_isOpen) {
        return;
    }
    m_unused.clear();
    m_isOpen = false;
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Statement Connection::statement(const QString &sql)
{
    if (const auto found = m_unused.find(sql); found != m_unused.end() && found->second) {
        return Statement(*this, sql, std::move(found->second));
    }
    if (!m_isOpen || hasFailed()) {
        return Statement(*this, sql, nullptr);
    }
    auto query = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
    query->setForwardOnly(true);
    if (!query->prepare(sql)) {
        fail(query->lastError(), sql);
        return Statement(*this, sql, nullptr);
    }
    return Statement(*this, sql, std::move(query));
}

void Connection::giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query)
{
    if (query && m_isOpen) {
        query->finish(); // an open answer would hold the transaction
        m_unused.insert_or_assign(sql, std::move(query));
    }
}

bool Connection::execute(const QString &sql)
{
    if (!m_isOpen || hasFailed()) {
        return false;
    }
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    if (!query.exec(sql)) {
        fail(query.lastError(), sql);
        return false;
    }
    return true;
}

qint64 Connection::ask(const QString &sql)
{
    auto question = statement(sql);
    return question.run() && question.next() ? question.integer(0) : 0;
}

bool Connection::begin(Safety safety)
{
    m_error.reset();
    m_fault = Fault::None;
    if (!m_isOpen) {
        m_error = Error{ErrorKind::Storage, u"the database is not open"_s};
        return false;
    }
    if (m_safety != safety) {
        // SQLite ignores this inside a transaction
        execute(safety == Safety::Power ? u"PRAGMA synchronous = FULL"_s : u"PRAGMA synchronous = NORMAL"_s);
        m_safety = safety;
    }
    return statement(u"BEGIN"_s).run();
}

Result<Done> Connection::commit()
{
    if (!hasFailed() && statement(u"COMMIT"_s).run()) {
        return Done{};
    }
    const Error error = *m_error;
    rollback();
    return error;
}

void Connection::rollback()
{
    if (m_isOpen) {
        const auto error = std::exchange(m_error, std::nullopt);
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        if (!query.exec(u"ROLLBACK"_s)) { // SQLite has done it itself after some errors
            qCDebug(storeLog) << "rollback:" << query.lastError().databaseText();
        }
        m_error = error;
    }
}

QStringList Connection::statements() const
{
    QStringList texts;
    for (const auto &[sql, query] : m_unused) {
        texts += sql;
    }
    texts.sort();
    return texts;
}

void Connection::fail(const QSqlError &error, const QString &sql)
{
    if (!hasFailed()) {
        m_fault = faultOf(error);
        m_error = Error{ErrorKind::Storage, error.databaseText() + u" ["_s + error.nativeErrorCode() + u']'};
        qCWarning(storeLog).noquote() << "failed:" << m_error->detail << "in" << sql; // bound values are not logged
    }
}

} // namespace cumulet
