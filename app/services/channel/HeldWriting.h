#pragma once

#include "services/channel/ChannelParts.h"

namespace cumulet {

class ChannelIntake;
class ChannelOutbox;

/// What was just written or deleted is held for a moment before it is sent, so that it can be undone. It lies in the
/// store with the rest of what waits: after a crash it is sent like everything else.
class HeldWriting : public QObject
{
    Q_OBJECT

public:
    HeldWriting(const ChannelParts &parts, ChannelIntake &intake, ChannelOutbox &outbox, QObject *parent = nullptr);

    /// 0: it goes at once.
    void setTimes(std::chrono::milliseconds posts, std::chrono::milliseconds deletions);
    /// Until when a post of this moment is held; invalid: it is not.
    QDateTime postsUntil() const { return until(m_posts); }
    Future<Done> retract(const NodeId &node, const ItemId &item);
    /// NotFound: it is not there any more; Conflict: it is being sent.
    Future<Done> takeBack(PostRow row);
    /// What was written or deleted last. NotFound: nothing is held.
    Future<Done> takeBackLatest();
    /// Nothing is held any more. Done when it was sent, as far as that is possible now.
    Future<Done> release();

Q_SIGNALS:
    void retractionHeld(cumulet::PostRow row, bool isThreadStart, std::chrono::milliseconds time);
    void takenBack(const cumulet::TakenBack &taken);

private:
    QDateTime until(std::chrono::milliseconds time) const;
    void tellHeld(const NodeId &node, const ItemId &item);

    ChannelParts m_parts;
    ChannelIntake &m_intake;
    ChannelOutbox &m_outbox;
    std::chrono::milliseconds m_posts{0};
    std::chrono::milliseconds m_deletions{0};
};

} // namespace cumulet
