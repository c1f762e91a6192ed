#pragma once

#include <QStringList>

class QWidget;

namespace cumulet::tests {

/// Paints all windows that are open and looks for "<b>" and "<img" in whatever would take them for markup: labels, tool
/// tips of widgets, actions, tabs and rows, laid out documents. What is wrong, a line each.
QStringList markupFaults();
/// The same of one widget, without its children.
QStringList markupFaultsOf(const QWidget *widget);

} // namespace cumulet::tests
