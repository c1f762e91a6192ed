#pragma once

#include "domain/Result.h"
#include "store/sql/Statement.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <unordered_map>

class QSqlError;

namespace cumulet {

/// The one connection to the database file, used on the store thread only. Keeps every statement prepared.
class Connection
{
public:
    /// Why the last statement failed, as far as it tells something about the file.
    enum class Fault { None, Damaged, NotWritable, Other };
    /// What a commit outlives: the death of the program, or also the loss of power (waits for the disk).
    enum class Safety { Process, Power };

    Connection();
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// Connects without touching the file; nothing is read yet.
    bool open(const QString &file);
    /// Sets what this program wants of SQLite (WAL, foreign keys ...). isNew: the file has no tables yet.
    bool prepare(bool isNew);
    void close();

    Statement statement(const QString &sql);
    /// For statements that run once and take no values.
    bool execute(const QString &sql);
    /// The first value of the first row, 0 where there is none.
    qint64 ask(const QString &sql);

    bool begin(Safety safety = Safety::Process);
    /// Ends the transaction: as wanted, or the error that prevented it.
    Result<Done> commit();
    void rollback();

    bool hasFailed() const { return m_error.has_value(); }
    const std::optional<Error> &error() const { return m_error; }
    Fault fault() const { return m_fault; }

    /// Texts of all statements used so far, for the test of their query plans.
    QStringList statements() const;

private:
    friend class Statement;
    void fail(const QSqlError &error, const QString &sql);
    void giveBack(const QString &sql, std::unique_ptr<QSqlQuery> query);

    QString m_name;
    bool m_isOpen = false;
    Safety m_safety = Safety::Process;
    std::optional<Error> m_error;
    Fault m_fault = Fault::None;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_unused;
};

} // namespace cumulet
