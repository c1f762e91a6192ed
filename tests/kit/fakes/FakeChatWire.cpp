#include "kit/fakes/FakeChatWire.h"

namespace cumulet::tests {

Future<Done> FakeChatWire::send(const OutgoingMessage &message)
{
    sent.append(message);
    if (onSend) {
        onSend(message);
    }
    return acknowledges ? ready(Done{}) : pending.ask();
}

void FakeChatWire::sendNotice(const Jid &peer, const MessageId &message, DeliveryState state)
{
    notices.append({peer, message, state});
}

void FakeChatWire::sendChatState(const Jid &peer, ChatState state)
{
    states.append({peer, state});
}

QStringList FakeChatWire::sentBodies() const
{
    QStringList bodies;
    for (const OutgoingMessage &message : sent) {
        bodies.append(message.body);
    }
    return bodies;
}

} // namespace cumulet::tests
