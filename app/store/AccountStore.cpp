#include "store/AccountStore.h"

#include "store/Database.h"
#include "store/sql/Connection.h"
#include "store/sql/SearchIndex.h"

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
    account.chosenChannelService = Jid::fromTrusted(row.text(10));
    return account;
}

// An account that is being removed is gone for everybody at once, and its address may be added again. Deleting its
// rows takes seconds for a million messages.
static Result<Done> markRemoved(Connection &connection, AccountId account)
{
    auto mark = connection.statement(
        u"UPDATE account SET is_removed = 1, is_enabled = 0, jid = jid || ' removed ' || id WHERE id = ? "
        "AND is_removed = 0"_s);
    mark.run(account);
    connection.statement(u"UPDATE conversation SET is_hidden = 1 WHERE account = ?"_s).run(account);
    if (connection.ask(u"SELECT count(*) FROM account WHERE is_removed = 0"_s) == 0) {
        connection.statement(u"DELETE FROM search_waiting"_s).run();
        connection.execute(u"INSERT INTO search (search) VALUES ('delete-all')"_s); // much faster than row by row
    }
    return Done{};
}

// true: there is more to do
static Result<bool> removeSome(Connection &connection)
{
    static constexpr int slice = 1000;
    const auto account = connection.ask(u"SELECT id FROM account WHERE is_removed = 1 LIMIT 1"_s);
    if (account == 0) {
        indexWaiting(connection); // forgets what is gone
        auto vacuum = connection.statement(u"PRAGMA incremental_vacuum(500)"_s); // each step gives back one page
        for (vacuum.run(); vacuum.next();) {}
        return connection.ask(u"PRAGMA freelist_count"_s) > 0;
    }
    auto messages =
        connection.statement(u"DELETE FROM message WHERE id IN (SELECT id FROM message WHERE account = ? LIMIT ?)"_s);
    messages.run(account, slice);
    auto posts = connection.statement(
        u"DELETE FROM post WHERE id IN (SELECT p.id FROM conversation c JOIN post p ON p.channel = c.id "
        "WHERE c.account = ? LIMIT ?)"_s);
    posts.run(account, slice);
    if (messages.changes() == 0 && posts.changes() == 0) {
        connection.statement(u"DELETE FROM account WHERE id = ?"_s).run(account);
    }
    return true;
}

Future<QList<Account>> AccountStore::accounts()
{
    auto &database = m_database;
    return m_database.run<QList<Account>>([&database](Connection &connection) -> Result<QList<Account>> {
        if (connection.ask(u"SELECT count(*) FROM account WHERE is_removed = 1"_s) > 0) {
            database.runInSlices(removeSome); // what the last run of the program did not finish
        }
        QList<Account> accounts;
        auto select = connection.statement(
            u"SELECT id, jid, host, port, is_enabled, asks_for_password, trusted_certificate, channel_service, "
            "status_text, show, chosen_channel_service FROM account WHERE is_removed = 0 ORDER BY id"_s);
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
        "status_text, show, added, chosen_channel_service) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING"_s);
    insert.run(account.jid.bare(), account.host, int(account.port), account.isEnabled, account.asksForPassword,
        account.trustedCertificate, account.channelService, account.statusText, account.show,
        QDateTime::currentMSecsSinceEpoch(), account.chosenChannelService);
    if (insert.changes() == 0) {
        return Error{ErrorKind::Conflict, u"there is an account of that address"_s};
    }
    account.id = insert.insertedRow();
    return account;
}

static Result<Account> changeAccount(Connection &connection, const Account &account)
{
    auto other = connection.statement(u"SELECT 1 FROM account WHERE jid = ? AND id <> ?"_s);
    if (other.run(account.jid.bare(), account.id) && other.next()) {
        return Error{ErrorKind::Conflict, u"there is an account of that address"_s};
    }
    auto update =
        connection.statement(u"UPDATE account SET jid = ?, host = ?, port = ?, is_enabled = ?, asks_for_password = ?, "
                             "trusted_certificate = ?, channel_service = ?, status_text = ?, show = ?, "
                             "chosen_channel_service = ? WHERE id = ?"_s);
    update.run(account.jid.bare(), account.host, int(account.port), account.isEnabled, account.asksForPassword,
        account.trustedCertificate, account.channelService, account.statusText, account.show,
        account.chosenChannelService, account.id);
    if (update.changes() == 0) {
        return Error{ErrorKind::NotFound, u"no such account"_s};
    }
    return account;
}

Future<Account> AccountStore::save(const Account &account)
{
    return m_database.run<Account>([account](Connection &connection) -> Result<Account> {
        if (account.jid.isEmpty()) {
            return Error{ErrorKind::Malformed, u"an account needs an address"_s};
        }
        return account.id == 0 ? insertAccount(connection, account) : changeAccount(connection, account);
    });
}

Future<Done> AccountStore::remove(AccountId account)
{
    m_database.run<Done>([account](Connection &connection) { return markRemoved(connection, account); });
    return m_database.runInSlices(removeSome);
}

} // namespace cumulet
