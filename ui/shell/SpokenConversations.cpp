#include "ui/shell/SpokenConversations.h"

#include "domain/Conversation.h"
#include "domain/Presence.h"
#include "ui/common/TimeText.h"
#include "ui/models/ConversationListModel.h"
#include "ui/shell/ConversationDelegate.h"

namespace cumulet {

QVariant SpokenConversations::data(const QModelIndex &index, int role) const
{
    const bool asksTitle = role == ConversationListModel::TitleRole || role == Qt::DisplayRole;
    if (asksTitle && index.data(ConversationListModel::IsOwnChannelRole).toBool()) {
        return tr("My channel");
    }
    if (role != Qt::AccessibleTextRole) {
        return QIdentityProxyModel::data(index, role);
    }
    const auto value = [&index](int of) { return index.data(of); };
    const bool isChannel = value(ConversationListModel::KindRole).toInt() == int(Conversation::Kind::Channel);
    QStringList parts{value(ConversationListModel::TitleRole).toString(), isChannel ? tr("channel") : tr("chat")};
    if (const QString standing = ConversationDelegate::standingWords(index); !standing.isEmpty()) {
        parts.append(standing);
    }
    if (!isChannel && value(ConversationListModel::ShowRole).toInt() != int(Presence::Show::Offline)) {
        parts.append(tr("available"));
    }
    if (const int mentions = value(ConversationListModel::MentionsRole).toInt(); mentions > 0) {
        parts.append(tr("%n mention(s)", nullptr, mentions));
    }
    if (const int unread = value(ConversationListModel::UnreadRole).toInt(); unread > 0) {
        parts.append(tr("%n unread", nullptr, unread));
    }
    if (!value(ConversationListModel::DraftRole).toString().isEmpty()) {
        parts.append(tr("draft"));
    }
    if (const auto time = value(ConversationListModel::TimeRole).toDateTime(); time.isValid()) {
        parts.append(TimeText::brief(time, QDateTime::currentDateTime()));
    }
    parts.append(value(ConversationListModel::PreviewRole).toString());
    return parts.join(QStringLiteral(", "));
}

} // namespace cumulet
