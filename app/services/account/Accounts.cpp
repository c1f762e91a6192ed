#include "services/account/Accounts.h"

#include "services/account/AccountService.h"
#include "services/session/SessionService.h"

namespace cumulet {

Accounts::Accounts(AccountService &accounts, Factory factory, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_factory(std::move(factory))
{
    connect(&m_accounts, &AccountService::accountAdded, this, &Accounts::add);
    connect(&m_accounts, &AccountService::accountChanged, this, &Accounts::update);
    connect(&m_accounts, &AccountService::accountRemoved, this, &Accounts::remove);
    for (const Account &account : m_accounts.accounts()) {
        add(account);
    }
}

Accounts::~Accounts()
{
    while (!m_services.empty()) {
        remove(m_services.begin()->first);
    }
}

QList<AccountId> Accounts::ids() const
{
    QList<AccountId> ids;
    for (const auto &[id, services] : m_services) {
        ids.append(id);
    }
    return ids;
}

const AccountServices *Accounts::of(AccountId id) const
{
    const auto found = m_services.find(id);
    return found == m_services.end() ? nullptr : &found->second;
}

void Accounts::add(const Account &account)
{
    if (m_services.contains(account.id)) {
        return;
    }
    AccountServices services = m_factory(account);
    services.account = account;
    m_services.emplace(account.id, std::move(services));
    Q_EMIT added(account.id);
}

void Accounts::update(const Account &account)
{
    const auto found = m_services.find(account.id);
    if (found == m_services.end()) {
        return;
    }
    found->second.account = account;
    if (found->second.session) {
        found->second.session->setAccount(account);
    }
    Q_EMIT changed(account.id);
}

void Accounts::remove(AccountId id)
{
    const auto found = m_services.find(id);
    if (found == m_services.end()) {
        return;
    }
    Q_EMIT aboutToRemove(id);
    // out of the map first: nobody finds services that are being deleted
    const AccountServices leaving = std::move(found->second);
    m_services.erase(found);
}

} // namespace cumulet
