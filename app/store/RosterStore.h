#pragma once

#include "domain/Async.h"
#include "domain/Avatar.h"
#include "domain/Identifier.h"
#include "domain/Roster.h"

#include <QHash>
#include <QList>

namespace cumulet {

class Database;

/// The roster of last time, open subscription requests, and pictures, so that everything is there before any network.
class RosterStore
{
public:
    explicit RosterStore(Database &database)
        : m_database(database)
    {
    }

    Future<QList<RosterItem>> items(AccountId account);
    /// Makes the stored roster equal to what the server sent.
    Future<Done> replace(AccountId account, const QList<RosterItem> &items);
    Future<Done> keep(AccountId account, const RosterItem &item);
    Future<Done> remove(AccountId account, const Jid &jid);

    Future<QList<SubscriptionRequest>> requests(AccountId account);
    Future<Done> keepRequest(AccountId account, const SubscriptionRequest &request);
    Future<Done> removeRequest(AccountId account, const Jid &jid);

    /// Pictures: bare JID to hex SHA-1 for everybody known; the data of one; and keeping one.
    Future<QHash<Jid, QByteArray>> avatarHashes(AccountId account);
    Future<Avatar> avatar(const QByteArray &sha1);
    Future<Done> keepAvatar(AccountId account, const Jid &jid, const Avatar &avatar);
    Future<Done> removeAvatar(AccountId account, const Jid &jid);

private:
    Database &m_database;
};

} // namespace cumulet
