#pragma once

#include "domain/Jid.h"

#include <QDateTime>
#include <QMetaType>

namespace cumulet {

/// Availability of somebody's device (RFC 6121 section 4.7).
struct Presence
{
    enum class Show { Offline, Available, Chat, Away, ExtendedAway, DoNotDisturb };

    Show show = Show::Offline;
    QString status; ///< free text, at most 1,000 characters
    int priority = 0;
    QDateTime idleSince; ///< XEP-0319, may be invalid
    QByteArray avatarHash; ///< XEP-0153: hex SHA-1 of the vCard picture, may be empty

    bool isAvailable() const { return show != Show::Offline; }
    bool operator==(const Presence &) const = default;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Presence)
