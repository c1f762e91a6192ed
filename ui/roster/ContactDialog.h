#pragma once

#include "domain/Identifier.h"
#include "domain/Jid.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Adds a contact, or changes the name and groups of one.
class ContactDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ContactDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    /// Speaks of this address; a contact that exists is changed.
    void setContact(AccountId account, const Jid &jid);

Q_SIGNALS:
    void added(cumulet::AccountId account, const cumulet::Jid &jid);

private:
    void submit();
    void showError(const QString &sentence);

    ProgramParts m_parts;
    QComboBox *m_account;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QLineEdit *m_groups;
    PlainLabel *m_error;
    QPushButton *m_accept;
};

} // namespace cumulet
