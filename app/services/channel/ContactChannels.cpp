#include "services/channel/ContactChannels.h"

#include "services/channel/ChannelService.h"

#include <QTimer>

namespace cumulet {

static constexpr qsizetype mostAtOnce = 10;

ContactChannels::ContactChannels(ChannelService &channels, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_channels(channels)
    , m_limit(limit)
{
}

void ContactChannels::start(const QList<Jid> &people)
{
    stop();
    m_waiting = people;
    m_total = int(people.size());
    next();
}

void ContactChannels::stop()
{
    ++m_run;
    m_waiting.clear();
    m_open.clear();
}

void ContactChannels::next()
{
    while (m_open.size() < mostAtOnce && !m_waiting.isEmpty()) {
        ask(m_waiting.takeFirst());
    }
}

void ContactChannels::ask(const Jid &person)
{
    m_open.insert(person);
    const int run = m_run;
    whenDone(m_channels.preview(NodeId::of(person)), this, [this, run, person](const Result<Channel> &channel) {
        if (run != m_run || !m_open.contains(person)) {
            return; // stopped, or given up
        }
        if (channel) {
            Q_EMIT found(*channel);
        }
        close(run, person);
    });
    QTimer::singleShot(m_limit, this, [this, run, person] { close(run, person); });
}

void ContactChannels::close(int run, const Jid &person)
{
    if (run != m_run || !m_open.remove(person)) {
        return;
    }
    next();
    Q_EMIT progressed();
}

} // namespace cumulet
