#pragma once

#include "domain/Async.h"
#include "domain/Message.h"

#include <QList>

namespace cumulet {

/// Which part of our archive is wanted.
struct ArchiveRequest
{
    Jid with; ///< only this peer; empty: all
    ArchiveId after; ///< newer than this one, forward
    ArchiveId before; ///< older than this one, backward
    bool fromNewest = false; ///< backward from the end (RSM <before/> empty)
    QDateTime start; ///< UTC, may be invalid
    int limit = 50;
};

/// A page of the archive, oldest first, exactly as the server ordered it.
struct ArchivePage
{
    QList<IncomingMessage> messages;
    QList<DeliveryNotice> notices; ///< receipts and markers found between them
    ArchiveId first; ///< ids of the page's ends, also when the ends hold no chat message
    ArchiveId last;
    bool isComplete = false; ///< nothing beyond this page in the asked direction
};

/// The account's own message archive (XEP-0313). Results are taken only from our own server and for a query
/// that runs; their archive ids are kept.
class ArchiveWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// ErrorKind::Unsupported where the server has no archive; NotFound where an id is not in the archive any more.
    virtual Future<ArchivePage> page(const ArchiveRequest &request) = 0;
};

} // namespace cumulet
