#include "ui/models/TimelineModel.h"

namespace cumulet {

void TimelineModel::fetchOlder()
{
    if (m_isFetchingOlder) {
        return;
    }
    if (m_atOldest || rowCount() == 0) {
        fetchFromServer();
    } else {
        fetchOlderPage();
    }
}

void TimelineModel::fetchNewer()
{
    if (!m_isFetchingNewer && !m_atNewest && rowCount() > 0) {
        fetchNewerPage();
    }
}

void TimelineModel::fetchFromServer()
{
    if (m_isServerDone) {
        return;
    }
    m_isFetchingOlder = true;
    Q_EMIT fetchingChanged(true);
    whenDone(askServer(), this, [this, generation = m_generation](const Result<Done> &done) {
        Q_EMIT fetchingChanged(false);
        if (generation != m_generation) {
            return;
        }
        m_isFetchingOlder = false;
        if (!done) {
            m_isServerDone = isFinal(done.error().kind); // not asked again in this window
            return;
        }
        m_atOldest = false; // what came is stored before our first row
        if (rowCount() > 0) { // into an empty window it comes by itself
            fetchOlder();
        }
    });
}

int TimelineModel::indexOfRow(qint64 rowId) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (index(row).data(TimelineRoles::RowIdRole).toLongLong() == rowId) {
            return row;
        }
    }
    return -1;
}

} // namespace cumulet
