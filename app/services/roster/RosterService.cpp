#include "services/roster/RosterService.h"

#include "services/roster/BestPresence.h"
#include "store/RosterStore.h"
#include "wire/RosterWire.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

// what somebody else can make us remember has an end
constexpr qsizetype maxName = 256;
constexpr qsizetype maxGroups = 50;
constexpr qsizetype maxDevices = 50;
constexpr qsizetype maxRequests = 200;
constexpr qsizetype maxRequestText = 1000;
constexpr qsizetype maxEarlyPresences = 5000;

RosterItem bounded(RosterItem item)
{
    item.jid = item.jid.bare();
    item.name.truncate(maxName);
    if (item.groups.size() > maxGroups) {
        item.groups.resize(maxGroups);
    }
    for (QString &group : item.groups) {
        group.truncate(maxName);
    }
    return item;
}

bool seesUs(const RosterItem &item)
{
    return item.subscription == PresenceSubscription::From || item.subscription == PresenceSubscription::Both;
}

bool isSeen(const RosterItem &item)
{
    return item.subscription == PresenceSubscription::To || item.subscription == PresenceSubscription::Both;
}

} // namespace

RosterService::RosterService(
    AccountId account, const Jid &ownJid, RosterWire &wire, RosterStore &store, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_ownJid(ownJid.bare())
    , m_wire(wire)
    , m_store(store)
{
    connect(&m_wire, &RosterWire::rosterReceived, this, &RosterService::replaceRoster);
    connect(&m_wire, &RosterWire::itemChanged, this, &RosterService::keepItem);
    connect(&m_wire, &RosterWire::itemRemoved, this, &RosterService::dropItem);
    connect(&m_wire, &RosterWire::presenceReceived, this, &RosterService::notePresence);
    connect(&m_wire, &RosterWire::subscriptionRequested, this, &RosterService::noteRequest);
}

Future<Done> RosterService::load()
{
    return andThen(m_store.items(m_account), this, [this](const QList<RosterItem> &items) {
        // what the server has sent meanwhile is newer
        if (!m_hasRoster) {
            for (const RosterItem &item : items) {
                if (!m_items.contains(item.jid)) {
                    m_items.insert(item.jid, item);
                }
            }
            Q_EMIT rosterReplaced();
        }
        return andThen(
            m_store.requests(m_account), this, [this](const QList<SubscriptionRequest> &requests) -> Result<Done> {
                for (const SubscriptionRequest &request : requests) {
                    if (std::ranges::find(m_requests, request.jid, &SubscriptionRequest::jid) == m_requests.end()) {
                        m_requests.append(request);
                    }
                }
                if (!requests.isEmpty()) {
                    Q_EMIT requestsChanged();
                }
                return Done{};
            });
    });
}

std::optional<RosterItem> RosterService::item(const Jid &jid) const
{
    const auto found = m_items.constFind(jid.bare());
    return found == m_items.cend() ? std::nullopt : std::optional(*found);
}

QString RosterService::nameOf(const Jid &jid) const
{
    const auto found = m_items.constFind(jid.bare());
    return found == m_items.cend() ? jid.shortName() : found->displayName();
}

Presence RosterService::presenceOf(const Jid &jid) const
{
    const auto devices = m_presences.constFind(jid.bare());
    return devices == m_presences.cend() ? Presence() : bestPresence(*devices);
}

QMap<QString, Presence> RosterService::devicesOf(const Jid &jid) const
{
    return m_presences.value(jid.bare());
}

void RosterService::forgetPresences()
{
    m_hasRoster = false;
    const QList<Jid> known = m_presences.keys();
    m_presences.clear();
    for (const Jid &jid : known) {
        Q_EMIT presenceChanged(jid);
    }
}

Future<Done> RosterService::add(const Jid &jid, const QString &name, const QStringList &groups)
{
    RosterItem wanted = item(jid).value_or(RosterItem());
    wanted.jid = jid.bare();
    wanted.name = name;
    wanted.groups = groups;
    return andThen(m_wire.setItem(bounded(wanted)), this, [this, wanted](Done) -> Result<Done> {
        if (!isSeen(wanted)) {
            m_wire.subscribe(wanted.jid);
        }
        return Done{};
    });
}

Future<Done> RosterService::change(const RosterItem &item)
{
    return m_wire.setItem(bounded(item));
}

Future<Done> RosterService::remove(const Jid &jid)
{
    return m_wire.removeItem(jid.bare());
}

void RosterService::accept(const Jid &jid)
{
    m_wire.allowSubscription(jid.bare());
    const std::optional<RosterItem> known = item(jid);
    if (!known || (!isSeen(*known) && !known->isAsked)) {
        m_wire.subscribe(jid.bare());
    }
    forgetRequest(jid.bare());
}

void RosterService::refuse(const Jid &jid)
{
    m_wire.refuseSubscription(jid.bare());
    forgetRequest(jid.bare());
}

void RosterService::replaceRoster(const QList<RosterItem> &items)
{
    m_hasRoster = true;
    m_items.clear();
    m_items.reserve(items.size());
    QList<RosterItem> kept;
    kept.reserve(items.size());
    for (const RosterItem &item : items) {
        kept.append(bounded(item));
        m_items.insert(kept.last().jid, kept.last());
    }
    report(m_store.replace(m_account, kept));
    forgetStrangers();
    Q_EMIT rosterReplaced();
    const QList<SubscriptionRequest> open = m_requests;
    for (const SubscriptionRequest &request : open) {
        if (const auto known = item(request.jid); known && seesUs(*known)) {
            forgetRequest(request.jid); // answered on another device
        }
    }
}

void RosterService::keepItem(const RosterItem &item)
{
    const RosterItem kept = bounded(item);
    m_items.insert(kept.jid, kept);
    report(m_store.keep(m_account, kept));
    Q_EMIT itemChanged(kept.jid);
    if (seesUs(kept)) {
        forgetRequest(kept.jid);
    }
}

void RosterService::dropItem(const Jid &jid)
{
    const Jid bare = jid.bare();
    if (!m_items.remove(bare)) {
        return;
    }
    report(m_store.remove(m_account, bare));
    const bool wasPresent = bare != m_ownJid && m_presences.remove(bare);
    Q_EMIT itemChanged(bare);
    if (wasPresent) {
        Q_EMIT presenceChanged(bare);
    }
}

void RosterService::notePresence(const Jid &from, const Presence &presence)
{
    const Jid bare = from.bare();
    // a stranger's presence is nobody's business; before the roster came everybody may still turn out to be a contact
    const bool isKnown = bare == m_ownJid || m_items.contains(bare);
    if (!isKnown && (m_hasRoster || m_presences.size() >= maxEarlyPresences)) {
        return;
    }
    if (presence.isAvailable()) {
        QMap<QString, Presence> &devices = m_presences[bare];
        if (devices.size() >= maxDevices && !devices.contains(from.resource())) {
            return;
        }
        devices.insert(from.resource(), presence);
    } else {
        const auto devices = m_presences.find(bare);
        if (devices == m_presences.end()) {
            return;
        }
        // from the bare address: all devices are gone (RFC 6121 section 4.5.3 leaves that to the server's taste)
        from.isBare() ? devices->clear() : void(devices->remove(from.resource()));
        if (devices->isEmpty()) {
            m_presences.erase(devices);
        }
    }
    Q_EMIT presenceChanged(bare);
}

void RosterService::forgetStrangers()
{
    m_presences.removeIf([this](const std::pair<const Jid &, QMap<QString, Presence> &> &entry) {
        return entry.first != m_ownJid && !m_items.contains(entry.first);
    });
}

void RosterService::noteRequest(const SubscriptionRequest &request)
{
    const SubscriptionRequest kept{request.jid.bare(), request.text.left(maxRequestText)};
    if (kept.jid.isEmpty() || kept.jid == m_ownJid) {
        return;
    }
    if (const auto known = item(kept.jid); known && seesUs(*known)) {
        m_wire.allowSubscription(kept.jid); // allowed long ago; their server has forgotten
        return;
    }
    const auto open = std::ranges::find(m_requests, kept.jid, &SubscriptionRequest::jid);
    if (open != m_requests.end()) {
        if (*open == kept) {
            return;
        }
        *open = kept;
    } else if (m_requests.size() < maxRequests) {
        m_requests.append(kept);
    } else {
        return;
    }
    report(m_store.keepRequest(m_account, kept));
    Q_EMIT requestsChanged();
}

void RosterService::forgetRequest(const Jid &jid)
{
    if (m_requests.removeIf([&jid](const SubscriptionRequest &request) { return request.jid == jid; }) > 0) {
        report(m_store.removeRequest(m_account, jid));
        Q_EMIT requestsChanged();
    }
}

void RosterService::report(const Future<Done> &written)
{
    whenDone(written, this, [this](const Result<Done> &result) {
        if (!result) {
            Q_EMIT failed(result.error());
        }
    });
}

} // namespace cumulet
