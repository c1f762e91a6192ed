#include "ui/shell/StorageTrouble.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace cumulet {

static QString sentence(StorageTrouble::Kind kind, const QString &folder)
{
    switch (kind) {
    case StorageTrouble::Damaged:
        return StorageTrouble::tr(
            "Your data is damaged. It can be kept aside while Cumulet begins with an empty profile; "
            "your servers still have what their archives hold.");
    case StorageTrouble::Newer:
        return StorageTrouble::tr(
            "Your data was written by a newer Cumulet. Please use that one; this one does not touch it.");
    case StorageTrouble::NotWritable:
        return StorageTrouble::tr("The folder of your data cannot be written: %1").arg(folder);
    case StorageTrouble::Unreadable:
        break;
    }
    return StorageTrouble::tr("Your data cannot be read.");
}

StorageTrouble::StorageTrouble(Kind kind, const QString &folder, const QString &detail)
    : QMessageBox(QMessageBox::Critical, u"Cumulet"_s, sentence(kind, folder), QMessageBox::Close)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    setDetailedText(detail);
    if (kind == Damaged) {
        connect(addButton(tr("Keep it aside and begin afresh"), QMessageBox::DestructiveRole), &QPushButton::clicked,
            this, &StorageTrouble::freshStartChosen);
    }
    connect(button(QMessageBox::Close), &QPushButton::clicked, this, &StorageTrouble::closeChosen);
}

} // namespace cumulet
