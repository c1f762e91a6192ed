#pragma once

#include "domain/Channel.h"
#include "domain/Identifier.h"
#include "domain/Result.h"
#include "ui/shell/ProgramParts.h"

#include <QDialog>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace cumulet {

class PlainLabel;

/// Finds people and channels by address or link: shows what is there before anything is opened or followed.
class FindDialog : public QDialog
{
    Q_OBJECT

public:
    explicit FindDialog(const ProgramParts &parts, QWidget *parent = nullptr);

    void setAddress(const QString &address);

Q_SIGNALS:
    void chatChosen(cumulet::AccountId account, const cumulet::Jid &jid);
    void channelChosen(cumulet::AccountId account, const cumulet::Jid &jid);
    void contactWanted(cumulet::AccountId account, const cumulet::Jid &jid);
    void newChannelWanted();

private:
    void build();
    void look();
    void showPreview(const Result<Channel> &channel);
    AccountId account() const;

    ProgramParts m_parts;
    QComboBox *m_account = nullptr;
    QLineEdit *m_address = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_preview = nullptr;
    QPushButton *m_openChannel = nullptr;
    QPushButton *m_openChat = nullptr;
    QPushButton *m_addContact = nullptr;
    QTimer m_delay;
    Jid m_jid;
};

} // namespace cumulet
