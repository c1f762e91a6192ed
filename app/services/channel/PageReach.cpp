#include "services/channel/PageReach.h"

#include <algorithm>

namespace cumulet {

// an old start may stand high up because of its newest comment, which then follows it at once; of the last one nobody
// knows
static bool mayBeLifted(const PostPage &page, qsizetype index)
{
    const auto &post = page.posts.at(index);
    const bool isLast = index + 1 == page.posts.size();
    return post.isThreadStart() && (isLast || page.posts.at(index + 1).inReplyTo == post.item);
}

bool reachesBack(const PostPage &page, const QDateTime &time)
{
    const auto reach = endOf(page).reach;
    return page.isComplete || page.posts.isEmpty() || (reach.isValid() && reach < time);
}

ReadingEnd endOf(const PostPage &page)
{
    ReadingEnd end{page.last, {}, {}, page.isComplete};
    for (qsizetype i = 0; i < page.posts.size(); ++i) {
        const auto &time = page.posts.at(i).published;
        if (time.isValid() && !mayBeLifted(page, i)) {
            end.reach = end.reach.isValid() ? std::min(end.reach, time) : time;
        }
    }
    const auto last = page.posts.isEmpty() ? QDateTime() : page.posts.last().published;
    end.edge = last.isValid() ? last : end.reach;
    return end;
}

} // namespace cumulet
