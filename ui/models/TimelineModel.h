#pragma once

#include "domain/Async.h"
#include "domain/Paging.h"
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

    /// Asks for rows older or newer than the window, beyond the stored ones for older ones from the server; harmless to
    /// repeat while a request runs.
    void fetchOlder();
    void fetchNewer();
    /// The window ends with the newest row there is.
    bool isAtNewest() const { return m_atNewest; }
    /// Makes the window hold that row; jumped() follows, or nothing when the row is gone.
    virtual void jumpTo(qint64 rowId) = 0;
    virtual void jumpToNewest() = 0;
    /// These rows were seen by the reader: the read position moves forward.
    virtual void markSeen(const QList<qint64> &rowIds) = 0;
    /// The reader looks away: the next new row gets the unread line.
    void noteAway() { m_isAway = true; }

    int indexOfRow(qint64 rowId) const;

Q_SIGNALS:
    /// The first rows are there (or it is known that there are none).
    void loaded();
    void jumped(qint64 rowId);
    /// Whether older rows are being asked from the server; for a quiet progress line.
    void fetchingChanged(bool isFetching);
    /// Something asked by the reader failed.
    void failed(const cumulet::Error &error);

protected:
    /// The stored page next to the window: what is read is handed to readPage().
    virtual void fetchOlderPage() = 0;
    virtual void fetchNewerPage() = 0;
    /// Brings older rows from the server into the store.
    virtual Future<Done> askServer() = 0;
    /// Whether such an answer of the server will be the same next time.
    virtual bool isFinal(ErrorKind kind) const = 0;

    /// A window was read: pages that were asked for beside the former one are dropped.
    template <typename Row> void beginWindow(const Page<Row> &page)
    {
        ++m_generation;
        m_atOldest = page.atOldest;
        m_atNewest = page.atNewest;
        m_isFetchingOlder = m_isFetchingNewer = false;
    }
    /// Hands the page to take(const Page<Row> &) if the window is still the same. isFetching is one of the two below.
    template <typename Row, typename Take> void readPage(Future<Page<Row>> answer, bool &isFetching, Take take)
    {
        isFetching = true;
        whenDone(answer, this, [this, &isFetching, take, generation = m_generation](const Result<Page<Row>> &page) {
            if (generation != m_generation) {
                return;
            }
            isFetching = false;
            if (!page) {
                Q_EMIT failed(page.error());
                return;
            }
            take(*page);
        });
    }

    bool m_atOldest = false;
    bool m_atNewest = true;
    bool m_isFetchingOlder = false;
    bool m_isFetchingNewer = false;
    bool m_isAway = false;
    int m_generation = 0; // grows when the window is replaced

private:
    void fetchFromServer();

    bool m_isServerDone = false;
};

} // namespace cumulet
