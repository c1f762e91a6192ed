// How a page is cut out of a list, whatever its rows are. The two reading functions give at most limit rows strictly
// before or after a place, oldest first.
#pragma once

#include "domain/Paging.h"

#include <algorithm>
#include <limits>

namespace cumulet {

template <typename T, typename ReadBefore, typename ReadAfter, typename PlaceOf>
Page<T> pageOf(const PageRequest &request, ReadBefore readBefore, ReadAfter readAfter, PlaceOf placeOf)
{
    static constexpr Cursor newestEnd{std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()};
    const bool isBefore = request.direction == PageRequest::Before;
    const auto from = request.from.value_or(isBefore ? newestEnd : Cursor{std::numeric_limits<qint64>::min(), 0});
    const auto limit = std::max(request.limit, 1);
    Page<T> page;
    page.rows = isBefore ? readBefore(from, limit + 1) : readAfter(from, limit + 1); // one more tells whether there is
    const bool isEnd = page.rows.size() <= limit;
    if (!isEnd) {
        page.rows.remove(isBefore ? 0 : page.rows.size() - 1);
    }
    if (isBefore) {
        const auto end = page.rows.isEmpty() ? Cursor{from.time, from.row - 1} : placeOf(page.rows.last());
        page.atOldest = isEnd;
        page.atNewest = !request.from || readAfter(end, 1).isEmpty();
    } else {
        const auto end = page.rows.isEmpty() ? Cursor{from.time, from.row + 1} : placeOf(page.rows.first());
        page.atNewest = isEnd;
        page.atOldest = !request.from || readBefore(end, 1).isEmpty();
    }
    return page;
}

/// limit / 2 rows before the place, and as many from the place itself on.
template <typename T, typename ReadBefore, typename ReadAfter>
Page<T> pageAroundOf(const Cursor &place, int limit, ReadBefore readBefore, ReadAfter readAfter)
{
    const auto half = std::max(limit / 2, 1);
    Page<T> page;
    page.rows = readBefore(place, half + 1);
    page.atOldest = page.rows.size() <= half;
    if (!page.atOldest) {
        page.rows.removeFirst();
    }
    auto newer = readAfter(Cursor{place.time, place.row - 1}, half + 1);
    page.atNewest = newer.size() <= half;
    if (!page.atNewest) {
        newer.removeLast();
    }
    page.rows += newer;
    return page;
}

} // namespace cumulet
