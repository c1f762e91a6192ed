#include "ui/home/HomeDetails.h"

#include "services/account/Accounts.h"
#include "services/conversation/ConversationService.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"

#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

HomeDetails::HomeDetails(const ProgramParts &parts, AccountId account, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_account(account)
    , m_list(new QListWidget(this))
{
    auto *heading = new PlainLabel(parts.theme, Theme::Type::Title, Theme::Text, this);
    heading->setText(tr("Channels in Home"));
    m_list->setObjectName(u"channelsInHome"_s);
    m_list->setAccessibleName(tr("Channels in Home"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    parts.theme.fill(m_list->viewport(), Theme::Side);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::wide, Theme::wide, Theme::wide, Theme::medium);
    layout->addWidget(heading);
    layout->addWidget(m_list, 1);
    fill();
    connect(m_list, &QListWidget::itemChanged, this, &HomeDetails::choose);
    connect(&parts.conversations, &ConversationService::entryRemoved, this, &HomeDetails::fill);
    connect(&parts.conversations, &ConversationService::reset, this, &HomeDetails::fill);
    connect(&parts.conversations, &ConversationService::entryChanged, this, [this](const Conversation &entry) {
        const QString title = titleOf(entry);
        for (int row = 0; row < m_list->count(); ++row) {
            const QListWidgetItem *item = m_list->item(row);
            const bool isSame = item->data(Qt::UserRole).toLongLong() == entry.id && item->text() == title
                && (item->checkState() == Qt::Checked) == entry.isInHome;
            if (isSame) {
                return; // something else of it changed
            }
        }
        if (entry.kind == Conversation::Kind::Channel) {
            fill();
        }
    });
}

QString HomeDetails::titleOf(const Conversation &entry) const
{
    const QString title = entry.isOwnChannel ? tr("My channel") : entry.displayTitle();
    const AccountServices *services = m_parts.accounts.of(entry.account);
    const bool isOneOfSeveral = services && m_account == 0 && m_parts.accounts.ids().size() > 1;
    return isOneOfSeveral ? tr("%1 (%2)", "channel (account)").arg(title, services->account.jid.text()) : title;
}

void HomeDetails::fill()
{
    QList<Conversation> channels;
    for (const Conversation &entry : m_parts.conversations.entries()) {
        if (entry.kind == Conversation::Kind::Channel && (m_account == 0 || entry.account == m_account)) {
            channels.append(entry);
        }
    }
    std::sort(channels.begin(), channels.end(), [this](const Conversation &a, const Conversation &b) {
        const int order = QString::localeAwareCompare(titleOf(a), titleOf(b));
        return order != 0 ? order < 0 : a.id < b.id;
    });
    const QSignalBlocker quiet(m_list);
    const qint64 current = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toLongLong() : 0;
    m_list->clear();
    for (const Conversation &entry : std::as_const(channels)) {
        auto *item = new QListWidgetItem(titleOf(entry), m_list);
        item->setData(Qt::UserRole, entry.id);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(entry.isInHome ? Qt::Checked : Qt::Unchecked);
        if (entry.id == current) {
            m_list->setCurrentItem(item);
        }
    }
}

void HomeDetails::choose(QListWidgetItem *item)
{
    const auto id = item->data(Qt::UserRole).toLongLong();
    whenDone(
        m_parts.conversations.setInHome(id, item->checkState() == Qt::Checked), this, [this](const Result<Done> &done) {
            if (!done) {
                Q_EMIT said(ErrorText::sentence(done.error()));
            }
            Q_EMIT changed();
        });
}

} // namespace cumulet
