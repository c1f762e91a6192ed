#pragma once

#include "domain/Jid.h"

#include <QHashFunctions>
#include <QString>

#include <optional>

namespace cumulet {

/// The name of a Buddycloud node, "/user/<channel address>/<type>" (buddycloud.md 1.2), for example
/// "/user/cooking@topics.example.org/posts".
class NodeId
{
public:
    NodeId() = default;

    /// The node of that type in a channel, by default its posts.
    static NodeId of(const Jid &channel, const QString &type = QStringLiteral("posts"));
    /// Reads a node name from the network; nothing when it is not "/user/x@y/type" or over 2 KiB.
    static std::optional<NodeId> parse(const QString &text);
    static NodeId fromTrusted(const QString &text) { return parse(text).value_or(NodeId()); }

    bool isEmpty() const { return m_type.isEmpty(); }
    bool isPosts() const { return m_type == QLatin1String("posts"); }
    const Jid &channel() const { return m_channel; }
    const QString &type() const { return m_type; }
    QString text() const;

    auto operator<=>(const NodeId &) const = default;
    friend size_t qHash(const NodeId &node, size_t seed = 0) { return qHashMulti(seed, node.m_channel, node.m_type); }

private:
    Jid m_channel;
    QString m_type;
};

/// The id of an item in a node. A Buddycloud server spells one id in two ways (buddycloud.md 1.8):
/// local ("fac3...") and global ("tag:service,node,fac3..."); this is always the local one.
class ItemId
{
public:
    ItemId() = default;
    /// From either spelling.
    static ItemId fromWire(const QString &text);

    bool isEmpty() const { return m_local.isEmpty(); }
    const QString &text() const { return m_local; }

    auto operator<=>(const ItemId &) const = default;
    friend size_t qHash(const ItemId &id, size_t seed = 0) { return qHash(id.m_local, seed); }

private:
    QString m_local;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::NodeId)
Q_DECLARE_METATYPE(cumulet::ItemId)
