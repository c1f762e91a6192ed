#pragma once

#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

#include <QElapsedTimer>
#include <QTimer>

namespace cumulet {

class ChannelCatchUp;
class ChannelIntake;
class ChannelStandings;

/// Keeps the channel service at hand, step by step (buddycloud.md 2.7): find it, announce presence, register, read our
/// standings, catch up. A failure is a state of its own and is tried again after 30 s, 1, 2 ... 15 min, or at once when
/// the service shows that it lives; chat notices nothing. After ten minutes without news, and after the service was
/// lost, we announce ourselves and catch up again.
class ChannelSession : public QObject
{
    Q_OBJECT

public:
    ChannelSession(const ChannelParts &parts, ChannelStandings &standings, ChannelIntake &intake,
        ChannelCatchUp &catchUp, QObject *parent = nullptr);

    const ChannelServiceStatus &status() const { return m_status; }
    bool isReady() const { return m_status.state == ChannelServiceStatus::Ready; }
    /// A new stream. Answers when caught up, or with what stood in the way.
    Future<Done> start(const Jid &remembered);
    /// Named by the user, asked instead of looking for one; empty: it is looked for. When connected, we go there.
    void setChosen(const Jid &service);
    const Jid &chosen() const { return m_chosen; }
    /// Looks for the service, in the way that was chosen.
    Future<ChannelServiceAddress> find();
    /// The former stream goes on.
    void resume();
    /// The stream is gone.
    void stop();

Q_SIGNALS:
    void statusChanged(const cumulet::ChannelServiceStatus &status);
    /// Standings are known and everything missed is stored.
    void caughtUp(const QList<cumulet::NodeId> &appeared);

private:
    Future<Done> begin();
    Future<Done> reach(const ChannelServiceAddress &address);
    Future<Done> registerOnce();
    Future<Done> readStandings();
    Future<Done> catchUp();
    void becomeReady(const QList<NodeId> &appeared);
    void ended(int run, const Result<Done> &result);
    void setState(ChannelServiceStatus::State state, const Error &error = {});
    void tryAgain();
    void noteAlive();
    void noteLost();

    ChannelParts m_parts;
    ChannelStandings &m_standings;
    ChannelIntake &m_intake;
    ChannelCatchUp &m_catchUp;
    ChannelServiceStatus m_status;
    Jid m_chosen;
    bool m_isConnected = false;
    bool m_isRunning = false;
    bool m_isFound = false; // in this run
    bool m_isResumable = false; // the stream ended while all was well
    int m_run = 0; // answers of an older run count no more
    QDateTime m_since; // where catching up begins
    QDateTime m_lastSign; // when we last knew that news reach us
    QList<NodeId> m_appeared;
    QTimer m_retry;
    QTimer m_silence;
    std::chrono::milliseconds m_patience;
    QElapsedTimer m_lastAttempt;
};

} // namespace cumulet
