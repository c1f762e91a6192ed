#pragma once

#include "domain/Async.h"
#include "domain/NodeId.h"

#include <QDateTime>
#include <QList>

namespace cumulet {

/// Up to where a channel was read, on whatever device of ours.
struct ReadPosition
{
    NodeId node;
    QDateTime upTo; ///< UTC

    bool operator==(const ReadPosition &) const = default;
};

/// Read positions kept on our own account, for our other devices: one private item for each channel. Only what our own
/// account says is told; what makes no sense is left out.
class ReadPositionWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// All that is kept; nothing where there is nothing yet. Unsupported, NotAllowed: this server keeps none.
    virtual Future<QList<ReadPosition>> positions() = 0;
    /// Keeps one, seen by nobody else. An error: it is not kept.
    virtual Future<Done> publish(const ReadPosition &position) = 0;

Q_SIGNALS:
    /// Another device of ours (or this one) kept a position.
    void moved(const QList<cumulet::ReadPosition> &positions);
};

} // namespace cumulet
