#pragma once

#include "domain/Async.h"

#include <QObject>

#include <functional>

namespace cumulet {

/// Asks, on request, one thing after another of a server and keeps what came out: one line for each thing. Which
/// things these are is said by whoever makes it (for channels: channelChecks()); the words are chosen in the UI.
class ServerCheck : public QObject
{
    Q_OBJECT

public:
    enum class State {
        NotAsked, ///< not yet, or given up, or there is nobody to ask
        Asking,
        Works,
        Missing, ///< see Line::error
    };
    /// A thing to be asked: its answer tells a detail (an address, a name) or why it does not work.
    struct Step
    {
        QString subject; ///< the name of the thing, for the UI
        std::function<Future<QString>()> ask;
        bool isNeeded = false; ///< where it is missing, what follows is not asked
    };
    struct Line
    {
        QString subject;
        State state = State::NotAsked;
        QString detail;
        Error error;
    };

    explicit ServerCheck(QList<Step> steps, QObject *parent = nullptr);

    const QList<Line> &lines() const { return m_lines; }
    bool isRunning() const { return m_isRunning; }
    /// Begins anew.
    void run();
    /// What was not answered yet is not asked; answers that still come are not looked at.
    void cancel();

Q_SIGNALS:
    void lineChanged(int index);
    /// Everything was asked, or it was given up.
    void finished();

private:
    void ask(int index);
    void take(int index, const Result<QString> &answer);
    void setState(int index, State state);
    void end();

    QList<Step> m_steps;
    QList<Line> m_lines;
    bool m_isRunning = false;
    int m_run = 0; // answers of an earlier run count no more
};

} // namespace cumulet
