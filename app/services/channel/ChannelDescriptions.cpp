#include "services/channel/ChannelDescriptions.h"

#include "wire/ChannelWire.h"

namespace cumulet {

static constexpr int mostAtOnce = 4;

ChannelDescriptions::ChannelDescriptions(const ChannelParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

void ChannelDescriptions::want(const QList<NodeId> &nodes)
{
    for (const auto &node : nodes) {
        if (!m_wanted.contains(node)) {
            m_wanted.append(node);
        }
    }
    next();
}

void ChannelDescriptions::next()
{
    while (m_underWay < mostAtOnce && !m_wanted.isEmpty()) {
        ++m_underWay;
        whenDone(ask(m_wanted.takeFirst()), this, [this](const Result<Channel> &) {
            --m_underWay;
            next();
        });
    }
}

Future<Channel> ChannelDescriptions::ask(const NodeId &node)
{
    return eitherWay(
        m_parts.wire.describe(node), this, [this, node](const Result<Channel> &described) -> Future<Channel> {
            if (described) {
                return keep(node, *described);
            }
            if (described.error().kind == ErrorKind::NotFound) {
                noteDeleted(node);
            }
            return failed<Channel>(described.error());
        });
}

// Our standing and the number of followers are known from elsewhere.
Future<Channel> ChannelDescriptions::keep(const NodeId &node, const Channel &channel)
{
    return eitherWay(m_parts.store.channel(m_parts.account, node), this,
        [this, node, channel](const Result<Channel> &stored) -> Future<Channel> {
            Channel merged = channel;
            merged.node = node;
            if (stored) {
                merged.ownAffiliation = stored->ownAffiliation;
                merged.ownSubscription = stored->ownSubscription;
                merged.followers = channel.followers < 0 ? stored->followers : channel.followers;
                if (merged == *stored) {
                    return ready(merged);
                }
            }
            return andThen(m_parts.store.keepChannel(m_parts.account, merged), this,
                [this, node, merged](ConversationId conversation) -> Result<Channel> {
                    Q_EMIT conversationsChanged({conversation});
                    Q_EMIT channelChanged(node);
                    return merged;
                });
        });
}

void ChannelDescriptions::note(const NodeId &node, const QMap<QString, QString> &settings)
{
    if (!node.isPosts()) {
        return;
    }
    whenDone(m_parts.store.channel(m_parts.account, node), this, [this, node, settings](const Result<Channel> &stored) {
        if (stored) {
            whenDone(keep(node, withSettings(*stored, settings)), this, [](const Result<Channel> &) {});
        }
    });
}

void ChannelDescriptions::noteDeleted(const NodeId &node)
{
    whenDone(m_parts.store.channel(m_parts.account, node), this, [this, node](const Result<Channel> &stored) {
        if (!stored || stored->isGone) {
            return;
        }
        whenDone(m_parts.store.markGone(m_parts.account, node), this, [this, node](const Result<ConversationId> &gone) {
            if (gone) {
                Q_EMIT conversationsChanged({*gone});
                Q_EMIT channelChanged(node);
            }
        });
    });
}

} // namespace cumulet
