#pragma once

#include "store/MessageStore.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace cumulet {

class ArchiveWire;

/// Finds out which of our messages of unknown outcome have arrived: the server's archive has them, or not. It is read
/// from ten minutes before the oldest of them was written, since the two clocks may differ.
class Settlement : public QObject
{
    Q_OBJECT

public:
    /// What the archive says: the ids of those that it holds. All others have not arrived.
    using Arrived = QHash<OriginId, ArchiveId>;

    explicit Settlement(ArchiveWire &archive, QObject *parent = nullptr);

    /// Where the server has no archive, or refuses it, nothing is found: sending again with the same origin id is all
    /// that can be done. Other errors (Timeout, Offline): not known yet, nothing may be sent.
    Future<Arrived> find(const QList<MessageStore::Waiting> &unknown);

private:
    struct Search;
    void readPage(const std::shared_ptr<Search> &search);

    ArchiveWire &m_archive;
};

} // namespace cumulet
