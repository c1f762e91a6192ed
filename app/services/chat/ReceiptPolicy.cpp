#include "services/chat/ReceiptPolicy.h"

#include "services/roster/RosterService.h"

#include <QSet>

namespace cumulet {

bool ReceiptPolicy::mayAnswer(const IncomingMessage &message) const
{
    return message.wantsReceipt && !message.messageId.isEmpty() && !message.isOwn && !message.isCarbon
        && !message.isFromArchive && m_roster.isContact(message.peer);
}

QList<IncomingMessage> ReceiptPolicy::toAnswer(
    const QList<IncomingMessage> &messages, const MessageChanges &changes) const
{
    QSet<std::pair<Jid, MessageId>> isNew;
    for (const Message &message : changes.fresh) {
        isNew.insert({message.sender.bare(), message.messageId});
    }
    QList<IncomingMessage> answered;
    for (const IncomingMessage &message : messages) {
        // taken out: a repeat within the same batch is not answered again
        if (mayAnswer(message) && isNew.remove({message.peer, message.messageId})) {
            answered.append(message);
        }
    }
    return answered;
}

} // namespace cumulet
