#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QStringList>

namespace cumulet::tests {

/// Who includes whom.
using IncludeGraph = QHash<QString, QSet<QString>>;

/// The groups of two or more in which each reaches each (strongly connected components), each group sorted.
QList<QStringList> findLoops(const IncludeGraph &graph);

} // namespace cumulet::tests
