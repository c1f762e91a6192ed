#pragma once

#include <QDateTime>
#include <QString>

namespace cumulet {

/// Something that went over an account's stream, as it was, apart from secrets. Hostile text like everything that comes.
struct StreamRecord
{
    bool isSent = false;
    QDateTime time;
    QString text; ///< XML, at most StreamRecord::longest characters
    static constexpr qsizetype longest = 20'000;
};

} // namespace cumulet
