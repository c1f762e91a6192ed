#pragma once

#include "domain/Account.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Names the channel service of an account by hand; empty: it is looked for.
class ChannelServiceDialog : public QDialog
{
    Q_OBJECT

public:
    ChannelServiceDialog(const ProgramParts &parts, const Account &account, QWidget *parent = nullptr);

private:
    void submit();
    void showError(const QString &sentence);

    ProgramParts m_parts;
    AccountId m_account;
    QLineEdit *m_address;
    PlainLabel *m_error;
};

} // namespace cumulet
