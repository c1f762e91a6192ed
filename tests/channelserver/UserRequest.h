// One request as it came, and one that waits for another service.
#pragma once

#include "Address.h"
#include "Element.h"

namespace cumulet::channelserver {

/// An IQ get or set of a user, taken apart.
struct Request
{
    QString id;
    QString type; ///< "get" or "set"
    Address sender;
    Element payload; ///< the child of the IQ
    Element verb; ///< the child of <pubsub/> that is dealt with; null for other payloads
    QString onBehalfOf{}; ///< the service that asks for the sender and gets the answer; empty: it asks itself

    QString node() const { return verb.attribute(QStringLiteral("node")); }
};

/// A request of a user of ours that the service of another domain has not answered yet.
struct PassedOn
{
    Request request;
    QString domain;
    QString authority; ///< only its answer counts
    qint64 sent = 0; ///< ms since 1970
};

} // namespace cumulet::channelserver
