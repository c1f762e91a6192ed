#include "services/chat/ChatStates.h"

#include "services/roster/RosterService.h"
#include "wire/ChatWire.h"

using namespace std::chrono_literals;

namespace cumulet {

static constexpr auto longestComposing = 120s;

ChatStates::ChatStates(ChatWire &wire, RosterService &roster, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_roster(roster)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(5s);
    m_expiry.setInterval(30s);
    m_expiry.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_pause, &QTimer::timeout, this, [this] { setOwn(ChatState::Paused); });
    connect(&m_expiry, &QTimer::timeout, this, &ChatStates::expire);
    connect(&m_wire, &ChatWire::chatStateReceived, this, &ChatStates::noteTheirs);
    connect(&m_roster, &RosterService::presenceChanged, this, [this](const Jid &peer) {
        if (m_theirs.contains(peer) && !m_roster.presenceOf(peer).isAvailable()) {
            noteTheirs(peer, ChatState::None);
        }
    });
}

void ChatStates::stop()
{
    m_isRunning = false;
    m_pause.stop();
    m_own = ChatState::None;
    const QList<Jid> peers = m_theirs.keys();
    for (const Jid &peer : peers) {
        noteTheirs(peer, ChatState::None);
    }
}

void ChatStates::noteTyping(const Jid &peer, bool isEmpty)
{
    const Jid bare = peer.bare();
    // whether we type is for contacts to know, and for nobody to be stored until they come back
    if (!m_isRunning || !m_roster.isContact(bare) || !m_roster.presenceOf(bare).isAvailable()) {
        return;
    }
    if (m_peer != bare) {
        if (m_own == ChatState::Composing) {
            setOwn(ChatState::Paused);
        }
        m_peer = bare;
        m_own = ChatState::None;
    }
    if (!isEmpty) {
        setOwn(ChatState::Composing);
        m_pause.start();
    } else {
        m_pause.stop();
        if (m_own == ChatState::Composing || m_own == ChatState::Paused) {
            setOwn(ChatState::Active);
        }
    }
}

void ChatStates::noteSent(const Jid &peer)
{
    if (peer.bare() == m_peer) {
        m_pause.stop();
        m_own = ChatState::Active;
    }
}

void ChatStates::noteMessage(const Jid &peer)
{
    if (m_theirs.contains(peer.bare())) {
        noteTheirs(peer.bare(), ChatState::Active);
    }
}

void ChatStates::setOwn(ChatState state)
{
    if (m_own != state && m_isRunning) {
        m_own = state;
        m_wire.sendChatState(m_peer, state);
    }
}

void ChatStates::noteTheirs(const Jid &peer, ChatState state)
{
    const Jid bare = peer.bare();
    if (state != ChatState::None && !m_roster.isContact(bare)) {
        return; // a stranger's typing is not shown, nor remembered
    }
    const ChatState before = m_theirs.value(bare).state;
    if (state == ChatState::None || state == ChatState::Gone) {
        m_theirs.remove(bare);
    } else {
        Theirs &theirs = m_theirs[bare];
        theirs.state = state;
        theirs.since.start();
    }
    if (state == ChatState::Composing && !m_expiry.isActive()) {
        m_expiry.start();
    }
    if (before != state) {
        Q_EMIT changed(bare, state);
    }
}

void ChatStates::expire()
{
    QList<Jid> over;
    bool anyComposing = false;
    for (const auto &[peer, theirs] : m_theirs.asKeyValueRange()) {
        if (theirs.state == ChatState::Composing) {
            theirs.since.durationElapsed() > longestComposing ? over.append(peer) : void(anyComposing = true);
        }
    }
    for (const Jid &peer : std::as_const(over)) {
        noteTheirs(peer, ChatState::Paused);
    }
    if (!anyComposing) {
        m_expiry.stop();
    }
}

} // namespace cumulet
