#pragma once

#include "domain/Async.h"
#include "domain/Avatar.h"

namespace cumulet {

/// Pictures of people: XEP-0084 (PEP) first, vCard (XEP-0153/0054) otherwise.
class AvatarWire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The current picture; ErrorKind::NotFound where there is none, TooLarge over 512 KiB,
    /// Malformed where it does not match its hash.
    virtual Future<Avatar> fetch(const Jid &jid) = 0;

Q_SIGNALS:
    /// Somebody announced another picture (hex SHA-1; empty: none any more).
    void avatarAnnounced(const cumulet::Jid &jid, const QByteArray &sha1);
};

} // namespace cumulet
