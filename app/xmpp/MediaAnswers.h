// What a media server says in JSON (buddycloud.md 7.2). Nothing of it is taken on trust.
#pragma once

#include "domain/Media.h"
#include "domain/Result.h"

#include <QByteArray>

namespace cumulet {

/// Whether that can stand in an address on a media server.
bool isMediaId(const QString &id);
/// What is said of a file: texts in one line, bounded.
Result<MediaDescription> readMediaDescription(const QByteArray &json);
/// Where an upload to that channel lies.
Result<MediaAddress> readUploadedMedia(const QByteArray &json, const Jid &channel);

} // namespace cumulet
