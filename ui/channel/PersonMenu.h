#pragma once

#include "domain/ChannelRules.h"
#include "ui/models/MemberListModel.h"
#include "ui/shell/ProgramParts.h"

#include <QObject>

#include <functional>

QT_BEGIN_NAMESPACE
class QMenu;
class QWidget;
QT_END_NAMESPACE

namespace cumulet {

struct AccountServices;

/// What can be done with somebody in a channel: speak, answer a request, change the role, remove, ban. Only what our
/// own role allows is offered (buddycloud.md 5.2); what cannot be undone by a click is asked first.
class PersonMenu : public QObject
{
    Q_OBJECT

public:
    struct Person
    {
        Jid jid;
        QString name;
        Affiliation role = Affiliation::None;
        MemberListModel::Section section = MemberListModel::Followers;
    };
    PersonMenu(const AccountServices &services, const Channel &channel, const Person &person, QWidget *parent);

    /// Shows it; it deletes itself.
    void popup(const QPoint &position);

Q_SIGNALS:
    void chatWanted(const cumulet::Jid &jid);
    void channelWanted(const cumulet::Jid &jid);
    void profileWanted(const cumulet::Jid &jid);
    void requestAnswered(const cumulet::Jid &jid, bool isAllowed);
    void followBackWanted(const cumulet::Jid &jid);
    void roleChosen(const cumulet::Jid &jid, cumulet::Affiliation role);
    void removalChosen(const cumulet::Jid &jid);

private:
    void addRequest(QMenu *menu);
    void addSpeaking(QMenu *menu);
    void addRoles(QMenu *menu);
    void ask(const QString &question, const QString &detail, const QString &button, const std::function<void()> &then);

    QWidget *m_window;
    Channel m_channel;
    ChannelStanding m_standing;
    Person m_person;
    bool m_isSelf;
};

} // namespace cumulet
