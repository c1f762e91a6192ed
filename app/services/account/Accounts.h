#pragma once

#include "domain/Account.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace cumulet {

class AvatarService;
class ChannelDirectory;
class ChannelService;
class ChatService;
class MediaService;
class RosterService;
class SessionService;

/// The services of one account. owner keeps them alive, the pointers are its parts.
struct AccountServices
{
    Account account;
    SessionService *session = nullptr;
    RosterService *roster = nullptr;
    ChatService *chat = nullptr;
    ChannelService *channels = nullptr;
    ChannelDirectory *directory = nullptr;
    AvatarService *avatars = nullptr;
    MediaService *media = nullptr;
    std::shared_ptr<void> owner;
};

class AccountService;

/// The running services of every account, for those who merge accounts: models and windows.
/// Follows AccountService; the services are made by the factory (app/main/AccountAssembly).
class Accounts : public QObject
{
    Q_OBJECT

public:
    using Factory = std::function<AccountServices(const Account &)>;
    Accounts(AccountService &accounts, Factory factory, QObject *parent = nullptr);
    ~Accounts() override;

    QList<AccountId> ids() const;
    /// nullptr when there is no such account (any more).
    const AccountServices *of(AccountId id) const;

Q_SIGNALS:
    void added(cumulet::AccountId id);
    /// The services are about to be deleted.
    void aboutToRemove(cumulet::AccountId id);
    void changed(cumulet::AccountId id);

private:
    void add(const Account &account);
    void update(const Account &account);
    void remove(AccountId id);

    AccountService &m_accounts;
    Factory m_factory;
    std::map<AccountId, AccountServices> m_services;
};

} // namespace cumulet
