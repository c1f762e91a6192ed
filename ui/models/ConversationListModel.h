#pragma once

#include "domain/Conversation.h"

#include <QAbstractListModel>
#include <QSet>

#include <vector>

namespace cumulet {

class Accounts;
class ConversationService;

/// Chats and channels of all accounts in one list, by last activity; one's own channels come first.
class ConversationListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< ConversationId
        AccountRole, ///< AccountId
        KindRole, ///< int, Conversation::Kind
        JidRole, ///< QString, bare
        TitleRole, ///< QString
        PreviewRole, ///< QString, one line
        PreviewAuthorRole, ///< QString, display name; empty: nobody to name
        PreviewIsOwnRole, ///< bool
        PreviewStateRole, ///< int, DeliveryState of the newest message
        DraftRole, ///< QString
        TimeRole, ///< QDateTime of the last activity, may be invalid
        UnreadRole, ///< int
        MentionsRole, ///< int
        ShowRole, ///< int, Presence::Show of a contact; Offline for channels
        IsTypingRole, ///< bool
        IsOwnChannelRole, ///< bool
        StandingRole, ///< int, Conversation::Standing
        AccountJidRole, ///< QString, bare
    };

    ConversationListModel(ConversationService &conversations, Accounts &accounts, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// -1 when it is not in the list.
    int rowOf(ConversationId id) const;

private:
    static bool comesBefore(const Conversation &a, const Conversation &b);
    void reset();
    void keep(const Conversation &entry);
    void remove(ConversationId id);
    void followAccount(AccountId id);
    void refreshPeer(AccountId account, const Jid &jid);
    QString nameOf(AccountId account, const Jid &jid) const;
    QString previewAuthor(const Conversation &entry) const;

    ConversationService &m_conversations;
    Accounts &m_accounts;
    std::vector<Conversation> m_entries;
};

} // namespace cumulet
