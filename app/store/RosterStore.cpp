#include "store/RosterStore.h"

#include "store/Database.h"
#include "store/sql/Connection.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr QChar groupSeparator(0x1f); // XML cannot carry it

static void writeItem(Connection &connection, AccountId account, const RosterItem &item)
{
    auto keep = connection.statement(
        u"INSERT INTO roster_item (account, jid, name, groups, subscription, is_asked) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET name = excluded.name, groups = excluded.groups, "
        "subscription = excluded.subscription, is_asked = excluded.is_asked"_s);
    keep.run(account, item.jid.bare(), item.name, item.groups.join(groupSeparator), item.subscription, item.isAsked);
}

Future<QList<RosterItem>> RosterStore::items(AccountId account)
{
    return m_database.run<QList<RosterItem>>([account](Connection &connection) -> Result<QList<RosterItem>> {
        QList<RosterItem> items;
        auto select = connection.statement(
            u"SELECT jid, name, groups, subscription, is_asked FROM roster_item WHERE account = ? ORDER BY jid"_s);
        select.run(account);
        while (select.next()) {
            items += RosterItem{Jid::fromTrusted(select.text(0)), select.text(1),
                select.text(2).split(groupSeparator, Qt::SkipEmptyParts), select.choice<PresenceSubscription>(3),
                select.flag(4)};
        }
        return items;
    });
}

Future<Done> RosterStore::replace(AccountId account, const QList<RosterItem> &items)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM roster_item WHERE account = ?"_s).run(account);
        for (const auto &item : items) {
            writeItem(connection, account, item);
        }
        return Done{};
    });
}

Future<Done> RosterStore::keep(AccountId account, const RosterItem &item)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        writeItem(connection, account, item);
        return Done{};
    });
}

Future<Done> RosterStore::remove(AccountId account, const Jid &jid)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM roster_item WHERE account = ? AND jid = ?"_s).run(account, jid.bare());
        return Done{};
    });
}

Future<QList<SubscriptionRequest>> RosterStore::requests(AccountId account)
{
    using Requests = QList<SubscriptionRequest>;
    return m_database.run<Requests>([account](Connection &connection) -> Result<Requests> {
        Requests requests;
        auto select =
            connection.statement(u"SELECT jid, text FROM subscription_request WHERE account = ? ORDER BY jid"_s);
        select.run(account);
        while (select.next()) {
            requests += SubscriptionRequest{Jid::fromTrusted(select.text(0)), select.text(1)};
        }
        return requests;
    });
}

Future<Done> RosterStore::keepRequest(AccountId account, const SubscriptionRequest &request)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        auto keep = connection.statement(u"INSERT INTO subscription_request (account, jid, text) VALUES (?, ?, ?) "
                                         "ON CONFLICT DO UPDATE SET text = excluded.text"_s);
        keep.run(account, request.jid.bare(), request.text);
        return Done{};
    });
}

Future<Done> RosterStore::removeRequest(AccountId account, const Jid &jid)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM subscription_request WHERE account = ? AND jid = ?"_s)
            .run(account, jid.bare());
        return Done{};
    });
}

Future<QHash<Jid, QByteArray>> RosterStore::avatarHashes(AccountId account)
{
    using Hashes = QHash<Jid, QByteArray>;
    return m_database.run<Hashes>([account](Connection &connection) -> Result<Hashes> {
        Hashes hashes;
        auto select = connection.statement(u"SELECT jid, sha1 FROM avatar_of WHERE account = ?"_s);
        select.run(account);
        while (select.next()) {
            hashes.insert(Jid::fromTrusted(select.text(0)), select.bytes(1));
        }
        return hashes;
    });
}

Future<Avatar> RosterStore::avatar(const QByteArray &sha1)
{
    return m_database.run<Avatar>([sha1](Connection &connection) -> Result<Avatar> {
        auto select = connection.statement(u"SELECT data, media_type FROM avatar WHERE sha1 = ?"_s);
        if (!select.run(sha1) || !select.next()) {
            return Error{ErrorKind::NotFound, u"no such picture"_s};
        }
        return Avatar{sha1, select.bytes(0), select.text(1)};
    });
}

Future<Done> RosterStore::keepAvatar(AccountId account, const Jid &jid, const Avatar &avatar)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"INSERT INTO avatar (sha1, media_type, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"_s)
            .run(avatar.sha1, avatar.mediaType, avatar.data);
        // removed and inserted, so that the trigger takes a picture along that nobody shows any more
        connection.statement(u"DELETE FROM avatar_of WHERE account = ? AND jid = ? AND sha1 <> ?"_s)
            .run(account, jid.bare(), avatar.sha1);
        connection.statement(u"INSERT INTO avatar_of (account, jid, sha1) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"_s)
            .run(account, jid.bare(), avatar.sha1);
        return Done{};
    });
}

Future<Done> RosterStore::removeAvatar(AccountId account, const Jid &jid)
{
    return m_database.run<Done>([=](Connection &connection) -> Result<Done> {
        connection.statement(u"DELETE FROM avatar_of WHERE account = ? AND jid = ?"_s).run(account, jid.bare());
        return Done{};
    });
}

} // namespace cumulet
