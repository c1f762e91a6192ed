#include "ui/models/RosterModel.h"

#include "services/account/Accounts.h"
#include "services/roster/RosterService.h"

#include <QCollator>

#include <algorithm>

namespace cumulet {

RosterModel::RosterModel(Accounts &accounts, QObject *parent)
    : QAbstractListModel(parent)
    , m_accounts(accounts)
{
    connect(&accounts, &Accounts::added, this, &RosterModel::followAccount);
    connect(&accounts, &Accounts::aboutToRemove, this, &RosterModel::scheduleRebuild);
    for (const AccountId id : accounts.ids()) {
        followAccount(id);
    }
}

void RosterModel::followAccount(AccountId id)
{
    const AccountServices *services = m_accounts.of(id);
    if (!services) {
        return;
    }
    connect(services->roster, &RosterService::rosterReplaced, this, &RosterModel::scheduleRebuild);
    connect(services->roster, &RosterService::itemChanged, this, &RosterModel::scheduleRebuild);
    connect(services->roster, &RosterService::presenceChanged, this, [this, id](const Jid &jid) {
        for (int row = 0; row < rowCount(); ++row) {
            if (m_rows[size_t(row)].account == id && m_rows[size_t(row)].item.jid == jid) {
                Q_EMIT dataChanged(index(row), index(row), {ShowRole, StatusRole});
            }
        }
    });
    scheduleRebuild();
}

// a login brings many changes in one turn of the event loop: one rebuild serves them all
void RosterModel::scheduleRebuild()
{
    if (!m_isScheduled) {
        m_isScheduled = true;
        QMetaObject::invokeMethod(this, &RosterModel::rebuild, Qt::QueuedConnection);
    }
}

void RosterModel::rebuild()
{
    m_isScheduled = false;
    std::vector<Row> rows;
    for (const AccountId id : m_accounts.ids()) {
        const AccountServices *services = m_accounts.of(id);
        for (const RosterItem &item : services->roster->items()) {
            const QStringList groups = item.groups.isEmpty() ? QStringList{QString()} : item.groups;
            for (const QString &group : groups) {
                rows.push_back({id, item, group});
            }
        }
    }
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(rows.begin(), rows.end(), [&collator](const Row &a, const Row &b) {
        if (a.group != b.group) {
            // who is in no group comes last
            return !a.group.isEmpty() && (b.group.isEmpty() || collator.compare(a.group, b.group) < 0);
        }
        const int order = collator.compare(a.item.displayName(), b.item.displayName());
        return order != 0 ? order < 0 : a.item.jid < b.item.jid;
    });
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int RosterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RosterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[size_t(index.row())];
    const AccountServices *services = m_accounts.of(row.account);
    switch (role) {
    case JidRole:
        return row.item.jid.text();
    case AccountRole:
        return QVariant::fromValue<qint64>(row.account);
    case AccountJidRole:
        return services ? services->account.jid.text() : QString();
    case Qt::DisplayRole:
    case NameRole:
        return row.item.displayName();
    case GroupRole:
        return row.group;
    case StartsGroupRole:
        return index.row() == 0 || m_rows[size_t(index.row() - 1)].group != row.group;
    case ShowRole:
        return services ? int(services->roster->presenceOf(row.item.jid).show) : int(Presence::Show::Offline);
    case StatusRole:
        return services ? services->roster->presenceOf(row.item.jid).status : QString();
    case SubscriptionRole:
        return int(row.item.subscription);
    case IsAskedRole:
        return row.item.isAsked;
    default:
        return {};
    }
}

} // namespace cumulet
