#pragma once

#include "domain/Post.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace cumulet {

/// Counts down how long what was written can still be taken back. Ticks only while something is held.
class HoldingClock : public QObject
{
    Q_OBJECT

public:
    explicit HoldingClock(QObject *parent = nullptr);

    /// Where the time is from; the system's otherwise.
    void setClock(const std::function<QDateTime()> &now);
    /// 0: it is not held (any more).
    int secondsLeft(const Post &post) const;
    /// Whether the thread has something held in it; then ticked() follows within a second.
    bool watches(const Thread &thread);

Q_SIGNALS:
    void ticked();

private:
    std::function<QDateTime()> m_now;
    QTimer m_timer;
};

} // namespace cumulet
