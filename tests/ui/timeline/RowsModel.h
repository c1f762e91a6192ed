#pragma once

#include "ui/models/TimelineRoles.h"
#include "ui/models/TimelineRows.h"

#include <QAbstractListModel>

#include <vector>

namespace cumulet::tests {

/// A timeline model over plain values, for tests of the view.
class RowsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex &index, int role) const override;

    void reset(std::vector<QVariant> rows);
    void insert(int row, std::vector<QVariant> rows);
    void remove(int row, int count);
    void change(int row, const QVariant &value);
    const QVariant &at(int row) const { return m_rows[size_t(row)]; }
    mutable int rowsRead = 0;

private:
    std::vector<QVariant> m_rows;
};

/// A message of Juliet's, or our own; state Received for hers, Delivered for ours.
ChatRow chatRow(qint64 id, const QString &body, bool own = false);
ThreadRow threadRow(qint64 id, const QString &body);
PostItem comment(qint64 id, const QString &body);
/// As the program finds them: links and mentions by simple rules, enough for tests.
QList<TextSpan> spansOf(const QString &text);

} // namespace cumulet::tests
