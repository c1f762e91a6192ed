#pragma once

#include "domain/Post.h"
#include "store/sql/Connection.h"
#include "store/sql/PostRows.h"

namespace cumulet {

/// Keeps posts that a channel service told us, and removes what it removed, within one transaction.
class PostKeeping
{
public:
    /// isLive: others' posts count as unread.
    PostKeeping(Connection &connection, AccountId account, ConversationId channel, bool isLive);

    /// Others' posts after the read position count as unread, and are no news all the same.
    void countUnread();
    void keep(const Post &post);
    void remove(const ItemId &item);
    /// The service gave this id to a waiting post of ours.
    void giveItem(PostRow waiting, const ItemId &item);
    PostChanges finish();

private:
    struct Stored
    {
        PostRow row = 0;
        Jid author;
        QString title;
        QString body;
        qint64 published = 0;
        std::optional<qint64> updated;
        PostRow thread = 0; // of its start, also for the start itself; 0: the start is not known
        bool isStart = false;
        ItemId rated; // empty: is no rating
        QString media; // as in column post.media
    };
    std::optional<Stored> find(const ItemId &item);
    PostRow findWaiting(const Post &post);
    void insert(const Post &post);
    void update(const Stored &stored, const Post &post);
    void adopt(PostRow waiting, const Post &post);
    void write(const Stored &stored, const Post &post);
    void keepMedia(PostRow row, const Post &post);
    void noteRated(const ItemId &target);
    void claimOrphans(const ItemId &item, PostRow thread);
    void rememberWaitingTexts(PostRow thread);

    Connection &m_connection;
    ConversationId m_channel;
    bool m_isLive;
    std::optional<qint64> m_unreadAfter;
    Jid m_self;
    qint64 m_newestPublished = 0;
    PostChangeList m_changes;
};

} // namespace cumulet
