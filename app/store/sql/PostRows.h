#pragma once

#include "domain/Paging.h"
#include "domain/Post.h"
#include "store/PostChanges.h"
#include "store/sql/Connection.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <optional>

namespace cumulet {

/// Reads rows of table post, and threads made of them.
class PostReader
{
public:
    explicit PostReader(Connection &connection)
        : m_connection(connection)
    {
    }

    std::optional<Post> post(PostRow row);
    QList<Post> posts(const QList<PostRow> &rows);
    /// A thread with its newest comments; nothing when it is gone or hidden.
    std::optional<Thread> thread(PostRow start, int comments);
    Page<Thread> page(ConversationId channel, const PageRequest &request, ThreadOrder order, int comments);

private:
    Post read(const Statement &row);
    Thread readThread(const Statement &row, int comments);
    QList<Thread> readThreads(
        ConversationId channel, const Cursor &from, bool isBefore, int limit, ThreadOrder order, int comments);
    Error errorOf(PostRow row);
    QDateTime heldUntil(PostRow row);
    const Jid &selfIn(ConversationId channel);
    void addRatings(ConversationId channel, Thread &thread);
    void addAnswered(ConversationId channel, Thread &thread);

    Connection &m_connection;
    QHash<ConversationId, NodeId> m_nodes;
    QHash<ConversationId, Jid> m_selves; // whose account the channel's entry belongs to
};

std::optional<Cursor> placeOfThread(Connection &connection, PostRow start, ThreadOrder order);

/// Collects what one transaction changed in threads, brings their counters and the channels' entries up to date,
/// and tells it once.
class PostChangeList
{
public:
    void insertThread(ConversationId channel, PostRow start) { m_channels[channel].inserted += start; }
    void changeThread(ConversationId channel, PostRow start) { m_channels[channel].changed += start; }
    void removeThread(ConversationId channel, PostRow start) { m_channels[channel].removed += start; }
    void addFresh(PostRow row) { m_fresh += row; }
    void addMissing(const ItemId &start);

    PostChanges finish(Connection &connection);

private:
    struct OfChannel
    {
        QSet<PostRow> inserted;
        QSet<PostRow> changed;
        QSet<PostRow> removed;
    };
    QMap<ConversationId, OfChannel> m_channels;
    QList<PostRow> m_fresh;
    QList<ItemId> m_missing;
};

} // namespace cumulet
