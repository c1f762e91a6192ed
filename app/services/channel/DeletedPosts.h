#pragma once

#include "domain/SharedAnswers.h"
#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

namespace cumulet {

class ChannelIntake;
class ChannelStandings;

/// Finds what was deleted while nobody listened. A page that lacks what is stored in its stretch only raises a suspicion,
/// since comments lift threads to other places (buddycloud.md 4.10): the thread is asked for, and what it surely lacks
/// goes. Channels of other domains are left alone, because our service's copy of them has holes (6.3). What waits in the
/// outbox, or was published while the answer was on its way, stays.
class DeletedPosts : public QObject
{
    Q_OBJECT

public:
    DeletedPosts(
        const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent = nullptr);

    /// Looks through the newest page of a channel, after it was kept.
    Future<Done> compare(const NodeId &node, const PostPage &page);
    /// Reads one thread, keeps it, and removes what is not in it any more.
    Future<Done> readThread(const NodeId &node, const ItemId &start);

private:
    Future<Done> readThreads(const NodeId &node, const QList<ItemId> &starts);
    Future<Done> keepThread(
        const NodeId &node, const ItemId &start, const QList<ItemId> &before, const Result<PostPage> &answer);
    Future<Done> removeGone(const NodeId &node, const ItemId &start);
    bool isRemote(const NodeId &node) const;

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    const ChannelStandings &m_standings;
    SharedAnswers<QString> m_underWay;
};

} // namespace cumulet
