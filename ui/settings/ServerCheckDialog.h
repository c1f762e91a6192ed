#pragma once

#include "services/check/ServerCheck.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>
#include <QPointer>

QT_BEGIN_NAMESPACE
class QComboBox;
class QListWidget;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

/// What the server of an account can do, asked on request: one plain line for each thing, and for what is missing a
/// sentence. The list can be copied.
class ServerCheckDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ServerCheckDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    /// The whole list as text.
    QString text() const;

private:
    void toggle();
    void start();
    void showLine(int index);
    void refreshButtons();

    ProgramParts m_parts;
    QPointer<ServerCheck> m_check;
    QComboBox *m_account;
    QListWidget *m_lines;
    QPushButton *m_run;
    QPushButton *m_copy;
};

} // namespace cumulet
