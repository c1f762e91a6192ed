#include "fuzz/StoreSnapshot.h"

#include <QDateTime>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTimeZone>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

namespace {

constexpr auto connectionName = "store snapshot"_L1;
constexpr qint64 earliestTime = 1'000'000'000'000; // milliseconds; no other number of ours is that big
constexpr qsizetype longestValue = 400;

// what follows from other tables or belongs to SQLite
bool isDerived(const QString &table)
{
    return table.startsWith("search"_L1) || table.startsWith("sqlite_"_L1);
}

bool isTime(const QString &column, qint64 value)
{
    return value >= earliestTime && column != "identity"_L1;
}

// control characters would not be seen, or would be seen elsewhere
QString visible(const QString &text)
{
    QString shown;
    for (const QChar letter : text.left(longestValue)) {
        const bool isHidden = !letter.isPrint() && letter != u' ' && !letter.isSurrogate();
        shown += isHidden ? u"\\u%1"_s.arg(letter.unicode(), 4, 16, '0'_L1) : QString(letter);
    }
    return text.size() > longestValue ? shown + u"... (%1 characters)"_s.arg(text.size()) : shown;
}

QString toText(const QString &column, const QVariant &value)
{
    if (value.typeId() == QMetaType::QByteArray) {
        return QString::fromLatin1(value.toByteArray().left(longestValue).toHex());
    }
    if (value.typeId() == QMetaType::LongLong && isTime(column, value.toLongLong())) {
        return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::utc()).toString(Qt::ISODateWithMs);
    }
    return visible(value.toString());
}

// the columns of the primary key, by which a row is known again
QStringList keysOf(const QSqlDatabase &database, const QString &table)
{
    QStringList keys;
    QSqlQuery query(database);
    query.exec(u"SELECT name FROM pragma_table_info('%1') WHERE pk > 0 ORDER BY pk"_s.arg(table));
    while (query.next()) {
        keys.append(query.value(0).toString());
    }
    return keys;
}

QHash<qint64, QString> conversations(const QSqlDatabase &database)
{
    QHash<qint64, QString> addresses;
    QSqlQuery query(database);
    query.exec(u"SELECT id, jid FROM conversation"_s);
    while (query.next()) {
        addresses.insert(query.value(0).toLongLong(), query.value(1).toString());
    }
    return addresses;
}

QString conversationOf(const QString &table, const QSqlRecord &record, const QHash<qint64, QString> &addresses)
{
    const QString column = table == "conversation"_L1 ? u"id"_s
        : record.contains(u"conversation"_s)          ? u"conversation"_s
                                                      : u"channel"_s;
    return record.contains(column) ? addresses.value(record.value(column).toLongLong()) : QString();
}

QStringList columnsOf(const QSqlRecord &record)
{
    QStringList columns;
    for (int i = 0; i < record.count(); ++i) {
        const auto value = record.value(i);
        if (!value.isNull() && !value.toString().isEmpty() && value != QVariant(0)) {
            columns.append(record.fieldName(i) + u'=' + toText(record.fieldName(i), value));
        }
    }
    return columns;
}

} // namespace

StoreSnapshot StoreSnapshot::of(const QString &file, const QString &without)
{
    StoreSnapshot snapshot;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connectionName);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"_s);
        database.setDatabaseName(file);
        if (database.open()) {
            database.transaction(); // all tables at the same moment
            const auto addresses = conversations(database);
            for (const auto &table : database.tables()) {
                if (isDerived(table)) {
                    continue;
                }
                auto &rows = snapshot.m_tables[table];
                const auto keys = keysOf(database, table);
                QSqlQuery query(database);
                query.exec(u"SELECT * FROM "_s + table);
                while (query.next()) {
                    const auto record = query.record();
                    const QString conversation = conversationOf(table, record, addresses);
                    if (conversation == without && !without.isEmpty()) {
                        continue;
                    }
                    QStringList key;
                    for (const auto &column : keys) {
                        key.append(toText(column, record.value(column)));
                    }
                    rows.insert(key.join(u'|'), {conversation, columnsOf(record)});
                }
            }
            database.commit();
        }
    }
    QSqlDatabase::removeDatabase(connectionName);
    return snapshot;
}

QList<StoreSnapshot::Change> StoreSnapshot::changes(const StoreSnapshot &before, const StoreSnapshot &after)
{
    QList<Change> found;
    for (const auto &[table, rows] : after.m_tables.asKeyValueRange()) {
        const auto former = before.table(table);
        for (const auto &[key, row] : rows.asKeyValueRange()) {
            const auto old = former.constFind(key);
            if (old == former.cend()) {
                found.append({Change::Added, table, row.conversation, row.columns, {}});
            } else if (old->columns != row.columns) {
                QStringList different;
                for (const auto &column : old->columns) {
                    if (!row.columns.contains(column)) {
                        different.append(column);
                    }
                }
                found.append({Change::Changed, table, row.conversation, row.columns, different});
            }
        }
    }
    for (const auto &[table, rows] : before.m_tables.asKeyValueRange()) {
        const auto now = after.table(table);
        for (const auto &[key, row] : rows.asKeyValueRange()) {
            if (!now.contains(key)) {
                found.append({Change::Removed, table, row.conversation, row.columns, {}});
            }
        }
    }
    return found;
}

qsizetype StoreSnapshot::rowCount() const
{
    qsizetype count = 0;
    for (const auto &rows : m_tables) {
        count += rows.size();
    }
    return count;
}

QString StoreSnapshot::Change::line() const
{
    static constexpr auto signs = "+~-"_L1;
    QString text = QString(signs.at(int(kind))) + u' ' + table;
    if (!conversation.isEmpty()) {
        text += u" of "_s + conversation;
    }
    text += u": "_s + columns.join(u", "_s);
    return former.isEmpty() ? text : text + u" (was "_s + former.join(u", "_s) + u')';
}

} // namespace cumulet::tests
