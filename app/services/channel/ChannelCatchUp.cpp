#include "services/channel/ChannelCatchUp.h"

#include "services/channel/ChannelIntake.h"
#include "services/channel/ChannelStandings.h"
#include "services/channel/PageReach.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int perNode = 20;
static constexpr int pageSize = 50;
static constexpr int mostPages = 4; // of one node: what lies beyond is a gap that the reader fills when they want to

struct ChannelCatchUp::Run
{
    // A node of which (more) pages have to be read.
    struct Wanted
    {
        NodeId node;
        QString after;
        QDateTime edge; // the time down to which it was read
        int pages = 0;
        bool isNew = false; // one page of its newest is enough
    };
    QDateTime since;
    bool isFirst = false;
    bool isEachAlone = false; // the service cannot tell recent items
    bool isHeard = false; // it has answered at least once
    QList<Wanted> wanted;
    QHash<NodeId, QList<Post>> posts;
    QSet<NodeId> quiet; // whose posts are no news
    QList<std::pair<NodeId, ChannelGap>> gaps; // that remain below what was read
    QList<std::pair<NodeId, ReadingEnd>> ends; // where the newest posts of a channel ended
    std::shared_ptr<QPromise<Result<Done>>> promise;

    void finish(const Result<Done> &result) const
    {
        promise->addResult(result);
        promise->finish();
    }
};

ChannelCatchUp::ChannelCatchUp(
    const ChannelParts &parts, ChannelIntake &intake, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_intake(intake)
    , m_standings(standings)
{
}

static bool isSilence(const Error &error)
{
    return error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Offline || error.kind == ErrorKind::Unreachable
        || error.kind == ErrorKind::Canceled;
}

Future<Done> ChannelCatchUp::run(const QDateTime &since, const QList<NodeId> &appeared)
{
    auto run = std::make_shared<Run>();
    run->isFirst = !since.isValid();
    run->since = run->isFirst ? QDateTime::fromMSecsSinceEpoch(0, QTimeZone::UTC) : since;
    run->promise = std::make_shared<QPromise<Result<Done>>>();
    run->promise->start();
    if (!run->isFirst) {
        for (const auto &node : appeared) {
            run->wanted.append({node, {}, {}, 0, true});
            run->quiet.insert(node);
        }
    }
    const auto followed = m_standings.followed();
    if (followed.isEmpty()) { // an error on this service (buddycloud.md 4.14)
        run->finish(Done{});
        return run->promise->future();
    }
    whenDone(m_parts.wire.recentPosts(run->since, perNode), this, [this, run](const Result<QList<PostPage>> &pages) {
        if (pages) {
            collect(run, *pages);
        } else {
            readEach(run, pages.error());
        }
    });
    return run->promise->future();
}

void ChannelCatchUp::readEach(const RunPointer &run, const Error &why)
{
    if (why.kind == ErrorKind::Offline || why.kind == ErrorKind::Canceled) {
        run->finish(why);
        return;
    }
    run->isEachAlone = true;
    run->isHeard = !isSilence(why);
    run->wanted.clear();
    for (const auto &node : m_standings.followed()) {
        run->wanted.append({node, {}, {}, 0, run->isFirst || run->quiet.contains(node)});
    }
    readNext(run);
}

void ChannelCatchUp::collect(const RunPointer &run, const QList<PostPage> &pages)
{
    run->isHeard = true;
    for (const auto &page : pages) {
        if (m_standings.isFollowed(page.node) && !m_standings.isBanned(page.node)) {
            run->posts[page.node] += page.posts;
        }
    }
    for (const auto &[node, posts] : std::as_const(run->posts).asKeyValueRange()) {
        if (posts.size() < perNode || run->quiet.contains(node)) {
            continue;
        }
        const auto end = endOf({node, posts, posts.last().item.text(), -1, false});
        if (run->isFirst) {
            run->ends.append({node, end});
        } else {
            run->wanted.append({node, end.after, end.edge});
        }
    }
    readNext(run);
}

void ChannelCatchUp::readNext(const RunPointer &run)
{
    while (!run->wanted.isEmpty() && m_standings.isBanned(run->wanted.first().node)) {
        run->wanted.removeFirst();
    }
    if (run->wanted.isEmpty()) {
        store(run);
        return;
    }
    const auto &wanted = run->wanted.first();
    whenDone(m_parts.wire.posts(wanted.node, wanted.after, pageSize), this,
        [this, run](const Result<PostPage> &page) { takePage(run, page); });
}

void ChannelCatchUp::takePage(const RunPointer &run, const Result<PostPage> &page)
{
    auto wanted = run->wanted.takeFirst();
    if (!page) {
        // A refusal concerns this channel alone. Silence may be that of one remote service, unless nobody ever answered.
        if (page.error().kind == ErrorKind::Offline || page.error().kind == ErrorKind::Canceled
            || (isSilence(page.error()) && !run->isHeard)) {
            run->finish(page.error());
            return;
        }
        if (page.error().kind != ErrorKind::NotFound && page.error().kind != ErrorKind::NotAllowed && !wanted.isNew) {
            leaveGap(run, wanted.node, {wanted.after, wanted.edge, {}, false});
        }
        readNext(run);
        return;
    }
    run->isHeard = true;
    run->posts[wanted.node] += page->posts;
    ++wanted.pages;
    auto end = endOf(*page);
    if (wanted.isNew) {
        run->ends.append({wanted.node, end});
    } else if (!reachesBack(*page, run->since) && !page->last.isEmpty()) {
        if (wanted.pages < mostPages) {
            wanted.after = end.after;
            wanted.edge = end.edge;
            run->wanted.prepend(wanted);
        } else {
            leaveGap(run, wanted.node, end);
        }
    }
    readNext(run);
}

void ChannelCatchUp::leaveGap(const RunPointer &run, const NodeId &node, const ReadingEnd &end)
{
    const auto newest = end.edge.isValid() ? std::max(end.edge, run->since) : QDateTime::currentDateTimeUtc();
    run->gaps.append({node, {0, end.after, newest, run->since, true}});
}

void ChannelCatchUp::store(const RunPointer &run)
{
    QList<std::pair<NodeId, Post>> all;
    for (const auto &[node, posts] : std::as_const(run->posts).asKeyValueRange()) {
        for (const auto &post : posts) {
            all.append({node, post});
        }
    }
    std::stable_sort(
        all.begin(), all.end(), [](const auto &a, const auto &b) { return a.second.published < b.second.published; });
    // before the posts: their times would hide what is missing below them
    for (const auto &[node, gap] : std::as_const(run->gaps)) {
        whenDone(m_parts.store.keepGap(m_parts.account, node, gap), this, [](const Result<Done> &) {});
    }
    for (const auto &[node, end] : std::as_const(run->ends)) {
        whenDone(m_parts.store.keepReadingEnd(m_parts.account, node, end, false), this, [](const Result<Done> &) {});
    }
    auto last = ready(Done{});
    for (qsizetype i = 0; i < all.size();) {
        const auto node = all.at(i).first;
        QList<Post> together;
        for (; i < all.size() && all.at(i).first == node; ++i) {
            together.append(all.at(i).second);
        }
        last = m_intake.keep(node, together, !run->isFirst && !run->quiet.contains(node));
    }
    whenDone(last, this, [this, run](const Result<Done> &result) {
        for (const auto &[node, gap] : std::as_const(run->gaps)) {
            Q_EMIT gapsChanged(node);
        }
        run->finish(result);
    });
}

} // namespace cumulet
