#include "services/channel/ChannelDirectory.h"

#include "services/channel/ChannelService.h"
#include "wire/ChannelDirectoryWire.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

constexpr int activeDays = 7;
constexpr int pageSize = 20;
constexpr int mostAtOnce = 4;

} // namespace

ChannelDirectory::ChannelDirectory(ChannelDirectoryWire &wire, ChannelService &channels, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_channels(channels)
{
}

Future<Done> ChannelDirectory::find()
{
    return andThen(m_wire.findDirectory(), this, [](const Jid &) { return Result(Done{}); });
}

Future<FoundChannels> ChannelDirectory::channels(const QString &words, int index)
{
    return m_wire.channelsByWords(words, index);
}

Future<FoundPosts> ChannelDirectory::posts(const QString &words, int index)
{
    return m_wire.postsByWords(words, index);
}

Result<Jid> ChannelDirectory::service() const
{
    const auto &status = m_channels.status();
    if (status.state == ChannelServiceStatus::None) {
        return Error{ErrorKind::NotFound, u"no channel service"_s};
    }
    if (status.service.isEmpty()) {
        return Error{ErrorKind::Offline, u"the channel service is not known yet"_s};
    }
    return status.service;
}

Future<FoundPosts> ChannelDirectory::followedPosts(const QString &words, int index)
{
    const auto address = service();
    return address ? m_wire.followedPostsByWords(*address, words, index) : failed<FoundPosts>(address.error());
}

Future<FoundChannels> ChannelDirectory::active(int index)
{
    return m_wire.mostActive(activeDays, index);
}

FoundChannels ChannelDirectory::withoutFollowed(FoundChannels found) const
{
    found.rows.removeIf([this](const FoundChannel &channel) { return m_channels.isFollowed(channel.node); });
    return found;
}

Future<FoundChannels> ChannelDirectory::suggested(int index)
{
    return andThen(
        m_wire.recommended(index), this, [this](const FoundChannels &found) { return Result(withoutFollowed(found)); });
}

Future<FoundChannels> ChannelDirectory::similarTo(const NodeId &node)
{
    return andThen(m_wire.similarTo(node.channel(), 0), this, [this, node](const FoundChannels &found) {
        auto others = withoutFollowed(found);
        others.rows.removeIf([&node](const FoundChannel &channel) { return channel.node == node; });
        return Result(others);
    });
}

Future<FoundChannels> ChannelDirectory::here(const QString &words, int index)
{
    if (index == 0) {
        m_toDescribe.clear(); // of a list that nobody looks at any more
    }
    if (index > 0 || (!words.isEmpty() && !m_here.isEmpty())) {
        return ready(pageOfHere(words, index));
    }
    const auto address = service();
    if (!address) {
        return failed<FoundChannels>(address.error());
    }
    return andThen(m_wire.channelsOf(*address), this, [this, words](const QList<NodeId> &nodes) {
        m_here = nodes;
        std::sort(m_here.begin(), m_here.end());
        return Result(pageOfHere(words, 0));
    });
}

FoundChannels ChannelDirectory::pageOfHere(const QString &words, int index)
{
    QList<NodeId> wanted = m_here;
    wanted.removeIf([&words](const NodeId &node) {
        return !words.isEmpty() && !node.channel().text().contains(words, Qt::CaseInsensitive);
    });
    FoundChannels page;
    for (const auto &node : wanted.mid(index, pageSize)) {
        FoundChannel channel;
        channel.node = node;
        page.rows.append(channel);
        m_toDescribe.append(node);
    }
    const int next = index + pageSize;
    page.next = next < wanted.size() ? next : -1;
    describeNext();
    return page;
}

void ChannelDirectory::describeNext()
{
    while (m_beingDescribed < mostAtOnce && !m_toDescribe.isEmpty()) {
        ++m_beingDescribed;
        whenDone(m_channels.preview(m_toDescribe.takeFirst()), this, [this](const Result<Channel> &channel) {
            --m_beingDescribed;
            if (channel) {
                FoundChannel found;
                found.node = channel->node;
                found.title = channel->title;
                found.description = channel->description;
                found.type = channel->type;
                found.defaultAffiliation = channel->defaultAffiliation;
                found.created = channel->created;
                Q_EMIT described(found);
            }
            describeNext();
        });
    }
}

} // namespace cumulet
