#include "kit/fakes/FakeChannelServer.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

FakeChannelServer::Node &FakeChannelServer::add(const NodeId &node, const Jid &owner, AccessModel access)
{
    auto &made = nodes[node];
    made.face.node = node;
    made.face.title = node.channel().shortName();
    made.face.accessModel = access;
    made.face.owner = owner;
    made.face.type = node.channel() == owner ? ChannelType::Personal : ChannelType::Topic;
    join(node, owner, Affiliation::Owner);
    return made;
}

void FakeChannelServer::join(const NodeId &node, const Jid &jid, Affiliation affiliation, NodeSubscription subscription)
{
    nodes[node].members[jid] = {node, jid, affiliation, subscription};
}

Post FakeChannelServer::put(const NodeId &node, const Jid &author, const QString &body, const ItemId &inReplyTo,
    const QDateTime &time, const OriginId &originId)
{
    Post post;
    post.node = node;
    post.item = ItemId::fromWire(u"item-%1"_s.arg(++m_counter));
    post.inReplyTo = inReplyTo;
    post.author = author;
    post.body = body;
    post.published = time.isValid() ? time : std::max(QDateTime::currentDateTimeUtc(), m_clock.addMSecs(1));
    if (!time.isValid()) {
        m_clock = post.published;
    }
    post.updated = post.published;
    post.originId = keepsOriginIds ? originId : OriginId();
    nodes[node].items.append(post);
    return post;
}

std::optional<Post> FakeChannelServer::rate(const NodeId &node, const Jid &author, int rating, const ItemId &inReplyTo,
    const ItemId &target, const OriginId &originId)
{
    auto &items = nodes[node].items;
    if (std::any_of(items.cbegin(), items.cend(),
            [&](const Post &post) { return post.isRating() && post.author == author && post.target == target; })) {
        return std::nullopt;
    }
    put(node, author, {}, inReplyTo, {}, originId);
    items.last().rating = rating;
    items.last().target = target;
    return items.last();
}

QList<ItemId> FakeChannelServer::take(const NodeId &node, const ItemId &item)
{
    QList<ItemId> taken;
    nodes[node].items.removeIf([&](const Post &post) {
        const bool goes = post.item == item || post.inReplyTo == item;
        if (goes) {
            taken.append(post.item);
        }
        return goes;
    });
    return taken;
}

QList<Post> FakeChannelServer::sorted(const NodeId &node) const
{
    const auto items = nodes.value(node).items;
    QHash<ItemId, QDateTime> newestComments; // of each start
    for (const auto &post : items) {
        if (!post.isThreadStart()) {
            auto &newest = newestComments[post.inReplyTo];
            newest = newest.isValid() ? std::max(newest, post.published) : post.published;
        }
    }
    const auto keyOf = [&newestComments](const Post &post) {
        const auto newest = newestComments.value(post.item);
        return newest.isValid() ? std::max(post.published, newest) : post.published;
    };
    QList<std::pair<QDateTime, Post>> keyed;
    for (const auto &post : items) {
        keyed.append({keyOf(post), post});
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second.isThreadStart() && !b.second.isThreadStart();
    });
    QList<Post> posts;
    for (const auto &[key, post] : std::as_const(keyed)) {
        posts.append(post);
    }
    return posts;
}

PostPage FakeChannelServer::page(const NodeId &node, const QString &after, int limit) const
{
    const auto posts = sorted(node);
    const auto known = std::find_if(
        posts.cbegin(), posts.cend(), [&](const Post &post) { return post.item == ItemId::fromWire(after); });
    const auto from = known == posts.cend() ? 0 : known - posts.cbegin() + 1; // unknown: the first page
    PostPage page;
    page.node = node;
    page.posts = posts.mid(from, limit);
    page.last = page.posts.isEmpty() ? QString() : page.posts.last().item.text();
    page.total = int(posts.size());
    page.isComplete = from + page.posts.size() >= posts.size();
    return page;
}

QList<PostPage> FakeChannelServer::recent(const Jid &jid, const QDateTime &since, int perNode) const
{
    QList<PostPage> pages;
    for (const auto &[id, node] : nodes.asKeyValueRange()) {
        if (!id.isPosts() || node.members.value(jid).subscription != NodeSubscription::Subscribed) {
            continue;
        }
        auto page = this->page(id, {}, perNode);
        while (!page.posts.isEmpty()) {
            // an old start comes along when a comment has lifted it
            const auto &last = page.posts.last();
            const bool isLifted = std::any_of(page.posts.cbegin(), page.posts.cend(),
                [&](const Post &post) { return post.inReplyTo == last.item && post.published >= since; });
            if (last.published >= since || isLifted) {
                break;
            }
            page.posts.removeLast();
        }
        if (!page.posts.isEmpty()) {
            page.last = id.text() + u',' + page.posts.last().item.text();
            pages.append(page);
        }
    }
    return pages;
}

QStringList FakeChannelServer::bodies(const NodeId &node) const
{
    QStringList all;
    for (const auto &post : nodes.value(node).items) {
        all.append(post.body);
    }
    return all;
}

} // namespace cumulet::tests
