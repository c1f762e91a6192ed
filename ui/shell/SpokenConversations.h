#pragma once

#include <QIdentityProxyModel>

namespace cumulet {

/// Gives the rows of the list of conversations the sentence that a screen reader says.
class SpokenConversations : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;
    QVariant data(const QModelIndex &index, int role) const override;
};

} // namespace cumulet
