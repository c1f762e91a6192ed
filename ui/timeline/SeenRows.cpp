#include "ui/timeline/SeenRows.h"

#include <algorithm>

namespace cumulet {

static constexpr qint64 longEnough = 1000; // milliseconds

SeenRows::SeenRows(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SeenRows::check);
}

void SeenRows::forget(qint64 id)
{
    m_said.remove(id);
    m_since.remove(id);
}

void SeenRows::reset()
{
    m_said.clear();
    m_since.clear();
    m_timer.stop();
}

void SeenRows::setVisible(const QList<qint64> &ids)
{
    QHash<qint64, qint64> since;
    for (const qint64 id : ids) {
        if (!m_said.contains(id))
            since.insert(id, m_since.value(id, m_clock.elapsed()));
    }
    m_since = std::move(since);
    if (m_since.isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(int(longEnough));
}

void SeenRows::check()
{
    const qint64 now = m_clock.elapsed();
    QList<qint64> ready;
    qint64 next = longEnough;
    for (auto it = m_since.begin(); it != m_since.end();) {
        if (now - it.value() >= longEnough) {
            ready.append(it.key());
            m_said.insert(it.key());
            it = m_since.erase(it);
        } else {
            next = std::min(next, longEnough - (now - it.value()));
            ++it;
        }
    }
    if (!m_since.isEmpty())
        m_timer.start(int(std::max<qint64>(next, 1)));
    if (!ready.isEmpty())
        Q_EMIT seen(ready);
}

} // namespace cumulet
