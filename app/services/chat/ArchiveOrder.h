#pragma once

#include "wire/ArchiveWire.h"

namespace cumulet {

/// The page, fit to stand before what is dated until. Servers date by whole seconds, or many messages in one moment;
/// rows of one moment stand in the order of their storing, which is wrong for pages that are read backward. So such
/// messages are dated just before it. Times that differ by more than that are believed.
ArchivePage datedBefore(const QDateTime &until, ArchivePage page);

} // namespace cumulet
