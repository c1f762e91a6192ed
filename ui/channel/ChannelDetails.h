#pragma once

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/shell/ProgramParts.h"

#include <QPointer>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTabBar;
QT_END_NAMESPACE

namespace cumulet {

class MemberListModel;
class PersonMenu;
class PlainLabel;

/// Beside a channel: its people by role, who asks to follow (for those who may answer), and what it is.
class ChannelDetails : public QWidget
{
    Q_OBJECT

public:
    ChannelDetails(
        const ProgramParts &parts, const AccountServices &services, const NodeId &node, QWidget *parent = nullptr);

Q_SIGNALS:
    void personActivated(const cumulet::Jid &jid);
    void channelActivated(const cumulet::Jid &jid);
    void profileWanted(const cumulet::Jid &jid);
    void said(const QString &words);

private:
    enum Tab { People, Requests, About };
    QWidget *makePeople();
    QWidget *makeAbout();
    void readMembers();
    void readChannel();
    void showTab(int tab);
    void showPersonMenu(const QModelIndex &index, const QPoint &position);
    void report(Future<Done> answer);
    void confirmDelete();
    void followBack(const Jid &jid);
    void invite();

    ProgramParts m_parts;
    AccountServices m_services;
    NodeId m_node;
    Channel m_channel;
    MemberListModel *m_members;
    QSortFilterProxyModel *m_shown;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    QLineEdit *m_filter = nullptr;
    QListView *m_list = nullptr;
    PlainLabel *m_none = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_description = nullptr;
    PlainLabel *m_facts = nullptr;
    QPushButton *m_invite = nullptr;
    QPointer<PersonMenu> m_personMenu; // what it asks may be answered long after
    QPushButton *m_edit = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace cumulet
