#pragma once

#include "domain/Jid.h"

#include <QByteArray>
#include <QMetaType>

namespace cumulet {

/// A picture of a person or channel as it came: undecoded, at most 512 KiB, checked against its hash.
struct Avatar
{
    QByteArray sha1; ///< hex
    QByteArray data;
    QString mediaType;
};

} // namespace cumulet

Q_DECLARE_METATYPE(cumulet::Avatar)
