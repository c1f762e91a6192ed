#include "ui/common/ClearButton.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace cumulet {

void addClearButton(QLineEdit *field)
{
    field->setClearButtonEnabled(true);
    // private to Qt by name only; without it the button stays nameless, and a test says so
    if (auto *clear = field->findChild<QAction *>(u"_q_qlineeditclearaction"_s)) {
        clear->setText(QCoreApplication::translate("ClearButton", "Clear"));
    }
}

} // namespace cumulet
