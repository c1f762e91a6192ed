#include "services/account/AccountService.h"

#include "platform/SecretStore.h"
#include "store/AccountStore.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

Q_LOGGING_CATEGORY(lcAccount, "cumulet.account", QtInfoMsg)

AccountService::AccountService(AccountStore &store, SecretStore &secrets, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_secrets(secrets)
{
}

Future<Done> AccountService::load()
{
    return andThen(m_store.accounts(), this, [this](const QList<Account> &accounts) -> Result<Done> {
        for (const Account &account : accounts) {
            if (!this->account(account.id)) {
                m_accounts.append(account);
                Q_EMIT accountAdded(account);
            }
        }
        return Done{};
    });
}

std::optional<Account> AccountService::account(AccountId id) const
{
    const auto found = std::ranges::find(m_accounts, id, &Account::id);
    return found == m_accounts.end() ? std::nullopt : std::optional(*found);
}

Future<Account> AccountService::add(const Account &account, const QString &password, PasswordPlace place)
{
    Account wanted = account;
    wanted.id = 0;
    wanted.jid = account.jid.bare();
    wanted.asksForPassword = place == PasswordPlace::AskEachTime;
    return andThen(m_store.save(wanted), this, [this, password, place](const Account &stored) {
        return eitherWay(
            keepPassword(stored, password, place), this, [this, stored](const Result<Done> &kept) -> Future<Account> {
                if (!kept) {
                    // an account without its password would only ask again: the user chooses another place
                    const Error why = kept.error();
                    return m_store.remove(stored.id).then(
                        this, [why](const Result<Done> &) { return Result<Account>(why); });
                }
                m_accounts.append(stored);
                Q_EMIT accountAdded(stored);
                return ready(stored);
            });
    });
}

Future<Done> AccountService::keepPassword(const Account &account, const QString &password, PasswordPlace place)
{
    if (place == PasswordPlace::AskEachTime) {
        return ready(Done{});
    }
    return m_secrets.setPassword(account.jid, password, place == PasswordPlace::File);
}

Future<Done> AccountService::change(const Account &account)
{
    if (!this->account(account.id)) {
        return failed<Done>({ErrorKind::NotFound, u"no such account"_s});
    }
    return andThen(m_store.save(account), this, [this](const Account &stored) -> Result<Done> {
        replace(stored);
        return Done{};
    });
}

void AccountService::replace(const Account &account)
{
    const auto found = std::ranges::find(m_accounts, account.id, &Account::id);
    if (found != m_accounts.end()) {
        *found = account;
        Q_EMIT accountChanged(account);
    }
}

Future<Done> AccountService::setPassword(AccountId id, const QString &password)
{
    const std::optional<Account> known = account(id);
    if (!known) {
        return failed<Done>({ErrorKind::NotFound, u"no such account"_s});
    }
    if (known->asksForPassword) {
        return ready(Done{});
    }
    return andThen(m_secrets.hasKeyring(), this, [this, account = *known, password](bool hasKeyring) {
        // without a keyring, a password that is not asked each time is in the file: the user agreed to that before
        const auto place = hasKeyring ? PasswordPlace::Keyring : PasswordPlace::File;
        return andThen(keepPassword(account, password, place), this, [this, id = account.id](Done) -> Result<Done> {
            if (const auto current = this->account(id)) {
                Q_EMIT accountChanged(*current);
            }
            return Done{};
        });
    });
}

Future<Done> AccountService::remove(AccountId id)
{
    const std::optional<Account> known = account(id);
    if (!known) {
        return failed<Done>({ErrorKind::NotFound, u"no such account"_s});
    }
    m_accounts.removeIf([id](const Account &account) { return account.id == id; });
    // its services go first: nothing may be written for an account that is being removed
    Q_EMIT accountRemoved(id);
    whenDone(m_secrets.removePassword(known->jid), this, [](const Result<Done> &removed) {
        if (!removed && removed.error().kind != ErrorKind::NotFound) {
            qCWarning(lcAccount) << "the password of a removed account is still stored:" << removed.error().detail;
        }
    });
    return m_store.remove(id);
}

Future<Done> AccountService::trustCertificate(AccountId id, const QByteArray &sha256)
{
    std::optional<Account> known = account(id);
    if (!known) {
        return failed<Done>({ErrorKind::NotFound, u"no such account"_s});
    }
    known->trustedCertificate = sha256;
    return change(*known);
}

} // namespace cumulet
