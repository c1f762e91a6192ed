// Pictures of strangers: what may be decoded, and how large. For the thread pool, never for the GUI thread.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace cumulet {

/// A picture within box, never larger than it is. Null where it is none of the formats of the web, damaged, or has more
/// than 40 million points. A null box: as it is.
QImage decodedPicture(const QByteArray &bytes, const QSize &box);

} // namespace cumulet
