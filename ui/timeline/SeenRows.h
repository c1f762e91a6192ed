#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace cumulet {

/// Notices which rows were before the reader's eyes for a second. Says each row once, until it changes.
class SeenRows : public QObject
{
    Q_OBJECT
public:
    explicit SeenRows(QObject *parent = nullptr);

    /// These are in sight just now, in an active window; an empty list: none is.
    void setVisible(const QList<qint64> &ids);
    /// The row changed: what is new in it is seen anew.
    void forget(qint64 id);
    /// Rows may be said again: another place is shown.
    void reset();

Q_SIGNALS:
    void seen(const QList<qint64> &ids);

private:
    void check();

    QHash<qint64, qint64> m_since; // milliseconds of m_clock
    QSet<qint64> m_said;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace cumulet
