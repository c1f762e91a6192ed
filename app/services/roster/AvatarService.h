#pragma once

#include "domain/Async.h"
#include "domain/Avatar.h"
#include "domain/Identifier.h"

#include <QHash>
#include <QObject>
#include <QSet>

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
    /// Hex SHA-1 of somebody's picture; empty: none known.
    QByteArray hashOf(const Jid &jid) const { return m_hashes.value(jid.bare()); }
    /// The undecoded bytes; NotFound.
    Future<Avatar> picture(const Jid &jid);
    /// A presence named this hash (XEP-0153); fetches when it is another one.
    void noteHash(const Jid &jid, const QByteArray &sha1);

Q_SIGNALS:
    void avatarChanged(const cumulet::Jid &jid);

private:
    void fetchNext();

    AccountId m_account;
    AvatarWire &m_wire;
    RosterStore &m_store;
    QHash<Jid, QByteArray> m_hashes;
    QList<Jid> m_wanted;
    QSet<Jid> m_underWay;
};

} // namespace cumulet
