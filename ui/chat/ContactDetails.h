#pragma once

#include "domain/Presence.h"
#include "services/account/Accounts.h"
#include "ui/shell/ProgramParts.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace cumulet {

class AvatarLabel;
class PlainLabel;

/// Beside a chat: who somebody is, their channel, their devices, and what can be done about the contact.
class ContactDetails : public QWidget
{
    Q_OBJECT

public:
    ContactDetails(
        const ProgramParts &parts, const AccountServices &services, const Jid &jid, QWidget *parent = nullptr);

    static QString wordsOf(Presence::Show show);

Q_SIGNALS:
    void channelActivated(const cumulet::Jid &jid);
    void profileWanted(const cumulet::Jid &jid);
    void said(const QString &words);

private:
    PlainLabel *addHeading(const QString &words);
    QPushButton *addAction(QStringView icon, const QString &words);
    void refresh();
    void rename();
    void removeContact();
    void addContact();

    ProgramParts m_parts;
    AccountServices m_services;
    Jid m_jid;
    QVBoxLayout *m_layout;
    AvatarLabel *m_picture;
    PlainLabel *m_name;
    PlainLabel *m_address;
    PlainLabel *m_status;
    PlainLabel *m_devices;
    PlainLabel *m_subscription;
    QPushButton *m_add = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_ask = nullptr;
};

} // namespace cumulet
