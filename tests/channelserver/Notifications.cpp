#include "Notifications.h"

#include "Xmlns.h"

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

static Element headline(const ServiceState &service, const QString &to)
{
    Element message(u"message"_s);
    return message.set(u"type"_s, u"headline"_s).set(u"from"_s, service.settings.domain).set(u"to"_s, to);
}

static Element eventWith(const QList<Element> &children)
{
    Element event(u"event"_s, xmlns::event);
    for (const auto &child : children)
        event.add(child);
    return Element::written(event.toXml()); // once, however many receive it
}

// Where a user is reached: at the announced resources, or at another domain's service, which tells its own.
static QStringList addressesOf(ServiceState &service, const QString &user)
{
    const auto domain = Address::fromText(user).domain;
    if (service.isLocalUser(domain))
        return service.online.of(user);
    const auto authority = authorityOf(service, domain);
    return authority.isEmpty() ? QStringList() : QStringList{authority};
}

static void send(
    const ServiceState &service, QList<Element> &stanzas, const QStringList &addresses, const Element &event)
{
    for (const auto &address : addresses) {
        const auto message = headline(service, address).add(event);
        stanzas.append(message);
        if (service.has(Habit::DuplicateEvents))
            stanzas.append(message);
    }
}

static QList<Element> toSubscribers(
    ServiceState &service, const Node &node, const Element &event, bool reachesOthers = true)
{
    QList<Element> stanzas;
    QStringList addresses;
    for (const auto &user : service.store.subscribers(node, service.has(Habit::WeakBans))) {
        const bool isOurs = service.isLocalUser(Address::fromText(user).domain);
        if (!isOurs && !reachesOthers)
            continue;
        for (const auto &address : addressesOf(service, user)) {
            // another service is told once, however many of its users follow
            if (isOurs || !addresses.contains(address))
                addresses.append(address);
        }
    }
    send(service, stanzas, addresses, event);
    return stanzas;
}

void notifySubscribers(ServiceState &service, Outcome &outcome, const Node &node, const QList<Element> &children)
{
    // the real server tells its own followers only when a node is deleted
    const bool isHidden = service.has(Habit::RemoteHoles) && children.first().name() == "delete"_L1;
    outcome.stanzas += toSubscribers(service, node, eventWith(children), !isHidden);
}

void notifyUser(ServiceState &service, Outcome &outcome, const QString &user, const QList<Element> &children)
{
    send(service, outcome.stanzas, addressesOf(service, user), eventWith(children));
}

void notifyItem(ServiceState &service, Outcome &outcome, const Node &node, const Element &itemOrRetract)
{
    Element items(u"items"_s);
    items.set(u"node"_s, node.name).add(itemOrRetract);
    const auto events = toSubscribers(service, node, eventWith({items}));
    if (service.has(Habit::ReorderEvents) && service.heldEvents.isEmpty()) {
        service.heldEvents = events;
        return;
    }
    outcome.stanzas += events;
    outcome.stanzas += service.heldEvents;
    service.heldEvents.clear();
}

void sendHeadline(ServiceState &service, Outcome &outcome, const QString &user, const Element &payload)
{
    for (const auto &address : addressesOf(service, user))
        outcome.stanzas.append(headline(service, address).add(payload));
}

} // namespace cumulet::channelserver
