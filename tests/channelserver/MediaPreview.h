#pragma once

#include <QByteArray>
#include <QSize>
#include <QString>

namespace cumulet::channelserver {

/// A picture within box; what is none, or is small enough, as it is.
QByteArray previewOf(const QByteArray &data, const QString &mediaType, const QSize &box);

} // namespace cumulet::channelserver
