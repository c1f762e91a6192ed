#pragma once

#include "domain/Message.h"

#include <optional>

namespace cumulet {

/// First step of the inbound pipeline: what makes no sense or comes from the wrong sender goes no further, what is
/// too long or lies about its time is set right. Pure.
class Admission
{
public:
    explicit Admission(const Jid &ownJid)
        : m_ownJid(ownJid.bare())
    {
    }

    /// The message as it may be kept; nothing when it is to be dropped.
    std::optional<IncomingMessage> admit(IncomingMessage message, const QDateTime &now) const;
    std::optional<DeliveryNotice> admit(DeliveryNotice notice, const QDateTime &now) const;

private:
    Jid m_ownJid;
};

} // namespace cumulet
