#pragma once

#include "services/channel/ChannelParts.h"

#include <QSet>

namespace cumulet {

class ChannelStandings;

/// The one way of posts into the store: live news, pages and single threads. Stored first, then told.
/// While the service is caught up with, live news wait here: a newer post must not be stored before older ones that were
/// missed, since the newest stored time says where the next catching up begins.
class ChannelIntake : public QObject
{
    Q_OBJECT

public:
    ChannelIntake(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent = nullptr);

    /// Keeps posts of a page. countsAsNews: others' posts become unread.
    Future<Done> keep(const NodeId &node, const QList<Post> &posts, bool countsAsNews);
    /// Keeps posts that lie in a gap, together with what is left of it. True: something of it was new.
    Future<bool> fill(const NodeId &node, const QList<Post> &posts, const ChannelGap &rest, bool isClosed);
    /// Removes what is gone on the service.
    Future<Done> remove(const NodeId &node, const QList<ItemId> &items);
    /// Tells what a write has changed.
    void tell(const PostChanges &changes);

    void hold();
    /// Lets the waiting news in; from now on they are stored as they come. False: there were too many, some are lost
    /// and have to be caught up again.
    bool release();
    /// Forgets what waits: the connection is gone and everything will be read again.
    void drop();

    // live news, from the wire
    void notePosts(const NodeId &node, const QList<Post> &posts);
    void noteRetracted(const NodeId &node, const QList<ItemId> &items);

Q_SIGNALS:
    void stored(const cumulet::PostChanges &changes);
    /// The store refused.
    void failed(const cumulet::Error &error);

private:
    struct News
    {
        NodeId node;
        QList<Post> posts;
        QList<ItemId> retracted;
    };
    void take(const News &news);
    void noteKept(const NodeId &node, const PostChanges &changes);
    void fetchStarts(const NodeId &node, const QList<ItemId> &starts);

    ChannelParts m_parts;
    const ChannelStandings &m_standings;
    bool m_isHeld = false;
    bool m_isComplete = true;
    QList<News> m_waiting;
    QSet<std::pair<NodeId, ItemId>> m_askedStarts;
};

} // namespace cumulet
