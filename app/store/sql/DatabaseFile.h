#pragma once

#include "store/Database.h"

#include <optional>

namespace cumulet {

/// Makes or opens the file for this connection and brings it to the newest version. A file that cannot be used is
/// left as it is, and the connection is closed.
Result<Database::Opened> openFile(Connection &connection, const QString &file);

/// Renames a database file and what belongs to it to FILE.broken-DATE; gives that name, an empty one when there
/// was no file, nothing when it could not be done.
std::optional<QString> moveAside(const QString &file);

} // namespace cumulet
