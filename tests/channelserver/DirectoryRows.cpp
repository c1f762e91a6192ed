#include "DirectoryRows.h"

#include "Xmlns.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::channelserver {

namespace {

bool isListed(const Node &node)
{
    const auto name = NodeName::fromText(node.name);
    return name.isValid() && name.type == "posts"_L1 && node.field(u"pubsub#access_model"_s) == "open"_L1
        && node.field(u"buddycloud#advertise_node"_s) != "false"_L1;
}

QList<Node> listedNodes(ServiceState &service)
{
    QList<Node> nodes;
    for (const auto &name : service.store.nodeNames()) {
        const auto node = service.store.node(name);
        if (node && isListed(*node) && service.isOwnNode(name))
            nodes.append(*node);
    }
    return nodes;
}

bool hasAll(const QString &text, const QStringList &words)
{
    return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

Element rowOf(const Node &node)
{
    const auto type = node.field(u"buddycloud#channel_type"_s);
    Element item(u"item"_s);
    item.set(u"jid"_s, NodeName::fromText(node.name).channel).set(u"type"_s, type);
    item.set(u"description"_s, node.field(u"pubsub#description"_s));
    item.set(u"created"_s, node.field(u"pubsub#creation_date"_s));
    item.addLeaf(u"title"_s, node.field(u"pubsub#title"_s)).addLeaf(u"channel_type"_s, type);
    return item.addLeaf(u"default_affiliation"_s, node.field(u"buddycloud#default_affiliation"_s));
}

Element rowOf(const Item &post)
{
    Element entry(u"entry"_s, xmlns::atom);
    entry.addLeaf(u"author"_s, post.author).addLeaf(u"content"_s, post.content);
    entry.addLeaf(u"updated"_s, wireTime(post.updated)).addLeaf(u"published"_s, wireTime(post.created));
    entry.addLeaf(u"parent_fullid"_s, post.node);
    entry.addLeaf(u"parent_simpleid"_s, NodeName::fromText(post.node).channel);
    if (!post.replyTo.isEmpty())
        entry.add(Element(u"in-reply-to"_s, xmlns::thread).set(u"ref"_s, post.replyTo));
    Element item(u"item"_s);
    return item.set(u"id"_s, post.id).set(u"type"_s, u"post"_s).add(entry);
}

/// Nodes with a score, the highest first, then by name; those without one are left out.
QList<Element> ranked(const QList<Node> &nodes, const QHash<QString, int> &scores)
{
    QList<Node> scored;
    for (const auto &node : nodes) {
        if (scores.value(node.name) > 0)
            scored.append(node);
    }
    std::ranges::sort(scored, [&scores](const Node &one, const Node &other) {
        const int ones = scores.value(one.name);
        const int others = scores.value(other.name);
        return ones != others ? ones > others : one.name < other.name;
    });
    QList<Element> rows;
    for (const auto &node : std::as_const(scored))
        rows.append(rowOf(node));
    return rows;
}

QStringList followedBy(ServiceState &service, const QString &user)
{
    QStringList nodes;
    for (const auto &member : service.store.membershipsOf(user, true)) {
        if (member.isSubscribed() && member.role != Role::Outcast && member.node.endsWith("/posts"_L1))
            nodes.append(member.node);
    }
    return nodes;
}

/// What these people follow: node to how many of them.
QHash<QString, int> followedByAll(ServiceState &service, const QSet<QString> &users)
{
    QHash<QString, int> scores;
    for (const auto &user : users) {
        for (const auto &node : followedBy(service, user))
            ++scores[node];
    }
    return scores;
}

} // namespace

QList<Element> channelsWith(ServiceState &service, const QStringList &words)
{
    QList<Element> rows;
    for (const auto &node : listedNodes(service)) {
        const auto text = node.field(u"pubsub#title"_s) + u'\n' + node.field(u"pubsub#description"_s) + u'\n'
            + NodeName::fromText(node.name).channel;
        if (hasAll(text, words))
            rows.append(rowOf(node));
    }
    return rows;
}

QList<Element> postsWith(ServiceState &service, const QStringList &words)
{
    QList<Element> rows;
    for (auto item : service.store.newest(listedNodes(service), 0, -1, false)) {
        service.store.loadEntry(item);
        if (item.rating <= 0 && hasAll(item.content, words))
            rows.append(rowOf(item));
    }
    return rows;
}

QList<Element> mostActive(ServiceState &service, const QString &domain, int days)
{
    const qint64 since = days > 0 ? service.nowMs() - days * 24LL * 3600 * 1000 : 0;
    const auto nodes = listedNodes(service);
    QHash<QString, int> scores;
    for (const auto &node : nodes) {
        const auto own = NodeName::fromText(node.name).domain;
        if (domain.isEmpty() || own == domain || own.endsWith(u'.' + domain))
            scores.insert(node.name, service.store.countItems(node, false, since));
    }
    return ranked(nodes, scores);
}

QList<Element> recommendedTo(ServiceState &service, const QString &user)
{
    const auto followed = followedBy(service, user);
    QSet<QString> alike;
    for (const auto &name : followed) {
        const auto users = service.store.subscribers(*service.store.node(name), false);
        alike.unite(QSet<QString>(users.begin(), users.end()));
    }
    alike.remove(user);
    auto scores = followedByAll(service, alike);
    for (const auto &name : followed)
        scores.remove(name);
    return ranked(listedNodes(service), scores);
}

QList<Element> similarTo(ServiceState &service, const QString &channel)
{
    const auto node = service.store.node(u"/user/%1/posts"_s.arg(channel));
    if (!node || !isListed(*node))
        return {};
    const auto users = service.store.subscribers(*node, false);
    auto scores = followedByAll(service, QSet<QString>(users.begin(), users.end()));
    scores.remove(node->name);
    return ranked(listedNodes(service), scores);
}

} // namespace cumulet::channelserver
