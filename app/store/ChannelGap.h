#pragma once

#include <QDateTime>
#include <QString>

namespace cumulet {

/// A stretch of a channel that was skipped after an absence: known as missing, also after a restart, and filled on
/// demand. Times are those of the service's order: a comment lifts its thread.
struct ChannelGap
{
    qint64 id = 0;
    QString after; ///< what to send as RSM after; empty: from the newest
    QDateTime newest; ///< what is above is stored down to here
    QDateTime oldest; ///< everything up to here was known before
    bool isNews = false; ///< what comes out of it is unread as far as it lies after the read position
};

/// Where reading a channel from its newest posts on has stopped.
struct ReadingEnd
{
    QString after; ///< what to send as RSM after to go on
    QDateTime edge; ///< the time down to which was read
    QDateTime reach; ///< the oldest time that was surely reached; invalid: none
    bool isComplete = false; ///< the service has nothing older
};

} // namespace cumulet
