#pragma once

#include <QByteArray>
#include <QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace cumulet {

/// A name that leads into no other folder and hides nothing, from one that somebody sent.
QString safeFileName(const QString &name);
/// Asks where, and writes it there; says so when that fails. The dialog belongs to parent.
void saveFile(QWidget *parent, const QString &name, const QByteArray &bytes);

} // namespace cumulet
