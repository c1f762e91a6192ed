#include "services/channel/GapReading.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/PageReach.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int pageSize = 50;
static constexpr int mostKnownPages = 20; // pages of one call that bring nothing new

GapReading::GapReading(
    const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
{
}

Future<Done> GapReading::fill(const NodeId &node, qint64 gap)
{
    return m_underWay.once(
        u"%1 %2"_s.arg(node.text()).arg(gap), this, [this, node, gap] { return read(node, gap, 0); });
}

Future<Done> GapReading::read(const NodeId &node, qint64 gap, int pages)
{
    if (m_standings.isBanned(node)) {
        return failed<Done>({ErrorKind::NotAllowed, u"outcast: the node must not be read"_s});
    }
    return andThen(m_parts.store.gaps(m_parts.account, node), this,
        [this, node, gap, pages](const QList<ChannelGap> &gaps) -> Future<Done> {
            const auto found = std::ranges::find(gaps, gap, &ChannelGap::id);
            return found == gaps.end() ? ready(Done{}) : readPage(node, *found, pages);
        });
}

Future<Done> GapReading::readPage(const NodeId &node, const ChannelGap &gap, int pages)
{
    return eitherWay(m_parts.wire.posts(node, gap.after, pageSize), this,
        [this, node, gap, pages](const Result<PostPage> &page) -> Future<Done> {
            if (page) {
                return keep(node, gap, *page, pages);
            }
            const bool isPlaceGone = page.error().kind == ErrorKind::NotFound && !gap.after.isEmpty();
            return isPlaceGone ? beginAgain(node, gap, pages) : failed<Done>(page.error());
        });
}

// the item that marked the place was deleted: down from the newest, through what is known
Future<Done> GapReading::beginAgain(const NodeId &node, const ChannelGap &gap, int pages)
{
    auto again = gap;
    again.after.clear();
    return andThen(m_parts.store.keepGap(m_parts.account, node, again), this,
        [this, node, again, pages](Done) { return readPage(node, again, pages); });
}

Future<Done> GapReading::keep(const NodeId &node, const ChannelGap &gap, const PostPage &page, int pages)
{
    // the same place again would be read for ever
    const bool isClosed =
        reachesBack(page, gap.oldest) || page.last.isEmpty() || (page.last == gap.after && !gap.after.isEmpty());
    auto rest = gap;
    rest.after = page.last;
    if (const auto edge = endOf(page).edge; edge.isValid()) {
        rest.newest = std::min(gap.newest, std::max(edge, gap.oldest));
    }
    return andThen(m_intake.fill(node, page.posts, rest, isClosed), this,
        [this, node, gap, isClosed, pages](bool broughtSomething) -> Future<Done> {
            Q_EMIT gapsChanged(node);
            return isClosed || broughtSomething || pages + 1 >= mostKnownPages ? ready(Done{})
                                                                               : read(node, gap.id, pages + 1);
        });
}

} // namespace cumulet
