#include "services/channel/ChannelLines.h"

#include "services/channel/ChannelStandings.h"
#include "services/channel/Outcomes.h"

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr qsizetype mostWanted = 200;
static const QString statusType = u"status"_s;

static QString oneLine(const QString &text)
{
    return text.left(4 * ChannelLines::longest).simplified().left(ChannelLines::longest);
}

// The newest entry that is one: comments and ratings of a status say nothing.
static NodeLine newestOf(const NodeId &node, const QList<Post> &posts)
{
    NodeLine line;
    line.node = node;
    for (const auto &post : posts) {
        if (post.isThreadStart() && !post.isRating()
            && (!line.published.isValid() || post.published >= line.published)) {
            line.text = oneLine(post.body);
            line.published = post.published;
        }
    }
    return line;
}

ChannelLines::ChannelLines(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_standings(standings)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(parts.timing.firstRetry);
    connect(&m_retry, &QTimer::timeout, this, &ChannelLines::flush);
}

Future<NodeLine> ChannelLines::status(const Jid &channel)
{
    if (m_isOpen) {
        ask(channel.bare());
    } else if (m_wanted.size() < mostWanted) {
        m_wanted.insert(channel.bare());
    }
    return stored(channel);
}

Future<NodeLine> ChannelLines::stored(const Jid &channel)
{
    return m_parts.store.line(m_parts.account, NodeId::of(channel.bare(), statusType));
}

void ChannelLines::ask(const Jid &channel)
{
    if (m_standings.isBanned(NodeId::of(channel))) {
        return; // a read would stop the service (buddycloud.md 0, rule 8)
    }
    const auto node = NodeId::of(channel, statusType);
    whenDone(m_parts.wire.posts(node, {}, 1), this, [this, node, channel](const Result<PostPage> &page) {
        if (page) {
            whenDone(keep(node, page->posts), this, [](const Result<Done> &) {});
            follow(channel);
        }
    });
}

// What we follow and can read, we also hear of.
void ChannelLines::follow(const Jid &channel)
{
    if (channel == m_parts.ownJid || m_heard.contains(channel) || !m_standings.isFollowed(NodeId::of(channel))) {
        return;
    }
    m_heard.insert(channel);
    whenDone(m_parts.wire.subscribe(NodeId::of(channel, statusType)), this, [](const Result<Membership> &) {});
}

void ChannelLines::leave(const Jid &channel)
{
    const auto node = NodeId::of(channel, statusType);
    const bool wasHeard = m_heard.remove(channel);
    whenDone(m_parts.store.line(m_parts.account, node), this, [this, node, wasHeard](const Result<NodeLine> &line) {
        if (wasHeard || (line && line->published.isValid())) {
            whenDone(m_parts.wire.unsubscribe(node), this, [](const Result<Done> &) {});
        }
    });
}

Future<Done> ChannelLines::keep(const NodeId &node, const QList<Post> &posts)
{
    const auto line = newestOf(node, posts);
    if (!line.published.isValid()) {
        return ready(Done{});
    }
    return eitherWay(m_parts.store.keepLine(m_parts.account, line), this,
        [this, node](const Result<bool> &isChanged) -> Result<Done> {
            if (!isChanged) {
                Q_EMIT failed(isChanged.error());
                return isChanged.error();
            }
            if (*isChanged) {
                Q_EMIT statusChanged(node.channel());
            }
            return Done{};
        });
}

void ChannelLines::notePosts(const NodeId &node, const QList<Post> &posts)
{
    const auto channel = node.channel();
    const bool isOurs = channel == m_parts.ownJid || m_standings.isFollowed(NodeId::of(channel));
    if (node.type() == statusType && isOurs && !m_standings.isBanned(NodeId::of(channel))) {
        whenDone(keep(node, posts), this, [](const Result<Done> &) {});
    }
}

void ChannelLines::noteRetracted(const NodeId &node)
{
    if (node.type() == statusType && m_isOpen && m_standings.isFollowed(NodeId::of(node.channel()))) {
        ask(node.channel()); // the one before it may be the newest now
    }
}

Future<Done> ChannelLines::setOwnStatus(const QString &text)
{
    const auto node = NodeId::of(m_parts.ownJid, statusType);
    return andThen(m_parts.store.writeLine(m_parts.account, node, oneLine(text)), this, [this](Done) -> Result<Done> {
        Q_EMIT statusChanged(m_parts.ownJid);
        flush();
        return Done{};
    });
}

void ChannelLines::open()
{
    m_isOpen = true;
    for (const auto &channel : std::exchange(m_wanted, {})) {
        ask(channel);
    }
    flush();
}

void ChannelLines::close()
{
    m_isOpen = false;
    m_heard.clear();
    m_retry.stop();
}

void ChannelLines::flush()
{
    if (!m_isOpen || m_isSending) {
        return;
    }
    m_isSending = true;
    const auto node = NodeId::of(m_parts.ownJid, statusType);
    whenDone(m_parts.store.line(m_parts.account, node), this, [this](const Result<NodeLine> &line) {
        m_isSending = false;
        if (!line) {
            Q_EMIT failed(line.error());
        } else if (line->isWaiting && m_isOpen) {
            m_isSending = true;
            send(*line);
        }
    });
}

// An earlier attempt may have arrived: what is said already is not said again.
void ChannelLines::send(const NodeLine &line)
{
    whenDone(m_parts.wire.posts(line.node, {}, 1), this, [this, line](const Result<PostPage> &page) {
        const auto newest = page ? newestOf(line.node, page->posts) : NodeLine();
        if (page && newest.text == line.text) {
            settle(newest.published.isValid() ? newest : line);
        } else if (!page && isForLater(page.error())) {
            sent(line, page.error());
        } else {
            const OutgoingPost post{line.node, makeOriginId(), line.text, {}, {}};
            whenDone(
                m_parts.wire.publish(post), this, [this, line](const Result<ItemId> &answer) { sent(line, answer); });
        }
    });
}

void ChannelLines::sent(const NodeLine &line, const Result<ItemId> &answer)
{
    if (answer) {
        auto taken = line;
        taken.published = QDateTime::currentDateTimeUtc();
        settle(taken);
        return;
    }
    m_isSending = false;
    if (!isForLater(answer.error())) {
        Q_EMIT statusRefused(answer.error());
    } else if (m_isOpen) {
        m_retry.start();
    }
}

void ChannelLines::settle(const NodeLine &line)
{
    whenDone(m_parts.store.settleLine(m_parts.account, line), this, [this](const Result<Done> &done) {
        m_isSending = false;
        if (!done) {
            Q_EMIT failed(done.error());
            return;
        }
        Q_EMIT statusChanged(m_parts.ownJid);
        flush(); // something else may have been written meanwhile
    });
}

Future<Places> ChannelLines::places(const Jid &person)
{
    if (!m_isOpen || m_standings.isBanned(NodeId::of(person))) {
        return cumulet::failed<Places>({ErrorKind::Offline, u"the channel service is not asked"_s});
    }
    // each service has its own names for them (buddycloud.md 1.3)
    const auto previous = place(person, {u"geo/previous"_s, u"geoloc-past"_s, u"geoloc-previous"_s});
    const auto current = place(person, {u"geo/current"_s, u"geoloc"_s, u"geoloc-current"_s});
    const auto next = place(person, {u"geo/next"_s, u"geo/future"_s, u"geoloc-future"_s});
    return andThen(previous, this, [this, current, next](const QString &before) {
        return andThen(current, this, [this, next, before](const QString &now) {
            return andThen(next, this,
                [before, now](const QString &after) -> Result<Places> { return Places{before, now, after}; });
        });
    });
}

// Empty where it is not told, or not to us.
Future<QString> ChannelLines::place(const Jid &person, const QStringList &types)
{
    const auto node = NodeId::of(person, types.first());
    return eitherWay(m_parts.wire.posts(node, {}, 1), this,
        [this, node, person, others = types.sliced(1)](const Result<PostPage> &page) -> Future<QString> {
            if (!page && page.error().kind == ErrorKind::NotFound && !others.isEmpty()) {
                return place(person, others);
            }
            if (!page || page->posts.isEmpty()) {
                return ready(QString());
            }
            const auto &newest = page->posts.first();
            return ready(newest.place.isEmpty() ? newestOf(node, page->posts).text : newest.place);
        });
}

} // namespace cumulet
