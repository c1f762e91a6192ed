// News of other services' nodes (buddycloud.md 6.2, 6.3).
#include "Federation.h"
#include "Notifications.h"
#include "RemoteNodes.h"
#include "Xmlns.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

// The node is named by the part of the event, or by a row in it.
static QString nodeOf(const Element &event)
{
    for (const auto &part : event.children()) {
        if (!part.attribute(u"node"_s).isEmpty())
            return part.attribute(u"node"_s);
        for (const auto &row : part.children()) {
            if (!row.attribute(u"node"_s).isEmpty())
                return row.attribute(u"node"_s);
        }
    }
    return {};
}

static QString nodeOfForm(const Element &form)
{
    for (const auto &[var, value] : formValues(form)) {
        if (var == "pubsub#node"_L1)
            return value;
    }
    return {};
}

// Those whom the news are about hear of them even if they do not follow (any more).
static void addNamed(const ServiceState &service, QSet<QString> &users, const Element &row)
{
    const auto user = Address::fromText(row.attribute(u"jid"_s));
    const bool isRow = row.name() == "subscription"_L1 || row.name() == "affiliation"_L1;
    if (isRow && service.isLocalUser(user.domain))
        users.insert(user.bare);
    for (const auto &inside : row.children()) {
        if (row.name() == "affiliations"_L1 || row.name() == "subscriptions"_L1)
            addNamed(service, users, inside);
    }
}

static void keepItems(ServiceState &service, const Node &node, const Element &items)
{
    for (const auto &item : items.children()) {
        const auto id = localId(item.attribute(u"id"_s));
        const bool isGone = item.name() == "retract"_L1 || !item.child(u"deleted-entry"_s).isNull();
        if (!isGone) {
            keepEntry(service, node, id, item.child(u"entry"_s));
        } else if (const auto known = service.store.item(node, id)) {
            service.store.removeItem(node, *known);
        }
    }
}

static void keepEvent(ServiceState &service, const Node &node, const Element &event)
{
    const Transaction together(service.store.database());
    for (const auto &part : event.children()) {
        if (part.name() == "items"_L1) {
            keepItems(service, node, part);
        } else if (part.name() == "configuration"_L1) {
            keepFields(service, node, part.child(u"x"_s));
        } else if (part.name() == "subscription"_L1) {
            keepMember(service, node, part);
        } else if (part.name() == "affiliations"_L1) {
            for (const auto &row : part.children())
                keepMember(service, node, row);
        } else if (part.name() == "delete"_L1) {
            service.store.removeNode(node);
        }
    }
}

static bool isFromItsService(ServiceState &service, const QString &node, const Element &message)
{
    return isElsewhere(service, node)
        && authorityOf(service, NodeName::fromText(node).domain) == message.attribute(u"from"_s);
}

// A request to follow: for those of our users who can answer it.
static Outcome passRequestOn(ServiceState &service, const Element &message, const Element &form)
{
    Outcome outcome;
    const auto name = nodeOfForm(form);
    const auto node = service.store.node(name);
    if (!node || !isFromItsService(service, name, message))
        return outcome;
    for (const auto &member : service.store.members(*node, true)) {
        if (member.role >= Role::Moderator && service.isLocalUser(Address::fromText(member.user).domain))
            sendHeadline(service, outcome, member.user, form);
    }
    return outcome;
}

Outcome takeNews(ServiceState &service, const Element &message)
{
    if (const auto form = message.child(u"x"_s); !form.isNull())
        return passRequestOn(service, message, form);
    Outcome outcome;
    const auto event = message.child(u"event"_s);
    const auto name = nodeOf(event);
    if (!isFromItsService(service, name, message))
        return outcome;
    QSet<QString> users;
    for (const auto &part : event.children())
        addNamed(service, users, part);
    auto node = service.store.node(name);
    if (!node && !users.isEmpty())
        node = service.store.addNode(name, {});
    if (!node)
        return outcome;
    for (const auto &user : service.store.subscribers(*node, service.has(Habit::WeakBans))) {
        if (service.isLocalUser(Address::fromText(user).domain))
            users.insert(user);
    }
    keepEvent(service, *node, event);
    for (const auto &user : std::as_const(users))
        notifyUser(service, outcome, user, event.children());
    return outcome;
}

} // namespace cumulet::channelserver
