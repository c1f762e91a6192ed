// What a browser sends to upload a file: multipart/form-data (RFC 7578) or application/x-www-form-urlencoded.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace cumulet::channelserver {

/// The fields of a form by name; null where it is none. In the second kind, field "data" is base64.
QHash<QString, QByteArray> readMediaForm(const QByteArray &contentType, const QByteArray &body);

} // namespace cumulet::channelserver
