#pragma once

#include "ui/models/TimelineRoles.h"
#include "ui/models/TimelineRows.h"

#include <QAbstractListModel>

namespace cumulet {

/// A window of rows of a chat or channel, paged from the store in both directions. Model order is screen order.
/// The view asks for more when it comes near an end; the model lets go of rows far from the reader.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Asks for rows older or newer than the window; harmless to repeat while a request runs.
    virtual void fetchOlder() = 0;
    virtual void fetchNewer() = 0;
    /// The window ends with the newest row there is.
    virtual bool isAtNewest() const = 0;
    /// Makes the window hold that row; jumped() follows, or nothing when the row is gone.
    virtual void jumpTo(qint64 rowId) = 0;
    virtual void jumpToNewest() = 0;
    /// These rows were seen by the reader: the read position moves forward.
    virtual void markSeen(const QList<qint64> &rowIds) = 0;
    /// The reader looks away: the next new row gets the unread line.
    virtual void noteAway() = 0;

    int indexOfRow(qint64 rowId) const;

Q_SIGNALS:
    /// The first rows are there (or it is known that there are none).
    void loaded();
    void jumped(qint64 rowId);
    /// Whether older rows are being asked from the server; for a quiet progress line.
    void fetchingChanged(bool isFetching);
    /// Something asked by the reader failed.
    void failed(const cumulet::Error &error);
};

} // namespace cumulet
