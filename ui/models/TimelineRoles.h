// What a timeline model tells the timeline view. Model order is screen order, top to bottom:
// a chat's row 0 is the oldest message, a channel's row 0 the newest thread.
#pragma once

#include <Qt>

namespace cumulet {

struct TimelineRoles
{
    enum Role {
        RowIdRole =
            Qt::UserRole + 1, ///< qint64, never 0, never reused, survives paging and restarts; read for every row
        RevisionRole, ///< int, changes whenever the row would be painted or spoken differently
        KindRole, ///< int, a Kind
        RowRole, ///< QVariant of ChatRow, ThreadRow or NoticeRow (TimelineRows.h); read only near the viewport
        StartsDayRole, ///< QDate: a day line stands above this row; invalid: none
        StartsUnreadRole, ///< bool: the line "New since ..." stands above this row; at most one row
        TextLengthRole, ///< int, optional: characters in the row, for a first guess of its height
    };

    enum Kind { ChatMessage, Thread, Notice };
};

} // namespace cumulet
