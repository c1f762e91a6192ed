#pragma once

#include "domain/Jid.h"

#include <QMetaType>
#include <QStringList>

namespace cumulet {

/// Whose presence is shown to whom (RFC 6121 section 2.1.2.5).
enum class PresenceSubscription { None, To, From, Both };

/// One contact of an account's roster.
struct RosterItem
{
    Jid jid; ///< bare
    QString name; ///< chosen by the user; may be empty
    QStringList groups;
    PresenceSubscription subscription = PresenceSubscription::None;
    bool isAsked = false; ///< our request to see their presence is open

    QString displayName() const { return name.isEmpty() ? jid.shortName() : name; }
    bool operator==(const RosterItem &) const = default;
};

/// Somebody who asks to see our presence; kept until answered.
struct SubscriptionRequest
{
    Jid jid; ///< bare
    QString text; ///< what they wrote, plain text

    bool operator==(const SubscriptionRequest &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::RosterItem)
