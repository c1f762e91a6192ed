#pragma once

#include "domain/NodeId.h"

#include <QDateTime>
#include <QMetaType>

namespace cumulet {

/// The newest entry of a node that says one thing at a time: a status, or a place (buddycloud.md 1.3). Untrusted plain
/// text of one line.
struct NodeLine
{
    NodeId node;
    QString text; ///< at most 500 characters; empty: nothing is said
    QDateTime published; ///< UTC; invalid: ours, and not yet seen from the service
    bool isWaiting = false; ///< ours, and not yet taken by the service

    bool operator==(const NodeLine &) const = default;
};

/// Where somebody says to be (buddycloud.md 1.11); an empty one is not told.
struct Places
{
    QString previous;
    QString current;
    QString next;

    bool operator==(const Places &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::NodeLine)
