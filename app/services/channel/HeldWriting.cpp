#include "services/channel/HeldWriting.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelOutbox.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

HeldWriting::HeldWriting(const ChannelParts &parts, ChannelIntake &intake, ChannelOutbox &outbox, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_outbox(outbox)
{
}

void HeldWriting::setTimes(std::chrono::milliseconds posts, std::chrono::milliseconds deletions)
{
    m_posts = std::clamp(posts, std::chrono::milliseconds(0), ChannelOutbox::longestHolding);
    m_deletions = std::clamp(deletions, std::chrono::milliseconds(0), ChannelOutbox::longestHolding);
}

QDateTime HeldWriting::until(std::chrono::milliseconds time) const
{
    return time.count() > 0 ? m_parts.timing.now().addDuration(time) : QDateTime();
}

Future<Done> HeldWriting::retract(const NodeId &node, const ItemId &item)
{
    const auto notBefore = until(m_deletions);
    return andThen(m_parts.store.enqueueRetraction(m_parts.account, node, item, notBefore), this,
        [this, node, item, notBefore](const PostChanges &changes) -> Result<Done> {
            m_intake.tell(changes);
            m_outbox.noteEnqueued();
            if (notBefore.isValid()) {
                tellHeld(node, item);
            }
            return Done{};
        });
}

void HeldWriting::tellHeld(const NodeId &node, const ItemId &item)
{
    whenDone(
        m_parts.store.outbox(m_parts.account), this, [this, node, item](const Result<QList<WaitingPost>> &entries) {
            const auto waiting = entries ? *entries : QList<WaitingPost>();
            const auto found = std::find_if(waiting.cbegin(), waiting.cend(), [&](const WaitingPost &entry) {
                return entry.isRetraction && entry.item == item && entry.post.node == node;
            });
            if (found == waiting.cend()) {
                return;
            }
            whenDone(m_parts.store.post(found->row), this, [this](const Result<Post> &post) {
                if (post) {
                    Q_EMIT retractionHeld(post->row, post->isThreadStart(), m_deletions);
                }
            });
        });
}

Future<Done> HeldWriting::takeBack(PostRow row)
{
    return andThen(m_parts.store.post(row), this, [this, row](const Post &post) {
        return andThen(m_parts.store.takeBack(row), this, [this, post](const TakenBack &taken) -> Result<Done> {
            if (!taken.isDeletion) {
                m_outbox.noteDiscarded(post); // its files go to the service again with the draft
            }
            m_outbox.flush(); // counts again
            m_intake.tell(taken.changes);
            Q_EMIT takenBack(taken);
            return Done{};
        });
    });
}

Future<Done> HeldWriting::takeBackLatest()
{
    return andThen(
        m_parts.store.outbox(m_parts.account), this, [this](const QList<WaitingPost> &entries) -> Future<Done> {
            const auto now = m_parts.timing.now();
            const auto held = std::find_if(entries.crbegin(), entries.crend(), [&now](const WaitingPost &entry) {
                return entry.notBefore.isValid() && entry.notBefore > now && entry.state == DeliveryState::Queued;
            });
            return held == entries.crend() ? failed<Done>({ErrorKind::NotFound, u"nothing is held"_s})
                                           : takeBack(held->row);
        });
}

Future<Done> HeldWriting::release()
{
    return andThen(m_parts.store.release(m_parts.account), this, [this](const PostChanges &changes) {
        m_intake.tell(changes);
        m_outbox.flush();
        return m_outbox.settled();
    });
}

} // namespace cumulet
