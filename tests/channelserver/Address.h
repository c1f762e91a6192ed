// Addresses of people, names of nodes, ids of items: how they are spelt and taken apart.
#pragma once

#include <QString>

namespace cumulet::channelserver {

/// A JID as it came in a stanza. The bare part is in lower case, since users are compared by it.
struct Address
{
    QString bare;
    QString domain;
    QString resource;

    bool isValid() const { return !domain.isEmpty(); }
    bool isFull() const { return !resource.isEmpty(); }
    QString full() const { return resource.isEmpty() ? bare : bare + u'/' + resource; }

    static Address fromText(const QString &text);
};

/// The name of a node, "/user/<bare JID>/<type>"; the type may hold further slashes ("geo/current").
struct NodeName
{
    QString channel; ///< the bare JID in it; empty if the name is not of that form
    QString domain;
    QString type;

    bool isValid() const { return !channel.isEmpty(); }
    /// Only names with one slash-free type can be created and deleted (buddycloud.md 1.2).
    bool isSimple() const { return isValid() && !type.contains(u'/'); }

    static NodeName fromText(const QString &name);
};

/// "tag:<service>,<node>,<local id>", the global spelling of an item id.
QString globalId(const QString &service, const QString &node, const QString &localId);
/// The local id in either spelling of an item id.
QString localId(const QString &id);
/// The node in a global id; empty for a local one.
QString nodeOfId(const QString &id);

} // namespace cumulet::channelserver
