#pragma once

#include "domain/NodeId.h"

#include <optional>

namespace cumulet {

/// An xmpp: URI (RFC 5122, XEP-0147), taken apart. Opening one never sends anything.
struct XmppAddress
{
    Jid jid; ///< who or what is named; may have a resource
    QString action; ///< "message", "roster", "subscribe", "pubsub", "join" ...; may be empty
    NodeId node; ///< of a pubsub address (XEP-0060 section 12.21), if it is a channel's node
    ItemId item; ///< item in that node
    QString body; ///< proposed text of a message, plain, at most 4,096 characters

    bool operator==(const XmppAddress &) const = default;
};

/// Reads an xmpp: URI from a link or the command line. Nothing where it is none: no valid JID, broken
/// percent-encoding, over 8 Ki characters. Of repeated keys the first counts; unknown ones are ignored.
std::optional<XmppAddress> parseXmppAddress(const QString &uri);

/// The URI of a JID, or of a node and item of a channel (asked for at service).
QString xmppUri(const Jid &jid);
QString xmppUri(const Jid &service, const NodeId &node, const ItemId &item = {});

} // namespace cumulet
