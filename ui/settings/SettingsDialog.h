#pragma once

#include "domain/Identifier.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QListWidget;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Accounts, and how the program looks and behaves. What is changed holds at once.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    void showAccounts();

Q_SIGNALS:
    void loginRequested();

private:
    QWidget *makeAccounts();
    QWidget *makeLook();
    void listAccounts();
    void showAccount();
    void toggleAccount();
    void removeAccount();
    void changePassword();
    AccountId currentAccount() const;
    QString connectionText(AccountId id) const;

    ProgramParts m_parts;
    QListWidget *m_pages;
    QStackedWidget *m_stack;
    QListWidget *m_accounts = nullptr;
    PlainLabel *m_connection = nullptr;
    QPushButton *m_toggle = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_password = nullptr;
    QPushButton *m_service = nullptr;
};

} // namespace cumulet
