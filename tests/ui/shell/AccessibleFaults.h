#pragma once

#include <QStringList>

namespace cumulet::tests {

/// What somebody who cannot see, or has no mouse, would miss in the windows that are open, a line each: controls without
/// a name, and controls that the Tab key never reaches.
QStringList accessibleFaults();

} // namespace cumulet::tests
