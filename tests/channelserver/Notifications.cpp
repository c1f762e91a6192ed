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

static void send(const ServiceState &service, QList<Element> &stanzas, const QString &user, const Element &event)
{
    for (const auto &resource : service.online.of(user)) {
        const auto message = headline(service, resource).add(event);
        stanzas.append(message);
        if (service.has(Habit::DuplicateEvents))
            stanzas.append(message);
    }
}

static QList<Element> toSubscribers(ServiceState &service, const Node &node, const Element &event)
{
    QList<Element> stanzas;
    for (const auto &user : service.store.subscribers(node, service.has(Habit::WeakBans)))
        send(service, stanzas, user, event);
    return stanzas;
}

void notifySubscribers(ServiceState &service, Outcome &outcome, const Node &node, const QList<Element> &children)
{
    outcome.stanzas += toSubscribers(service, node, eventWith(children));
}

void notifyUser(ServiceState &service, Outcome &outcome, const QString &user, const QList<Element> &children)
{
    send(service, outcome.stanzas, user, eventWith(children));
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

void sendHeadline(const ServiceState &service, Outcome &outcome, const QString &user, const Element &payload)
{
    for (const auto &resource : service.online.of(user))
        outcome.stanzas.append(headline(service, resource).add(payload));
}

} // namespace cumulet::channelserver
