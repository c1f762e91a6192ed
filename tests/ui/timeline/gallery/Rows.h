#pragma once

#include "RowsModel.h"

#include <memory>

namespace gallery {

/// The conversation of the drawings.
std::unique_ptr<cumulet::tests::RowsModel> chat();
/// Everything else a message can be: styling, code, quotes, other scripts, failures, rooms, long text.
std::unique_ptr<cumulet::tests::RowsModel> strangeChat();
/// The channel of the drawings and some more states.
std::unique_ptr<cumulet::tests::RowsModel> channel();

} // namespace gallery
