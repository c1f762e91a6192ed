#include "store/AccountStore.h"

#include "store/Database.h"
#include "store/sql/Connection.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static Account readAccount(const Statement &row)
{
    Account account;
    account.id = row.integer(0);
    account.jid = Jid::fromTrusted(row.text(1));
    account.host = row.text(2);
    account.port = quint16(row.integer(3));
    account.isEnabled = row.flag(4);
    account.asksForPassword = row.flag(5);
    account.trustedCertificate = row.bytes(6);
    account.channelService = Jid::fromTrusted(row.text(7));
    account.statusText = row.text(8);
    account.show = row.number(9);
    return account;
}

Future<QList<Account>> AccountStore::accounts()
{
    return m_database.run<QList<Account>>([](Connection &connection) -> Result<QList<Account>> {
        QList<Account> accounts;
        auto select = connection.statement(
            u"SELECT id, jid, host, port, is_enabled, asks_for_password, trusted_certificate, channel_service, "
            "status_text, show FROM account ORDER BY id"_s);
        select.run();
        while (select.next()) {
            accounts += readAccount(select);
        }
        return accounts;
    });
}

static Result<Account> insertAccount(Connection &connection, Account account)
{
    auto insert = connection.statement(
        u"INSERT INTO account (jid, host, port, is_enabled, asks_for_password, trusted_certificate, channel_service, "
        "status_text, show, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"_s);
    insert.run(account.jid.bare(), account.host, int(account.port), account.isEnabled, account.asksForPassword,
               account.trustedCertificate, account.channelService, account.statusText, account.show,
               QDateTime::currentMSecsSinceEpoch());
    if (insert.changes() == 0) {
        return Error {ErrorKind::Conflict, u"there is an account of that address"_s};
    }
    account.id = insert.insertedRow();
    return account;
}

static Result<Account> changeAccount(Connection &connection, const Account &account)
{
    auto other = connection.statement(u"SELECT 1 FROM account WHERE jid = ? AND id <> ?"_s);
    if (other.run(account.jid.bare(), account.id) && other.next()) {
        return Error {ErrorKind::Conflict, u"there is an account of that address"_s};
    }
    auto update = connection.statement(
        u"UPDATE account SET jid = ?, host = ?, port = ?, is_enabled = ?, asks_for_password = ?, "
        "trusted_certificate = ?, channel_service = ?, status_text = ?, show = ? WHERE id = ?"_s);
    update.run(account.jid.bare(), account.host, int(account.port), account.isEnabled, account.asksForPassword,
               account.trustedCertificate, account.channelService, account.statusText, account.show, account.id);
    if (update.changes() == 0) {
        return Error {ErrorKind::NotFound, u"no such account"_s};
    }
    return account;
}

Future<Account> AccountStore::save(const Account &account)
{
    return m_database.run<Account>([account](Connection &connection) -> Result<Account> {
        if (account.jid.isEmpty()) {
            return Error {ErrorKind::Malformed, u"an account needs an address"_s};
        }
        return account.id == 0 ? insertAccount(connection, account) : changeAccount(connection, account);
    });
}

Future<Done> AccountStore::remove(AccountId account)
{
    auto removed = m_database.run<Done>([account](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM account WHERE id = ?"_s).run(account);
        return Done {};
    });
    m_database.shrink();
    return removed;
}

} // namespace cumulet
