#pragma once

#include "domain/SharedAnswers.h"
#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

namespace cumulet {

class ChannelIntake;
class ChannelStandings;
class DeletedPosts;

/// Reads posts when somebody looks: the newest page, older pages, one thread. Never in a node that has banned us. Several
/// questions for the same thing are asked once.
class ChannelReading : public QObject
{
    Q_OBJECT

public:
    ChannelReading(const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings,
        DeletedPosts &deleted, QObject *parent = nullptr);

    Future<Done> newest(const NodeId &node);
    /// NotFound: the service has nothing older.
    Future<Done> older(const NodeId &node);
    Future<Done> thread(const NodeId &node, const ItemId &start);
    /// The thread that an item is in, start or comment.
    Future<Done> threadWith(const NodeId &node, const ItemId &item);

Q_SIGNALS:
    /// The newest posts do not reach what was stored.
    void gapsChanged(const cumulet::NodeId &node);

private:
    Future<Done> keepNewest(const NodeId &node, const PostPage &page);
    Future<Done> readOlder(const NodeId &node, int pages);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    const ChannelStandings &m_standings;
    DeletedPosts &m_deleted;
    SharedAnswers<QString> m_underWay;
};

} // namespace cumulet
