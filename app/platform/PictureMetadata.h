#pragma once

#include "domain/Result.h"

#include <QString>

namespace cumulet {

/// Takes out of a picture file what cameras and programs write beside the picture: place, time, device, author, words.
/// What is needed to show it right (orientation, colour profile) stays. A file that is no picture stays as it is.
/// Unsupported: it has such things, and they cannot be taken out of that kind of picture. May be called in any thread.
Result<Done> removeMetadata(const QString &path);

} // namespace cumulet
