#include "xmpp/PubsubAnswers.h"

#include "xmpp/AtomCodec.h"
#include "xmpp/PubsubElements.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype mostFields = 200;
constexpr qsizetype longestValue = 64 * 1024;
constexpr qsizetype longestPagingId = 4 * 1024;
constexpr qsizetype mostItems = 2'000;

std::optional<MembershipRow> rowIn(const QDomElement &element, const QDomElement &list)
{
    auto node = nodeIn(element);
    if (!node) {
        node = nodeIn(list);
    }
    MembershipRow row;
    row.jid = bareJidIn(element, u"jid"_s);
    if (!node || row.jid.isEmpty()) {
        return std::nullopt;
    }
    row.node = *node;
    if (localName(element) == "subscription"_L1) {
        row.subscription = nodeSubscriptionFromWire(element.attribute(u"subscription"_s));
    } else {
        row.affiliation = affiliationFromWire(element.attribute(u"affiliation"_s));
    }
    return row;
}

QString pagingText(const QDomElement &set, QStringView name)
{
    const QString text = textOf(childNamed(set, name), longestPagingId + 1).trimmed();
    return text.size() > longestPagingId ? QString() : text;
}

QList<Post> postsIn(const QList<QDomElement> &items, const NodeId &node, const QDateTime &now)
{
    QList<Post> posts;
    for (const auto &item : items) {
        if (const auto read = readAtomItem(item, node, now); read && !read->isTombstone) {
            posts.append(read->post);
        }
    }
    return posts;
}

QString lastIdOf(const QList<QDomElement> &items)
{
    return items.isEmpty() ? QString() : ItemId::fromWire(items.last().attribute(u"id"_s)).text();
}

} // namespace

QList<MembershipRow> readRows(const QDomElement &parent)
{
    QList<MembershipRow> rows;
    const auto take = [&rows](const QDomElement &element, const QDomElement &list) {
        if (const auto row = rowIn(element, list)) {
            rows.append(*row);
        }
    };
    for (auto element = parent.firstChildElement(); !element.isNull(); element = element.nextSiblingElement()) {
        const QString name = localName(element);
        if (name == "subscription"_L1 || name == "affiliation"_L1) {
            take(element, parent);
        } else if (name == "subscriptions"_L1 || name == "affiliations"_L1) {
            for (const auto &row : childrenNamed(element, QStringView(name).chopped(1))) {
                take(row, element);
            }
        }
    }
    return rows;
}

QList<Membership> joinRows(const QList<MembershipRow> &rows)
{
    QList<Membership> joined;
    QHash<std::pair<NodeId, Jid>, qsizetype> places;
    for (const auto &row : rows) {
        const std::pair key{row.node, row.jid};
        if (!places.contains(key)) {
            places.insert(key, joined.size());
            joined.append({row.node, row.jid, Affiliation::None, NodeSubscription::None});
        }
        auto &membership = joined[places.value(key)];
        membership.affiliation = row.affiliation.value_or(membership.affiliation);
        membership.subscription = row.subscription.value_or(membership.subscription);
    }
    return joined;
}

ChannelSettings readForm(const QDomElement &form)
{
    ChannelSettings settings;
    for (const auto &field : childrenNamed(form, u"field", mostFields)) {
        const QString name = field.attribute(u"var"_s).left(longestPagingId);
        if (!name.isEmpty() && !settings.contains(name)) {
            settings.insert(name, textOf(childNamed(field, u"value"), longestValue));
        }
    }
    return settings;
}

PostPage readPostPage(const QDomElement &iq, const NodeId &node, int requested, bool isFirst, const QDateTime &now)
{
    PostPage page;
    page.node = node;
    const auto pubsub = childNamed(iq, u"pubsub");
    QList<QDomElement> items;
    for (const auto &group : childrenNamed(pubsub, u"items")) {
        if (nodeIn(group) == node) {
            items.append(childrenNamed(group, u"item", mostItems));
        }
    }
    page.posts = postsIn(items, node, now);
    const auto set = childNamed(pubsub, u"set");
    bool isNumber = false;
    const int count = pagingText(set, u"count").toInt(&isNumber);
    page.total = isNumber && count >= 0 ? count : -1;
    page.last = pagingText(set, u"last");
    if (page.last.isEmpty()) {
        page.last = lastIdOf(items);
    }
    // a service may give less than was asked for: on the first page the count tells
    page.isComplete =
        items.isEmpty() || (isFirst && page.total >= 0 ? items.size() >= page.total : items.size() < requested);
    return page;
}

RecentPage readRecentPage(const QDomElement &iq, const QDateTime &now)
{
    RecentPage page;
    const auto pubsub = childNamed(iq, u"pubsub");
    bool hasItems = false;
    for (const auto &group : childrenNamed(pubsub, u"items")) {
        const auto items = childrenNamed(group, u"item", mostItems);
        hasItems = hasItems || !items.isEmpty();
        if (const auto node = nodeIn(group)) {
            page.groups.append({*node, postsIn(items, *node, now), lastIdOf(items), -1, false});
        }
    }
    const QString last = pagingText(childNamed(pubsub, u"set"), u"last");
    if (hasItems && last.contains(u',')) {
        page.last = last;
    }
    return page;
}

std::optional<ItemId> readPublishedId(const QDomElement &iq, const NodeId &node)
{
    const auto publish = childNamed(childNamed(iq, u"pubsub"), u"publish");
    const auto id = ItemId::fromWire(childNamed(publish, u"item").attribute(u"id"_s));
    return nodeIn(publish) == node && !id.isEmpty() ? std::optional(id) : std::nullopt;
}

bool isChannelService(const QDomElement &iq)
{
    const auto identities = childrenNamed(childNamed(iq, u"query"), u"identity");
    return std::any_of(identities.cbegin(), identities.cend(), [](const QDomElement &identity) {
        return identity.attribute(u"category"_s) == "pubsub"_L1 && identity.attribute(u"type"_s) == "channels"_L1;
    });
}

QList<Jid> readServices(const QDomElement &iq, qsizetype limit)
{
    QList<Jid> services;
    for (const auto &item : childrenNamed(childNamed(iq, u"query"), u"item")) {
        const auto jid = Jid::parse(item.attribute(u"jid"_s));
        const bool isService = jid && jid->isBare() && jid->local().isEmpty() && !item.hasAttribute(u"node"_s);
        if (isService && !services.contains(*jid) && services.size() < limit) {
            services.append(*jid);
        }
    }
    return services;
}

} // namespace cumulet
