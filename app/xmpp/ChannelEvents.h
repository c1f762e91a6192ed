// News of a channel service (buddycloud.md 4.21): what it says unasked, as values.
#pragma once

#include "wire/ChannelWire.h"

#include <QDomElement>

#include <variant>

namespace cumulet {

/// Items came, or went.
struct PostNews
{
    NodeId node;
    QList<Post> posts;
    QList<ItemId> retracted;
};

/// Somebody's standing changed; only the given half is known.
struct MembershipNews
{
    NodeId node;
    Jid jid;
    std::optional<Affiliation> affiliation;
    std::optional<NodeSubscription> subscription;
};

struct SettingsNews
{
    NodeId node;
    ChannelSettings settings;
};

struct DeletionNews
{
    NodeId node;
};

/// Somebody asks to follow; only a hint, answered by an ordinary request.
struct RequestNews
{
    NodeId node;
    Jid jid;
};

using ChannelNews = std::variant<PostNews, MembershipNews, SettingsNews, DeletionNews, RequestNews>;

/// Whether a stanza comes from that service: the address decides, not its spelling, and a resource of somebody else
/// that looks like it does not count.
bool isFromService(const QDomElement &stanza, const Jid &service);
/// Whether a <message/> carries news of a service: an event or a request form. Nothing of it belongs into a chat.
bool carriesChannelNews(const QDomElement &message);
/// The news in a <message/>, in order. Whoever sent it was checked before.
QList<ChannelNews> readChannelNews(const QDomElement &message, const QDateTime &now);

} // namespace cumulet
