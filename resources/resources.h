#pragma once

namespace cumulet {

/// Makes :/icons/... available: resources in a static library are left out by the linker unless somebody calls them.
/// Call once in main, after the application object.
void initResources();

} // namespace cumulet
