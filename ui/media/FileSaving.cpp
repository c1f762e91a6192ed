#include "ui/media/FileSaving.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int longestName = 120;

QString safeFileName(const QString &name)
{
    QString safe;
    for (const QChar letter : name.left(4 * longestName)) {
        const bool isBad = letter == u'/' || letter == u'\\' || letter.category() == QChar::Other_Control
            || letter.category() == QChar::Other_Format;
        safe += isBad ? u'_' : letter;
    }
    while (safe.startsWith(u'.'))
        safe.removeFirst();
    // the end of a name says what it is
    safe = safe.size() > longestName ? safe.left(longestName / 2) + safe.right(longestName / 2) : safe;
    return safe.trimmed().isEmpty() ? u"file"_s : safe.trimmed();
}

static bool write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

void saveFile(QWidget *parent, const QString &name, const QByteArray &bytes)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(parent, QCoreApplication::translate("cumulet::FileSaving", "Save as"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(folder);
    dialog->selectFile(safeFileName(name));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent, bytes](const QString &path) {
        if (!write(path, bytes)) {
            auto *trouble =
                new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("cumulet::FileSaving", "Save as"),
                    QCoreApplication::translate("cumulet::FileSaving", "The file could not be written there."),
                    QMessageBox::Ok, parent);
            trouble->setAttribute(Qt::WA_DeleteOnClose);
            trouble->open();
        }
    });
    dialog->open();
}

} // namespace cumulet
