#pragma once

#include "domain/Async.h"
#include "domain/Presence.h"
#include "domain/Roster.h"

#include <QList>

namespace cumulet {

/// The roster and presence (RFC 6121). Pushes are taken from our own server only.
class RosterWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Adds or changes a contact's name and groups (a roster set).
    virtual Future<Done> setItem(const RosterItem &item) = 0;
    virtual Future<Done> removeItem(const Jid &jid) = 0;
    /// Presence subscription: ask to see, stop seeing, allow, and refuse or withdraw permission.
    virtual void subscribe(const Jid &jid, const QString &text = {}) = 0;
    virtual void unsubscribe(const Jid &jid) = 0;
    virtual void allowSubscription(const Jid &jid) = 0;
    virtual void refuseSubscription(const Jid &jid) = 0;

Q_SIGNALS:
    /// The whole roster, after login.
    void rosterReceived(const QList<cumulet::RosterItem> &items);
    void itemChanged(const cumulet::RosterItem &item);
    void itemRemoved(const cumulet::Jid &jid);
    /// Availability of one device; from is a full JID.
    void presenceReceived(const cumulet::Jid &from, const cumulet::Presence &presence);
    void subscriptionRequested(const cumulet::SubscriptionRequest &request);
};

} // namespace cumulet
