#pragma once

#include <QIdentityProxyModel>

namespace cumulet {

/// Gives the rows of the list of conversations the words that a model has not: what a screen reader says, and what
/// one's own channel is called.
class SpokenConversations : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;
    QVariant data(const QModelIndex &index, int role) const override;
};

} // namespace cumulet
