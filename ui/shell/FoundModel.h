#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"

#include <QAbstractListModel>

#include <vector>

namespace cumulet {

/// What the words in the search field lead to besides the list: contacts, a typed address, messages and posts.
class FoundModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Kind { Contact, Address, Hit };
    struct Row
    {
        Kind kind = Hit;
        AccountId account = 0;
        QString accountJid{};
        Jid jid;
        QString title;
        QString line;
        ConversationId conversation = 0;
        qint64 row = 0;
    };

    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<Row> rows);
    const Row &row(int index) const { return m_rows.at(size_t(index)); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<Row> m_rows;
};

} // namespace cumulet
