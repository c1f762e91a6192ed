#pragma once

#include "domain/Account.h"
#include "domain/Async.h"

#include <QList>

namespace cumulet {

class Database;

/// The accounts of this profile. Removing one removes everything that was stored for it.
class AccountStore
{
public:
    explicit AccountStore(Database &database)
        : m_database(database)
    {
    }

    Future<QList<Account>> accounts();
    /// Inserts (id 0) or changes; gives the stored account. Conflict: that address is there already.
    Future<Account> save(const Account &account);
    Future<Done> remove(AccountId account);

private:
    Database &m_database;
};

} // namespace cumulet
