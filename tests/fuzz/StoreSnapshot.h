#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace cumulet::tests {

/// All rows of a profile's database at one moment, as texts, read past the program by a connection of its own.
/// Left out are the search index, which follows from the rest, and the conversation that marks the end of a push.
class StoreSnapshot
{
public:
    struct Row
    {
        QString conversation; ///< address of the chat or channel it belongs to; empty: to none
        QStringList columns; ///< "name=value", without what is empty, in the order of the table
    };
    /// One row that came, went or changed.
    struct Change
    {
        enum Kind { Added, Changed, Removed };
        Kind kind = Added;
        QString table;
        QString conversation; ///< as in Row
        QStringList columns; ///< of the row as it is now; Removed: as it was
        QStringList former; ///< Changed: those columns that were different
        /// "+ message in juliet@example.org: body=hello ..."
        QString line() const;
    };

    /// file: of a database that is open elsewhere; without: the address of a conversation to leave out.
    /// Nothing at all is read when the file cannot be opened.
    static StoreSnapshot of(const QString &file, const QString &without);

    static QList<Change> changes(const StoreSnapshot &before, const StoreSnapshot &after);
    bool isEmpty() const { return m_tables.isEmpty(); }
    qsizetype rowCount() const;
    /// The rows of a table by their keys.
    QMap<QString, Row> table(const QString &name) const { return m_tables.value(name); }

private:
    QMap<QString, QMap<QString, Row>> m_tables;
};

} // namespace cumulet::tests
