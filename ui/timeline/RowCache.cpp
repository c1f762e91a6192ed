#include "ui/timeline/RowCache.h"

#include <algorithm>
#include <vector>

namespace cumulet {

static constexpr size_t kept = 200;
static constexpr size_t slack = 50; // throwing away is done in batches

RowLayout *RowCache::find(qint64 id)
{
    const auto entry = m_rows.find(id);
    if (entry == m_rows.end())
        return nullptr;
    entry->second.used = ++m_clock;
    return entry->second.layout.get();
}

RowLayout *RowCache::peek(qint64 id) const
{
    const auto entry = m_rows.find(id);
    return entry == m_rows.end() ? nullptr : entry->second.layout.get();
}

RowLayout *RowCache::keep(std::unique_ptr<RowLayout> layout)
{
    if (m_rows.size() >= kept + slack) {
        std::vector<quint64> uses;
        uses.reserve(m_rows.size());
        for (const auto &[id, entry] : m_rows)
            uses.push_back(entry.used);
        const auto oldestKept = uses.end() - kept;
        std::nth_element(uses.begin(), oldestKept, uses.end());
        std::erase_if(m_rows, [limit = *oldestKept](const auto &row) { return row.second.used < limit; });
    }
    const qint64 id = layout->id();
    Entry &entry = m_rows[id];
    entry.layout = std::move(layout);
    entry.used = ++m_clock;
    return entry.layout.get();
}

void RowCache::forEach(const std::function<void(RowLayout &)> &visit) const
{
    for (const auto &[id, entry] : m_rows)
        visit(*entry.layout);
}

} // namespace cumulet
