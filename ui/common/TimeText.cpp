#include "ui/common/TimeText.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace cumulet {

QString TimeText::clock(const QDateTime &time)
{
    const QLocale locale;
    // the C locale's short time has seconds, which nobody reads
    return locale.language() == QLocale::C ? time.toLocalTime().time().toString(u"HH:mm"_s)
                                           : locale.toString(time.toLocalTime().time(), QLocale::ShortFormat);
}

static QString dayAndMonth(const QDate &date, bool withYear)
{
    return withYear ? QLocale().toString(date, u"d MMM yyyy"_s) : QLocale().toString(date, u"d MMM"_s);
}

QString TimeText::brief(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    const QDate day = time.toLocalTime().date();
    const QDate today = now.toLocalTime().date();
    const qint64 days = day.daysTo(today);
    if (days == 0)
        return clock(time);
    if (days > 0 && days < 7)
        return QLocale().toString(day, u"ddd"_s);
    return dayAndMonth(day, day.year() != today.year());
}

QString TimeText::age(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    const qint64 seconds = time.secsTo(now);
    // a sender's clock may run ahead of ours
    if (seconds >= -300 && seconds < 60)
        return tr("now", "a post's age");
    if (seconds >= 60 && seconds < 3600)
        return tr("%1 min", "a post's age").arg(seconds / 60);
    const QDate day = time.toLocalTime().date();
    const QDate today = now.toLocalTime().date();
    if (day == today || (seconds >= 0 && seconds < 6 * 3600))
        return seconds < 0 ? clock(time) : tr("%1 h", "a post's age").arg(seconds / 3600);
    if (day.daysTo(today) == 1)
        return tr("Yesterday %1").arg(clock(time));
    return brief(time, now);
}

QString TimeText::day(const QDate &day, const QDate &today)
{
    const qint64 days = day.daysTo(today);
    if (days == 0)
        return tr("Today");
    if (days == 1)
        return tr("Yesterday");
    if (days > 1 && days < 7)
        return QLocale().toString(day, u"dddd"_s);
    return QLocale().toString(day, day.year() == today.year() ? u"dddd, d MMMM"_s : u"dddd, d MMMM yyyy"_s);
}

QString TimeText::full(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    return QLocale().toString(time.toLocalTime().date(), u"dddd, d MMMM yyyy"_s) + u' ' + clock(time);
}

} // namespace cumulet
