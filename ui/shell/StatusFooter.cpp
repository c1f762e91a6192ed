#include "ui/shell/StatusFooter.h"

#include "services/account/AccountService.h"
#include "services/account/Accounts.h"
#include "services/session/SessionService.h"
#include "ui/common/AvatarLabel.h"
#include "ui/common/PlainLabel.h"
#include "ui/models/AccountListModel.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace cumulet {

static QString wordsOf(Presence::Show show)
{
    switch (show) {
    case Presence::Show::Available:
    case Presence::Show::Chat:
        return StatusFooter::tr("available");
    case Presence::Show::Away:
        return StatusFooter::tr("away");
    case Presence::Show::ExtendedAway:
        return StatusFooter::tr("away for longer");
    case Presence::Show::DoNotDisturb:
        return StatusFooter::tr("do not disturb");
    case Presence::Show::Offline:
        break;
    }
    return StatusFooter::tr("offline");
}

StatusFooter::StatusFooter(const ProgramParts &parts, AccountListModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_picture(new AvatarLabel(parts.avatars, parts.theme.scaled(24), this))
    , m_words(new PlainLabel(parts.theme, Theme::Type::Body, Theme::Muted, this))
    , m_button(new QToolButton(this))
    , m_menu(new QMenu(tr("&Status"), this))
{
    m_words->setElided(true);
    const std::initializer_list<std::pair<Presence::Show, QString>> choices{
        {Presence::Show::Available, tr("&Available")},
        {Presence::Show::Away, tr("A&way")},
        {Presence::Show::ExtendedAway, tr("Away for &longer")},
        {Presence::Show::DoNotDisturb, tr("&Do not disturb")},
        {Presence::Show::Offline, tr("&Offline")},
    };
    for (const auto &[show, words] : choices) {
        connect(m_menu->addAction(words), &QAction::triggered, this, [this, chosen = int(show)] { choose(chosen); });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Status text…")), &QAction::triggered, this, &StatusFooter::editText);
    m_button->setObjectName(u"status"_s);
    m_button->setAutoRaise(true);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setMenu(m_menu);
    m_button->setIcon(m_parts.icons.named(IconNames::more));
    m_button->setToolTip(tr("Change my status"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, Theme::small, Theme::small, Theme::small);
    layout->addWidget(m_picture);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_button);
    connect(&model, &QAbstractItemModel::dataChanged, this, &StatusFooter::refresh);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &StatusFooter::refresh);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &StatusFooter::refresh);
    refresh();
}

void StatusFooter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_parts.theme.color(Theme::Line));
    painter.drawLine(0, 0, width(), 0);
}

void StatusFooter::refresh()
{
    setVisible(m_model.rowCount() > 0);
    if (m_model.rowCount() == 0) {
        return;
    }
    const QModelIndex account = m_model.index(0);
    const QString jid = account.data(AccountListModel::JidRole).toString();
    const auto show = Presence::Show(account.data(AccountListModel::ShowRole).toInt());
    const QString name = Jid::fromTrusted(jid).shortName();
    m_picture->setLook({.account = jid, .jid = jid, .name = name, .dot = dotOf(show)});
    QString state = wordsOf(show);
    switch (ConnectionState(account.data(AccountListModel::StateRole).toInt())) {
    case ConnectionState::Connecting:
        state = tr("connecting…");
        break;
    case ConnectionState::CatchingUp:
        state = tr("catching up…");
        break;
    case ConnectionState::Waiting:
        state = tr("offline, trying again");
        break;
    case ConnectionState::Failed:
        state = tr("needs you");
        break;
    case ConnectionState::Offline:
    case ConnectionState::Online:
        break;
    }
    m_words->setText(u"%1 · %2"_s.arg(name, state));
    m_button->setAccessibleName(tr("Change my status, now %1").arg(state));
}

void StatusFooter::choose(int show)
{
    for (const AccountId id : m_parts.accounts.ids()) {
        const AccountServices *services = m_parts.accounts.of(id);
        if (Presence::Show(show) == Presence::Show::Offline) {
            services->session->goOffline();
            continue;
        }
        Presence presence = services->session->presence();
        presence.show = Presence::Show(show);
        services->session->setPresence(presence);
        if (services->account.isEnabled) {
            services->session->goOnline();
        }
        Account changed = services->account;
        changed.show = show;
        whenDone(m_parts.accountService.change(changed), this, [](const Result<Done> &) {});
    }
    refresh();
}

void StatusFooter::editText()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Status text"));
    dialog->setLabelText(tr("What your contacts see beside your name:"));
    if (const auto ids = m_parts.accounts.ids(); !ids.isEmpty()) {
        dialog->setTextValue(m_parts.accounts.of(ids.first())->session->presence().status);
    }
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        for (const AccountId id : m_parts.accounts.ids()) {
            SessionService *session = m_parts.accounts.of(id)->session;
            Presence presence = session->presence();
            presence.status = text.left(1000);
            session->setPresence(presence);
            Account changed = m_parts.accounts.of(id)->account;
            changed.statusText = presence.status;
            whenDone(m_parts.accountService.change(changed), this, [](const Result<Done> &) {});
        }
    });
    dialog->open();
}

} // namespace cumulet
