#include "store/sql/ChannelGaps.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostGaps = 20; // of one channel

QList<ChannelGap> gapsOf(Connection &connection, ConversationId channel)
{
    QList<ChannelGap> gaps;
    auto select = connection.statement(
        u"SELECT id, after, newest, oldest, is_news FROM channel_gap WHERE channel = ? ORDER BY newest DESC"_s);
    select.run(channel);
    while (select.next()) {
        gaps += ChannelGap{select.integer(0), select.text(1), select.time(2), select.time(3), select.flag(4)};
    }
    return gaps;
}

// what lies between them is read again
static void join(Connection &connection, ConversationId channel, ChannelGap &gap, const ChannelGap &other)
{
    if (other.newest >= gap.newest) {
        gap.after = other.after;
        gap.newest = other.newest;
    }
    gap.oldest = std::min(gap.oldest, other.oldest);
    gap.isNews = gap.isNews || other.isNews;
    removeGap(connection, channel, other.id);
}

void writeGap(Connection &connection, ConversationId channel, ChannelGap gap)
{
    if (channel == 0 || !gap.newest.isValid() || !gap.oldest.isValid()) {
        return;
    }
    if (gap.id > 0) {
        auto change = connection.statement(
            u"UPDATE channel_gap SET after = ?, newest = ?, oldest = ? WHERE id = ? AND channel = ?"_s);
        change.run(gap.after, gap.newest, gap.oldest, gap.id, channel);
        return;
    }
    // an attempt before this one may have ended between its gap and its posts, and times overlap
    for (const auto &other : gapsOf(connection, channel)) {
        if (other.newest >= gap.oldest && other.oldest <= gap.newest) {
            join(connection, channel, gap, other);
        }
    }
    if (const auto others = gapsOf(connection, channel); others.size() >= mostGaps) {
        join(connection, channel, gap, others.first());
    }
    auto add = connection.statement(
        u"INSERT INTO channel_gap (channel, after, newest, oldest, is_news) VALUES (?, ?, ?, ?, ?)"_s);
    add.run(channel, gap.after, gap.newest, gap.oldest, gap.isNews);
}

void removeGap(Connection &connection, ConversationId channel, qint64 gap)
{
    connection.statement(u"DELETE FROM channel_gap WHERE id = ? AND channel = ?"_s).run(gap, channel);
}

void writeReadingEnd(Connection &connection, ConversationId channel, const ReadingEnd &end, bool isNews)
{
    auto select = connection.statement(u"SELECT newest_published FROM channel WHERE conversation = ?"_s);
    const auto newest = select.run(channel) && select.next() ? select.time(0) : QDateTime();
    if (!newest.isValid()) {
        auto begin = connection.statement(
            u"UPDATE channel SET history_after = ?, is_history_complete = ? WHERE conversation = ?"_s);
        begin.run(end.after, end.isComplete, channel);
    } else if (!end.isComplete && !(end.reach.isValid() && end.reach <= newest)) {
        writeGap(connection, channel, {0, end.after, std::max(end.edge, newest), newest, isNews});
    }
}

} // namespace cumulet
