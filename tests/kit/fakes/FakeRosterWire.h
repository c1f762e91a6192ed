#pragma once

#include "wire/RosterWire.h"

#include <optional>

namespace cumulet::tests {

/// Keeps what the roster was asked; pushes and presences are emitted by the test.
class FakeRosterWire : public RosterWire
{
    Q_OBJECT

public:
    using RosterWire::RosterWire;

    Future<Done> setItem(const RosterItem &item) override
    {
        set.append(item);
        return answer();
    }
    Future<Done> removeItem(const Jid &jid) override
    {
        removed.append(jid);
        return answer();
    }
    void subscribe(const Jid &jid, const QString &) override { subscribed.append(jid); }
    void unsubscribe(const Jid &jid) override { unsubscribed.append(jid); }
    void allowSubscription(const Jid &jid) override { allowed.append(jid); }
    void refuseSubscription(const Jid &jid) override { refused.append(jid); }

    QList<RosterItem> set;
    QList<Jid> removed;
    QList<Jid> subscribed;
    QList<Jid> unsubscribed;
    QList<Jid> allowed;
    QList<Jid> refused;
    std::optional<Error> refusal; ///< answer to setItem() and removeItem()

private:
    Future<Done> answer() const { return refusal ? failed<Done>(*refusal) : ready(Done{}); }
};

} // namespace cumulet::tests
