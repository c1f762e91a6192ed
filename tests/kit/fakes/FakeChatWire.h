#pragma once

#include "kit/fakes/Pending.h"
#include "wire/ChatWire.h"

#include <functional>

namespace cumulet::tests {

/// Keeps what was sent. Acknowledges at once, or (acknowledges = false) when the test answers in pending.
class FakeChatWire : public ChatWire
{
    Q_OBJECT

public:
    using ChatWire::ChatWire;

    struct Notice
    {
        Jid peer;
        MessageId message;
        DeliveryState state;
        bool operator==(const Notice &) const = default;
    };
    struct SentState
    {
        Jid peer;
        ChatState state;
        bool operator==(const SentState &) const = default;
    };

    Future<Done> send(const OutgoingMessage &message) override;
    void sendNotice(const Jid &peer, const MessageId &message, DeliveryState state) override;
    void sendChatState(const Jid &peer, ChatState state) override;
    QStringList sentBodies() const;

    QList<OutgoingMessage> sent;
    QList<Notice> notices;
    QList<SentState> states;
    bool acknowledges = true;
    Pending<Done> pending;
    std::function<void(const OutgoingMessage &)> onSend; ///< what the server does with it, for example archiving
};

} // namespace cumulet::tests
