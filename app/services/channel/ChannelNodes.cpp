#include "services/channel/ChannelNodes.h"

#include <algorithm>

namespace cumulet {

static constexpr qsizetype mostNodes = 50;

Channel faceWith(const Channel &channel, const ChannelSettings &fields)
{
    return withSettings(channel, fields);
}

ChannelNodes::ChannelNodes(const ChannelParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

Future<QList<NodeSettings>> ChannelNodes::read(const Jid &channel)
{
    // the list of all nodes of the service would leave out those that are not advertised, and can be very long
    return andThen(m_parts.wire.ownMemberships(), this, [this, channel](const QList<Membership> &memberships) {
        QList<NodeId> nodes{NodeId::of(channel)};
        for (const auto &membership : memberships) {
            const bool isOurs = membership.node.channel() == channel && membership.affiliation == Affiliation::Owner;
            if (isOurs && !nodes.contains(membership.node) && nodes.size() < mostNodes) {
                nodes.append(membership.node);
            }
        }
        std::sort(nodes.begin() + 1, nodes.end());
        return readNext(nodes, {});
    });
}

Future<QList<NodeSettings>> ChannelNodes::readNext(const QList<NodeId> &nodes, const Settings &read)
{
    if (nodes.isEmpty()) {
        return ready(read);
    }
    const auto node = nodes.first();
    return eitherWay(m_parts.wire.settings(node), this,
        [this, node, rest = nodes.sliced(1), read](const Result<ChannelSettings> &fields) -> Future<Settings> {
            if (!fields && read.isEmpty()) {
                return failed<Settings>(fields.error());
            }
            const auto one =
                fields ? NodeSettings{node, *fields, {}} : NodeSettings{node, {}, std::optional(fields.error())};
            return readNext(rest, read + Settings{one});
        });
}

Future<QList<NodeSettings>> ChannelNodes::change(const QList<NodeSettings> &changes)
{
    return changeNext(changes, {});
}

Future<QList<NodeSettings>> ChannelNodes::changeNext(const Settings &open, const Settings &done)
{
    if (open.isEmpty()) {
        return ready(done);
    }
    auto one = open.first();
    return eitherWay(m_parts.wire.configureChannel(one.node, one.fields), this,
        [this, one, rest = open.sliced(1), done](const Result<Done> &answer) mutable -> Future<Settings> {
            if (answer) {
                one.error.reset();
                Q_EMIT changed(one.node, one.fields);
            } else {
                one.error = answer.error();
            }
            if (!answer && answer.error().kind == ErrorKind::Offline) {
                for (auto &other : rest) {
                    other.error = answer.error();
                }
                return ready(done + Settings{one} + rest);
            }
            return changeNext(rest, done + Settings{one});
        });
}

} // namespace cumulet
