#pragma once

#include "shell/WindowBench.h"
#include "ui/models/MemberListModel.h"

#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTest>

namespace cumulet::tests {

/// What one does with the people of a channel, by the keys.
namespace PeopleSteps {

inline QListView *list(WindowBench &bench)
{
    return bench.find<QListView>(QStringLiteral("people"));
}

/// -1: not in the list.
inline int rowOf(const QListView *list, const Jid &jid)
{
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        if (list->model()->index(row, 0).data(MemberListModel::JidRole).toString() == jid.text()) {
            return row;
        }
    }
    return -1;
}

inline void openMenu(WindowBench &bench, const Jid &jid)
{
    auto *people = list(bench);
    const QModelIndex index = people->model()->index(rowOf(people, jid), 0);
    people->scrollTo(index);
    people->setCurrentIndex(index);
    people->setFocus();
    QTest::keyClick(people, Qt::Key_Return);
    QTRY_VERIFY(qobject_cast<QMenu *>(QApplication::activePopupWidget()));
}

inline QStringList offered()
{
    QStringList words;
    const auto actions = QApplication::activePopupWidget()->actions();
    for (const QAction *action : actions) {
        words += action->text();
    }
    return words;
}

/// Of the menu that is open, the entry that begins so.
inline void choose(const QString &beginning)
{
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (QAction *action : actions) {
        if (action->text().startsWith(beginning)) {
            menu->close();
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(beginning));
}

inline void agree(WindowBench &bench)
{
    QTRY_VERIFY(bench.find<QPushButton>(QStringLiteral("agree")));
    QTest::mouseClick(bench.find<QPushButton>(QStringLiteral("agree")), Qt::LeftButton);
}

/// As the service has it.
inline Membership standing(WindowBench &bench, const NodeId &node, const Jid &jid)
{
    return bench.server.nodes.value(node).members.value(jid);
}

} // namespace PeopleSteps

} // namespace cumulet::tests
