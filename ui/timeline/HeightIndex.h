#pragma once

#include <QtTypes>

#include <vector>

namespace cumulet {

/// Heights of rows, summed in a Fenwick tree: setting one, the top of a row and the row at a place each cost O(log n);
/// inserting and removing in the middle O(n) additions. Pixels, 64-bit: a long history exceeds an int.
class HeightIndex
{
public:
    int count() const { return int(m_heights.size()); }
    qint64 total() const { return m_total; }
    int height(int row) const { return m_heights[row]; }
    bool isExact(int row) const { return m_exact[row]; }

    void reset(std::vector<int> heights);
    void insert(int row, const std::vector<int> &heights);
    void remove(int row, int count);
    /// exact: measured, not guessed.
    void set(int row, int height, bool exact);
    /// All become guesses again (the width has changed); their values stay until somebody measures.
    void doubt();

    /// Sum of the heights of all rows above row; row may be count().
    qint64 top(int row) const;
    /// The row that covers y; the last for anything below the end, 0 for anything above. -1 without rows.
    int rowAt(qint64 y) const;

private:
    void rebuild();

    std::vector<int> m_heights;
    std::vector<bool> m_exact;
    std::vector<qint64> m_tree; // m_tree[i] sums m_heights (i - lowbit(i), i], counted from 1
    qint64 m_total = 0;
};

} // namespace cumulet
