#pragma once

#include <QCoreApplication>
#include <QDateTime>
#include <QString>

namespace cumulet {

/// Points in time as people say them. Times come in any zone and are shown in the local one; now is handed in, so
/// that a view can say all its rows of one moment.
class TimeText
{
    Q_DECLARE_TR_FUNCTIONS(cumulet::TimeText)
public:
    /// "14:02"
    static QString clock(const QDateTime &time);
    /// For lists: "14:02" today, "Sun" within a week, "3 May", "3 May 2024".
    static QString brief(const QDateTime &time, const QDateTime &now);
    /// For posts: "now", "5 min", "2 h" today, then as brief() with the time for yesterday.
    static QString age(const QDateTime &time, const QDateTime &now);
    /// For day lines: "Today", "Yesterday", "Sunday", "Sunday, 3 May", with the year when it is another.
    static QString day(const QDate &day, const QDate &today);
    /// For tooltips and screen readers: the whole of it.
    static QString full(const QDateTime &time);
};

} // namespace cumulet
