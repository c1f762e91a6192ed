#include "architecture/Loops.h"

#include <algorithm>
#include <functional>

namespace cumulet::tests {

// Tarjan's algorithm
QList<QStringList> findLoops(const IncludeGraph &graph)
{
    struct Mark
    {
        int order = 0;
        int lowest = 0;
        bool isOpen = false;
    };
    QHash<QString, Mark> marks;
    QStringList open;
    QList<QStringList> loops;
    std::function<Mark(const QString &)> visit = [&](const QString &unit) {
        const int order = int(marks.size()) + 1;
        marks.insert(unit, {order, order, true});
        open += unit;
        for (const auto &next : graph.value(unit)) {
            const auto known = marks.value(next);
            if (known.order == 0) {
                const auto seen = visit(next);
                marks[unit].lowest = std::min(marks[unit].lowest, seen.lowest);
            } else if (known.isOpen) {
                marks[unit].lowest = std::min(marks[unit].lowest, known.order);
            }
        }
        if (marks.value(unit).lowest == order) {
            QStringList group;
            QString last;
            do {
                last = open.takeLast();
                marks[last].isOpen = false;
                group += last;
            } while (last != unit);
            if (group.size() > 1) {
                group.sort();
                loops += group;
            }
        }
        return marks.value(unit);
    };
    for (auto unit = graph.cbegin(); unit != graph.cend(); ++unit) {
        if (!marks.contains(unit.key())) {
            visit(unit.key());
        }
    }
    return loops;
}

} // namespace cumulet::tests
