#include "services/session/SessionTiming.h"

#include <QRandomGenerator>

namespace cumulet {

SessionTiming SessionTiming::real()
{
    SessionTiming timing;
    timing.now = [] { return QDateTime::currentDateTimeUtc(); };
    timing.random = [] { return QRandomGenerator::global()->generateDouble(); };
    return timing;
}

} // namespace cumulet
