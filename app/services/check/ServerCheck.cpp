#include "services/check/ServerCheck.h"

namespace cumulet {

ServerCheck::ServerCheck(QList<Step> steps, QObject *parent)
    : QObject(parent)
    , m_steps(std::move(steps))
{
    for (const auto &step : std::as_const(m_steps)) {
        Line line;
        line.subject = step.subject;
        m_lines.append(line);
    }
}

void ServerCheck::run()
{
    ++m_run;
    m_isRunning = true;
    for (int index = 0; index < m_lines.size(); ++index) {
        m_lines[index].detail.clear();
        m_lines[index].error = {};
        setState(index, State::NotAsked);
    }
    ask(0);
}

void ServerCheck::ask(int index)
{
    if (index >= m_steps.size()) {
        end();
        return;
    }
    setState(index, State::Asking);
    whenDone(m_steps.at(index).ask(), this, [this, index, run = m_run](const Result<QString> &answer) {
        if (run == m_run) {
            take(index, answer);
        }
    });
}

void ServerCheck::take(int index, const Result<QString> &answer)
{
    if (answer) {
        m_lines[index].detail = *answer;
        setState(index, State::Works);
    } else {
        m_lines[index].error = answer.error();
        setState(index, answer.error().kind == ErrorKind::Offline ? State::NotAsked : State::Missing);
    }
    if (!answer && m_steps.at(index).isNeeded) {
        end();
    } else {
        ask(index + 1);
    }
}

void ServerCheck::cancel()
{
    if (!m_isRunning) {
        return;
    }
    ++m_run;
    for (int index = 0; index < m_lines.size(); ++index) {
        if (m_lines.at(index).state == State::Asking) {
            setState(index, State::NotAsked);
        }
    }
    end();
}

void ServerCheck::setState(int index, State state)
{
    m_lines[index].state = state;
    Q_EMIT lineChanged(index);
}

void ServerCheck::end()
{
    m_isRunning = false;
    Q_EMIT finished();
}

} // namespace cumulet
