#pragma once

#include "ui/timeline/RowLayout.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace cumulet {

/// Laid-out rows by id; keeps the two hundred used last. All are of one width and theme: a change of those clears it.
class RowCache
{
public:
    RowLayout *find(qint64 id);
    /// Without marking it as used.
    RowLayout *peek(qint64 id) const;
    RowLayout *keep(std::unique_ptr<RowLayout> layout);
    void forget(qint64 id) { m_rows.erase(id); }
    void clear() { m_rows.clear(); }
    int count() const { return int(m_rows.size()); }
    void forEach(const std::function<void(RowLayout &)> &visit) const;

private:
    struct Entry
    {
        std::unique_ptr<RowLayout> layout;
        quint64 used = 0;
    };

    std::unordered_map<qint64, Entry> m_rows;
    quint64 m_clock = 0;
};

} // namespace cumulet
