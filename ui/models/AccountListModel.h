#pragma once

#include "domain/Account.h"

#include <QAbstractListModel>

#include <vector>

namespace cumulet {

class AccountService;
class Accounts;

/// The accounts of this profile and how their connections stand.
class AccountListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< AccountId
        JidRole, ///< QString, bare
        StateRole, ///< int, ConnectionState
        IsEnabledRole, ///< bool
        ErrorRole, ///< QVariant of Error
        ShowRole, ///< int, Presence::Show of our own presence
    };

    AccountListModel(AccountService &service, Accounts &accounts, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void followAccount(AccountId id);
    void refresh(AccountId id);

    Accounts &m_accounts;
    std::vector<Account> m_rows;
};

} // namespace cumulet
