#include "ui/channel/PersonMenu.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/channel/ChannelWords.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace cumulet {

PersonMenu::PersonMenu(const AccountServices &services, const Channel &channel, const Person &person, QWidget *parent)
    : QObject(parent)
    , m_window(parent)
    , m_channel(channel)
    , m_standing(services.channels->standingIn(channel))
    , m_person(person)
    , m_isSelf(person.jid == services.account.jid)
{
}

void PersonMenu::popup(const QPoint &position)
{
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_person.section == MemberListModel::Requests) {
        addRequest(menu);
    }
    if (!m_isSelf) {
        addSpeaking(menu);
        addRoles(menu);
    }
    if (menu->isEmpty()) {
        delete menu;
        deleteLater();
        return;
    }
    menu->popup(position);
}

void PersonMenu::addRequest(QMenu *menu)
{
    connect(menu->addAction(tr("&Allow to follow")), &QAction::triggered, this,
        [this] { Q_EMIT requestAnswered(m_person.jid, true); });
    if (m_standing.isOwnPersonalChannel) {
        connect(menu->addAction(tr("Allow and &follow back")), &QAction::triggered, this, [this] {
            Q_EMIT requestAnswered(m_person.jid, true);
            Q_EMIT followBackWanted(m_person.jid);
        });
    }
    connect(menu->addAction(tr("&Deny")), &QAction::triggered, this,
        [this] { Q_EMIT requestAnswered(m_person.jid, false); });
    menu->addSeparator();
}

void PersonMenu::addSpeaking(QMenu *menu)
{
    connect(
        menu->addAction(tr("&Profile…")), &QAction::triggered, this, [this] { Q_EMIT profileWanted(m_person.jid); });
    connect(menu->addAction(tr("&Chat")), &QAction::triggered, this, [this] { Q_EMIT chatWanted(m_person.jid); });
    connect(menu->addAction(tr("Open &their channel")), &QAction::triggered, this,
        [this] { Q_EMIT channelWanted(m_person.jid); });
}

void PersonMenu::addRoles(QMenu *menu)
{
    // an owner can be demoted by nobody, and a moderator by an owner alone (buddycloud.md 4.13)
    const bool isBelow = m_person.role != Affiliation::Owner
        && (m_person.role != Affiliation::Moderator || m_standing.affiliation == Affiliation::Owner);
    if (!isBelow || m_person.section == MemberListModel::Requests
        || !isAllowed(ChannelOperation::ChangeRoles, m_standing)) {
        return;
    }
    menu->addSeparator();
    if (m_person.section == MemberListModel::Invited) {
        connect(menu->addAction(tr("&Withdraw the invitation")), &QAction::triggered, this,
            [this] { Q_EMIT removalChosen(m_person.jid); });
        return;
    }
    const auto offer = [&](const QString &words, Affiliation role) {
        connect(
            menu->addAction(words), &QAction::triggered, this, [this, role] { Q_EMIT roleChosen(m_person.jid, role); });
    };
    if (m_person.role == Affiliation::Outcast) {
        offer(tr("&Lift the ban: %1").arg(ChannelWords::roleMeaning(Affiliation::Member)), Affiliation::Member);
        return;
    }
    QList<Affiliation> roles{Affiliation::Member, Affiliation::Publisher};
    if (isAllowed(ChannelOperation::MakeModerator, m_standing)) {
        roles.append(Affiliation::Moderator);
    }
    for (const Affiliation role : std::as_const(roles)) {
        if (role != m_person.role) {
            offer(tr("Make %1: %2").arg(ChannelWords::role(role), ChannelWords::roleMeaning(role)), role);
        }
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Remove from the channel…")), &QAction::triggered, this, [this] {
        ask(tr("Remove %1 from %2?").arg(m_person.name, m_channel.displayTitle()),
            m_channel.accessModel == AccessModel::Open ? tr("They can follow again whenever they like.")
                                                       : tr("To come back they have to ask again."),
            tr("Remove"), [this] { Q_EMIT removalChosen(m_person.jid); });
    });
    connect(menu->addAction(tr("&Ban…")), &QAction::triggered, this, [this] {
        ask(tr("Ban %1 from %2?").arg(m_person.name, m_channel.displayTitle()),
            ChannelWords::roleMeaning(Affiliation::Outcast) + u' ' + tr("You can lift the ban later."), tr("Ban"),
            [this] { Q_EMIT roleChosen(m_person.jid, Affiliation::Outcast); });
    });
}

void PersonMenu::ask(
    const QString &question, const QString &detail, const QString &button, const std::function<void()> &then)
{
    auto *box = new QMessageBox(QMessageBox::Question, button, question, QMessageBox::Cancel, m_window);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(detail);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *agree = box->addButton(button, QMessageBox::DestructiveRole);
    agree->setObjectName(u"agree"_s);
    connect(agree, &QPushButton::clicked, this, then);
    box->open();
}

} // namespace cumulet
