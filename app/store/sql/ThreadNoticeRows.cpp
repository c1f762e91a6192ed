#include "store/sql/ThreadNoticeRows.h"

using namespace Qt::StringLiterals;

namespace cumulet {

ThreadNotices threadNoticesOf(Connection &connection, PostRow start)
{
    auto select = connection.statement(u"SELECT thread_notices FROM post WHERE id = ?"_s);
    return start > 0 && select.run(start) && select.next() ? select.choice<ThreadNotices>(0) : ThreadNotices::Usual;
}

Result<Done> writeThreadNotices(Connection &connection, PostRow start, ThreadNotices notices, PostChangeList &changes)
{
    auto select = connection.statement(u"SELECT channel FROM post WHERE id = ? AND in_reply_to IS NULL"_s);
    if (!select.run(start) || !select.next()) {
        return Error{ErrorKind::NotFound, u"no such thread"_s};
    }
    const auto channel = select.integer(0);
    connection.statement(u"UPDATE post SET thread_notices = ?, revision = revision + 1 WHERE id = ?"_s)
        .run(notices, start);
    if (notices == ThreadNotices::Muted) {
        connection.statement(u"UPDATE post SET is_unread = 0 WHERE id = ? AND is_unread > 0"_s).run(start);
        connection.statement(u"UPDATE post SET is_unread = 0 WHERE thread = ? AND is_unread > 0"_s).run(start);
    }
    changes.changeThread(channel, start);
    return Done{};
}

} // namespace cumulet
