#pragma once

#include "domain/Conversation.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <ctime>
#include <functional>

namespace cumulet {
class MainWindow;
class TimelineView;
} // namespace cumulet

namespace cumulet::tests {

/// Wall time and the whole process's processor time since start(), in seconds.
class Spent
{
public:
    void start()
    {
        m_wall.start();
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &m_cpu);
    }
    double wall() const { return double(m_wall.nsecsElapsed()) / 1e9; }
    double cpu() const
    {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return double(now.tv_sec - m_cpu.tv_sec) + double(now.tv_nsec - m_cpu.tv_nsec) / 1e9;
    }

private:
    QElapsedTimer m_wall;
    timespec m_cpu{};
};

/// The one in the middle; 0 of none.
double median(QList<double> values);

/// Watches what the program's window paints.
class Stage : public QObject
{
    Q_OBJECT

public:
    Stage();

    /// Runs the event loop until the condition holds; what is painted by then has been handed to the display. Ends the
    /// program with the words when it takes longer than a minute.
    void until(const char *words, const std::function<bool()> &condition);
    /// Runs the event loop until nothing was to be done for a while.
    void rest();

    /// Opens a place, at a row if it is not 0, and waits until it is on screen.
    Spent open(AccountId account, Conversation::Kind kind, const Jid &jid, qint64 row = 0);
    /// The same for whatever opens one.
    Spent open(const std::function<void()> &opening);

    MainWindow *window() const;
    /// The one in sight, or null.
    TimelineView *timeline() const;
    /// How often that widget was painted since forgetPaints(); the viewport of a timeline only with rows in it.
    int paints(const QObject *widget) const { return m_paints.value(widget); }
    void forgetPaints() { m_paints.clear(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QHash<const QObject *, int> m_paints;
};

} // namespace cumulet::tests
