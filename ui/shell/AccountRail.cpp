#include "ui/shell/AccountRail.h"

#include "domain/Account.h"
#include "domain/Jid.h"
#include "domain/Presence.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/PlainLabel.h"
#include "ui/models/AccountListModel.h"

#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

AccountRail::AccountRail(const ProgramParts &parts, AccountListModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_buttons(new QVBoxLayout)
{
    setAccessibleName(tr("Accounts"));
    m_parts.theme.fill(this, Theme::Rail);
    setFixedWidth(m_parts.theme.scaled(52));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 10, 6, 10);
    layout->setSpacing(10);
    layout->addLayout(m_buttons);
    const auto addTool = [&](QStringView icon, const QString &name, void (AccountRail::*signal)()) {
        auto *button = new QToolButton(this);
        button->setIcon(m_parts.icons.named(icon));
        button->setIconSize({16, 16});
        button->setFixedSize(m_parts.theme.scaled(36), m_parts.theme.scaled(36));
        button->setAutoRaise(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        layout->addWidget(button, 0, Qt::AlignHCenter);
        connect(button, &QToolButton::clicked, this, signal);
    };
    addTool(IconNames::add, tr("Add an account"), &AccountRail::addRequested);
    layout->addStretch();
    addTool(IconNames::settings, tr("Settings"), &AccountRail::settingsRequested);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &AccountRail::rebuild);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &AccountRail::rebuild);
    connect(&model, &QAbstractItemModel::dataChanged, this, &AccountRail::rebuild);
    connect(&m_parts.theme, &Theme::changed, this, &AccountRail::rebuild);
    connect(&m_parts.avatars, &AvatarPainter::changed, this, &AccountRail::rebuild);
    rebuild();
}

void AccountRail::rebuild()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (item->widget()) {
            item->widget()->deleteLater();
            item->widget()->hide();
        }
        delete item;
    }
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex account = m_model.index(row);
        const auto id = account.data(AccountListModel::IdRole).toLongLong();
        const QString jid = account.data(AccountListModel::JidRole).toString();
        const auto show = Presence::Show(account.data(AccountListModel::ShowRole).toInt());
        const int side = m_parts.theme.scaled(34);
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setCheckable(true);
        button->setChecked(id == m_chosen);
        button->setFixedSize(m_parts.theme.scaled(40), m_parts.theme.scaled(40));
        button->setIconSize({side, side});
        button->setIcon(QIcon(m_parts.avatars.pixmap(side, devicePixelRatioF(),
            {.account = jid,
                .jid = jid,
                .name = Jid::fromTrusted(jid).shortName(),
                .dot = dotOf(show),
                .behind = Theme::Rail})));
        const bool isOnline = account.data(AccountListModel::StateRole).toInt() == int(ConnectionState::Online);
        const QString words = isOnline ? tr("%1, online").arg(jid) : tr("%1, not connected").arg(jid);
        button->setToolTip(plainToolTip(words));
        button->setAccessibleName(words);
        m_buttons->addWidget(button, 0, Qt::AlignHCenter);
        connect(button, &QToolButton::clicked, this, [this, id] {
            m_chosen = m_chosen == id ? 0 : id;
            rebuild();
            Q_EMIT accountChosen(m_chosen);
        });
    }
    setVisible(m_model.rowCount() > 1);
}

} // namespace cumulet
