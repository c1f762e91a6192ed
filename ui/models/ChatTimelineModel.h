#pragma once

#include "domain/Conversation.h"
#include "services/account/Accounts.h"
#include "ui/models/TimelineModel.h"

#include <vector>

namespace cumulet {

class ConversationService;

/// The messages of one chat, oldest at the top. Follows ChatService::messagesChanged.
class ChatTimelineModel : public TimelineModel
{
    Q_OBJECT

public:
    ChatTimelineModel(const AccountServices &services, ConversationService &conversations,
        const Conversation &conversation, QObject *parent = nullptr);

    /// Reads the first window: at the first unread message, or at the newest.
    void load();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void jumpTo(qint64 rowId) override;
    void jumpToNewest() override;
    void markSeen(const QList<qint64> &rowIds) override;

    /// The stored message of a row that is in the window.
    std::optional<Message> message(qint64 rowId) const;

protected:
    void fetchOlderPage() override;
    void fetchNewerPage() override;
    Future<Done> askServer() override;
    bool isFinal(ErrorKind kind) const override;

private:
    static Cursor placeOf(const Message &message);
    ChatRow rowAt(int row) const;
    bool startsDay(int row) const;
    bool continues(int row) const;
    int position(const Cursor &place) const;
    void replaceWindow(const Page<Message> &page);
    void insertSorted(const QList<Message> &messages);
    void update(const QList<Message> &messages);
    void prepend(const Page<Message> &page);
    void append(const Page<Message> &page);
    void trimNewest();
    void trimOldest();
    void placeUnreadLine(const Message &message);
    void noteChanges(const QList<MessageRow> &inserted, const QList<MessageRow> &changed);

    AccountServices m_services;
    ConversationService &m_conversations;
    Conversation m_conversation;
    std::vector<Message> m_messages; // by (time, row)
    Cursor m_readPosition;
    MessageRow m_firstUnread = 0;
    QDateTime m_unreadSince;
};

} // namespace cumulet
