#include "services/chat/SeenMarkers.h"

#include "services/roster/RosterService.h"
#include "store/ConversationStore.h"
#include "store/MessageStore.h"
#include "wire/ChatWire.h"

#include <algorithm>

namespace cumulet {

static constexpr int lookBack = 20; ///< rows to look through when the newest one cannot be marked

static Cursor placeOf(const Message &message)
{
    return {message.time.toMSecsSinceEpoch(), message.row};
}

static bool canBeMarked(const Message &message)
{
    return !message.isOwn && message.isMarkable && !message.messageId.isEmpty();
}

SeenMarkers::SeenMarkers(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

void SeenMarkers::start()
{
    m_isRunning = true;
    const QHash<Jid, MessageId> waiting = std::exchange(m_waiting, {});
    for (const auto &[peer, message] : waiting.asKeyValueRange()) {
        send(peer, message);
    }
}

void SeenMarkers::markSeen(ConversationId conversation, const Jid &peer, const Message &newest)
{
    whenDone(m_parts.conversations.readPosition(conversation), this,
        [this, conversation, peer, newest](const Result<Cursor> &position) {
            if (!position) {
                Q_EMIT failed(position.error());
            } else if (*position < placeOf(newest)) {
                moveForward(conversation, peer, newest);
            }
        });
}

void SeenMarkers::moveForward(ConversationId conversation, const Jid &peer, const Message &newest)
{
    whenDone(m_parts.conversations.markRead(conversation, placeOf(newest)), this,
        [this, conversation, peer, newest](const Result<Conversation> &entry) {
            if (!entry) {
                Q_EMIT failed(entry.error());
                return;
            }
            Q_EMIT markedRead(conversation);
            if (!m_parts.roster.isContact(peer)) {
                return; // strangers do not learn what we have read
            }
            canBeMarked(newest) ? send(peer, newest.messageId) : findMarkable(conversation, peer, newest);
        });
}

// Their last message may lie before one of ours.
void SeenMarkers::findMarkable(ConversationId conversation, const Jid &peer, const Message &newest)
{
    const PageRequest request{placeOf(newest), PageRequest::Before, lookBack};
    whenDone(m_parts.messages.page(conversation, request), this, [this, peer](const Result<Page<Message>> &page) {
        if (!page) {
            return;
        }
        const auto theirs = std::find_if(
            page->rows.crbegin(), page->rows.crend(), [](const Message &message) { return !message.isOwn; });
        if (theirs != page->rows.crend() && canBeMarked(*theirs)) {
            send(peer, theirs->messageId);
        }
    });
}

void SeenMarkers::send(const Jid &peer, const MessageId &message)
{
    if (m_isRunning) {
        m_parts.wire.sendNotice(peer, message, DeliveryState::Displayed);
    } else {
        m_waiting.insert(peer, message);
    }
}

} // namespace cumulet
