#pragma once

#include "domain/Conversation.h"
#include "services/account/Accounts.h"
#include "services/channel/ChannelService.h"
#include "ui/models/TimelineModel.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace cumulet {

class ConversationService;

/// The threads of one channel, newest at the top. Follows ChannelService::threadsChanged; a thread that gets a comment
/// stays where it is under the reader, and is sorted anew only when the place is entered again.
class ChannelTimelineModel : public TimelineModel
{
    Q_OBJECT

public:
    ChannelTimelineModel(const AccountServices &services, ConversationService &conversations,
        const Conversation &conversation, QObject *parent = nullptr);

    void load();
    /// Our standing, which decides what a row offers; refreshed by the place when the channel changes.
    void setChannel(const Channel &channel);
    const NodeId &node() const { return m_node; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void jumpTo(qint64 rowId) override;
    void jumpToNewest() override;
    void markSeen(const QList<qint64> &rowIds) override;

    /// Brings all comments of a thread.
    void expand(qint64 rowId);
    void setCommentDraft(qint64 rowId, const QString &draft);
    std::optional<Thread> thread(qint64 rowId) const;
    /// A post or comment in the window, by its database row.
    std::optional<Post> post(qint64 postRow) const;

protected:
    void fetchOlderPage() override;
    void fetchNewerPage() override;
    Future<Done> askServer() override;
    bool isFinal(ErrorKind kind) const override { return kind == ErrorKind::NotFound; }

private:
    struct Entry
    {
        Thread thread;
        bool isExpanded = false;
    };
    static Cursor placeOf(const Thread &thread);
    ThreadRow rowAt(const Entry &entry) const;
    PostItem itemOf(const Post &post, const Thread &thread) const;
    int revisionOf(const Entry &entry) const;
    int rowOf(qint64 rowId) const;
    void replaceWindow(const Page<Thread> &page);
    void noteChanges(const QList<PostRow> &inserted, const QList<PostRow> &changed, const QList<PostRow> &removed);
    void insert(const QList<Thread> &threads);
    void update(const Thread &thread);
    void readRoles();
    void prepend(const Page<Thread> &page);
    void append(const Page<Thread> &page);

    AccountServices m_services;
    ConversationService &m_conversations;
    Conversation m_conversation;
    NodeId m_node;
    Channel m_channel;
    std::vector<Entry> m_entries; // newest first
    QHash<Jid, Affiliation> m_roles;
    QHash<qint64, QString> m_drafts;
    Cursor m_readPosition;
    PostRow m_firstUnread = 0; // the lowest unread thread of the window carries the line above the read ones
    QDateTime m_unreadSince;
    int m_look = 0; // grows when something changes how every row looks
};

} // namespace cumulet
