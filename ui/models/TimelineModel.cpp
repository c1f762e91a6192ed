#include "ui/models/TimelineModel.h"

namespace cumulet {

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
