#pragma once

#include "domain/Async.h"
#include "domain/Avatar.h"
#include "domain/Identifier.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>

namespace cumulet {

class AvatarWire;
class RosterStore;

/// Pictures of people: stored ones at once, new ones when announced; each fetched once, a few at a time.
class AvatarService : public QObject
{
    Q_OBJECT

public:
    AvatarService(AccountId account, AvatarWire &wire, RosterStore &store, QObject *parent = nullptr);

    Future<Done> load();
    /// Whose pictures are wanted at all; everybody's at first. Strangers cannot fill the store then.
    void setAudience(std::function<bool(const Jid &)> isWanted) { m_isWanted = std::move(isWanted); }
    /// Hex SHA-1 of somebody's picture; empty: none known.
    QByteArray hashOf(const Jid &jid) const { return m_hashes.value(jid.bare()); }
    /// The undecoded bytes; NotFound.
    Future<Avatar> picture(const Jid &jid);
    /// A presence named this hash (XEP-0153); fetches when it is another one.
    void noteHash(const Jid &jid, const QByteArray &sha1);

Q_SIGNALS:
    void avatarChanged(const cumulet::Jid &jid);

private:
    void want(const Jid &jid, const QByteArray &sha1);
    void fetchNext();
    void keep(const Jid &jid, const Result<Avatar> &avatar);
    void forget(const Jid &jid);

    AccountId m_account;
    AvatarWire &m_wire;
    RosterStore &m_store;
    QHash<Jid, QByteArray> m_hashes;
    QList<Jid> m_wanted;
    QSet<Jid> m_underWay;
    QHash<Jid, QByteArray> m_announced; ///< the hash that somebody announced last: each is looked for once
    std::function<bool(const Jid &)> m_isWanted;
};

} // namespace cumulet
