#pragma once

#include "domain/Presence.h"
#include "domain/Roster.h"

#include <QAbstractListModel>

#include <vector>

namespace cumulet {

class Accounts;

/// The contacts of all accounts, sorted by group and name; a contact in two groups has two rows.
class RosterModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        JidRole = Qt::UserRole + 1, ///< QString, bare
        AccountRole, ///< AccountId
        AccountJidRole, ///< QString, bare
        NameRole, ///< QString
        GroupRole, ///< QString, empty: in no group
        StartsGroupRole, ///< bool: the group's name stands above this row
        ShowRole, ///< int, Presence::Show
        StatusRole, ///< QString
        SubscriptionRole, ///< int, PresenceSubscription
        IsAskedRole, ///< bool: our request is not answered yet
    };

    explicit RosterModel(Accounts &accounts, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        qint64 account = 0;
        RosterItem item;
        QString group;
    };
    void followAccount(qint64 id);
    void rebuild();
    void scheduleRebuild();

    Accounts &m_accounts;
    std::vector<Row> m_rows;
    bool m_isScheduled = false;
};

} // namespace cumulet
