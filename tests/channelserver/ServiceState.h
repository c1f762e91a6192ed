// What all operations share: settings, store, who is online, and the two things a test may want to decide itself,
// the time and the ids.
#pragma once

#include "Authorities.h"
#include "OnlineResources.h"
#include "ServiceSettings.h"
#include "Store.h"
#include "UserRequest.h"

#include <QDateTime>
#include <QSet>

#include <functional>

namespace cumulet::channelserver {

struct ServiceState
{
    ServiceSettings settings;
    Store store;
    OnlineResources online;
    std::function<QDateTime()> now; ///< UTC
    std::function<QString()> newId; ///< local ids of new items
    QList<Element> heldEvents; ///< see Habit::ReorderEvents
    AuthoritySearches searches; ///< of other domains' services
    QHash<QString, PassedOn> passedOn; ///< requests that other services have not answered, by their id
    QSet<QString> relayedNodes; ///< nodes of far.test whose items were read, see Habit::RelayRemote

    bool has(Habit habit) const { return settings.behaviour.has(habit); }
    qint64 nowMs() const { return now().toMSecsSinceEpoch(); }
    bool isLocalUser(const QString &domain) const { return domain == settings.usersDomain; }
    bool isLocalNode(const QString &domain) const;
    bool isRelayed(const QString &node) const;
    /// A node of this service, not one that is kept of another's.
    bool isOwnNode(const QString &node) const;
    QString newQuestionId();
    /// The service's part in global item ids, "null@channels.capulet.example" in the real server.
    QString tagAuthority() const;
};

/// "2026-11-23T15:08:07.738Z"
QString wireTime(const QDateTime &time);
QString wireTime(qint64 msecsSinceEpoch);
/// Milliseconds since 1970; nothing if it is no XEP-0082 date and time.
std::optional<qint64> timeFromWire(const QString &text);

} // namespace cumulet::channelserver
