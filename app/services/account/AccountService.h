#pragma once

#include "domain/Account.h"
#include "domain/Async.h"

#include <QList>
#include <QObject>

#include <optional>

namespace cumulet {

class AccountStore;
class SecretStore;

/// The accounts of this profile and their passwords.
class AccountService : public QObject
{
    Q_OBJECT

public:
    AccountService(AccountStore &store, SecretStore &secrets, QObject *parent = nullptr);

    /// Reads the stored accounts; accountAdded() for each.
    Future<Done> load();
    const QList<Account> &accounts() const { return m_accounts; }
    std::optional<Account> account(AccountId id) const;

    /// Where a password is kept.
    enum class PasswordPlace { Keyring, File, AskEachTime };
    /// Adds an account that has logged in. Conflict: that address is there already.
    Future<Account> add(const Account &account, const QString &password, PasswordPlace place);
    Future<Done> change(const Account &account);
    Future<Done> setPassword(AccountId id, const QString &password);
    /// Forgets the account, everything stored for it and its password.
    Future<Done> remove(AccountId id);
    /// Accepts one certificate of that account's server, deliberately.
    Future<Done> trustCertificate(AccountId id, const QByteArray &sha256);

Q_SIGNALS:
    void accountAdded(const cumulet::Account &account);
    void accountChanged(const cumulet::Account &account);
    void accountRemoved(cumulet::AccountId id);

private:
    Future<Done> keepPassword(const Account &account, const QString &password, PasswordPlace place);
    void replace(const Account &account);

    AccountStore &m_store;
    SecretStore &m_secrets;
    QList<Account> m_accounts;
};

} // namespace cumulet
