#pragma once

#include "domain/Channel.h"

#include <QAbstractListModel>

#include <functional>
#include <vector>

namespace cumulet {

/// The people of a channel, sorted by role: owner, moderators, those who may post, readers, requests, banned.
class MemberListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Section { Owners, Moderators, Publishers, Followers, Requests, Invited, Banned };
    enum Role {
        JidRole = Qt::UserRole + 1, ///< QString, bare
        NameRole, ///< QString
        AffiliationRole, ///< int, Affiliation
        SectionRole, ///< int, Section
        StartsSectionRole, ///< bool: the section's name stands above this row
        SectionCountRole, ///< int: how many are in this row's section
    };

    using QAbstractListModel::QAbstractListModel;

    /// names: what to call somebody. Banned people and requests are only listed for those who may answer them.
    void setMembers(
        const QList<Membership> &members, bool showsRequests, const std::function<QString(const Jid &)> &names);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    int countOf(Section section) const;

private:
    struct Row
    {
        Membership membership;
        Section section = Followers;
        QString name;
    };
    std::vector<Row> m_rows;
};

} // namespace cumulet
