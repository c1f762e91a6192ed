#include "xmpp/DirectoryAnswers.h"

#include "xmpp/AtomCodec.h"
#include "xmpp/PubsubElements.h"
#include "xmpp/XmlText.h"

#include <QDomDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr qsizetype longestTitle = 128;
constexpr qsizetype longestDescription = 1'024;
constexpr qsizetype longestBody = 4 * 1'024; // a row shows some lines; the post itself is read in its channel
constexpr qsizetype longestWord = 4 * 1'024;
constexpr int allowedAhead = 60; // seconds: clocks differ

// the first of these that says something: an attribute or an element of that name
QString textNamed(const QDomElement &item, const QString &name, qsizetype limit)
{
    const QString text = textOf(childNamed(item, name), limit).trimmed();
    return text.isEmpty() ? cutText(item.attribute(name).trimmed(), limit) : text;
}

ChannelType typeFrom(const QString &word)
{
    return word == "personal"_L1 ? ChannelType::Personal
        : word == "topic"_L1     ? ChannelType::Topic
                                 : ChannelType::Unknown;
}

// a directory knows channels by their address; some write the node
NodeId nodeFrom(const QString &text)
{
    if (const auto node = NodeId::parse(text)) {
        return node->isPosts() ? *node : NodeId();
    }
    const auto jid = Jid::parse(text);
    return jid && !jid->local().isEmpty() ? NodeId::of(jid->bare()) : NodeId();
}

int nextOf(const QDomElement &query, qsizetype rows, const AskedRows &asked)
{
    if (rows == 0) {
        return -1;
    }
    bool isNumber = false;
    const int count = textOf(childNamed(childNamed(query, u"set"), u"count"), longestTitle).toInt(&isNumber);
    const int next = asked.index + int(rows);
    const bool hasMore = isNumber ? next < count : rows >= asked.max;
    return hasMore ? next : -1;
}

std::optional<FoundChannel> channelIn(const QDomElement &item)
{
    FoundChannel found;
    found.node = nodeFrom(item.attribute(u"jid"_s).trimmed());
    if (found.node.isEmpty()) {
        return std::nullopt;
    }
    found.title = textNamed(item, u"title"_s, longestTitle).simplified();
    found.description = textNamed(item, u"description"_s, longestDescription);
    const QString type = textNamed(item, u"channel_type"_s, longestTitle);
    found.type = typeFrom(type.isEmpty() ? item.attribute(u"type"_s) : type);
    if (const QString role = textNamed(item, u"default_affiliation"_s, longestTitle); !role.isEmpty()) {
        found.defaultAffiliation = affiliationFromWire(role);
    }
    found.created = timeFrom(textNamed(item, u"created"_s, longestTitle));
    return found;
}

// plain text, or elements as in Atom
Jid authorIn(const QDomElement &entry)
{
    const auto author = childNamed(entry, u"author");
    for (const auto &element :
        {childNamed(author, u"jid"), childNamed(author, u"uri"), childNamed(author, u"name"), author}) {
        QString text = textOf(element, longestWord).trimmed();
        if (text.startsWith("acct:"_L1) || text.startsWith("xmpp:"_L1)) {
            text = text.sliced(5);
        }
        if (const auto jid = Jid::parse(text); jid && !jid->local().isEmpty()) {
            return jid->bare();
        }
    }
    return {};
}

// "tag:service,node,id"
NodeId nodeOfGlobalId(const QString &id)
{
    return id.startsWith("tag:"_L1) ? nodeFrom(id.section(u',', 1, 1)) : NodeId();
}

NodeId channelOf(const QDomElement &item, const QDomElement &entry)
{
    const QString id = cutText(item.attribute(u"id"_s), longestWord);
    for (const auto &node : {nodeFrom(textNamed(entry, u"parent_fullid"_s, longestWord)),
             nodeFrom(textNamed(entry, u"parent_simpleid"_s, longestWord)), nodeOfGlobalId(id),
             nodeOfGlobalId(textNamed(entry, u"id"_s, longestWord))}) {
        if (!node.isEmpty()) {
            return node;
        }
    }
    return {};
}

std::optional<Post> postIn(const QDomElement &item, const QDateTime &now)
{
    const auto inside = childNamed(item, u"entry");
    const auto entry = inside.isNull() ? item : inside;
    Post post;
    post.node = channelOf(item, entry);
    const QString id = cutText(item.attribute(u"id"_s), longestWord);
    post.item = ItemId::fromWire(id.isEmpty() ? textNamed(entry, u"id"_s, longestWord) : id);
    post.author = authorIn(entry);
    post.body = textOf(childNamed(entry, u"content"), longestBody);
    if (post.node.isEmpty() || post.item.isEmpty() || post.body.trimmed().isEmpty()) {
        return std::nullopt;
    }
    const auto answered = childNamed(entry, u"in-reply-to");
    const QString ref = answered.attribute(u"ref"_s);
    post.inReplyTo =
        ItemId::fromWire(ref.isEmpty() ? textOf(answered, longestWord).trimmed() : cutText(ref, longestWord));
    const auto latest = now.addSecs(allowedAhead);
    const auto updated = timeFrom(textNamed(entry, u"updated"_s, longestTitle));
    const auto published = timeFrom(textNamed(entry, u"published"_s, longestTitle));
    post.published = std::min(published.isValid() ? published : updated.isValid() ? updated : now, latest);
    post.updated = updated.isValid() ? std::min(updated, latest) : post.published;
    return post;
}

QDomElement fieldNamed(const QDomElement &row, QStringView name)
{
    for (const auto &field : childrenNamed(row, u"field", 50)) {
        if (field.attribute(u"var"_s) == name) {
            return childNamed(field, u"value");
        }
    }
    return {};
}

// the same as an item of its node
std::optional<Post> postInRow(const QDomElement &row, const QDateTime &now)
{
    const auto node = NodeId::parse(textOf(fieldNamed(row, u"node"), longestWord).trimmed());
    const auto entry = childNamed(fieldNamed(row, u"entry"), u"entry");
    if (!node || !node->isPosts() || entry.isNull()) {
        return std::nullopt;
    }
    QDomDocument document;
    auto item = document.createElement(u"item"_s);
    item.setAttribute(u"id"_s, textOf(fieldNamed(row, u"id"), longestWord).trimmed());
    item.appendChild(document.importNode(entry, true));
    document.appendChild(item);
    auto read = readAtomItem(item, *node, now);
    if (!read || read->isTombstone || read->post.isRating()) {
        return std::nullopt;
    }
    read->post.originId = {};
    read->post.body = cutText(read->post.body, longestBody);
    return read->post;
}

} // namespace

FoundChannels readFoundChannels(const QDomElement &iq, const AskedRows &asked)
{
    const auto query = childNamed(iq, u"query");
    const auto items = childrenNamed(query, u"item", asked.max);
    FoundChannels found;
    QSet<NodeId> seen;
    for (const auto &item : items) {
        const auto channel = channelIn(item);
        if (channel && !seen.contains(channel->node)) {
            seen.insert(channel->node);
            found.rows.append(*channel);
        }
    }
    found.next = nextOf(query, items.size(), asked);
    return found;
}

FoundPosts readFoundPosts(const QDomElement &iq, const AskedRows &asked, const QDateTime &now)
{
    const auto query = childNamed(iq, u"query");
    const auto items = childrenNamed(query, u"item", asked.max);
    FoundPosts found;
    for (const auto &item : items) {
        if (const auto post = postIn(item, now)) {
            found.rows.append(*post);
        }
    }
    found.next = nextOf(query, items.size(), asked);
    return found;
}

FoundPosts readSearchedPosts(const QDomElement &iq, const AskedRows &asked, const QDateTime &now)
{
    const auto rows = childrenNamed(childNamed(childNamed(iq, u"query"), u"x"), u"item", asked.max);
    FoundPosts found;
    for (const auto &row : rows) {
        if (const auto post = postInRow(row, now)) {
            found.rows.append(*post);
        }
    }
    found.next = rows.size() >= asked.max ? asked.index + int(rows.size()) : -1;
    return found;
}

QList<NodeId> readListedChannels(const QDomElement &iq, qsizetype limit)
{
    constexpr qsizetype mostItems = 50'000; // each channel has several nodes
    QList<NodeId> nodes;
    QSet<NodeId> seen;
    for (const auto &item : childrenNamed(childNamed(iq, u"query"), u"item", mostItems)) {
        const auto node = nodeIn(item);
        if (node && node->isPosts() && !seen.contains(*node) && nodes.size() < limit) {
            seen.insert(*node);
            nodes.append(*node);
        }
    }
    return nodes;
}

} // namespace cumulet
