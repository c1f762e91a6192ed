#include "services/channel/ChannelMembers.h"

#include "services/channel/ChannelStandings.h"
#include "wire/ChannelWire.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace cumulet {

static constexpr qsizetype mostMembers = 20'000;

ChannelMembers::ChannelMembers(const ChannelParts &parts, const ChannelStandings &standings, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_standings(standings)
{
}

Future<QList<Membership>> ChannelMembers::list(const NodeId &node)
{
    return andThen(m_parts.store.members(m_parts.account, node), this,
        [this, node](const QList<Membership> &members) -> Result<QList<Membership>> {
            m_otherOwners[node] = std::any_of(members.cbegin(), members.cend(), [this](const Membership &member) {
                return member.affiliation == Affiliation::Owner && member.jid != m_parts.ownJid;
            });
            QList<Membership> shown = members;
            if (m_standings.of(node).affiliation < Affiliation::Moderator) {
                shown.removeIf([](const Membership &member) { return member.affiliation == Affiliation::Outcast; });
            }
            return shown;
        });
}

void ChannelMembers::refresh(const NodeId &node, bool atOnce)
{
    const auto last = m_asked.constFind(node);
    if (m_standings.isBanned(node) || (!atOnce && last != m_asked.cend() && last->durationElapsed() < 10s)) {
        return;
    }
    m_asked[node].start();
    whenDone(m_parts.wire.members(node), this, [this, node](const Result<QList<Membership>> &members) {
        if (members) {
            keep(node, *members);
        } else {
            m_asked.remove(node);
        }
    });
}

void ChannelMembers::note(const NodeId &node, const Jid &jid, std::optional<Affiliation> affiliation,
    std::optional<NodeSubscription> subscription)
{
    whenDone(m_parts.store.members(m_parts.account, node), this,
        [this, node, jid, affiliation, subscription](const Result<QList<Membership>> &stored) {
            if (!stored || stored->isEmpty()) {
                return; // nobody has asked for the list yet
            }
            auto members = *stored;
            auto member = std::find_if(
                members.begin(), members.end(), [&](const Membership &known) { return known.jid == jid.bare(); });
            if (member == members.end()) {
                members.append({node, jid.bare(), Affiliation::None, NodeSubscription::None});
                member = members.end() - 1;
            }
            member->affiliation = affiliation.value_or(member->affiliation);
            member->subscription = subscription.value_or(member->subscription);
            if (member->affiliation == Affiliation::None && member->subscription == NodeSubscription::None) {
                members.erase(member);
            }
            keep(node, members);
        });
}

void ChannelMembers::keep(const NodeId &node, QList<Membership> members)
{
    const auto byAddress = [](const Membership &a, const Membership &b) { return a.jid < b.jid; };
    std::sort(members.begin(), members.end(), byAddress);
    members.resize(std::min(members.size(), mostMembers));
    whenDone(m_parts.store.members(m_parts.account, node), this,
        [this, node, members, byAddress](Result<QList<Membership>> stored) {
            if (stored) {
                std::sort(stored->begin(), stored->end(), byAddress);
            }
            if (stored && *stored == members) {
                return;
            }
            whenDone(m_parts.store.replaceMembers(m_parts.account, node, members), this,
                [this, node, members](const Result<Done> &kept) {
                    if (kept) {
                        keepFollowers(node, members);
                        Q_EMIT membersChanged(node);
                    }
                });
        });
}

// there is no counter in the protocol; a pending request carries a role but is no follower (buddycloud.md 4.9)
void ChannelMembers::keepFollowers(const NodeId &node, const QList<Membership> &members)
{
    const auto followers = int(std::count_if(members.cbegin(), members.cend(), [](const Membership &member) {
        return member.subscription == NodeSubscription::Subscribed && member.affiliation != Affiliation::Outcast;
    }));
    whenDone(m_parts.store.channel(m_parts.account, node), this, [this, node, followers](Result<Channel> channel) {
        if (!channel || channel->followers == followers) {
            return;
        }
        channel->followers = followers;
        whenDone(m_parts.store.keepChannel(m_parts.account, *channel), this,
            [this, node](const Result<ConversationId> &) { Q_EMIT channelChanged(node); });
    });
}

} // namespace cumulet
