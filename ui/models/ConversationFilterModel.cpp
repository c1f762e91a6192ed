#include "ui/models/ConversationFilterModel.h"

#include "domain/Conversation.h"
#include "ui/models/ConversationListModel.h"

#include <algorithm>

namespace cumulet {

ConversationFilterModel::ConversationFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
}

void ConversationFilterModel::setTab(Tab tab)
{
    m_tab = tab;
    invalidateFilter();
}

void ConversationFilterModel::setAccount(AccountId account)
{
    m_account = account;
    invalidateFilter();
}

void ConversationFilterModel::setWords(const QString &words)
{
    m_words = words.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void ConversationFilterModel::setPinned(ConversationId id)
{
    m_pinned = id;
    if (m_tab == Unread || m_tab == Mentions) {
        invalidateFilter();
    }
}

bool ConversationFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex entry = sourceModel()->index(row, 0, parent);
    const auto value = [&entry](int role) { return entry.data(role); };
    if (m_account != 0 && value(ConversationListModel::AccountRole).toLongLong() != m_account) {
        return false;
    }
    // the domain says nothing where half of the list has the same one, unless it was typed on purpose
    const auto contains = [&](const QString &word) {
        const QString address = value(ConversationListModel::JidRole).toString();
        const QString searched = word.contains(u'@') ? address : address.section(u'@', 0, 0);
        return value(ConversationListModel::TitleRole).toString().contains(word, Qt::CaseInsensitive)
            || searched.contains(word, Qt::CaseInsensitive);
    };
    if (!std::all_of(m_words.cbegin(), m_words.cend(), contains)) {
        return false;
    }
    const bool isPinned = m_pinned != 0 && value(ConversationListModel::IdRole).toLongLong() == m_pinned;
    const auto kind = Conversation::Kind(value(ConversationListModel::KindRole).toInt());
    switch (m_tab) {
    case All:
        return true;
    case Unread:
        return isPinned || value(ConversationListModel::UnreadRole).toInt() > 0;
    case Chats:
        return kind == Conversation::Kind::Chat;
    case Channels:
        return kind == Conversation::Kind::Channel;
    case Mentions:
        return isPinned || value(ConversationListModel::MentionsRole).toInt() > 0;
    }
    return true;
}

} // namespace cumulet
