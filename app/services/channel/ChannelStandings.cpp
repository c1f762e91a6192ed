#include "services/channel/ChannelStandings.h"

#include "wire/ChannelWire.h"

namespace cumulet {

static constexpr qsizetype mostMemberships = 5000;

ChannelStandings::ChannelStandings(const ChannelParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

Future<Done> ChannelStandings::load()
{
    if (m_isLoaded) {
        return ready(Done{});
    }
    return andThen(
        m_parts.store.channels(m_parts.account), this, [this](const QList<Channel> &channels) -> Result<Done> {
            m_isLoaded = true;
            for (const auto &channel : channels) {
                if (!m_memberships.contains(channel.node)) {
                    m_memberships.insert(
                        channel.node, {channel.node, m_parts.ownJid, channel.ownAffiliation, channel.ownSubscription});
                }
            }
            return Done{};
        });
}

Membership ChannelStandings::of(const NodeId &node) const
{
    return m_memberships.value(node, {node, m_parts.ownJid, Affiliation::None, NodeSubscription::None});
}

bool ChannelStandings::isKnown(const NodeId &node) const
{
    const auto membership = of(node);
    return membership.affiliation != Affiliation::None || membership.subscription != NodeSubscription::None;
}

QList<NodeId> ChannelStandings::followed() const
{
    QList<NodeId> nodes;
    for (const auto &[node, membership] : m_memberships.asKeyValueRange()) {
        if (membership.subscription == NodeSubscription::Subscribed && membership.affiliation != Affiliation::Outcast) {
            nodes.append(node);
        }
    }
    return nodes;
}

Future<QList<NodeId>> ChannelStandings::refresh()
{
    const auto changes = m_changes;
    return andThen(m_parts.wire.ownMemberships(), this,
        [this, changes](const QList<Membership> &memberships) -> Future<QList<NodeId>> {
            // something was followed or left meanwhile: this list may be from before
            return changes == m_changes ? replace(memberships) : refresh();
        });
}

Future<QList<NodeId>> ChannelStandings::replace(const QList<Membership> &memberships)
{
    QHash<NodeId, Membership> known;
    QList<Membership> kept;
    for (const auto &membership : memberships) {
        // the other nodes of a channel are followed along with its posts and are not shown
        if (membership.node.isPosts() && membership.jid.bare() == m_parts.ownJid && kept.size() < mostMemberships) {
            known.insert(membership.node, membership);
            kept.append(membership);
        }
    }
    QList<NodeId> news;
    QList<NodeId> different;
    for (const auto &membership : std::as_const(kept)) {
        const auto before = of(membership.node);
        if (before != membership) {
            different.append(membership.node);
        }
        if (membership.subscription == NodeSubscription::Subscribed && !isFollowed(membership.node)) {
            news.append(membership.node);
        }
    }
    for (const auto &[node, membership] : std::as_const(m_memberships).asKeyValueRange()) {
        if (!known.contains(node)
            && (membership.affiliation != Affiliation::None || membership.subscription != NodeSubscription::None)) {
            different.append(node);
        }
    }
    m_memberships = known;
    return andThen(m_parts.store.replaceMemberships(m_parts.account, kept), this,
        [this, news, different](const QList<ConversationId> &conversations) -> Result<QList<NodeId>> {
            Q_EMIT conversationsChanged(conversations);
            Q_EMIT changed(different);
            return news;
        });
}

Future<Done> ChannelStandings::keep(const Membership &membership)
{
    ++m_changes;
    m_memberships.insert(membership.node, membership);
    return andThen(m_parts.store.keepMembership(m_parts.account, membership), this,
        [this, node = membership.node](ConversationId conversation) -> Result<Done> {
            Q_EMIT conversationsChanged({conversation});
            Q_EMIT changed({node});
            return Done{};
        });
}

void ChannelStandings::note(
    const NodeId &node, std::optional<Affiliation> affiliation, std::optional<NodeSubscription> subscription)
{
    if (!node.isPosts()) {
        return;
    }
    auto membership = of(node);
    const bool wasFollowed = isFollowed(node);
    membership.affiliation = affiliation.value_or(membership.affiliation);
    membership.subscription = subscription.value_or(membership.subscription);
    if (membership == of(node) || (!m_memberships.contains(node) && m_memberships.size() >= mostMemberships)) {
        return;
    }
    const auto before = of(node);
    whenDone(keep(membership), this, [](const Result<Done> &) {});
    Q_EMIT noted(before, membership);
    if (!wasFollowed && isFollowed(node)) {
        Q_EMIT appeared(node);
    }
}

} // namespace cumulet
