#pragma once

#include "domain/Message.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace cumulet {

class ChatWire;
class RosterService;

/// Typing notifications (XEP-0085) in both directions, between contacts only. Ours: composing while somebody writes,
/// paused after five seconds without a key, active when the text is gone. Theirs end by themselves after two minutes,
/// when a message comes and when they go offline.
class ChatStates : public QObject
{
    Q_OBJECT

public:
    ChatStates(ChatWire &wire, RosterService &roster, QObject *parent = nullptr);

    void setPauseAfter(std::chrono::milliseconds pause) { m_pause.setInterval(pause); }

    /// Nothing is sent before start() and after stop().
    void start() { m_isRunning = true; }
    void stop();

    void noteTyping(const Jid &peer, bool isEmpty);
    /// The text was sent: the message itself says that we no longer type.
    void noteSent(const Jid &peer);
    /// A message of theirs came.
    void noteMessage(const Jid &peer);
    ChatState stateOf(const Jid &peer) const { return m_theirs.value(peer.bare()).state; }

Q_SIGNALS:
    void changed(const cumulet::Jid &peer, cumulet::ChatState state);

private:
    struct Theirs
    {
        ChatState state = ChatState::None;
        QElapsedTimer since;
    };
    void noteTheirs(const Jid &peer, ChatState state);
    void setOwn(ChatState state);
    void expire();

    ChatWire &m_wire;
    RosterService &m_roster;
    QHash<Jid, Theirs> m_theirs;
    Jid m_peer; ///< whom we write to
    ChatState m_own = ChatState::None; ///< what m_peer was told
    QTimer m_pause;
    QTimer m_expiry;
    bool m_isRunning = false;
};

} // namespace cumulet
