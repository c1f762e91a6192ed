#include "ui/shell/FoundModel.h"

#include "domain/Conversation.h"
#include "ui/models/ConversationListModel.h"

using namespace Qt::StringLiterals;

namespace cumulet {

void FoundModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FoundModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

// speaks the roles of the list of conversations, so that one delegate paints both
QVariant FoundModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case ConversationListModel::KindRole:
        return int(Conversation::Kind::Chat);
    case ConversationListModel::JidRole:
        return row.jid.text();
    case ConversationListModel::AccountJidRole:
        return row.accountJid;
    case Qt::DisplayRole:
    case ConversationListModel::TitleRole:
        return row.title;
    case ConversationListModel::PreviewRole:
        return row.line;
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(row.title, row.line);
    default:
        return {};
    }
}

} // namespace cumulet
