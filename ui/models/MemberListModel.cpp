#include "ui/models/MemberListModel.h"

#include <QCollator>

#include <algorithm>

namespace cumulet {

static MemberListModel::Section sectionOf(const Membership &membership)
{
    if (membership.subscription == NodeSubscription::Pending) {
        return MemberListModel::Requests; // a request carries a role already, which counts for nothing yet
    }
    if (membership.subscription == NodeSubscription::Invited) {
        return MemberListModel::Invited;
    }
    switch (membership.affiliation) {
    case Affiliation::Owner:
        return MemberListModel::Owners;
    case Affiliation::Moderator:
        return MemberListModel::Moderators;
    case Affiliation::Publisher:
        return MemberListModel::Publishers;
    case Affiliation::Outcast:
        return MemberListModel::Banned;
    case Affiliation::Member:
    case Affiliation::None:
        break;
    }
    return MemberListModel::Followers;
}

void MemberListModel::setMembers(
    const QList<Membership> &members, bool showsRequests, const std::function<QString(const Jid &)> &names)
{
    std::vector<Row> rows;
    for (const Membership &membership : members) {
        const Section section = sectionOf(membership);
        if (showsRequests || section < Requests) {
            rows.push_back({membership, section, names(membership.jid)});
        }
    }
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(rows.begin(), rows.end(), [&collator](const Row &a, const Row &b) {
        if (a.section != b.section) {
            return a.section < b.section;
        }
        const int order = collator.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.membership.jid < b.membership.jid;
    });
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int MemberListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int MemberListModel::countOf(Section section) const
{
    return int(
        std::count_if(m_rows.cbegin(), m_rows.cend(), [section](const Row &row) { return row.section == section; }));
}

QVariant MemberListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[size_t(index.row())];
    switch (role) {
    case JidRole:
        return row.membership.jid.text();
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case AffiliationRole:
        return int(row.membership.affiliation);
    case SectionRole:
        return int(row.section);
    case StartsSectionRole:
        return index.row() == 0 || m_rows[size_t(index.row() - 1)].section != row.section;
    case SectionCountRole:
        return countOf(row.section);
    default:
        return {};
    }
}

} // namespace cumulet
