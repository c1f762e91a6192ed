#pragma once

#include "domain/Async.h"
#include "domain/Identifier.h"
#include "domain/Presence.h"
#include "domain/Roster.h"

#include <QHash>
#include <QMap>
#include <QObject>

#include <optional>

namespace cumulet {

class RosterStore;
class RosterWire;

/// Contacts and who is available. The roster of last time is there from the start; it is never cleared by a lost
/// connection. Open subscription requests are kept until they are answered.
class RosterService : public QObject
{
    Q_OBJECT

public:
    RosterService(
        AccountId account, const Jid &ownJid, RosterWire &wire, RosterStore &store, QObject *parent = nullptr);

    /// Reads what is stored; changed() follows.
    Future<Done> load();
    const QHash<Jid, RosterItem> &items() const { return m_items; }
    std::optional<RosterItem> item(const Jid &jid) const;
    bool isContact(const Jid &jid) const { return m_items.contains(jid.bare()); }
    /// What to call somebody: the roster's name, or the local part of the address.
    QString nameOf(const Jid &jid) const;
    const QList<SubscriptionRequest> &requests() const { return m_requests; }

    /// The best presence of all devices of somebody (highest priority, then most available).
    Presence presenceOf(const Jid &jid) const;
    /// Every device: resource to presence.
    QMap<QString, Presence> devicesOf(const Jid &jid) const;
    /// The stream is gone: nobody is known to be available. Contacts stay.
    void forgetPresences();

    /// Adds a contact and asks to see their presence.
    Future<Done> add(const Jid &jid, const QString &name, const QStringList &groups = {});
    Future<Done> change(const RosterItem &item);
    Future<Done> remove(const Jid &jid);
    /// Answers a request; accepting also asks back when they are not a contact yet.
    void accept(const Jid &jid);
    void refuse(const Jid &jid);

Q_SIGNALS:
    void rosterReplaced();
    void itemChanged(const cumulet::Jid &jid); ///< added, changed or removed
    void presenceChanged(const cumulet::Jid &jid); ///< bare
    void requestsChanged();
    void failed(const cumulet::Error &error);

private:
    void replaceRoster(const QList<RosterItem> &items);
    void keepItem(const RosterItem &item);
    void dropItem(const Jid &jid);
    void notePresence(const Jid &from, const Presence &presence);
    void noteRequest(const SubscriptionRequest &request);
    void forgetRequest(const Jid &jid);
    void forgetStrangers();
    void report(const Future<Done> &written);

    AccountId m_account;
    Jid m_ownJid;
    RosterWire &m_wire;
    RosterStore &m_store;
    QHash<Jid, RosterItem> m_items;
    QHash<Jid, QMap<QString, Presence>> m_presences;
    QList<SubscriptionRequest> m_requests;
    bool m_hasRoster = false; ///< the server's roster of this session came
};

} // namespace cumulet
