#include "services/channel/DeletedPosts.h"

#include "domain/ChannelRules.h"
#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/PageReach.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int mostSuspects = 50; // threads of one page; the others are found next time

DeletedPosts::DeletedPosts(
    const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
{
}

bool DeletedPosts::isRemote(const NodeId &node) const
{
    Channel channel;
    channel.node = node;
    return !standingIn(channel, m_parts.ownJid).isSameDomain;
}

Future<Done> DeletedPosts::compare(const NodeId &node, const PostPage &page)
{
    const auto reach = endOf(page).reach;
    if (isRemote(node) || (!page.isComplete && !reach.isValid())) {
        return ready(Done{});
    }
    QSet<ItemId> present;
    for (const auto &post : page.posts) {
        present.insert(post.item);
    }
    const auto from = page.isComplete ? QDateTime() : reach;
    return andThen(m_parts.store.threadsWithout(m_parts.account, node, present, from, mostSuspects), this,
        [this, node](const QList<ItemId> &starts) { return readThreads(node, starts); });
}

// one after the other: the service has others to answer
Future<Done> DeletedPosts::readThreads(const NodeId &node, const QList<ItemId> &starts)
{
    if (starts.isEmpty()) {
        return ready(Done{});
    }
    return eitherWay(readThread(node, starts.first()), this,
        [this, node, rest = starts.mid(1)](const Result<Done> &result) -> Future<Done> {
            const bool isAway = !result && result.error().kind != ErrorKind::NotFound;
            return isAway ? failed<Done>(result.error()) : readThreads(node, rest);
        });
}

Future<Done> DeletedPosts::readThread(const NodeId &node, const ItemId &start)
{
    if (m_standings.isBanned(node)) {
        return failed<Done>({ErrorKind::NotAllowed, u"outcast: the node must not be read"_s});
    }
    return m_underWay.once(u"%1 %2"_s.arg(node.text(), start.text()), this, [this, node, start] {
        // what is known before the question and lacks in the answer has gone; what comes meanwhile proves nothing
        return andThen(m_parts.store.itemsOfThread(m_parts.account, node, start), this,
            [this, node, start](const QList<ItemId> &before) {
                return eitherWay(m_parts.wire.thread(node, start), this,
                    [this, node, start, before](
                        const Result<PostPage> &answer) { return keepThread(node, start, before, answer); });
            });
    });
}

Future<Done> DeletedPosts::keepThread(
    const NodeId &node, const ItemId &start, const QList<ItemId> &before, const Result<PostPage> &answer)
{
    if (!answer) {
        const bool isGone = answer.error().kind == ErrorKind::NotFound && before.contains(start) && !isRemote(node);
        return isGone ? removeGone(node, start) : failed<Done>(answer.error());
    }
    QSet<ItemId> present;
    for (const auto &post : answer->posts) {
        present.insert(post.item);
    }
    QList<ItemId> gone;
    if (answer->isComplete && present.contains(start) && !isRemote(node)) {
        std::copy_if(before.cbegin(), before.cend(), std::back_inserter(gone),
            [&present](const ItemId &item) { return !present.contains(item); });
    }
    return andThen(m_intake.keep(node, answer->posts, false), this,
        [this, node, gone](Done) { return gone.isEmpty() ? ready(Done{}) : m_intake.remove(node, gone); });
}

// a channel that is gone as a whole stays readable
Future<Done> DeletedPosts::removeGone(const NodeId &node, const ItemId &start)
{
    return andThen(m_parts.wire.posts(node, {}, 1), this,
        [this, node, start](const PostPage &) { return m_intake.remove(node, {start}); });
}

} // namespace cumulet
