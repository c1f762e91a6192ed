#include "ui/timeline/HeightIndex.h"

#include <bit>

namespace cumulet {

void HeightIndex::rebuild()
{
    const size_t count = m_heights.size();
    m_tree.assign(count + 1, 0);
    m_total = 0;
    for (size_t i = 1; i <= count; ++i) {
        m_total += m_heights[i - 1];
        m_tree[i] += m_heights[i - 1];
        const size_t parent = i + (i & (~i + 1));
        if (parent <= count)
            m_tree[parent] += m_tree[i];
    }
}

void HeightIndex::reset(std::vector<int> heights)
{
    m_heights = std::move(heights);
    m_exact.assign(m_heights.size(), false);
    rebuild();
}

void HeightIndex::insert(int row, const std::vector<int> &heights)
{
    m_heights.insert(m_heights.begin() + row, heights.begin(), heights.end());
    m_exact.insert(m_exact.begin() + row, heights.size(), false);
    rebuild();
}

void HeightIndex::remove(int row, int count)
{
    m_heights.erase(m_heights.begin() + row, m_heights.begin() + row + count);
    m_exact.erase(m_exact.begin() + row, m_exact.begin() + row + count);
    rebuild();
}

void HeightIndex::set(int row, int height, bool exact)
{
    m_exact[row] = exact;
    const int difference = height - m_heights[row];
    if (difference == 0)
        return;
    m_heights[row] = height;
    m_total += difference;
    for (size_t i = size_t(row) + 1; i < m_tree.size(); i += i & (~i + 1))
        m_tree[i] += difference;
}

void HeightIndex::doubt()
{
    m_exact.assign(m_heights.size(), false);
}

qint64 HeightIndex::top(int row) const
{
    qint64 sum = 0;
    for (size_t i = size_t(row); i > 0; i &= i - 1)
        sum += m_tree[i];
    return sum;
}

int HeightIndex::rowAt(qint64 y) const
{
    const size_t count = m_heights.size();
    if (count == 0)
        return -1;
    if (y < 0)
        return 0;
    size_t at = 0;
    for (size_t step = std::bit_floor(count); step > 0; step >>= 1) {
        if (at + step <= count && m_tree[at + step] <= y) {
            at += step;
            y -= m_tree[at];
        }
    }
    return int(at < count ? at : count - 1);
}

} // namespace cumulet
