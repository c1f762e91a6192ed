#pragma once

#include <QDateTime>
#include <QList>

#include <optional>

namespace cumulet {

/// A place in a local, time-ordered list: rows older or newer than this one are asked for.
struct Cursor
{
    qint64 time = 0; ///< UTC milliseconds
    qint64 row = 0; ///< row id, decides between rows of the same time

    auto operator<=>(const Cursor &) const = default;
};

/// Which rows of a local list: the newest (no cursor), or those before or after a cursor.
struct PageRequest
{
    enum Direction { Before, After };
    std::optional<Cursor> from;
    Direction direction = Before;
    int limit = 60;
};

/// Some rows of a local list, oldest first.
template <typename T> struct Page
{
    QList<T> rows;
    bool atOldest = false; ///< nothing older is stored
    bool atNewest = false; ///< nothing newer is stored
};

} // namespace cumulet
