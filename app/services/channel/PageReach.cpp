#include "services/channel/PageReach.h"

namespace cumulet {

bool reachesBack(const PostPage &page, const QDateTime &time)
{
    if (page.isComplete || page.posts.isEmpty()) {
        return true;
    }
    for (qsizetype i = 0; i < page.posts.size(); ++i) {
        const auto &post = page.posts.at(i);
        if (!post.published.isValid() || post.published >= time) {
            continue;
        }
        // an old start may stand high up because of its newest comment, which then follows it at once;
        // of the last one nobody knows
        const bool isLast = i + 1 == page.posts.size();
        const bool isLifted = post.isThreadStart() && (isLast || page.posts.at(i + 1).inReplyTo == post.item);
        if (!isLifted) {
            return true;
        }
    }
    return false;
}

} // namespace cumulet
