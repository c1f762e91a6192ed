#include "ui/models/AccountListModel.h"

#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/session/SessionService.h"

#include <algorithm>

namespace cumulet {

AccountListModel::AccountListModel(AccountService &service, Accounts &accounts, QObject *parent)
    : QAbstractListModel(parent)
    , m_accounts(accounts)
{
    m_rows.assign(service.accounts().cbegin(), service.accounts().cend());
    connect(&service, &AccountService::accountAdded, this, [this](const Account &account) {
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.push_back(account);
        endInsertRows();
    });
    connect(&service, &AccountService::accountChanged, this, [this](const Account &account) {
        for (int row = 0; row < rowCount(); ++row) {
            if (m_rows[size_t(row)].id == account.id) {
                m_rows[size_t(row)] = account;
                Q_EMIT dataChanged(index(row), index(row));
            }
        }
    });
    connect(&service, &AccountService::accountRemoved, this, [this](AccountId id) {
        for (int row = rowCount() - 1; row >= 0; --row) {
            if (m_rows[size_t(row)].id == id) {
                beginRemoveRows({}, row, row);
                m_rows.erase(m_rows.begin() + row);
                endRemoveRows();
            }
        }
    });
    connect(&accounts, &Accounts::added, this, &AccountListModel::followAccount);
    for (const AccountId id : accounts.ids()) {
        followAccount(id);
    }
}

void AccountListModel::followAccount(AccountId id)
{
    if (const AccountServices *services = m_accounts.of(id)) {
        connect(services->session, &SessionService::statusChanged, this, [this, id] { refresh(id); });
        refresh(id);
    }
}

void AccountListModel::refresh(AccountId id)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[size_t(row)].id == id) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

int AccountListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant AccountListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Account &account = m_rows[size_t(index.row())];
    const AccountServices *services = m_accounts.of(account.id);
    const ConnectionStatus status = services ? services->session->status() : ConnectionStatus();
    switch (role) {
    case IdRole:
        return QVariant::fromValue<qint64>(account.id);
    case Qt::DisplayRole:
    case JidRole:
        return account.jid.text();
    case StateRole:
        return int(status.state);
    case IsEnabledRole:
        return account.isEnabled;
    case ErrorRole:
        return QVariant::fromValue(status.error);
    case ShowRole:
        return services && services->session->isConnected() ? int(services->session->presence().show)
                                                            : int(Presence::Show::Offline);
    default:
        return {};
    }
}

} // namespace cumulet
