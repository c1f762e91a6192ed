#pragma once

#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// What a channel says of itself in one line (buddycloud.md 1.3). In our own channel it is written here: Enter says it,
/// Escape takes the edit back; offline it waits.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    StatusLine(
        const ProgramParts &parts, const AccountServices &services, const Jid &channel, QWidget *parent = nullptr);

Q_SIGNALS:
    void said(const QString &words);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void read();
    void submit();

    AccountServices m_services;
    Jid m_channel;
    PlainLabel *m_text;
    QLineEdit *m_edit = nullptr;
    QString m_shown;
    bool m_isRead = false;
};

} // namespace cumulet
