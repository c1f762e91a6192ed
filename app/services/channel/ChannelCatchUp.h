#pragma once

#include "services/channel/ChannelParts.h"
#include "wire/ChannelWire.h"

namespace cumulet {

class ChannelIntake;
class ChannelStandings;

/// Reads what came in the followed channels while nobody listened (buddycloud.md 4.14): the recent items of all, then the
/// rest of those that had more, or, where the service cannot do that, the items of each. Nothing is stored before
/// everything is there, and then in the order of time: the newest stored time stays a true mark of how far we are,
/// whenever the program ends. Of a channel with more than some two hundred new posts the rest is left as a gap. One run at
/// a time.
class ChannelCatchUp : public QObject
{
    Q_OBJECT

public:
    ChannelCatchUp(
        const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent = nullptr);

    /// since: an invalid time means the first reading ever, which makes nothing unread.
    /// appeared: channels followed since the last time, read from their newest posts whatever since says.
    Future<Done> run(const QDateTime &since, const QList<NodeId> &appeared);

Q_SIGNALS:
    /// Something could not be read, or was too much: it is kept as a gap.
    void gapsChanged(const cumulet::NodeId &node);

private:
    struct Run;
    using RunPointer = std::shared_ptr<Run>;
    void readEach(const RunPointer &run, const Error &why);
    void collect(const RunPointer &run, const QList<PostPage> &pages);
    void readNext(const RunPointer &run);
    void takePage(const RunPointer &run, const Result<PostPage> &page);
    void leaveGap(const RunPointer &run, const NodeId &node, const ReadingEnd &end);
    void store(const RunPointer &run);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    const ChannelStandings &m_standings;
};

} // namespace cumulet
