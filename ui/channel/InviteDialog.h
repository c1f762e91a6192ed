#pragma once

#include "domain/Channel.h"
#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Invites somebody into a channel: a contact by name, or anybody by address.
class InviteDialog : public QDialog
{
    Q_OBJECT

public:
    InviteDialog(
        const ProgramParts &parts, const AccountServices &services, const Channel &channel, QWidget *parent = nullptr);

Q_SIGNALS:
    void invited(const cumulet::Jid &jid);

private:
    void submit();
    void showError(const QString &sentence);
    Jid meant() const;

    ProgramParts m_parts;
    AccountServices m_services;
    Channel m_channel;
    QLineEdit *m_who;
    PlainLabel *m_error;
    QPushButton *m_invite;
};

} // namespace cumulet
