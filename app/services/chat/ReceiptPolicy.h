#pragma once

#include "domain/Message.h"
#include "store/MessageStore.h"

namespace cumulet {

class RosterService;

/// Whom we tell that a message has arrived (XEP-0184): contacts, for live messages only. The archive and copies of what
/// another device got are silent, and so is every repeat; a stranger does not learn that we are online.
class ReceiptPolicy
{
public:
    explicit ReceiptPolicy(const RosterService &roster)
        : m_roster(roster)
    {
    }

    /// Those of the messages that came (live, in the given order) that are to be answered, once they are kept.
    QList<IncomingMessage> toAnswer(const QList<IncomingMessage> &messages, const MessageChanges &changes) const;

private:
    bool mayAnswer(const IncomingMessage &message) const;

    const RosterService &m_roster;
};

} // namespace cumulet
