#include "shell/AccessibleFaults.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QScrollBar>
#include <QSet>
#include <QTabBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace cumulet::tests {

static constexpr int deepest = 40;

static QString nameOf(const QObject *object)
{
    return object ? u"%1 \"%2\""_s.arg(QString::fromLatin1(object->metaObject()->className()), object->objectName())
                  : u"?"_s;
}

static bool isControl(QAccessible::Role role)
{
    static const QSet<int> controls{QAccessible::Button, QAccessible::ButtonMenu, QAccessible::ButtonDropDown,
        QAccessible::CheckBox, QAccessible::RadioButton, QAccessible::ComboBox, QAccessible::EditableText,
        QAccessible::SpinBox, QAccessible::Slider, QAccessible::List, QAccessible::Tree, QAccessible::Table,
        QAccessible::PageTab, QAccessible::PageTabList, QAccessible::MenuItem, QAccessible::Link};
    return controls.contains(role);
}

static void addUnnamed(QAccessibleInterface *of, QStringList &faults, int depth = 0)
{
    if (!of || depth > deepest || of->state().invisible) {
        return;
    }
    // the field and the list inside a box that has a name
    const bool isPart = of->parent() && of->parent()->role() == QAccessible::ComboBox;
    if (isControl(of->role()) && !isPart && of->text(QAccessible::Name).trimmed().isEmpty()) {
        faults += u"no name: "_s + nameOf(of->object());
    }
    for (int child = 0; child < of->childCount(); ++child) {
        addUnnamed(of->child(child), faults, depth + 1);
    }
}

static bool isForKeys(const QWidget *widget)
{
    const bool isInner = widget->objectName().startsWith("qt_"_L1)
        || (widget->parentWidget() && widget->parentWidget()->inherits("QLineEdit"))
        || (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"));
    return qobject_cast<const QAbstractButton *>(widget) && widget->isVisible() && widget->isEnabled() && !isInner;
}

QStringList accessibleFaults()
{
    QStringList faults;
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (!window->isVisible()) {
            continue;
        }
        addUnnamed(QAccessible::queryAccessibleInterface(window), faults);
        const auto widgets = window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (isForKeys(widget) && !(widget->focusPolicy() & Qt::TabFocus)) {
                faults += u"no keys: "_s + nameOf(widget) + u' ' + widget->accessibleName();
            }
        }
    }
    return faults;
}

} // namespace cumulet::tests
