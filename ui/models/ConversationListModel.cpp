#include "ui/models/ConversationListModel.h"

#include "services/account/Accounts.h"
#include "services/chat/ChatService.h"
#include "services/conversation/ConversationService.h"
#include "services/roster/RosterService.h"

#include <algorithm>

namespace cumulet {

ConversationListModel::ConversationListModel(ConversationService &conversations, Accounts &accounts, QObject *parent)
    : QAbstractListModel(parent)
    , m_conversations(conversations)
    , m_accounts(accounts)
{
    connect(&conversations, &ConversationService::reset, this, &ConversationListModel::reset);
    connect(&conversations, &ConversationService::entryChanged, this, &ConversationListModel::keep);
    connect(&conversations, &ConversationService::entryRemoved, this, &ConversationListModel::remove);
    connect(&accounts, &Accounts::added, this, &ConversationListModel::followAccount);
    for (const AccountId id : accounts.ids()) {
        followAccount(id);
    }
    reset();
}

void ConversationListModel::followAccount(AccountId id)
{
    const AccountServices *services = m_accounts.of(id);
    if (!services) {
        return;
    }
    const auto refresh = [this, id](const Jid &jid) { refreshPeer(id, jid); };
    connect(services->roster, &RosterService::presenceChanged, this, refresh);
    connect(services->roster, &RosterService::itemChanged, this, refresh);
    connect(services->chat, &ChatService::chatStateChanged, this, refresh);
    connect(services->roster, &RosterService::rosterReplaced, this, [this] {
        if (!m_entries.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
    });
}

void ConversationListModel::refreshPeer(AccountId account, const Jid &jid)
{
    for (int row = 0; row < rowCount(); ++row) {
        const Conversation &entry = m_entries[size_t(row)];
        if (entry.account == account && entry.kind == Conversation::Kind::Chat && entry.jid == jid.bare()) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

bool ConversationListModel::comesBefore(const Conversation &a, const Conversation &b)
{
    if (a.isOwnChannel != b.isOwnChannel) {
        return a.isOwnChannel;
    }
    if (a.lastActivity != b.lastActivity) {
        return a.lastActivity > b.lastActivity;
    }
    return a.id > b.id;
}

void ConversationListModel::reset()
{
    beginResetModel();
    const auto entries = m_conversations.entries().values();
    m_entries.assign(entries.cbegin(), entries.cend());
    std::sort(m_entries.begin(), m_entries.end(), comesBefore);
    endResetModel();
}

void ConversationListModel::keep(const Conversation &entry)
{
    int old = rowOf(entry.id);
    if (old >= 0 && !comesBefore(entry, m_entries[size_t(old)]) && !comesBefore(m_entries[size_t(old)], entry)) {
        m_entries[size_t(old)] = entry;
        Q_EMIT dataChanged(index(old), index(old));
        return;
    }
    const auto place = [&] {
        const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
            [&entry](const Conversation &other) { return other.id != entry.id && comesBefore(entry, other); });
        return int(found - m_entries.cbegin());
    };
    const int to = place();
    if (old < 0) {
        beginInsertRows({}, to, to);
        m_entries.insert(m_entries.begin() + to, entry);
        endInsertRows();
        return;
    }
    // to is where it goes in the list that still holds the old row; right before or behind itself is no move
    if (to != old && to != old + 1) {
        beginMoveRows({}, old, old, {}, to);
        Conversation moved = std::move(m_entries[size_t(old)]);
        m_entries.erase(m_entries.begin() + old);
        old = to > old ? to - 1 : to;
        m_entries.insert(m_entries.begin() + old, std::move(moved));
        endMoveRows();
    }
    m_entries[size_t(old)] = entry;
    Q_EMIT dataChanged(index(old), index(old));
}

void ConversationListModel::remove(ConversationId id)
{
    if (const int row = rowOf(id); row >= 0) {
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
}

int ConversationListModel::rowOf(ConversationId id) const
{
    const auto found =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [id](const Conversation &entry) { return entry.id == id; });
    return found == m_entries.cend() ? -1 : int(found - m_entries.cbegin());
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QString ConversationListModel::nameOf(AccountId account, const Jid &jid) const
{
    const AccountServices *services = m_accounts.of(account);
    return services ? services->roster->nameOf(jid) : jid.shortName();
}

QString ConversationListModel::previewAuthor(const Conversation &entry) const
{
    // the store knows addresses, people want names
    const auto author = Jid::parse(entry.previewAuthor);
    return author ? nameOf(entry.account, *author) : entry.previewAuthor;
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Conversation &entry = m_entries[size_t(index.row())];
    const AccountServices *services = m_accounts.of(entry.account);
    const bool isChat = entry.kind == Conversation::Kind::Chat;
    switch (role) {
    case IdRole:
        return QVariant::fromValue<qint64>(entry.id);
    case AccountRole:
        return QVariant::fromValue<qint64>(entry.account);
    case KindRole:
        return int(entry.kind);
    case JidRole:
        return entry.jid.text();
    case Qt::DisplayRole:
    case TitleRole:
        return isChat ? nameOf(entry.account, entry.jid) : entry.displayTitle();
    case PreviewRole:
        return entry.preview;
    case PreviewAuthorRole:
        return previewAuthor(entry);
    case PreviewIsOwnRole:
        return entry.previewIsOwn;
    case PreviewStateRole:
        return entry.previewState;
    case DraftRole:
        return entry.draft;
    case TimeRole:
        return entry.lastActivity;
    case UnreadRole:
        return entry.unread;
    case MentionsRole:
        return entry.mentions;
    case ShowRole:
        return services && isChat ? int(services->roster->presenceOf(entry.jid).show) : int(Presence::Show::Offline);
    case IsTypingRole:
        return services && isChat && services->chat->chatStateOf(entry.jid) == ChatState::Composing;
    case IsOwnChannelRole:
        return entry.isOwnChannel;
    case StandingRole:
        return int(entry.standing);
    case AccountJidRole:
        return services ? services->account.jid.text() : QString();
    default:
        return {};
    }
}

} // namespace cumulet
